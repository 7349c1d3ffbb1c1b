import { expect, test } from "vitest";
import { jobNames, openQueue, startRunner, type JobHandlers } from "../../src/jobs/index.js";
import { onBothDatabases } from "../store/both-databases.js";

const idle = Object.fromEntries(
  jobNames.map((name) => [name, () => Promise.resolve()]),
) as unknown as JobHandlers;
const until = async (done: () => boolean): Promise<void> => {
  for (let tries = 0; !done() && tries < 500; tries += 1) await new Promise((next) => setTimeout(next, 10));
};

onBothDatabases("the queue", ({ kind, place, open }) => {
  test("a job is handed to one, is gone when it is done, and a clock waits no more than once", async () => {
    const where = await place();
    const store = await open({ place: where });
    const other = kind === "postgres" ? await open({ place: where }) : store;
    const queues = [await openQueue(store), await openQueue(other)] as const;
    expect(await queues[0].send("clocks", {})).toBe(true);
    expect(await queues[1].send("clocks", {})).toBe(false);
    const job = await queues[0].take("clocks");
    expect(job?.payload).toEqual({});
    expect(await queues[1].take("clocks")).toBeUndefined();
    // One may wait while one runs, and runs after it.
    expect(await queues[1].send("clocks", {})).toBe(true);
    expect(await queues[1].take("clocks")).toBeUndefined();
    await queues[0].done(job!);
    const next = await queues[1].take("clocks");
    await queues[1].done(next!);
    expect(await queues[0].take("clocks")).toBeUndefined();
    for (const id of ["d1", "d2"]) expect(await queues[0].send("delivery", { id })).toBe(true);
    const both = [await queues[0].take("delivery"), await queues[1].take("delivery")];
    expect(both.map((item) => item?.payload.id).sort()).toEqual(["d1", "d2"]);
    for (const queue of queues) await queue.close();
  });

  test("a job that failed comes again later, and one whose process died comes to another", async () => {
    const store = await open();
    const queue = await openQueue(store);
    await queue.send("delivery", { id: "d1" });
    const first = await queue.take("delivery");
    await queue.failed(first!, "the receiver answered 500");
    expect(await queue.take("delivery")).toBeUndefined();
    const [row] = await store.query<{ wait: number }>(
      "select extract(epoch from start_after - now()) as wait from remit_jobs.job where state = 'retry'",
    );
    expect(Number(row?.wait)).toBeGreaterThan(10);
    await store.query("update remit_jobs.job set start_after = now()");
    expect((await queue.take("delivery"))?.id).toBe(first!.id);
    // Nobody says what became of it.
    await store.query("update remit_jobs.job set started_on = now() - interval '1 hour'");
    await queue.maintain();
    await store.query("update remit_jobs.job set start_after = now()");
    expect((await queue.take("delivery"))?.id).toBe(first!.id);
    await queue.close();
  });

  test("the runner works through it, tells what failed, goes on, and lets what runs end", async () => {
    const store = await open();
    const queue = await openQueue(store);
    const done: string[] = [];
    const told: string[] = [];
    let release: () => void = () => undefined;
    const held = new Promise<void>((free) => (release = free));
    const runner = startRunner({
      queue,
      handlers: {
        ...idle,
        clocks: () => {
          done.push("clocks");
          return done.length < 3 ? Promise.reject(new Error("away")) : Promise.resolve();
        },
        delivery: async ({ id }) => {
          done.push(`begun ${id}`);
          await held;
          done.push(`ended ${id}`);
        },
      },
      every: { clocks: 0.02 },
      pollMs: 5,
      failed: (name, reason) => told.push(`${name}: ${reason}`),
    });
    await until(() => done.filter((item) => item === "clocks").length > 3);
    expect(told.slice(0, 2)).toEqual(["clocks: away", "clocks: away"]);
    await queue.send("delivery", { id: "d1" });
    await until(() => done.includes("begun d1"));
    const stopped = runner.stop();
    release();
    await stopped;
    expect(done).toContain("ended d1");
  });
});
