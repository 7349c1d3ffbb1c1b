import {
  observedTime,
  type ObservedTime,
  type VexProduct,
  type VexStatement,
} from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation, TranslatedRow } from "../findings-reader.js";
import { flawIds, own, parsePurl, statedDraft } from "../flaws/index.js";
import { items, member, objects, strings, text, type JsonObject } from "../json-value.js";

const statuses: readonly VexStatement["status"][] = [
  "not_affected",
  "affected",
  "fixed",
  "under_investigation",
];

/** OpenVEX: statements about products. They are rows of their own and mute what scanners see of the same products. */
export const openVex: FindingsReader = {
  kind: "openvex",
  title: "OpenVEX document",
  form: "json",
  about: {
    versions: "0.0.x and 0.2.0",
    envelopes: "one object with `statements`",
    reads: [
      "`vulnerability` with aliases, `products` with `subcomponents` and package URLs, `status`, `justification`, `impact_statement`, times and author",
      "`not_affected` with a reason mutes the findings of scanners for the same flaw and product",
    ],
    ignores: [
      "`fixed` as a proof: a fix is believed when a scanner sees it",
      "versions of the document, tooling, supplier",
    ],
  },
  recognises: (record) =>
    (text(record, "@context") ?? "").startsWith("https://openvex.dev/ns") ||
    (Array.isArray(member(record, "statements")) && text(record, "@id") !== undefined),
  translate,
};

function translate(record: JsonObject): FindingTranslation {
  const author = text(record, "author");
  const fallback = observedTime(member(record, "timestamp"));
  const read = objects(member(record, "statements")).map((statement, index) =>
    readStatement(statement, `/statements/${index}`, author, fallback),
  );
  return {
    rows: read.map((each) => each.row),
    statements: read.flatMap((each) => each.statement ?? []),
  };
}

interface Product extends VexProduct {
  readonly name: string;
}

function readStatement(
  statement: JsonObject,
  pointer: string,
  author: string | undefined,
  fallback: ObservedTime | undefined,
): { readonly row: TranslatedRow; readonly statement?: VexStatement } {
  const named = member(statement, "vulnerability");
  const ids =
    typeof named === "string"
      ? flawIds(named)
      : flawIds(text(named, "name") ?? text(named, "@id"), strings(member(named, "aliases")));
  if (ids.length === 0) return { row: { pointer, reason: "`vulnerability` names no flaw" } };
  const status = statuses.find((each) => each === text(statement, "status"));
  if (status === undefined)
    return { row: { pointer, reason: `\`status\` is none of ${statuses.join(", ")}` } };
  const products = items(member(statement, "products")).flatMap(productOf);
  if (products.length === 0)
    return { row: { pointer, reason: "`products` is empty: the statement is about nothing" } };
  const observed =
    observedTime(member(statement, "last_updated")) ??
    observedTime(member(statement, "timestamp")) ??
    fallback;
  const said = [
    text(statement, "justification"),
    text(statement, "impact_statement") ?? text(statement, "status_notes"),
  ]
    .filter((part) => part !== undefined)
    .join(": ");
  const stated: VexStatement = {
    ids,
    status,
    ...(said === "" ? {} : { reason: said }),
    ...(author === undefined ? {} : { by: author }),
    ...(observed === undefined ? {} : { at: observed.at }),
    products: products.map(({ purl, components }) => ({
      ...(purl === undefined ? {} : { purl }),
      components,
    })),
  };
  const drafts = products.flatMap((product) =>
    (product.components.length === 0 ? [product.purl] : product.components).map((component) =>
      statedDraft({
        tool: "openvex",
        statement: stated,
        resource: own("product", parsePurl(product.purl)?.component ?? product.name, product.name),
        purl: component,
        observed,
        detail: text(statement, "action_statement") ?? (said === "" ? undefined : said),
      }),
    ),
  );
  return { row: { pointer, drafts }, statement: stated };
}

/** A product is a text (0.0.x) or an object with `@id` and `identifiers`; either may be a package URL. */
function productOf(value: unknown): readonly Product[] {
  const name = typeof value === "string" ? value : text(value, "@id");
  const stated = text(member(value, "identifiers"), "purl") ?? name;
  if (stated === undefined) return [];
  const components = objects(member(value, "subcomponents")).flatMap(
    (each) => text(member(each, "identifiers"), "purl") ?? text(each, "@id") ?? [],
  );
  return [{ name: name ?? stated, ...(stated.startsWith("pkg:") ? { purl: stated } : {}), components }];
}
