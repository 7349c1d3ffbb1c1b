import { setMaxListeners } from "node:events";
import { jobKinds, jobNames, type JobName, type JobPayloads } from "./job-kinds.js";
import type { Queue } from "./queue.js";

/** What is done when a job comes. It may come twice, and its process may end at any moment. */
export type JobHandlers = {
  readonly [Name in JobName]: (payload: JobPayloads[Name]) => Promise<void>;
};

export interface RunnerOptions {
  readonly queue: Queue;
  readonly handlers: JobHandlers;
  /** Jobs that come again and again: seconds between two. */
  readonly every: Readonly<Partial<Record<JobName, number>>>;
  /** Milliseconds between two looks into an empty queue. */
  readonly pollMs: number;
  /** Told where something failed; never secrets. */
  readonly failed: (job: JobName | "queue", reason: string) => void;
}

export interface Runner {
  /** Takes no more jobs and resolves when those that run have ended. */
  stop(): Promise<void>;
}

const maintainMs = 60_000;

/**
 * Works through the queue until it is stopped: jobs of one kind one after the other, kinds beside each other, so that an
 * analysis of minutes holds up no clock. pg-boss's own workers are not used: they do not wait for what they write, and
 * a database that is away for a moment would end the process.
 */
export function startRunner({ queue, handlers, every, pollMs, failed }: RunnerOptions): Runner {
  const stopping = new AbortController();
  const { signal } = stopping;
  // Each loop listens while it pauses: as many as there are, and no leak.
  setMaxListeners(0, signal);

  async function once<Name extends JobName>(name: Name): Promise<boolean> {
    const job = await queue.take(name);
    if (job === undefined) return false;
    try {
      await handlers[name](job.payload);
    } catch (error) {
      const reason = reasonOf(error);
      failed(name, reason);
      await queue.failed(job, reason);
      return true;
    }
    await queue.done(job);
    return true;
  }

  async function loop(work: () => Promise<boolean>, name: JobName | "queue", ms: number): Promise<void> {
    while (!signal.aborted) {
      const more = await work().catch((error: unknown) => {
        // A database that is away comes back; what waits in it still waits then.
        failed(name, reasonOf(error));
        return false;
      });
      if (!more) await pause(ms, signal);
    }
  }

  const running = [
    ...jobNames.flatMap((name) =>
      Array.from({ length: jobKinds[name].beside }, () => loop(() => once(name), name, pollMs)),
    ),
    ...jobNames.flatMap((name) => {
      const seconds = every[name];
      const send = () => queue.send(name, {}).then(() => false);
      return seconds === undefined ? [] : [loop(send, name, seconds * 1000)];
    }),
    loop(() => queue.maintain().then(() => false), "queue", maintainMs),
  ];
  return {
    async stop() {
      stopping.abort();
      await Promise.all(running);
      await queue.close();
    },
  };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
