import {
  isAlias,
  isCollection,
  isNode,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
} from "yaml";
import type { Rejection } from "../../core/estate/index.js";

type Place = Pick<Rejection, "line" | "column" | "reason" | "hint">;

/** Of each fault of YAML that people make: what to write instead. In the order in which they are asked. */
const remedies: readonly (readonly [RegExp, string])[] = [
  [/tabs are not allowed/, "indent with spaces instead of the tab"],
  [/map keys must be unique/, "put what stands below both into one, or remove one"],
  [/alias cannot be an empty string/, 'put quotes around a `*` that is meant as text: `"*"`'],
  [
    /nested mappings are not allowed|block collections are not allowed/,
    "put quotes around a text with `: ` in it",
  ],
  [/implicit keys? (need|must)|implicit map key/, "write `key: value`, the key on one line"],
  [
    /missing closing|must be separated|must end with a|flow (map|sequence)/,
    "close each `[`, `{` and quote on the way to this place",
  ],
  [
    /all (collection|sequence|map) items must start at the same column|indent|at the wrong/,
    "indent the entries of one list alike",
  ],
  [
    /plain value cannot start with reserved character/,
    "put quotes around a text that begins with `@` or a backtick",
  ],
];

/**
 * Where text is no YAML that may be used, as an editor counts it, and what to do. `refused`: reading it failed, so
 * anchors are looked at too; in a file that was read they are none of a fault.
 */
export function yamlFault(text: string, refused: boolean): Place | undefined {
  // Without a mark between documents there is one, and what was read need not be parsed again.
  if (!refused && !/^(?:---|\.\.\.)/m.test(text)) return undefined;
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, logLevel: "error", uniqueKeys: true });
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  const [error] = document.errors;
  if (error?.code === "MULTIPLE_DOCS")
    return {
      ...at(error.pos[0]),
      reason: "a second document begins here, and a catalogue is one",
      hint: "remove the line `---`, or keep the second document in a file of its own",
    };
  if (error !== undefined) {
    const reason = (error.message.split("\n")[0] ?? "")
      .replace(/ at line \d+, column \d+:?$/, "")
      .toLowerCase();
    const remedy = remedies.find(([pattern]) => pattern.test(reason))?.[1];
    const key = error.code === "DUPLICATE_KEY" ? firstOfKey(document, error.pos[0]) : undefined;
    const first = key === undefined ? undefined : at(key.offset);
    return {
      ...at(error.pos[0]),
      reason:
        key === undefined || first === undefined
          ? `not valid YAML: ${reason}`
          : `\`${key.name}\` is written twice, first on line ${String(first.line)}`,
      hint: remedy ?? "mend this place; nothing of the file is used until then",
    };
  }
  return refused ? aliasFault(document, at) : undefined;
}

/** The earlier of two equal keys of one map. */
function firstOfKey(document: Document, second: number): { name: string; offset: number } | undefined {
  let found: { name: string; offset: number } | undefined;
  visit(document, {
    Map(_, map) {
      const keys = map.items.flatMap(({ key }) =>
        isNode(key) && Array.isArray(key.range) ? [{ name: String(key), offset: key.range[0] }] : [],
      );
      const later = keys.find(({ offset }) => offset === second);
      if (later === undefined) return undefined;
      found = keys.find(({ name }) => name === later.name);
      return visit.BREAK;
    },
  });
  return found === undefined || found.offset === second ? undefined : found;
}

/** Aliases without an anchor, and those that multiply: an anchored value which itself repeats others. */
function aliasFault(
  document: Document,
  at: (offset: number) => { line: number; column: number },
): Place | undefined {
  let found: Place | undefined;
  const anchors = new Set<string>();
  visit(document, {
    Node(_, node, path) {
      const offset = node.range?.[0] ?? 0;
      if (isAlias(node)) {
        const name = node.source;
        if (!anchors.has(name)) {
          found = {
            ...at(offset),
            reason: `\`*${name}\` repeats \`&${name}\`, which does not stand before it`,
            hint: `write out what is meant; a text that begins with \`*\` needs quotes: \`"*${name}"\``,
          };
          return visit.BREAK;
        }
        if (path.some((step) => isCollection(step) && hasAnchor(step))) {
          found = {
            ...at(offset),
            reason: `\`*${name}\` stands inside a repeated value: repeats of repeats multiply`,
            hint: "write the values out; remit does not follow anchors inside anchors",
          };
          return visit.BREAK;
        }
        return undefined;
      }
      if (hasAnchor(node)) anchors.add(node.anchor);
      return undefined;
    },
  });
  return found;
}

const hasAnchor = (node: Node): node is Node & { readonly anchor: string } =>
  "anchor" in node && typeof node.anchor === "string";
