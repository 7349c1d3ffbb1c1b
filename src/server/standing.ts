import type { Installation } from "../app/index.js";

/** Figures of an installation, all together. */
export interface Standing {
  readonly cases: readonly { readonly status: string; readonly verdict: string; readonly count: number }[];
  readonly late: number;
  readonly untaken: number;
  readonly position: number;
  readonly signed: number;
  readonly queue: readonly { readonly job: string; readonly state: string; readonly count: number }[];
}

interface Counted {
  readonly status: string;
  readonly verdict: string;
  readonly count: string;
  readonly late: string;
  readonly untaken: string;
}

/** Counts in the database, by index where there is one. Rejects where it does not answer. */
export async function standing({ store, now }: Pick<Installation, "store" | "now">): Promise<Standing> {
  const rows = await store.query<Counted>(
    `select state as status, verdict, count(*)::text as count,
       count(*) filter (where open and due_at < $1)::text as late,
       count(*) filter (where open and owner is null)::text as untaken
     from cases group by state, verdict order by state, verdict`,
    [now()],
  );
  const sum = (name: "late" | "untaken"): number => rows.reduce((total, row) => total + Number(row[name]), 0);
  return {
    cases: rows.map(({ status, verdict, count }) => ({ status, verdict, count: Number(count) })),
    late: sum("late"),
    untaken: sum("untaken"),
    position: (await store.ledger.head()).position,
    signed: (await store.checkpoints.latest())?.position ?? 0,
    queue: await queued(store),
  };
}

/** The queue has tables of its own, which are there once jobs have run. */
async function queued(store: Installation["store"]): Promise<Standing["queue"]> {
  const [found] = await store.query<{ readonly there: boolean }>(
    "select to_regclass('remit_jobs.job') is not null as there",
  );
  if (found?.there !== true) return [];
  const rows = await store.query<{ readonly job: string; readonly state: string; readonly count: string }>(
    `select name as job, state::text as state, count(*)::text as count from remit_jobs.job
     where state::text in ('created', 'retry', 'active', 'failed') and name not like '\\_\\_%'
     group by name, state order by name, state`,
  );
  return rows.map(({ job, state, count }) => ({ job, state, count: Number(count) }));
}
