import { maskText } from "../../core/findings/index.js";
import { placeInJson } from "./json-place.js";

export interface ExcerptLine {
  readonly number: number;
  readonly text: string;
  readonly marked: boolean;
}

export interface ExcerptLines {
  readonly lines: ExcerptLine[];
  readonly more: boolean;
}

/** Bounds on what is shown of one statement. */
const mostMarked = 120;
const longestLine = 2000;

/** Lines of a text around the marked ones; `from` and `to` are 1-based and inside. */
export function linesAround(
  lines: readonly string[],
  { from, to, around }: { readonly from: number; readonly to: number; readonly around: number },
): ExcerptLines {
  const last = Math.min(to, from + mostMarked - 1);
  const [start, end] = [Math.max(1, from - around), Math.min(lines.length, last + (last < to ? 0 : around))];
  const shown: ExcerptLine[] = [];
  for (let number = start; number <= end; number += 1)
    shown.push({
      number,
      text: maskText(lines[number - 1] ?? "", longestLine),
      marked: number >= from && number <= last,
    });
  return { lines: shown, more: last < to };
}

/** 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

/** A value laid out as JSON, with the part that `keys` name marked. */
export function laidOut(value: unknown, keys: readonly string[], around: number): ExcerptLines {
  const text = JSON.stringify(value, null, 2) ?? "";
  const place = placeInJson(text, keys) ?? { start: 0, end: text.length };
  return linesAround(text.split("\n"), {
    from: lineAt(text, place.start),
    to: lineAt(text, Math.max(place.start, place.end - 1)),
    around,
  });
}
