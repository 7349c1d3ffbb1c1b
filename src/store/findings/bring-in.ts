import { sql, type Transaction } from "kysely";
import {
  foldPart,
  withRepeats,
  type AssertedScope,
  type FindingRecord,
  type FindingRow,
  type FindingsImport,
} from "../../core/findings/index.js";
import type { Tables } from "../tables.js";
import {
  newestRow,
  parseHeld,
  readPlaces,
  writeChanges,
  type FindingChanges,
  type HeldFinding,
} from "./finding-rows.js";
import { blocksOf, placeOf, type Block } from "./place.js";
import { unheard } from "./unheard.js";
import { createWriting, type Writing } from "./writing.js";

/** What an import is made of; what passed may be far more than fits beside the rest, and is gone through once. */
export type GivenImport = Omit<FindingsImport, "passing"> & {
  readonly passing: Iterable<FindingsImport["passing"][number]>;
  /** Told now and then how many rows and passes were brought in. */
  readonly progress?: (items: number) => void;
};

/** What an import changed so far. */
interface Progress {
  readonly tx: Transaction<Tables>;
  /** Id of the import. */
  readonly id: string;
  readonly given: GivenImport;
  /** Nothing was known before: there is nothing to read. */
  readonly first: boolean;
  /** Fingerprints that are new and have access paths: those that R10 asks for. */
  readonly opened: Set<string>;
  /** Findings that it wrote, by fingerprint: what exposures have to be worked out again from. */
  readonly written: Map<string, HeldFinding>;
  /** Events that it told. */
  events: number;
}

/**
 * `foldFindings` over a state that lies in the database: place by place, then what scans no longer list, then repeats.
 * Never holds more than a block of what is stored. The result is that of the fold over everything at once.
 */
export async function bringIn(
  tx: Transaction<Tables>,
  id: string,
  given: GivenImport,
): Promise<Pick<Progress, "written" | "first" | "events">> {
  const first = await isFirst(tx);
  const progress: Progress = { tx, id, given, first, opened: new Set(), written: new Map(), events: 0 };
  await foldBlocks(progress);
  // What was not listed was not known before either.
  if (!first) await foldAbsent(progress);
  await findRepeats(progress);
  return progress;
}

async function isFirst(tx: Transaction<Tables>): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from findings) or exists (select from passes) as known`.execute(tx);
  return rows[0]?.known === false;
}

type HeldPlaces = Awaited<ReturnType<typeof readPlaces>>;

/**
 * Block by block, where the database writes one and reads the next while this process folds: no two blocks share a
 * place, so neither sees what the other does.
 */
async function foldBlocks(progress: Progress): Promise<void> {
  // A connection holds one statement beside the one that runs: where nothing is read both may write.
  const writing = createWriting(progress.first ? 2 : 1);
  let reading = Promise.resolve<HeldPlaces>({ findings: [], passes: [] });
  let block: Block | undefined;
  let items = 0;
  const fold = async (whole: Block, held: HeldPlaces): Promise<void> => {
    await write(progress, foldBlock(progress, whole, held), writing);
    items += whole.rows.length + whole.passing.length;
    progress.given.progress?.(items);
  };
  try {
    for (const next of blocksOf(progress.given.rows, progress.given.passing)) {
      const held = await reading;
      if (!progress.first) reading = unheard(readPlaces(progress.tx, next.places));
      if (block !== undefined) await fold(block, held);
      block = next;
    }
    if (block !== undefined) await fold(block, await reading);
    await writing.done();
  } finally {
    // Nothing of a transaction may still be under way when it ends.
    await Promise.allSettled([reading, writing.settled()]);
  }
}

type Folded = Omit<FindingChanges, "import">;

function foldBlock(progress: Progress, block: Block, held: HeldPlaces): Folded {
  const { given } = progress;
  const byFingerprint = new Map(held.findings.map((finding) => [finding.record.fingerprint, finding]));
  const { state, events, opened } = foldPart(
    { records: held.findings.map(({ record }) => record), passes: held.passes, documents: [] },
    { ...given, rows: block.rows, passing: block.passing, scopes: [] },
  );
  const rowsOf = new Map<string, FindingRow[]>();
  for (const row of block.rows) {
    const rows = rowsOf.get(row.fingerprint);
    if (rows === undefined) rowsOf.set(row.fingerprint, [row]);
    else rows.push(row);
  }
  const changed = state.records.flatMap((record): readonly HeldFinding[] => {
    const before = byFingerprint.get(record.fingerprint);
    if (before?.record === record) return [];
    const latest = newestRow(before?.latest, rowsOf.get(record.fingerprint) ?? []);
    return latest === undefined ? [] : [{ record, latest }];
  });
  const known = new Set(held.passes);
  const withPaths = new Set(
    state.records.filter(({ paths }) => paths.length > 0).map(({ fingerprint }) => fingerprint),
  );
  for (const fingerprint of opened) if (withPaths.has(fingerprint)) progress.opened.add(fingerprint);
  return { findings: changed, passes: state.passes.filter((pass) => !known.has(pass)), events };
}

/** Findings that a whole scan of their place no longer lists. */
async function foldAbsent(progress: Progress): Promise<void> {
  const { tx, given } = progress;
  const listed = new Set(given.rows.map(({ fingerprint }) => fingerprint));
  for (const scopes of byOwner(given.scopes)) {
    const [first] = scopes;
    if (first === undefined) continue;
    const checks = [...new Set(scopes.flatMap((scope) => scope.checks))];
    // Nearly all are listed: only what is not is read as a whole.
    const { rows } = await sql<{ fingerprint: string }>`
      select fingerprint from findings
      where tool = ${first.tool} and provider = ${first.provider} and account = ${first.account}
        and region = ${first.region}
        and "check" in (select jsonb_array_elements_text(${JSON.stringify(checks)}::jsonb))
      order by fingerprint`.execute(tx);
    const absent = rows.flatMap(({ fingerprint }) => (listed.has(fingerprint) ? [] : [fingerprint]));
    for (let from = 0; from < absent.length; from += 1000) {
      const held = (
        await tx
          .selectFrom("findings")
          .select(["record", "latest"])
          .where("fingerprint", "in", absent.slice(from, from + 1000))
          .orderBy("fingerprint")
          .execute()
      ).map(parseHeld);
      const { passes } = await readPlaces(tx, [...new Set(held.map(({ record }) => placeOf(record)))]);
      const { state, events } = foldPart(
        { records: held.map(({ record }) => record), passes, documents: [] },
        { ...given, rows: [], passing: [], scopes },
      );
      await write(progress, { findings: changedOf(held, state.records), passes: [], events });
    }
  }
}

function byOwner(scopes: readonly AssertedScope[]): Iterable<readonly AssertedScope[]> {
  const groups = new Map<string, AssertedScope[]>();
  for (const scope of scopes) {
    if (scope.whole !== true) continue;
    const key = JSON.stringify([scope.tool, scope.provider, scope.account, scope.region]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [scope]);
    else group.push(scope);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** R10: new findings on the access path of one that was closed before. */
async function findRepeats(progress: Progress): Promise<void> {
  const { tx } = progress;
  const all = [...progress.opened].sort();
  for (let from = 0; from < all.length; from += 500) {
    const part = all.slice(from, from + 500);
    const opened = await tx
      .selectFrom("findings")
      .select(["record", "latest"])
      .where("fingerprint", "in", part)
      .execute();
    const held = opened.map(parseHeld);
    const paths = [...new Set(held.flatMap(({ record }) => record.paths))];
    const closed = await sql<{ record: string; latest: string }>`
      select record, latest from findings
      where state in ('fixed', 'gone')
        and paths && array(select jsonb_array_elements_text(${JSON.stringify(paths)}::jsonb))`.execute(tx);
    const records = new Map<string, FindingRecord>();
    for (const { record } of [...closed.rows.map(parseHeld), ...held])
      records.set(record.fingerprint, record);
    const repeated = withRepeats(records, new Set(part));
    const findings = changedOf(held, [...repeated.records.values()]);
    await write(progress, { findings, passes: [], events: repeated.events });
  }
}

function changedOf(held: readonly HeldFinding[], records: readonly FindingRecord[]): readonly HeldFinding[] {
  const before = new Map(held.map((finding) => [finding.record.fingerprint, finding]));
  return records.flatMap((record) => {
    const finding = before.get(record.fingerprint);
    return finding === undefined || finding.record === record ? [] : [{ record, latest: finding.latest }];
  });
}

/** Without `writing` it has been written when this resolves. */
async function write(progress: Progress, folded: Folded, writing?: Writing): Promise<void> {
  const { tx, id, written } = progress;
  for (const finding of folded.findings) written.set(finding.record.fingerprint, finding);
  progress.events += folded.events.length;
  const start = (): Promise<void> => writeChanges(tx, { import: id, ...folded });
  await (writing === undefined ? start() : writing.add(start));
}
