import type { Installation } from "../installation/installation.js";

/** Days that each kind of data is kept. The ledger, what signs it and the catalogues are kept for good. */
export interface Retention {
  /** Uploads of which every document was replaced by a newer one. What shows the world as it is now stays. */
  readonly estate: number;
  /** Scans; the newest stays. What only an older one said is unknown afterwards, never fixed. */
  readonly findings: number;
  /** Analysis documents; the newest stays. Their digests stand in the ledger for good. */
  readonly analyses: number;
  /** What was announced to those who listen. */
  readonly events: number;
  /** What was sent to webhooks, and what became of it. */
  readonly deliveries: number;
  /** Keys of commands: after this the same delivered again is carried out again. */
  readonly commands: number;
  /** Who opened which proof. */
  readonly reads: number;
}

export const defaultRetention: Retention = {
  estate: 400,
  findings: 400,
  analyses: 400,
  events: 7,
  deliveries: 30,
  commands: 30,
  reads: 400,
};

/** `findings=90, analyses=365`: days of some kinds, the others as they are; else what is wrong with it. */
export function readRetention(text: string): Retention | { readonly wrong: string } {
  let retention = defaultRetention;
  for (const part of text.split(",").map((item) => item.trim())) {
    const [, name, days] = /^([a-z]+)\s*=\s*(\d{1,5})$/.exec(part) ?? [];
    if (name === undefined || !(name in defaultRetention) || Number(days) < 1) return { wrong: part };
    retention = { ...retention, [name]: Number(days) };
  }
  return retention;
}

/** How much of each kind was removed. */
export interface Forgotten {
  readonly snapshots: number;
  readonly documents: number;
  readonly events: number;
  readonly deliveries: number;
  readonly commands: number;
  readonly reads: number;
  readonly sessions: number;
}

/** Removes what is kept no longer. Cut off anywhere, the next run goes on. */
export async function applyRetention(
  { store, now, turn }: Installation,
  retention: Retention,
): Promise<Forgotten> {
  const at = now();
  const before = (days: number): string => new Date(Date.parse(at) - days * 86_400_000).toISOString();
  // Not while documents are taken in or analysed: what is being read stays until it was read.
  const { snapshots, documents } = await turn(async () => {
    const old = [
      ...(await replacedUploads(store, before(retention.estate))),
      ...(await olderThan(store, "findings", before(retention.findings))),
      ...(await olderThan(store, "analysis", before(retention.analyses))),
    ];
    for (const id of old) await store.snapshots.remove(id);
    return { snapshots: old.length, documents: old.length === 0 ? 0 : await store.documents.sweep() };
  });
  await store.uploads.forget(before(retention.events));
  return {
    snapshots,
    documents,
    events: await store.announcements.forget(before(retention.events)),
    deliveries: await store.webhooks.forget(before(retention.deliveries)),
    commands: await store.ledger.forgetCommands(before(retention.commands)),
    reads: await store.reads.sweep(before(retention.reads)),
    sessions: await store.sessions.sweep(),
  };
}

type Snapshots = Pick<Installation["store"], "snapshots">;
type Kind = "estate" | "findings" | "analysis";

/** Newest first, by when they came. */
async function allOf({ snapshots }: Snapshots, kind: Kind) {
  const found = [];
  for (let after: string | undefined; ;) {
    const page = await snapshots.list({ kind }, after === undefined ? {} : { after });
    found.push(...page.items);
    if (page.next === undefined) break;
    after = page.next;
  }
  return found.sort((a, b) => (a.storedAt > b.storedAt ? -1 : a.storedAt < b.storedAt ? 1 : 0));
}

/** All but the newest that came before `instant`. */
const olderThan = async (store: Snapshots, kind: Kind, instant: string): Promise<readonly string[]> =>
  (await allOf(store, kind))
    .slice(1)
    .filter(({ storedAt }) => storedAt < instant)
    .map(({ id }) => id);

async function replacedUploads(store: Snapshots, instant: string): Promise<readonly string[]> {
  const newer = new Set<string>();
  const replaced: string[] = [];
  for (const { id, storedAt } of await allOf(store, "estate")) {
    const paths = (await store.snapshots.documents(id)).map(({ path }) => path);
    if (storedAt < instant && paths.every((path) => newer.has(path))) replaced.push(id);
    for (const path of paths) newer.add(path);
  }
  return replaced;
}
