import { storeFault } from "../fault.js";
import { startDatabaseWorker, type Answer } from "./database-worker.js";
import { createTurns, type Turns } from "./turns.js";

/** The one connection to the embedded database. */
export interface EmbeddedLink {
  readonly turns: Turns;
  query(sql: string, params: readonly unknown[]): Promise<Answer>;
  /** Runs `work` with the connection to itself. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/**
 * Starts the thread of the database, and starts it again when it ended (a panic, a disk that was full): what was
 * committed is on disk. A statement of a transaction that ended with the thread never runs outside of it.
 */
export async function linkEmbedded(folder: string | undefined, patienceMs: number): Promise<EmbeddedLink> {
  let worker = startDatabaseWorker(folder);
  await worker.ready;
  const turns = createTurns(patienceMs);
  let closed = false;
  let transaction: "none" | "open" | "lost" = "none";
  const query = async (sql: string, params: readonly unknown[]): Promise<Answer> => {
    if (closed) throw storeFault("unavailable", "the store is closed");
    if (!worker.alive()) {
      if (transaction === "open") transaction = "lost";
      if (transaction === "lost") {
        if (sql !== "rollback")
          throw storeFault("unavailable", "the embedded database ended in the middle of a transaction");
        transaction = "none";
        return { rows: [], affected: 0 };
      }
      if (folder === undefined) throw storeFault("unavailable", "the database in memory has ended");
      worker = startDatabaseWorker(folder);
    }
    await worker.ready;
    const answer = await worker.ask("query", sql, params);
    if (sql.startsWith("begin")) transaction = "open";
    if (sql === "commit" || sql === "rollback") transaction = "none";
    return answer;
  };
  const alone = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const end = await turns.take();
    try {
      return await work();
    } finally {
      end();
    }
  };
  return {
    turns,
    query,
    alone,
    close: () =>
      alone(async () => {
        closed = true;
        await worker.close();
      }),
  };
}
