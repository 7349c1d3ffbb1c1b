import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from "yaml";

export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/**
 * Finds where a JSON pointer stands in the text of a YAML or JSON document (JSON is read as YAML here). A last
 * part that is no member gives the place of its parent. The text is parsed on the first question only.
 */
export function textPositions(text: string): (path: readonly PropertyKey[]) => TextPosition | undefined {
  let parsed: { readonly top: Node | null; readonly lines: LineCounter } | undefined;
  return (path) => {
    parsed ??= parse(text);
    let node: Node | null = parsed.top;
    let offset = node?.range?.[0];
    for (const part of path) {
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
        if (pair === undefined) break;
        offset = (pair.key as Node).range?.[0] ?? offset;
        node = pair.value as Node | null;
      } else if (isSeq(node) && typeof part === "number") {
        const item = node.items[part] as Node | undefined;
        if (item === undefined) break;
        offset = item.range?.[0] ?? offset;
        node = item;
      } else break;
    }
    if (offset === undefined) return undefined;
    const { line, col } = parsed.lines.linePos(offset);
    return { line, column: col };
  };
}

function parse(text: string): { readonly top: Node | null; readonly lines: LineCounter } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  return { top: document.contents, lines };
}
