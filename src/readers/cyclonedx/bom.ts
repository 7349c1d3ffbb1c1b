import {
  observedTime,
  severityOf,
  worstSeverity,
  type FindingDraft,
  type NamedResource,
  type ObservedTime,
  type VexProduct,
  type VexStatement,
} from "../../core/findings/index.js";
import type { FindingTranslation, TranslatedRow } from "../findings-reader.js";
import { flawDraft, flawIds, imageArtifact, own, parsePurl, scoreOf, scoreOfVector } from "../flaws/index.js";
import { member, objects, text, type JsonObject } from "../json-value.js";

interface Component {
  readonly ref: string;
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
}

interface Bom {
  readonly tool: string;
  readonly root: Component | undefined;
  readonly resource: NamedResource | undefined;
  readonly parts: ReadonlyMap<string, Component>;
  readonly observed: ObservedTime | undefined;
  readonly by: string | undefined;
}

/** Components nest; the limits of JSON and XML allow for less. */
const deepest = 100;

/** The rows of a CycloneDX document: one for each flaw, split by what it affects. A bill without flaws has none. */
export function translateBom(record: JsonObject): FindingTranslation {
  const metadata = member(record, "metadata");
  const rootRecord = member(metadata, "component");
  const root = componentOf(rootRecord);
  const parts = new Map<string, Component>();
  const embedded: (readonly [JsonObject, string])[] = [];
  const visit = (list: unknown, base: string, depth: number): void => {
    for (const [index, item] of objects(list).entries()) {
      const part = componentOf(item);
      if (part !== undefined) parts.set(part.ref, part);
      const at = `${base}/${index}`;
      for (const [number, flaw] of objects(member(item, "vulnerabilities")).entries())
        embedded.push([
          // The extension of 1.2 may stand inside the component that it is about.
          objects(member(flaw, "affects")).length > 0
            ? flaw
            : { ...flaw, affects: [{ ref: part?.ref ?? "" }] },
          `${at}/vulnerabilities/${number}`,
        ]);
      if (depth < deepest) visit(member(item, "components"), `${at}/components`, depth + 1);
    }
  };
  visit(member(record, "components"), "/components", 0);
  visit(member(rootRecord, "components"), "/metadata/component/components", 0);
  const tools = member(metadata, "tools");
  const [firstTool] = [...objects(member(tools, "components")), ...objects(tools)];
  const bom: Bom = {
    tool: (text(firstTool, "name") ?? "cyclonedx").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
    root,
    resource: root === undefined ? undefined : resourceOf(root, text(rootRecord, "type")),
    parts,
    observed: observedTime(member(metadata, "timestamp")),
    by: text(member(metadata, "supplier"), "name") ?? text(member(metadata, "manufacturer"), "name"),
  };
  const flaws = [
    ...objects(member(record, "vulnerabilities")).map(
      (flaw, index) => [flaw, `/vulnerabilities/${index}`] as const,
    ),
    ...embedded,
  ];
  const read = flaws.map(([flaw, pointer]) => readFlaw(flaw, pointer, bom));
  return { rows: read.map((each) => each.row), statements: read.flatMap((each) => each.statement ?? []) };
}

function readFlaw(
  flaw: JsonObject,
  pointer: string,
  bom: Bom,
): { readonly row: TranslatedRow; readonly statement?: VexStatement } {
  const references = objects(member(flaw, "references")).map((each) => text(each, "id"));
  const ids = flawIds(text(flaw, "id"), references);
  if (ids.length === 0) return { row: { pointer, reason: "`id` is missing: the flaw has no name" } };
  const refs = objects(member(flaw, "affects"));
  const affected = refs.length === 0 ? [{ ref: bom.root?.ref ?? "" }] : refs;
  const analysis = member(flaw, "analysis");
  const state = stateOf(text(analysis, "state"));
  const said = [text(analysis, "justification"), text(analysis, "detail")]
    .filter((part) => part !== undefined)
    .join(": ");
  const updated = observedTime(member(analysis, "lastUpdated")) ?? bom.observed;
  const statement: VexStatement | undefined =
    state === undefined
      ? undefined
      : {
          ids,
          status: state,
          ...(said === "" ? {} : { reason: said }),
          ...(bom.by === undefined ? {} : { by: bom.by }),
          ...(updated === undefined ? {} : { at: updated.at }),
          products: affected.map((each) => productOf(text(each, "ref") ?? "", bom)),
        };
  const drafts = affected.map((each) => draftOf(flaw, ids, each, statement, said, bom));
  return { row: { pointer, drafts }, ...(statement === undefined ? {} : { statement }) };
}

/** States of CycloneDX in the words of VEX; `false_positive` says that the flaw is none of this product. */
function stateOf(state: string | undefined): VexStatement["status"] | undefined {
  switch (state) {
    case "not_affected":
    case "false_positive":
      return "not_affected";
    case "exploitable":
      return "affected";
    case "resolved":
    case "resolved_with_pedigree":
      return "fixed";
    case "in_triage":
      return "under_investigation";
    default:
      return undefined;
  }
}

function draftOf(
  flaw: JsonObject,
  ids: readonly string[],
  affected: JsonObject,
  statement: VexStatement | undefined,
  said: string,
  bom: Bom,
): FindingDraft {
  const ref = text(affected, "ref") ?? "";
  const target = bom.parts.get(ref) ?? (bom.root?.ref === ref ? bom.root : undefined);
  const linked = /#(.+)$/.exec(ref)?.[1];
  const name = target?.name ?? (linked === undefined ? ref : decoded(linked));
  const purl =
    target?.purl ?? (ref.startsWith("pkg:") ? ref : linked?.startsWith("pkg:") === true ? linked : undefined);
  const versions = objects(member(affected, "versions"));
  const listed = (status: string): readonly string[] =>
    versions
      .filter((each) => (text(each, "status") ?? "affected") === status)
      .flatMap((each) => text(each, "version") ?? []);
  const ratings = objects(member(flaw, "ratings"));
  const scores = ratings.flatMap(
    (rating) => scoreOf(member(rating, "score")) ?? scoreOfVector(text(rating, "vector")) ?? [],
  );
  // The words of several raters: the gravest counts.
  const severity = worstSeverity(ratings.map((rating) => severityOf(text(rating, "severity"))));
  const [only] = listed("affected");
  // In a bill of components a flaw in triage was found and nobody has decided; a bare statement only says it is looked at.
  const undecided = statement?.status === "under_investigation" && bom.parts.size > 0;
  const result =
    statement === undefined || undecided || statement.status === "affected"
      ? "fail"
      : statement.status === "fixed"
        ? "pass"
        : statement.status === "not_affected"
          ? "muted"
          : "manual";
  return flawDraft({
    tool: bom.tool,
    ids,
    resource: bom.resource ?? own("product", linked === undefined ? name : ref.replace(/\/\d+#/, "#"), name),
    package: target === bom.root && bom.root !== undefined ? undefined : name,
    purl,
    installed: target?.version ?? (listed("affected").length === 1 ? only : undefined),
    fixed: listed("unaffected"),
    severity,
    cvss: scores.length === 0 ? undefined : Math.max(...scores),
    result,
    muting:
      result === "muted"
        ? {
            source: "vex",
            reason: [
              text(member(flaw, "analysis"), "state")?.replaceAll("_", " "),
              said === "" ? "no reason given" : said,
            ].join(": "),
            ...(bom.by === undefined ? {} : { by: bom.by }),
          }
        : undefined,
    detail: text(flaw, "recommendation"),
    nativeIds: [text(flaw, "bom-ref")].filter((each) => each !== undefined),
    observed: bom.observed,
    quality: bom.resource === undefined && target !== undefined ? ["bare-resource-id"] : [],
  });
}

/** What a reference points to, for matching: the component, inside the product that the bill is of. */
function productOf(ref: string, bom: Bom): VexProduct {
  const part = bom.parts.get(ref);
  const linked = /#(pkg:.+)$/.exec(ref)?.[1];
  const purl = part?.purl ?? (ref.startsWith("pkg:") ? ref : linked);
  if (bom.root !== undefined && bom.root.ref === ref)
    return { ...(bom.root.purl === undefined ? {} : { purl: bom.root.purl }), components: [] };
  if (purl === undefined) return { components: [] };
  if (bom.root === undefined) return { purl, components: [] };
  // Said of a part of this product: it holds for no other product that has the part.
  return bom.root.purl === undefined ? { components: [] } : { purl: bom.root.purl, components: [purl] };
}

function componentOf(record: unknown): Component | undefined {
  const name = text(record, "name");
  if (name === undefined) return undefined;
  const group = text(record, "group");
  const full = group === undefined ? name : `${group}/${name}`;
  const version = text(record, "version");
  const purl = text(record, "purl");
  return {
    ref: text(record, "bom-ref") ?? full,
    name: full,
    ...(version === undefined ? {} : { version }),
    ...(purl === undefined ? {} : { purl }),
  };
}

function resourceOf(root: Component, type: string | undefined): NamedResource {
  if (type === "container")
    return imageArtifact(parsePurl(root.purl)?.component.replace(/^oci\//, "") ?? root.name).resource;
  return own(
    type === "file" ? "file" : "application",
    root.name,
    root.version === undefined ? root.name : `${root.name} ${root.version}`,
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
