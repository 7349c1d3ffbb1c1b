import { evidenceAt, type Evidence } from "../estate/index.js";
import type {
  FindingEvent,
  FindingRecord,
  FindingsImport,
  FindingsState,
  PassMark,
} from "./finding-state.js";
import { eventOf, stateOf, told } from "./finding-event.js";
import type { FindingRow } from "./finding.js";
import { byPassTime, findingPlace, passesByPlace, lastPasses, passMark, type Passes } from "./pass-marks.js";
import { withRepeats } from "./path-repeats.js";
import type { AssertedScope } from "./scope.js";
import { courseOf, withPoints, type Mark, type Point } from "./timeline.js";

export interface Folded {
  readonly state: FindingsState;
  /** Sorted by fingerprint; empty where nothing changed. */
  readonly events: readonly FindingEvent[];
}

type Draft = Pick<FindingRecord, "fingerprint"> & { readonly row: FindingRow };

/** What a part of an import changes, before repeats on access paths are looked for. */
export interface FoldedPart extends Folded {
  /** Of the findings that are new. */
  readonly opened: ReadonlySet<string>;
}

/**
 * Brings an import into what is known. Pure. The same documents again change nothing and emit nothing, the order of
 * files and of rows does not matter, and nothing is concluded from absence outside of what the files vouch for.
 */
export function foldFindings(before: FindingsState, given: FindingsImport): Folded {
  const { state, events, opened } = foldPart(before, given);
  const records = new Map(state.records.map((record) => [record.fingerprint, record]));
  const repeated = withRepeats(records, opened);
  return {
    state: { ...state, records: [...repeated.records.values()].sort(byFingerprint) },
    events: [...events, ...repeated.events].sort(byEvent),
  };
}

/**
 * The same without R10. What a place (tool, provider, check, resource, Region) holds depends on that place alone, so
 * that a store can bring in an import place by place, and look for repeats when all of it is in.
 */
export function foldPart(before: FindingsState, given: FindingsImport): FoldedPart {
  const imported = new Set(before.documents);
  const fresh = (digest: string): boolean => !imported.has(digest);
  const digests = new Map(given.documents.map(({ path, digest }) => [path, digest]));
  const rows = given.rows.filter((row) => fresh(row.origin.source.digest));
  const passing = given.passing.filter((pass) => fresh(pass.origin.source.digest));
  const scopes = given.scopes.filter((scope) => fresh(digests.get(scope.document) ?? ""));

  const points = new Map<string, Point[]>();
  const add = (fingerprint: string, point: Point): void => {
    const list = points.get(fingerprint);
    if (list === undefined) points.set(fingerprint, [point]);
    else list.push(point);
  };
  const newest = new Map<string, FindingRow>();
  const listed = new Set<string>();
  const firstSeen = new Map<string, string>();
  for (const row of rows) {
    listed.add(row.fingerprint);
    const mark = markOf(row);
    if (mark === undefined) continue;
    const at = row.observedAt ?? given.at;
    add(row.fingerprint, { at, mark });
    const other = newest.get(row.fingerprint);
    if (other === undefined || isNewerRow(row, other)) newest.set(row.fingerprint, row);
    const first = least(row.firstSeenAt, at);
    firstSeen.set(row.fingerprint, least(firstSeen.get(row.fingerprint), first) ?? at);
  }

  const records = new Map(before.records.map((record) => [record.fingerprint, record]));
  const drafts = new Map<string, Draft>();
  for (const [fingerprint, row] of newest)
    if (!records.has(fingerprint)) drafts.set(fingerprint, { fingerprint, row });
  const marks = [...before.passes, ...passing.map((pass) => passMark(pass, given.at))];
  const passes = passesByPlace(marks);
  provePasses([...records.values(), ...drafts.values()], passes, newest, add);
  for (const record of records.values()) {
    if (listed.has(record.fingerprint)) continue;
    for (const at of vouchedTimes(record, scopes, given.at)) add(record.fingerprint, { at, mark: "absent" });
  }

  const events: FindingEvent[] = [];
  for (const [fingerprint, added] of points) {
    const held = records.get(fingerprint);
    const row = newest.get(fingerprint);
    const next = recordOf(
      held,
      row,
      added,
      firstSeen.get(fingerprint),
      passes,
      given.paths?.get(fingerprint) ?? [],
    );
    if (next === undefined) continue;
    records.set(fingerprint, next);
    const event = eventOf(held, next);
    if (event !== undefined) events.push(event);
    if (held?.acceptance !== undefined && next.acceptance === undefined)
      events.push({ ...told("acceptance-ended", next), from: held.state });
  }
  const opened = new Set(events.flatMap((event) => (event.kind === "opened" ? [event.fingerprint] : [])));
  return {
    state: {
      records: [...records.values()].sort(byFingerprint),
      passes: lastPasses(marks),
      documents: [...new Set([...before.documents, ...digests.values()])]
        .filter((digest) => digest !== "")
        .sort(compare),
    },
    events: events.sort(byEvent),
    opened,
  };
}

/** What a row adds to the timeline; a result that cannot tell adds nothing, but the finding is listed. */
function markOf(row: FindingRow): Mark | undefined {
  return row.result === "fail" || row.result === "muted" || row.result === "stale" ? row.result : undefined;
}

/**
 * A PASS closes exactly its own record: same tool, check, resource and part. One that names no part speaks for all of
 * them, but only from another document than the failure: in one scan a tool may write both about two keys.
 */
function proves(pass: PassMark, of: { readonly subLocator: string; readonly lastDocument: string }): boolean {
  return (
    pass.subLocator === of.subLocator || (pass.subLocator === "" && pass.evidence.digest !== of.lastDocument)
  );
}

function provePasses(
  all: readonly (FindingRecord | Draft)[],
  passes: Passes,
  newest: ReadonlyMap<string, FindingRow>,
  add: (fingerprint: string, point: Point) => void,
): void {
  for (const item of all) {
    const of = "row" in item ? { ...item.row, lastDocument: item.row.origin.source.digest } : item;
    const lastDocument = newest.get(item.fingerprint)?.origin.source.digest ?? of.lastDocument;
    for (const pass of passes.get(findingPlace(of)) ?? []) {
      if (!proves(pass, { subLocator: of.subLocator, lastDocument })) continue;
      const known = "row" in item ? undefined : item.timeline.find((point) => point.at === pass.at);
      if (known?.mark !== "pass") add(item.fingerprint, { at: pass.at, mark: "pass" });
    }
  }
}

/** The times of scans that ran the check of a record in its account and Region and did not list it. */
function vouchedTimes(
  record: FindingRecord,
  scopes: readonly AssertedScope[],
  now: string,
): readonly string[] {
  return scopes
    .filter(
      (scope) =>
        scope.whole === true &&
        scope.tool === record.tool &&
        scope.provider === record.provider &&
        scope.account === record.account &&
        scope.region === (record.region ?? "global") &&
        scope.checks.includes(record.check),
    )
    .map((scope) => scope.observedAt ?? now);
}

function recordOf(
  held: FindingRecord | undefined,
  row: FindingRow | undefined,
  added: readonly Point[],
  firstSeenAt: string | undefined,
  passes: Passes,
  paths: readonly string[],
): FindingRecord | undefined {
  const timeline = withPoints(held?.timeline ?? [], added);
  const course = courseOf(timeline);
  if (course === undefined) return undefined;
  const of = held ?? baseOf(row);
  if (of === undefined) return undefined;
  const ended = held?.acceptance !== undefined && (course.standing === "fixed" || course.standing === "gone");
  const { acceptance, ...rest } = { ...of, acceptance: ended ? undefined : held?.acceptance };
  // An old file that is imported late tells what was, not what is.
  const latest =
    row !== undefined && (held === undefined || (row.observedAt ?? course.lastSeen) >= held.lastSeen);
  const seen = latest
    ? [evidenceAt(row.origin, row.detail === "" ? row.title : row.detail)]
    : of.evidence.slice(0, 1);
  const lastDocument = latest ? row.origin.source.digest : of.lastDocument;
  const proof =
    course.standing === "fixed" ? proofOf(held, of, course.since, lastDocument, passes) : undefined;
  return {
    ...rest,
    aliases: [...new Set([...of.aliases, ...(row?.nativeIds ?? [])])].sort(compare).slice(0, 20),
    timeline,
    state: stateOf(course.standing, course.recurrences, acceptance !== undefined),
    since: acceptance === undefined || course.standing !== "open" ? course.since : acceptance.at,
    firstSeen: least(least(held?.firstSeen, firstSeenAt), course.firstSeen) ?? course.firstSeen,
    lastSeen: course.lastSeen,
    recurrences: course.recurrences,
    level: course.recurrences + (of.level - of.recurrences),
    paths: [...new Set([...of.paths, ...paths])].sort(compare),
    evidence: proof === undefined ? seen : [...seen, proof],
    lastDocument,
    ...(acceptance === undefined ? {} : { acceptance }),
  };
}

/** The PASS since which it is fixed; the one that was kept before, as only the last PASS of a check is. */
function proofOf(
  held: FindingRecord | undefined,
  of: FindingRecord,
  since: string,
  lastDocument: string,
  passes: Passes,
): Evidence | undefined {
  if (held?.state === "fixed" && held.since === since && held.evidence.length > 1) return held.evidence[1];
  const proving = (passes.get(findingPlace(of)) ?? []).filter(
    (pass) => pass.at === since && proves(pass, { ...of, lastDocument }),
  );
  return proving.sort(byPassTime)[0]?.evidence;
}

/** What of a row stays the same over all imports. */
function baseOf(row: FindingRow | undefined): FindingRecord | undefined {
  if (row === undefined) return undefined;
  const { fingerprint, tool, provider, check, account, region, resource, subLocator } = row;
  return {
    fingerprint,
    tool,
    provider,
    check,
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    resource,
    subLocator,
    weakness: row.weakness.id,
    class: row.weakness.class,
    aliases: [],
    timeline: [],
    state: "unknown",
    since: "",
    firstSeen: "",
    lastSeen: "",
    recurrences: 0,
    level: 0,
    paths: [],
    evidence: [],
    lastDocument: row.origin.source.digest,
  };
}

/** A total order, so that the row that describes the record does not depend on the order of the input. */
export function isNewerRow(a: FindingRow, b: FindingRow): boolean {
  const parts = (row: FindingRow): readonly string[] => [
    row.observedAt ?? "",
    row.origin.source.digest,
    row.origin.pointer ?? "",
    String(row.origin.line ?? 0),
    row.detail,
  ];
  const [left, right] = [parts(a), parts(b)];
  const index = left.findIndex((part, at) => part !== right[at]);
  return index >= 0 && (left[index] ?? "") > (right[index] ?? "");
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byFingerprint = (a: FindingRecord, b: FindingRecord): number => compare(a.fingerprint, b.fingerprint);
const byEvent = (a: FindingEvent, b: FindingEvent): number =>
  compare(a.fingerprint, b.fingerprint) || compare(a.kind, b.kind);
const least = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined ? b : b === undefined || a < b ? a : b;
