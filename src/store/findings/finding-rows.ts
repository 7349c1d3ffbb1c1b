import { sql, type Kysely } from "kysely";
import {
  isNewerRow,
  severityRank,
  type FindingEvent,
  type FindingRecord,
  type FindingRow,
  type PassMark,
} from "../../core/findings/index.js";
import { rowWriter } from "../json-rows.js";
import { plain } from "../plain-text.js";
import type { Tables } from "../tables.js";
import { placeOf } from "./place.js";

/** A finding as it is kept: what is remembered over all imports, and the row that was seen last. */
export interface HeldFinding {
  readonly record: FindingRecord;
  readonly latest: FindingRow;
}

/** What is written together. */
export interface FindingChanges {
  /** Of the import that it came with; null where nothing was imported. */
  readonly import: string | null;
  readonly findings: readonly HeldFinding[];
  readonly passes: readonly PassMark[];
  /** In the order in which they are told. */
  readonly events: readonly FindingEvent[];
}

const openStates: ReadonlySet<string> = new Set([
  "open",
  "recurred",
  "unknown",
  "accepted",
  "muted-external",
]);

const findingRows = rowWriter(({ record, latest }: HeldFinding) => ({
  fingerprint: record.fingerprint,
  place: placeOf(record),
  tool: plain(record.tool),
  provider: plain(record.provider),
  check: plain(record.check),
  account: record.account === undefined ? null : plain(record.account),
  region: plain(record.region ?? "global"),
  resource: plain(record.resource),
  weakness: plain(record.weakness),
  class: record.class,
  state: record.state,
  open: openStates.has(record.state),
  severity: severityRank(latest.severity),
  level: record.level,
  last_seen: record.lastSeen,
  paths: record.paths.map(plain),
  accepted_until: record.acceptance?.until ?? null,
  record: JSON.stringify(record),
  latest: JSON.stringify(latest),
}));

const passRows = rowWriter((mark: PassMark) => ({
  place: placeOf(mark),
  sub_locator: plain(mark.subLocator),
  mark: JSON.stringify(mark),
}));

const eventRows = rowWriter((event: FindingEvent) => ({
  fingerprint: event.fingerprint,
  kind: event.kind,
  at: event.at,
  event: JSON.stringify(event),
}));

export const parseHeld = (row: { readonly record: string; readonly latest: string }): HeldFinding => ({
  record: JSON.parse(row.record) as FindingRecord,
  latest: JSON.parse(row.latest) as FindingRow,
});

/** The row that describes a finding now: the newest that says more than "cannot tell". */
export function newestRow(held: FindingRow | undefined, rows: readonly FindingRow[]): FindingRow | undefined {
  let newest = held;
  for (const row of rows) {
    if (row.result === "pass" || row.result === "manual" || row.result === "not-applicable") continue;
    if (newest === undefined || isNewerRow(row, newest)) newest = row;
  }
  return newest;
}

/**
 * Writes all of it in one statement, what is new and what is known alike, so that the database has all its work at once.
 * The words of the statement are made before this returns.
 */
export async function writeChanges(db: Kysely<Tables>, changes: FindingChanges): Promise<void> {
  const { findings, passes, events } = changes;
  if (findings.length === 0 && passes.length === 0 && events.length === 0) return;
  const statement = sql`
    with written as (
      insert into findings (fingerprint, place, tool, provider, "check", account, region, resource, weakness, class,
        state, open, severity, level, last_seen, paths, accepted_until, record, latest)
      select fingerprint, place, tool, provider, "check", account, region, resource, weakness, class,
        state, open, severity, level, last_seen, paths, accepted_until, record, latest
      from json_to_recordset(${findingRows(findings)}::json) as given (
        fingerprint text, place text, tool text, provider text, "check" text, account text, region text, resource text,
        weakness text, class text, state text, open boolean, severity smallint, level integer, last_seen text,
        paths text[], accepted_until text, record text, latest text)
      on conflict (fingerprint) do update set state = excluded.state, open = excluded.open,
        severity = excluded.severity, level = excluded.level, last_seen = excluded.last_seen, paths = excluded.paths,
        accepted_until = excluded.accepted_until, record = excluded.record, latest = excluded.latest
    ), passed as (
      insert into passes (place, sub_locator, mark)
      select place, sub_locator, mark
      from json_to_recordset(${passRows(passes)}::json) as given (
        place text, sub_locator text, mark text)
      on conflict (place, sub_locator) do update set mark = excluded.mark
    )
    insert into finding_events (import, fingerprint, kind, at, event)
    select ${changes.import}::text, fingerprint, kind, at, event
    from json_to_recordset(${eventRows(events)}::json) as given (
      fingerprint text, kind text, at text, event text)`;
  await statement.execute(db);
}

/** What is held of some places. */
export async function readPlaces(
  db: Kysely<Tables>,
  places: readonly string[],
): Promise<{ readonly findings: readonly HeldFinding[]; readonly passes: readonly PassMark[] }> {
  const list = sql<string>`${JSON.stringify(places)}::jsonb`;
  const findings = await sql<{ record: string; latest: string }>`
    select record, latest from findings
    where place in (select jsonb_array_elements_text(${list}))`.execute(db);
  const passes = await sql<{ mark: string }>`
    select mark from passes where place in (select jsonb_array_elements_text(${list}))`.execute(db);
  return {
    findings: findings.rows.map(parseHeld),
    passes: passes.rows.map(({ mark }) => JSON.parse(mark) as PassMark),
  };
}
