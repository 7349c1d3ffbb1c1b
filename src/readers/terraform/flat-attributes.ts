import type { JsonRecord } from "../drafting/index.js";

type Tree = Map<string, Tree | string>;

/**
 * Turns the flat attributes of state v3 into nested values: `ingress.#` counts a list or set whose elements carry
 * an index or a hash, `tags.%` a map. Texts stay texts.
 */
export function unflatten(flat: JsonRecord): JsonRecord {
  const tree: Tree = new Map();
  for (const [key, value] of Object.entries(flat)) {
    if (typeof value === "string") insert(tree, key.split("."), value);
  }
  const record = build(tree);
  return typeof record === "object" && !Array.isArray(record) ? (record as JsonRecord) : {};
}

function insert(tree: Tree, path: readonly string[], value: string): void {
  let node = tree;
  path.forEach((part, index) => {
    if (index === path.length - 1) {
      if (!node.has(part)) node.set(part, value);
      return;
    }
    const next = node.get(part);
    const child: Tree = next instanceof Map ? next : new Map<string, Tree | string>();
    node.set(part, child);
    node = child;
  });
}

function build(node: Tree | string): unknown {
  if (typeof node === "string") return node;
  const entries = [...node.entries()].filter(([key]) => key !== "#" && key !== "%");
  if (node.has("#")) return entries.map(([, child]) => build(child));
  return Object.fromEntries(entries.map(([key, child]) => [key, build(child)]));
}
