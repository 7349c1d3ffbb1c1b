import { LineCounter, parseAllDocuments } from "yaml";
import type { ParsedDocument } from "./document.js";
import { isRecord, type JsonRecord } from "./drafting/index.js";

/** One object of a file that may hold several: YAML documents, a list of the API, or one alone. */
export interface FileObject {
  readonly value: JsonRecord;
  /** JSON Pointer inside a JSON file; empty for YAML, whose objects are found by their line. */
  readonly pointer: string;
  /** 1-based line on which it begins; for YAML. */
  readonly line?: number;
}

export interface FileObjects {
  readonly objects: readonly FileObject[];
  /** YAML documents that could not be read. */
  readonly faults: readonly { readonly line: number; readonly reason: string }[];
}

const maxAliases = 100;

/** The objects of a file, lists of the Kubernetes API taken apart (`kind: List`, `PodList`, with `items`). */
export function objectsOf(document: ParsedDocument): FileObjects {
  if (document.format === "json-lines" && Array.isArray(document.value))
    return {
      objects: document.value.flatMap((value: unknown, index) =>
        isRecord(value) ? listed({ value, pointer: `/${String(index)}` }) : [],
      ),
      faults: [],
    };
  if (document.format !== "yaml" || !/^---/m.test(document.text)) {
    const { value } = document;
    if (Array.isArray(value))
      return {
        objects: value.flatMap((item: unknown, index) =>
          isRecord(item) ? listed({ value: item, pointer: `/${String(index)}` }) : [],
        ),
        faults: [],
      };
    return { objects: isRecord(value) ? listed({ value, pointer: "" }) : [], faults: [] };
  }
  const lines = new LineCounter();
  const objects: FileObject[] = [];
  const faults: { line: number; reason: string }[] = [];
  for (const item of parseAllDocuments(document.text, { lineCounter: lines })) {
    const line = lines.linePos(item.contents?.range?.[0] ?? item.range[0]).line;
    const [error] = item.errors;
    if (error !== undefined) {
      faults.push({
        line: lines.linePos(error.pos[0]).line,
        reason: `not valid YAML: ${(error.message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "").toLowerCase()}`,
      });
      continue;
    }
    try {
      const value: unknown = item.toJS({ maxAliasCount: maxAliases });
      if (isRecord(value)) objects.push(...listed({ value, pointer: "", line }));
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      faults.push({ line, reason: "not valid YAML: too many or unresolved aliases" });
    }
  }
  return { objects, faults };
}

/** Items of a list from the API carry no kind of their own: it is that of the list without `List`. */
function listed(object: FileObject): readonly FileObject[] {
  const { value, pointer, line } = object;
  const kind = typeof value["kind"] === "string" ? value["kind"] : "";
  const items = value["items"];
  if (!kind.endsWith("List") || !Array.isArray(items)) return [object];
  return items.flatMap((item: unknown, index): FileObject[] =>
    isRecord(item)
      ? [
          {
            value: "kind" in item || kind === "List" ? item : { ...item, kind: kind.slice(0, -4) },
            pointer: `${pointer}/items/${String(index)}`,
            ...(line === undefined ? {} : { line }),
          },
        ]
      : [],
  );
}
