import type { FindingRow, VexProduct, VexStatement, VulnerabilityFact } from "../../core/findings/index.js";
import { parsePurl, type ParsedPurl } from "./package-url.js";

export interface Weighed {
  readonly rows: readonly FindingRow[];
  /** Rows that a statement has muted, by path of their file. */
  readonly muted: ReadonlyMap<string, number>;
}

/**
 * What documents about flaws say of the rows of scanners: KEV and EPSS weigh them, a VEX statement `not_affected` mutes
 * them with its reason. Depends on the set of statements, not on the order of files: of several the newest speaks, and of
 * those of one time the one that says `affected`. A statement without a reason, without a product that can be matched
 * for certain, or that claims a fix, changes nothing: a fix is only believed when seen.
 */
export function weighFlaws(
  rows: readonly FindingRow[],
  facts: readonly VulnerabilityFact[],
  statements: readonly VexStatement[],
): Weighed {
  const muted = new Map<string, number>();
  if (facts.length === 0 && statements.length === 0) return { rows, muted };
  const counted = new Set<string>();
  const kev = new Map<string, VulnerabilityFact>();
  const epss = new Map<string, VulnerabilityFact>();
  for (const fact of facts) {
    const known = fact.source === "kev" ? kev : epss;
    const before = known.get(fact.id);
    if (before === undefined || (fact.epss?.date ?? "") > (before.epss?.date ?? "")) known.set(fact.id, fact);
  }
  const byId = new Map<string, VexStatement[]>();
  for (const statement of statements)
    for (const id of statement.ids) byId.set(id, [...(byId.get(id) ?? []), statement]);
  const spoken = new Map<FindingRow, VexStatement>();
  const open = new Set<string>();
  for (const row of byId.size === 0 ? [] : rows) {
    if (row.vulnerability === undefined || row.result !== "fail") continue;
    const own = speaking(row, byId);
    if (own?.status === "not_affected" && own.reason !== undefined) spoken.set(row, own);
    else open.add(row.fingerprint);
  }
  const weighed = rows.map((row): FindingRow => {
    const flaw = row.vulnerability;
    if (flaw === undefined) return row;
    const scored = flaw.ids.map((id) => epss.get(id)?.epss).find((score) => score !== undefined);
    const exploited = flaw.ids.some((id) => kev.has(id));
    const vulnerability = {
      ...flaw,
      ...(exploited ? { exploited } : {}),
      ...(scored === undefined || newer(flaw.epss?.date, scored.date) ? {} : { epss: scored }),
    };
    const own = spoken.get(row);
    // One finding over several builds: a statement about one of them does not hide the others.
    if (own?.reason === undefined || open.has(row.fingerprint)) return { ...row, vulnerability };
    const { source, pointer, line } = row.origin;
    const place = JSON.stringify([source.path, pointer, line]);
    // A row about several resources is one row of its file.
    if (!counted.has(place)) muted.set(source.path, (muted.get(source.path) ?? 0) + 1);
    counted.add(place);
    return {
      ...row,
      vulnerability,
      result: "muted",
      muting: {
        source: "vex",
        reason: own.reason,
        ...(own.by === undefined ? {} : { by: own.by }),
        ...(own.at === undefined ? {} : { at: own.at }),
      },
    };
  });
  return { rows: weighed, muted };
}

const newer = (own: string | undefined, other: string | undefined): boolean =>
  own !== undefined && (other === undefined || own >= other);

const caution: readonly VexStatement["status"][] = [
  "affected",
  "under_investigation",
  "fixed",
  "not_affected",
];

function speaking(
  row: FindingRow,
  byId: ReadonlyMap<string, readonly VexStatement[]>,
): VexStatement | undefined {
  const about = [...new Set((row.vulnerability?.ids ?? []).flatMap((id) => byId.get(id) ?? []))].filter(
    (statement) => statement.products.some((product) => isAbout(product, row)),
  );
  return about.sort(
    (a, b) =>
      compare(b.at ?? "", a.at ?? "") ||
      caution.indexOf(a.status) - caution.indexOf(b.status) ||
      compare(JSON.stringify(a), JSON.stringify(b)),
  )[0];
}

/**
 * A product is what the scanner names as the component, or what it looked at with the component among the statement's
 * parts (OpenVEX, `subcomponents`).
 */
function isAbout(product: VexProduct, row: FindingRow): boolean {
  const flaw = row.vulnerability;
  const component = parsePurl(flaw?.purl);
  if (product.components.length === 0)
    return product.purl !== undefined && covers(parsePurl(product.purl), component, flaw?.installed);
  const whole = product.purl === undefined || isArtifact(parsePurl(product.purl), row);
  return whole && product.components.some((each) => covers(parsePurl(each), component, flaw?.installed));
}

/** Same component; version and qualifiers where the statement has them. */
function covers(stated: ParsedPurl | undefined, found: ParsedPurl | undefined, installed?: string): boolean {
  if (stated === undefined || found === undefined || stated.component !== found.component) return false;
  if (stated.version !== undefined && stated.version !== found.version && stated.version !== installed)
    return false;
  return Object.entries(stated.qualifiers).every(([key, value]) => found.qualifiers[key] === value);
}

/** `pkg:oci/NAME@sha256:…?repository_url=…`: the image that was scanned, by name, place and digest where given. */
function isArtifact(stated: ParsedPurl | undefined, row: FindingRow): boolean {
  const artifact = row.vulnerability?.artifact;
  if (stated === undefined || artifact === undefined || !/^(oci|docker)\//.test(stated.component))
    return false;
  const repository = artifact.name.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
  const place = stated.qualifiers["repository_url"];
  const named =
    place === undefined
      ? repository.split("/").at(-1) === stated.name.split("/").at(-1)
      : repository === place;
  if (!named) return false;
  if (stated.version === undefined) return true;
  return artifact.digests.includes(stated.version) || artifact.name.endsWith(`:${stated.version}`);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
