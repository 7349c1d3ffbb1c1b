import type { Rejection } from "../../core/estate/index.js";
import { yamlFault } from "./yaml-faults.js";

/** A file of which nothing could be read: with the line and column that an editor shows, and what to write there. */
export function syntaxFault(rejection: Rejection, bytes: Uint8Array): Rejection {
  const { document, offset: _, ...rest } = rejection;
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = raw.toString("utf8").replace(/^\uFEFF/, "");
  if (text.replace(/^\s*#.*$/gm, "").trim() === "")
    return {
      document,
      line: 1,
      column: 1,
      reason: text.trim() === "" ? "the file is empty" : "the file holds only comments",
      hint: "begin with `version: 1`, or let `remit init` draft a catalogue",
    };
  if (/neither UTF-8/.test(rejection.reason))
    return {
      document,
      ...placeOf(text, Math.max(0, text.indexOf("\uFFFD"))),
      reason: rejection.reason,
      hint: "save the file as UTF-8",
    };
  if (/valid JSON/.test(rejection.reason) || /^\s*[[{]/.test(text)) {
    const column = rejection.column ?? columnOf(text, rejection.offset);
    return {
      document,
      ...rest,
      line: rejection.line ?? 1,
      ...(column === undefined ? { column: 1 } : { column }),
      hint: "mend the JSON at this place: often a comma too many or a quote too few",
    };
  }
  const yaml = yamlFault(text, true);
  if (yaml !== undefined) return { document, ...yaml };
  return {
    document,
    line: rejection.line ?? 1,
    column: rejection.column ?? 1,
    reason: rejection.reason,
    hint: "begin with `version: 1`; docs/catalogue.md shows a whole one",
  };
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

const columnOf = (text: string, offset: number | undefined): number | undefined =>
  offset === undefined ? undefined : offset - text.lastIndexOf("\n", offset - 1);
