import type { Evidence } from "../core/estate/index.js";
import type { Analysis } from "../core/decision/index.js";
import { visible } from "./visible-text.js";

/**
 * Where evidence stands: `gaad.json /Policies/22/… line 14`. `inner` points into a policy decoded from a string;
 * `folder` is what every document of the estate begins with and tells a reader nothing.
 */
export function placeOf(evidence: Evidence, folder = ""): string {
  const { document, pointer, inner, line } = evidence;
  const parts = [
    folder !== "" && document.startsWith(folder) ? document.slice(folder.length) : document,
    ...(pointer === undefined || pointer === ""
      ? []
      : [pointer + (inner === undefined || inner === "" ? "" : `…${inner}`)]),
    ...(line === undefined ? [] : [`line ${line}`]),
  ];
  return visible(parts.join(" "));
}

/** Each place once, in order. */
export function placesOf(evidence: readonly Evidence[]): readonly string[] {
  return [...new Set(evidence.map((item) => placeOf(item)))];
}

/** The folder that all documents of the estate lie in, with its slash; empty where they share none. */
export function estateFolder({ inputs }: Pick<Analysis, "inputs">): string {
  const [first, ...rest] = inputs.flatMap((input) => (input.role === "estate" ? [input.document] : []));
  let folder = first?.slice(0, first.lastIndexOf("/") + 1) ?? "";
  for (const document of rest)
    while (!document.startsWith(folder))
      folder = folder.slice(0, folder.lastIndexOf("/", folder.length - 2) + 1);
  return folder;
}

/** `sets it: examples/estate/infra/main.tf:41` → `sets it: infra/main.tf:41`: a place as its owner would write it. */
export const withoutFolder = (text: string, folder: string): string =>
  folder === "" ? text : text.replaceAll(` ${folder}`, " ");
