import { Worker } from "node:worker_threads";
import { assetOf } from "../asset.js";
import { storeFault } from "../fault.js";

export interface Answer {
  readonly rows: readonly unknown[];
  readonly affected: number;
}

interface Reply extends Partial<Answer> {
  readonly id: number;
  /** What the thread runs, for the next one. */
  readonly program?: unknown;
  readonly error?: { readonly message: string; readonly code?: string; readonly fatal?: boolean };
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

export interface DatabaseWorker {
  /** Resolves when the database has started and whatever a crash left behind is replayed. */
  readonly ready: Promise<unknown>;
  /** False once the thread ended, for whatever reason. */
  alive(): boolean;
  ask(op: "query" | "exec", sql: string, params?: readonly unknown[]): Promise<Answer>;
  close(): Promise<void>;
}

/** Compiled by the first thread of a process: half of what it takes to open a database. */
let program: unknown;

/** Starts the thread in which the embedded database runs; without a folder it lies in memory. */
export function startDatabaseWorker(folder: string | undefined): DatabaseWorker {
  const worker = new Worker(assetOf("engine/embedded-worker.mjs"), { workerData: { folder, program } });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let over: Error | undefined;
  const end = (reason: string, cause?: unknown): void => {
    over ??= storeFault("unavailable", `the embedded database ended: ${reason}`, cause);
    for (const { reject } of waiting.values()) reject(over);
    waiting.clear();
  };
  worker.on("error", (error) => end(error.message, error));
  worker.on("exit", (code) => end(`its thread left with ${String(code)}`));
  worker.on("message", ({ id, rows = [], affected = 0, error, program: compiled }: Reply) => {
    program ??= compiled;
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) {
      asked?.resolve({ rows, affected });
      return;
    }
    asked?.reject(Object.assign(new Error(error.message), error));
    if (error.fatal === true) {
      end(error.message);
      void worker.terminate();
    }
  });
  const wait = (id: number): Promise<Answer> =>
    new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  const ready = wait(0);
  // Whoever asks next is told; that nobody asks is no fault.
  ready.catch(() => undefined);
  const send = (message: object): Promise<Answer> => {
    if (over !== undefined) return Promise.reject(over);
    last += 1;
    const answer = wait(last);
    worker.postMessage({ ...message, id: last });
    return answer;
  };
  return {
    ready,
    alive: () => over === undefined,
    ask: (op, sql, params = []) => send({ op, sql, params }),
    async close() {
      if (over !== undefined) return;
      await send({ op: "close" }).catch(() => undefined);
      await worker.terminate();
    },
  };
}
