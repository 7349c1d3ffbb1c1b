/** What a JSON text that ends too early still holds: the records before the cut, closed to a whole document. */
export interface WholeRecords {
  /** The text up to the end of the last whole record, with the open list (and the object around it) closed. */
  readonly text: string;
  /** Where the record that was cut begins, in characters; the end of the text where none was begun. */
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
  /** False when the text ends between two records. */
  readonly insideRecord: boolean;
}

const quote = 34;
const backslash = 92;
const brace = 123;
const bracket = 91;

/**
 * The whole records of a list that is the document itself or a member of it (`Records`, `Events`,
 * `configurationItems`). `undefined` when the text does not end inside such a list, or no record of it is whole.
 * Brackets alone are looked at: whoever calls parses the result.
 */
export function wholeRecords(text: string): WholeRecords | undefined {
  const open: number[] = [];
  let line = 1;
  let end = -1;
  let endLine = 1;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 10) line += 1;
    else if (code === quote) {
      const closed = stringEnd(text, index + 1);
      if (closed < 0) break;
      index = closed;
      if (isList(open)) [end, endLine] = [index + 1, line];
    } else if (code === brace || code === bracket) {
      open.push(code);
      if (isList(open)) end = -1;
    } else if (code === 125 || code === 93) {
      open.pop();
      if (isList(open)) [end, endLine] = [index + 1, line];
    }
  }
  const inList = open[0] === bracket || (open[0] === brace && open[1] === bracket);
  if (!inList || end < 0) return undefined;
  const rest = /^[\s,]*/.exec(text.slice(end))?.[0] ?? "";
  const offset = end + rest.length;
  return {
    text: `${text.slice(0, end)}${open[0] === bracket ? "]" : "]}"}`,
    offset,
    line: endLine + (rest.split("\n").length - 1),
    insideRecord: offset < text.length,
  };
}

/** Directly inside the list, not inside one of its records. */
const isList = (open: readonly number[]): boolean =>
  open.length === 1 ? open[0] === bracket : open.length === 2 && open[0] === brace && open[1] === bracket;

function stringEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (at - 1 - slashes >= from && text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}
