import { member, objects, text } from "../json-value.js";

export interface CsafProduct {
  readonly name: string;
  readonly purl?: string;
  /** Of a relationship (`X as a component of Y`): the part and the whole. */
  readonly part?: string;
  readonly whole?: string;
}

/** Branches nest as vendor, product, version; the limit of JSON allows for less. */
const deepest = 100;

/** The products of a CSAF document by their ids (CSAF 2.0, 3.2.2). */
export function csafProducts(tree: unknown): ReadonlyMap<string, CsafProduct> {
  const products = new Map<string, CsafProduct>();
  const add = (product: unknown, more: Partial<CsafProduct> = {}): void => {
    const id = text(product, "product_id");
    if (id === undefined) return;
    const purl = text(member(product, "product_identification_helper"), "purl");
    products.set(id, { name: text(product, "name") ?? id, ...(purl === undefined ? {} : { purl }), ...more });
  };
  const branches = (node: unknown, depth: number): void => {
    for (const branch of objects(member(node, "branches"))) {
      add(member(branch, "product"));
      if (depth < deepest) branches(branch, depth + 1);
    }
  };
  for (const product of objects(member(tree, "full_product_names"))) add(product);
  branches(tree, 0);
  for (const relation of objects(member(tree, "relationships"))) {
    const part = text(relation, "product_reference");
    const whole = text(relation, "relates_to_product_reference");
    add(member(relation, "full_product_name"), {
      ...(part === undefined ? {} : { part }),
      ...(whole === undefined ? {} : { whole }),
    });
  }
  return products;
}

/** Ids of the products of a group (CSAF 2.0, 3.2.2.3). */
export const csafGroup = (tree: unknown, id: string): readonly string[] =>
  objects(member(tree, "product_groups"))
    .filter((group) => text(group, "group_id") === id)
    .flatMap((group) => {
      const ids = member(group, "product_ids");
      return Array.isArray(ids) ? ids.filter((each): each is string => typeof each === "string") : [];
    });
