import type { Store } from "../store/index.js";
import { jobKinds, jobNames, type JobName, type JobPayloads } from "./job-kinds.js";

/** A job that was taken: it is done or has failed, or else somebody gets it again. */
export interface Job<Name extends JobName = JobName> {
  readonly id: string;
  readonly name: Name;
  readonly payload: JobPayloads[Name];
}

/** Jobs that wait in the database: each is done at least once, so that what it does may be repeated. */
export interface Queue {
  /** False where one of its kind waits already and one is enough. */
  send<Name extends JobName>(name: Name, payload: JobPayloads[Name]): Promise<boolean>;
  /** Undefined where none waits. Nobody else gets it meanwhile. */
  take<Name extends JobName>(name: Name): Promise<Job<Name> | undefined>;
  done(job: Job): Promise<void>;
  /** It is tried again later, as often as its kind says. `reason` is kept: no secrets. */
  failed(job: Job, reason: string): Promise<void>;
  /** Gives jobs of processes that died to others, and forgets what was done long ago. */
  maintain(): Promise<void>;
  close(): Promise<void>;
}

/** Tables of its own, beside those of the installation. What waits in them follows from the rest: copies leave it out. */
const schema = "remit_jobs";

type Tables = Pick<Store, "kind" | "query" | "script">;

/** Opens the queue, and makes its tables where there are none. */
export async function openQueue(store: Tables): Promise<Queue> {
  const { default: PgBoss } = await import("pg-boss");
  const boss = new PgBoss({
    schema,
    schedule: false,
    supervise: false,
    archiveCompletedAfterSeconds: 3600,
    archiveFailedAfterSeconds: 7 * 86_400,
    deleteAfterDays: 14,
    db: { executeSql: (text: string, values: readonly unknown[] | undefined) => run(store, text, values) },
  });
  boss.on("error", () => undefined);
  await boss.start();
  for (const name of jobNames) {
    const kind = jobKinds[name];
    const options = {
      name,
      policy: kind.runs === "one" ? ("stately" as const) : ("standard" as const),
      expireInSeconds: kind.expireSeconds,
      retryLimit: kind.retries,
      retryDelay: kind.retrySeconds,
      retryBackoff: kind.retries > 0,
    };
    await boss.createQueue(name, options);
    await boss.updateQueue(name, options);
  }
  // The embedded database has one process, and this one has just begun: what runs has nobody who runs it.
  if (store.kind === "embedded") {
    await store.query(`update ${schema}.job set started_on = 'epoch' where state = 'active'`);
    await boss.maintain();
  }
  return {
    send: async (name, payload) => (await boss.send(name, payload)) !== null,
    async take<Name extends JobName>(name: Name) {
      const [job] = await boss.fetch<JobPayloads[Name]>(name);
      return job === undefined ? undefined : { id: job.id, name, payload: job.data };
    },
    done: ({ name, id }) => boss.complete(name, id),
    failed: ({ name, id }, reason) => boss.fail(name, id, { reason: reason.slice(0, 2000) }),
    maintain: () => boss.maintain(),
    close: () => boss.stop({ graceful: false, close: false }),
  };
}

/** What pg-boss asks for, on both databases alike: several statements at once are one transaction. */
async function run(
  store: Tables,
  text: string,
  values: readonly unknown[] | undefined,
): Promise<{ rows: unknown[] }> {
  if (values === undefined || values.length === 0) {
    const inner = text
      .trim()
      .replace(/^begin\s*;/i, "")
      .replace(/commit\s*;?\s*$/i, "");
    if (inner.replace(/;\s*$/, "").includes(";")) {
      await store.script(inner);
      return { rows: [] };
    }
  }
  return { rows: [...(await store.query(text, (values ?? []).map(parameter)))] };
}

/** As text that PostgreSQL reads by itself, so that it does not matter what a driver makes of objects. */
function parameter(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return `{${value.join(",")}}`;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}
