import { createHash } from "node:crypto";
import { sql, type Transaction } from "kysely";
import { linkOf } from "../../core/cases/index.js";
import { inTransaction, type StoreContext } from "../context.js";
import { storeFault } from "../fault.js";
import type { Tables } from "../tables.js";
import { noHash, type NewEvent, type StoredEvent } from "./ledger-event.js";

export interface AppendRequest {
  readonly stream: string;
  /** Sequence of the last event that the command was decided on; 0 for a stream that does not exist yet. */
  readonly expected: number;
  readonly events: readonly NewEvent[];
  /** Given by whoever sends the command (`Idempotency-Key`); the same delivered again appends nothing. */
  readonly command?: { readonly key: string; readonly request: string };
}

export type Appended =
  | { readonly kind: "appended"; readonly events: readonly StoredEvent[] }
  /** Somebody else wrote since `expected`: read again, decide again. */
  | { readonly kind: "conflict"; readonly sequence: number; readonly head: string }
  /** The command was carried out before, with these events. */
  | { readonly kind: "repeated"; readonly events: readonly StoredEvent[] }
  /** The key was used for another command. */
  | { readonly kind: "key-reused" };

export interface LedgerHead {
  readonly position: number;
  readonly chain: string;
}

/** That something happened in a stream. */
export interface LedgerMark {
  readonly stream: string;
  readonly kind: string;
  readonly at: string;
}

/** The ledger: only ever added to, by rule of the database. */
export interface LedgerRepository {
  /** All of the events or none. Rejects events that do not continue their stream. */
  append(request: AppendRequest): Promise<Appended>;
  /** What became of a command that was delivered before; undefined where it never was. */
  delivered(
    stream: string,
    command: { readonly key: string; readonly request: string },
  ): Promise<Appended | undefined>;
  /** Of one stream, oldest first. */
  stream(stream: string, afterSequence?: number): Promise<readonly StoredEvent[]>;
  /** Of all streams, oldest first, at most 1,000. */
  after(position: number, limit?: number): Promise<readonly StoredEvent[]>;
  head(): Promise<LedgerHead>;
  /** When these kinds of events happened, after `from` and up to `to`, oldest first. */
  marks(kinds: readonly string[], from: string, to: string): Promise<readonly LedgerMark[]>;
  /** Forgets keys of commands from before `instant`: nobody delivers them again. Events stay. */
  forgetCommands(instant: string): Promise<number>;
}

/** Of the advisory lock: positions are given one after the other, in the order of commit. */
export const ledgerLock = 7_373_002;

export function ledgerRepository(context: StoreContext): LedgerRepository {
  const { db, now } = context;
  return {
    append: async (request) => {
      checkEvents(request);
      return inTransaction(context, (tx) => append(tx, request, now()));
    },
    delivered: (stream, command) => inTransaction(context, (tx) => repeated(tx, stream, command)),
    async stream(stream, afterSequence = 0) {
      return await db
        .selectFrom("events")
        .selectAll()
        .where("stream", "=", stream)
        .where("sequence", ">", afterSequence)
        .orderBy("sequence")
        .execute();
    },
    async after(position, limit = 1000) {
      return await db
        .selectFrom("events")
        .selectAll()
        .where("position", ">", position)
        .orderBy("position")
        .limit(Math.min(Math.max(limit, 1), 1000))
        .execute();
    },
    async marks(kinds, from, to) {
      return await db
        .selectFrom("events")
        .select(["stream", "kind", "at"])
        .where("kind", "in", kinds)
        .where("at", ">", from)
        .where("at", "<=", to)
        .orderBy("position")
        .execute();
    },
    async head() {
      const last = await db
        .selectFrom("events")
        .select(["position", "chain"])
        .orderBy("position", "desc")
        .limit(1)
        .executeTakeFirst();
      return last ?? { position: 0, chain: noHash };
    },
    async forgetCommands(instant) {
      const { numDeletedRows } = await db.deleteFrom("commands").where("at", "<", instant).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

async function append(tx: Transaction<Tables>, request: AppendRequest, now: string): Promise<Appended> {
  const { stream, expected, events, command } = request;
  await sql`select pg_advisory_xact_lock(${sql.lit(ledgerLock)})`.execute(tx);
  if (command !== undefined) {
    const before = await repeated(tx, stream, command);
    if (before !== undefined) return before;
  }
  const { sequence, hash, position, chain } = await heads(tx, stream);
  if (sequence !== expected) return { kind: "conflict", sequence, head: hash };
  if ((events[0]?.previous ?? hash) !== hash)
    throw storeFault(
      "internal",
      `the events do not continue the stream \`${stream}\` at ${String(sequence)}`,
    );
  const stored: StoredEvent[] = [];
  let link = chain;
  for (const event of events) {
    const last = { position: position + stored.length, hash: link };
    const next = linkOf(last, { case: event.stream, sequence: event.sequence, hash: event.hash });
    link = next.hash;
    const { stream: of, sequence: at, kind, at: instant, body, previous, hash: own } = event;
    stored.push({
      position: next.position,
      stream: of,
      sequence: at,
      kind,
      at: instant,
      body,
      previous,
      hash: own,
      chain: link,
    });
  }
  if (stored.length > 0) await tx.insertInto("events").values(stored).execute();
  if (command !== undefined)
    await tx
      .insertInto("commands")
      .values({
        key: command.key,
        stream,
        first_sequence: expected + 1,
        last_sequence: expected + events.length,
        request: requestDigest(stream, command.request),
        at: now,
      })
      .execute();
  return { kind: "appended", events: stored };
}

/** The last event of the stream and the last of all, in one question: every command waits for it. */
async function heads(tx: Transaction<Tables>, stream: string) {
  const { rows } = await sql<{
    readonly sequence: number | null;
    readonly hash: string | null;
    readonly position: number | null;
    readonly chain: string | null;
  }>`
    select own.sequence, own.hash, last.position, last.chain
    from (select 1) as one
    left join (select sequence, hash from events where stream = ${stream} order by sequence desc limit 1) as own on true
    left join (select position, chain from events order by position desc limit 1) as last on true`.execute(
    tx,
  );
  const [row] = rows;
  return {
    sequence: row?.sequence ?? 0,
    hash: row?.hash ?? noHash,
    position: row?.position ?? 0,
    chain: row?.chain ?? noHash,
  };
}

async function repeated(
  tx: Transaction<Tables>,
  stream: string,
  { key, request }: { readonly key: string; readonly request: string },
): Promise<Appended | undefined> {
  const held = await tx.selectFrom("commands").selectAll().where("key", "=", key).executeTakeFirst();
  if (held === undefined) return undefined;
  if (held.stream !== stream || held.request !== requestDigest(stream, request))
    return { kind: "key-reused" };
  const events = await tx
    .selectFrom("events")
    .selectAll()
    .where("stream", "=", stream)
    .where("sequence", ">=", held.first_sequence)
    .where("sequence", "<=", held.last_sequence)
    .orderBy("sequence")
    .execute();
  return { kind: "repeated", events: events };
}

/** What a command asks for may name people: only its digest is kept. */
const requestDigest = (stream: string, request: string): string =>
  createHash("sha256").update(`${stream}\n${request}`).digest("hex");

/** A caller that breaks the chain is a fault of ours, and must not reach the disk. */
function checkEvents({ stream, expected, events }: AppendRequest): void {
  let previous: string | undefined;
  events.forEach((event, index) => {
    const wrong =
      event.stream !== stream ||
      event.sequence !== expected + index + 1 ||
      (previous !== undefined && event.previous !== previous) ||
      !/^[0-9a-f]{64}$/.test(event.hash);
    if (wrong)
      throw storeFault(
        "internal",
        `event ${String(index + 1)} of a command does not continue the stream \`${stream}\` at ${String(expected)}`,
      );
    previous = event.hash;
  });
}
