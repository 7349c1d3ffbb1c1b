import type { AccountId, Evidence, ResourceId } from "../estate/index.js";
import { evidenceAt } from "../estate/index.js";
import type { WeaknessClass } from "./check-reference.js";
import { absenceIndex, type AbsenceIndex } from "./absence.js";
import { digestOf } from "./fingerprint.js";
import type { DataQuality } from "./data-quality.js";
import type { Muting, OwnerHint, SecretDetail, VulnerabilityDetail } from "./details.js";
import type { FindingResult, FindingRow, SeenPassing } from "./finding.js";
import { passingIndex, type PassingIndex } from "./passing.js";
import type { AssertedScope } from "./scope.js";
import { worstSeverity, type Severity } from "./severity.js";
import { weaknessTitle, type Weakness } from "./weakness.js";

export type ExposureState = "open" | "fixed" | "gone" | "muted-external" | "unknown";

/** What was seen after a row. */
interface Later {
  readonly passes: PassingIndex;
  readonly absence: AbsenceIndex;
}

/** One finding of one tool behind an exposure. */
export interface ExposureFinding {
  readonly fingerprint: string;
  readonly tool: string;
  readonly check: string;
  readonly nativeIds: readonly string[];
  /** What the tool said last. */
  readonly result: FindingResult;
  readonly state: ExposureState;
  readonly severity: Severity;
  readonly title: string;
  readonly detail: string;
  readonly firstSeen?: string;
  readonly lastSeen?: string;
  /** When the row was made that shows it passing; only where `state` is `fixed`. */
  readonly passedAt?: string;
  readonly quality: readonly DataQuality[];
  /** The row, and where `state` is `fixed` the row that passed. */
  readonly evidence: readonly Evidence[];
  /** Of the resource, as the row of `evidence` says. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Whom the tool names: evidence for ownership, never ownership itself. */
  readonly ownerHints?: readonly OwnerHint[];
  readonly vulnerability?: VulnerabilityDetail;
  readonly secret?: SecretDetail;
  readonly muting?: Muting;
}

/** (canonical resource, weakness), over all tools. */
export interface Exposure {
  /** Stable over runs, tools and orders of files. */
  readonly id: string;
  readonly resource: ResourceId;
  readonly resourceName: string;
  readonly resourceKind: string;
  readonly account?: AccountId;
  readonly accountName?: string;
  readonly region?: string;
  /** Id in the registry, or `PROVIDER.CHECK` where derived from a check. */
  readonly weakness: string;
  readonly class: WeaknessClass;
  /** At most five words. */
  readonly title: string;
  /** Name of the recreation formula, or the check whose actions stand in for one. */
  readonly formula?: string;
  readonly derivedFrom?: { readonly provider: string; readonly check: string };
  readonly threat?: true;
  /** Which part of the resource; different keys, ports and CVEs stay apart. */
  readonly subLocator: string;
  readonly severity: Severity;
  readonly state: ExposureState;
  readonly findings: readonly ExposureFinding[];
  readonly tags: Readonly<Record<string, string>>;
  readonly firstSeen?: string;
  readonly lastSeen?: string;
}

/**
 * Merges rows to exposures. The result depends on the set of rows only: neither on their order nor on rows
 * that occur twice. Rows that passed make no exposure; they fix one. What a later whole scan does not list is gone.
 */
export function mergeExposures(
  rows: Iterable<FindingRow>,
  passing: Iterable<SeenPassing> = [],
  scopes: readonly AssertedScope[] = [],
): readonly Exposure[] {
  // Sorted, what belongs together stands together: an index of groups would take more memory than the rows.
  const all = [...rows].sort(byPlace);
  const later: Later = { passes: passingIndex(passing, all), absence: absenceIndex(all, scopes) };
  const exposures: Exposure[] = [];
  for (let start = 0; start < all.length;) {
    const first = all[start] as FindingRow;
    let end = start + 1;
    while (end < all.length && byPlace(first, all[end] as FindingRow) === 0) end += 1;
    const located = new Map<string, FindingRow[]>();
    for (const row of all.slice(start, end)) {
      if (row.result === "pass" || row.result === "manual" || row.result === "not-applicable") continue;
      push(located, row.subLocator, row);
    }
    joinUnlocated(located);
    for (const [subLocator, members] of located) {
      exposures.push(exposureOf(placeKey(first), subLocator, members, later));
    }
    start = end;
  }
  return exposures.sort(byResource);
}

/** A setting of an account exists once per Region; every other resource is in one place already. */
const placeRegion = (row: FindingRow): string =>
  row.resourceKind === "aws:account" ? (row.region ?? "") : "";

const placeKey = (row: FindingRow): string =>
  JSON.stringify([row.resource, row.weakness.id, placeRegion(row)]);

const byPlace = (a: FindingRow, b: FindingRow): number =>
  compare(a.resource, b.resource) ||
  compare(a.weakness.id, b.weakness.id) ||
  compare(placeRegion(a), placeRegion(b));

/**
 * A tool that does not say which part it means (`IAM.3`: "a key of this user") joins the part that another tool
 * names, when there is exactly one. With several it stays on its own: different ports and keys are different.
 */
function joinUnlocated(located: Map<string, FindingRow[]>): void {
  const whole = located.get("");
  if (whole === undefined || located.size !== 2) return;
  for (const [subLocator, members] of located) {
    if (subLocator !== "") for (const row of whole) members.push(row);
  }
  located.delete("");
}

function exposureOf(key: string, subLocator: string, members: readonly FindingRow[], later: Later): Exposure {
  const byFingerprint = new Map<string, FindingRow[]>();
  for (const row of members) push(byFingerprint, row.fingerprint, row);
  const findings = [...byFingerprint.values()].map((same) => findingOf(same, later)).sort(byTool);
  const ordered = [...members].sort(newestFirst);
  const first = ordered[0] as FindingRow;
  const { weakness } = first;
  const counted = findings.filter((finding) => finding.state !== "fixed");
  const firstSeen = least(findings.map((finding) => finding.firstSeen));
  const lastSeen = greatest(findings.map((finding) => finding.lastSeen));
  const account = ordered.find((row) => row.account !== undefined)?.account;
  const accountName = ordered.find((row) => row.accountName !== undefined)?.accountName;
  const region = ordered.find((row) => row.region !== undefined)?.region;
  return {
    id: digestOf(["exposure/1", key, subLocator], 24),
    resource: first.resource,
    resourceName: first.resourceName,
    resourceKind: first.resourceKind,
    ...(account === undefined ? {} : { account }),
    ...(accountName === undefined ? {} : { accountName }),
    ...(region === undefined ? {} : { region }),
    weakness: weakness.id,
    class: weakness.class,
    title: weaknessTitle(weakness, subLocator),
    ...optional(weakness),
    subLocator,
    severity: worstSeverity((counted.length === 0 ? findings : counted).map((finding) => finding.severity)),
    state: stateOfAll(findings.map((finding) => finding.state)),
    findings,
    tags: mergeTags(ordered),
    ...(firstSeen === undefined ? {} : { firstSeen }),
    ...(lastSeen === undefined ? {} : { lastSeen }),
  };
}

const optional = ({ formula, derivedFrom, threat }: Weakness): Partial<Exposure> => ({
  ...(formula === undefined ? {} : { formula }),
  ...(derivedFrom === undefined ? {} : { derivedFrom }),
  ...(threat === undefined ? {} : { threat }),
});

/** All rows of one fingerprint: the newest speaks, a failure before everything else of the same time. */
function findingOf(same: readonly FindingRow[], later: Later): ExposureFinding {
  const ordered = [...same].sort(newestFirst);
  const row = ordered[0] as FindingRow;
  const pass = later.passes.after(row);
  const state: ExposureState =
    pass !== undefined
      ? "fixed"
      : later.absence.after(row)
        ? "gone"
        : row.result === "fail"
          ? "open"
          : row.result === "muted"
            ? "muted-external"
            : "unknown";
  const firstSeen = least(ordered.flatMap((each) => [each.firstSeenAt, each.observedAt]));
  const evidence = [evidenceAt(row.origin, row.detail === "" ? row.title : row.detail)];
  if (pass !== undefined) evidence.push(evidenceAt(pass.origin, `${pass.check} passes on ${pass.resource}`));
  const ownerHints = hintsOf(ordered);
  return {
    fingerprint: row.fingerprint,
    tool: row.tool,
    check: row.check,
    nativeIds: nativeIdsOf(ordered),
    result: row.result,
    state,
    severity: row.severity,
    title: row.title,
    detail: row.detail,
    ...(firstSeen === undefined ? {} : { firstSeen }),
    ...(row.observedAt === undefined ? {} : { lastSeen: row.observedAt }),
    ...(pass?.observedAt === undefined ? {} : { passedAt: pass.observedAt }),
    quality: row.quality,
    evidence,
    ...(hasTags(row) ? { tags: row.tags } : {}),
    ...(ownerHints.length === 0 ? {} : { ownerHints }),
    ...(row.vulnerability === undefined ? {} : { vulnerability: row.vulnerability }),
    ...(row.secret === undefined ? {} : { secret: row.secret }),
    ...(row.muting === undefined ? {} : { muting: row.muting }),
  };
}

const hasTags = ({ tags }: FindingRow): boolean => Object.keys(tags).length > 0;

/** Mostly there is one row with one id: its list is kept, not a copy of it. */
function nativeIdsOf(rows: readonly FindingRow[]): readonly string[] {
  const [first] = rows;
  if (rows.length === 1 && first !== undefined && first.nativeIds.length < 2) return first.nativeIds;
  return [...new Set(rows.flatMap((each) => each.nativeIds))].sort();
}

/** Each once, in the order of kind and name. */
function hintsOf(rows: readonly FindingRow[]): readonly OwnerHint[] {
  if (rows.every((row) => row.ownerHints === undefined)) return [];
  const hints = new Map(
    rows
      .flatMap((row) => row.ownerHints ?? [])
      .map((hint) => [JSON.stringify([hint.kind, hint.who, hint.about ?? ""]), hint] as const),
  );
  return [...hints].sort(([a], [b]) => compare(a, b)).map(([, hint]) => hint);
}

/** One tool that still sees it outweighs all that do not (a fix needs every tool's own PASS). */
function stateOfAll(states: readonly ExposureState[]): ExposureState {
  for (const state of ["open", "unknown", "muted-external", "gone"] as const)
    if (states.includes(state)) return state;
  return "fixed";
}

/** The newest value of a tag wins; equal times by value, so that order does not matter. */
function mergeTags(newest: readonly FindingRow[]): Readonly<Record<string, string>> {
  const [first] = newest;
  // Rows of one collector share equal tags, and share them sorted.
  if (first !== undefined && newest.every((row) => row.tags === first.tags) && isSorted(first.tags))
    return first.tags;
  const tags = new Map<string, string>();
  for (const row of newest) {
    for (const [name, value] of Object.entries(row.tags)) if (!tags.has(name)) tags.set(name, value);
  }
  return Object.fromEntries([...tags].sort(([a], [b]) => compare(a, b)));
}

const isSorted = (tags: Readonly<Record<string, string>>): boolean =>
  Object.keys(tags).every((name, index, all) => index === 0 || (all[index - 1] ?? "") < name);

const resultOrder: readonly FindingResult[] = ["fail", "stale", "muted", "manual", "not-applicable", "pass"];

/** A total order: rows that are equal in all of it are the same row. */
function newestFirst(a: FindingRow, b: FindingRow): number {
  return (
    compare(b.observedAt ?? "", a.observedAt ?? "") ||
    resultOrder.indexOf(a.result) - resultOrder.indexOf(b.result) ||
    compare(a.fingerprint, b.fingerprint) ||
    compare(a.origin.source.path, b.origin.source.path) ||
    (a.origin.line ?? 0) - (b.origin.line ?? 0) ||
    compare(a.origin.pointer ?? "", b.origin.pointer ?? "") ||
    compare(JSON.stringify(wordsOf(a)), JSON.stringify(wordsOf(b)))
  );
}

const wordsOf = (row: FindingRow): readonly unknown[] => [
  row.detail,
  row.severity,
  row.tags,
  row.ownerHints,
  row.vulnerability,
  row.secret,
  row.muting,
];

const byTool = (a: ExposureFinding, b: ExposureFinding): number =>
  compare(a.tool, b.tool) || compare(a.check, b.check) || compare(a.fingerprint, b.fingerprint);

const byResource = (a: Exposure, b: Exposure): number =>
  compare(a.resource, b.resource) ||
  compare(a.weakness, b.weakness) ||
  compare(a.subLocator, b.subLocator) ||
  compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function least(values: readonly (string | undefined)[]): string | undefined {
  return values.filter((value) => value !== undefined).sort(compare)[0];
}

function greatest(values: readonly (string | undefined)[]): string | undefined {
  return values
    .filter((value) => value !== undefined)
    .sort(compare)
    .at(-1);
}

function push<Item>(groups: Map<string, Item[]>, key: string, item: Item): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}
