export interface TableLayout {
  readonly delimiter: string;
  readonly columns: readonly string[];
  /** Lines before the header that start with `#`, without the sign. */
  readonly comments: readonly string[];
}

const delimiters = [",", ";", "\t"] as const;

/**
 * How a table is laid out, by its first lines: comments, then a header whose columns are parted by the delimiter that
 * occurs most outside of quotes. Undefined where the text does not start like a table of at least two columns.
 */
export function tableLayout(head: string): TableLayout | undefined {
  const comments: string[] = [];
  let rest = head.replace(/^\ufeff/, "");
  while (rest.startsWith("#")) {
    const end = rest.indexOf("\n");
    if (end < 0) return undefined;
    comments.push(rest.slice(1, end).trim());
    rest = rest.slice(end + 1);
  }
  const header = /^[^\r\n]*/.exec(rest)?.[0] ?? "";
  const counted = delimiters.map((delimiter) => ({ delimiter, columns: split(header, delimiter) }));
  const best = counted.reduce((a, b) => (b.columns.length > a.columns.length ? b : a));
  return best.columns.length < 2 ? undefined : { ...best, comments };
}

function split(header: string, delimiter: string): readonly string[] {
  const columns: string[] = [];
  let column = "";
  let quoted = false;
  for (const letter of header) {
    if (letter === '"') quoted = !quoted;
    else if (letter === delimiter && !quoted) {
      columns.push(column.trim());
      column = "";
    } else column += letter;
  }
  return [...columns, column.trim()];
}
