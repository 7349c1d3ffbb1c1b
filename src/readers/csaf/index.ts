import {
  observedTime,
  severityOf,
  type FindingDraft,
  type ObservedTime,
  type VexProduct,
  type VexStatement,
} from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation, TranslatedRow } from "../findings-reader.js";
import { flawIds, own, parsePurl, scoreOf, statedDraft } from "../flaws/index.js";
import { member, objects, strings, text, type JsonObject } from "../json-value.js";
import { csafGroup, csafProducts, type CsafProduct } from "./product-tree.js";

/** Groups of `product_status` and what they say (CSAF 2.0, 3.2.3.9); `recommended` only says what to install. */
const statuses: Readonly<Record<string, VexStatement["status"]>> = {
  known_affected: "affected",
  first_affected: "affected",
  last_affected: "affected",
  known_not_affected: "not_affected",
  fixed: "fixed",
  first_fixed: "fixed",
  under_investigation: "under_investigation",
};

/** CSAF advisories and VEX profiles. */
export const csaf: FindingsReader = {
  kind: "csaf",
  title: "CSAF document",
  form: "json",
  about: {
    versions: "2.0 and 2.1",
    envelopes: "one object with `document.csaf_version`",
    reads: [
      "`vulnerabilities`: one row for each flaw, split by product and status; CVE and other ids, score, flags and impact as the reason",
      "`product_tree` with branches, relationships, groups and package URLs",
      "`known_not_affected` with a flag or an impact statement mutes the findings of scanners for the same flaw and product",
    ],
    ignores: [
      "`recommended` products",
      "`fixed` as a proof: a fix is believed when a scanner sees it",
      "notes, acknowledgements, references",
    ],
  },
  recognises: (record) => text(member(record, "document"), "csaf_version") !== undefined,
  translate,
};

interface Document {
  readonly products: ReadonlyMap<string, CsafProduct>;
  readonly tree: unknown;
  readonly by: string | undefined;
  readonly observed: ObservedTime | undefined;
}

function translate(record: JsonObject): FindingTranslation {
  const head = member(record, "document");
  const version = text(head, "csaf_version") ?? "";
  if (version !== "2.0" && version !== "2.1")
    return { reason: `\`csaf_version\` is \`${version.slice(0, 20)}\`: 2.0 and 2.1 are read` };
  const tree = member(record, "product_tree");
  const document: Document = {
    products: csafProducts(tree),
    tree,
    by: text(member(head, "publisher"), "name"),
    observed: observedTime(member(member(head, "tracking"), "current_release_date")),
  };
  const read = objects(member(record, "vulnerabilities")).map((flaw, index) =>
    readFlaw(flaw, `/vulnerabilities/${index}`, document),
  );
  return { rows: read.map((each) => each.row), statements: read.flatMap((each) => each.statements) };
}

function readFlaw(
  flaw: JsonObject,
  pointer: string,
  document: Document,
): { readonly row: TranslatedRow; readonly statements: readonly VexStatement[] } {
  const others = objects(member(flaw, "ids")).map((each) => text(each, "text"));
  const ids = flawIds(text(flaw, "cve"), others);
  if (ids.length === 0)
    return { row: { pointer, reason: "neither `cve` nor `ids` names the flaw" }, statements: [] };
  const drafts: FindingDraft[] = [];
  const statements: VexStatement[] = [];
  const status = member(flaw, "product_status");
  for (const [group, stated] of Object.entries(statuses)) {
    for (const id of strings(member(status, group))) {
      const product = document.products.get(id) ?? { name: id };
      const reason = reasonOf(flaw, id, document);
      const statement: VexStatement = {
        ids,
        status: stated,
        ...(reason === undefined ? {} : { reason }),
        ...(document.by === undefined ? {} : { by: document.by }),
        ...(document.observed === undefined ? {} : { at: document.observed.at }),
        products: [vexProduct(product, document.products)],
      };
      statements.push(statement);
      drafts.push(draftOf(flaw, id, product, statement, document));
    }
  }
  // A flaw without a status: an advisory that names no product.
  if (drafts.length === 0)
    return {
      row: { pointer, reason: "`product_status` is empty: no product is said to be affected" },
      statements,
    };
  return { row: { pointer, drafts }, statements };
}

function draftOf(
  flaw: JsonObject,
  id: string,
  product: CsafProduct,
  statement: VexStatement,
  document: Document,
): FindingDraft {
  const part = document.products.get(product.part ?? "");
  const whole = document.products.get(product.whole ?? "") ?? product;
  const scored = objects(member(flaw, "scores")).find((each) =>
    strings(member(each, "products")).includes(id),
  );
  const metric = objects(member(flaw, "metrics")).find((each) =>
    strings(member(each, "products")).includes(id),
  );
  const content = scored ?? member(metric, "content");
  const cvss = member(content, "cvss_v4") ?? member(content, "cvss_v3") ?? member(content, "cvss_v2");
  return statedDraft({
    tool: "csaf",
    statement,
    resource: own("product", parsePurl(whole.purl)?.component ?? whole.name, whole.name),
    purl: part?.purl ?? product.purl,
    package: part?.name ?? product.name,
    severity: severityOf(text(cvss, "baseSeverity")),
    cvss: scoreOf(member(cvss, "baseScore")),
    observed: document.observed,
    title: text(flaw, "title"),
    detail: remedy(flaw, id) ?? statement.reason,
  });
}

function vexProduct(product: CsafProduct, products: ReadonlyMap<string, CsafProduct>): VexProduct {
  const part = products.get(product.part ?? "")?.purl;
  const whole = products.get(product.whole ?? "")?.purl;
  if (product.part !== undefined)
    // Without both package URLs nobody can tell which part of what is meant.
    return part === undefined || whole === undefined
      ? { components: [] }
      : { purl: whole, components: [part] };
  return { ...(product.purl === undefined ? {} : { purl: product.purl }), components: [] };
}

/** The flag is the justification; a threat of category `impact` says it in words (CSAF 2.0, VEX profile 4.5). */
function reasonOf(flaw: JsonObject, id: string, { tree }: Document): string | undefined {
  const isOf = (each: JsonObject): boolean =>
    strings(member(each, "product_ids")).includes(id) ||
    strings(member(each, "group_ids")).some((group) => csafGroup(tree, group).includes(id));
  const flag = objects(member(flaw, "flags")).find(isOf);
  const impact = objects(member(flaw, "threats")).find(
    (each) => text(each, "category") === "impact" && isOf(each),
  );
  const said = [text(flag, "label"), text(impact, "details")].filter((part) => part !== undefined);
  return said.length === 0 ? undefined : said.join(": ");
}

const remedy = (flaw: JsonObject, id: string): string | undefined =>
  text(
    objects(member(flaw, "remediations")).find((each) => strings(member(each, "product_ids")).includes(id)),
    "details",
  );
