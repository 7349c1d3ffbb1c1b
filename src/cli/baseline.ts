import { readFile } from "node:fs/promises";
import type { Analysis } from "../core/decision/index.js";
import { fault } from "./errors.js";

export interface Baseline {
  readonly known: ReadonlySet<string>;
}

/** Case ids of an earlier analysis document. Anything else is an error: a gate must not open by mistake. */
export async function readBaseline(path: string): Promise<Baseline> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw fault("bad-baseline", `\`${path}\` cannot be read`, error);
  }
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    throw fault("bad-baseline", `\`${path}\` is not JSON`, error);
  }
  const { schema, cases } = (document ?? {}) as { readonly schema?: unknown; readonly cases?: unknown };
  if (schema !== "remit.analysis/1" || !Array.isArray(cases))
    throw fault("bad-baseline", `\`${path}\` is no analysis document`);
  const ids = cases.map((item: unknown) => (item as { readonly id?: unknown } | null)?.id);
  if (!ids.every((id) => typeof id === "string"))
    throw fault("bad-baseline", `\`${path}\` holds a case without an id`);
  return { known: new Set(ids) };
}

/**
 * Whether a case is absent from the baseline. Ids are prefixes of one long id and grow only to stay apart, so the same
 * root cause may be shorter or longer on either side.
 */
export function isNewAgainst(
  baseline: Baseline,
  analysis: Analysis,
): (item: { readonly id: string }) => boolean {
  const own = new Set(analysis.cases.map((item) => item.id));
  const ids = [...baseline.known];
  return ({ id }) =>
    !baseline.known.has(id) &&
    !ids.some((known) => !own.has(known) && (known.startsWith(id) || id.startsWith(known)));
}
