import { isMap, isSeq, parseDocument, type YAMLMap } from "yaml";

/** What somebody confirmed, as the catalogue would say it: `line` is `- {…}` in JSON. */
export interface Confirmed {
  readonly section: string;
  readonly line: string;
}

/**
 * The catalogue with what was confirmed: an entry that is there is completed, never overwritten; what is not there is
 * added at the end of its section. Comments and the order of entries stay. Undefined where `text` is no YAML map.
 */
export function withConfirmed(text: string, confirmed: readonly Confirmed[]): string | undefined {
  const document = parseDocument(text === "" ? "version: 1\n" : text);
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  for (const { section, line } of confirmed) {
    const entry = JSON.parse(line.replace(/^- /u, "")) as Readonly<Record<string, unknown>>;
    const seq = document.get(section);
    const list = isSeq(seq) ? seq : document.createNode([]);
    if (!isSeq(seq)) document.set(section, list);
    const key = "id" in entry ? "id" : "principal";
    const found = list.items.find((item) => isMap(item) && item.get(key) === entry[key]);
    if (isMap(found)) complete(found, entry, (value) => document.createNode(value));
    else list.items.push(document.createNode(entry, { flow: true }));
  }
  return document.toString({ lineWidth: 120 });
}

function complete(
  map: YAMLMap,
  entry: Readonly<Record<string, unknown>>,
  node: (value: unknown) => unknown,
): void {
  for (const [name, value] of Object.entries(entry)) {
    const there = map.get(name);
    if (there === undefined || there === null) map.set(name, node(value));
    else if (isMap(there) && typeof value === "object" && value !== null && !Array.isArray(value))
      complete(there, value as Readonly<Record<string, unknown>>, node);
  }
  // Whoever confirms an entry has gone through it: it is no draft any more.
  if (map.get("source") === "remit init") map.delete("source");
}

/** 1-based line of the entry with this id; undefined where there is none. */
export function lineOf(text: string, entry: string): number | undefined {
  const index = text
    .split("\n")
    .findIndex((line) =>
      new RegExp(`^\\s*-\\s.*(?:id|principal):\\s*"?${escape(entry)}"?\\s*(?:[,}#]|$)`, "u").test(line),
    );
  return index < 0 ? undefined : index + 1;
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/-]/gu, "\\$&");
