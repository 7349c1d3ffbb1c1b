import { expect, test } from "vitest";
import { linkOf } from "../../src/core/cases/index.js";
import { isStoreFault, noHash, type Store } from "../../src/store/index.js";
import { onBothDatabases } from "./both-databases.js";
import { eventsOf } from "./ledger-events.js";

const append = (store: Store, stream: string, count: number, expected = 0, key?: string) =>
  store.ledger.append({
    stream,
    expected,
    events: eventsOf(stream, count),
    ...(key === undefined ? {} : { command: { key, request: `${stream} ${String(count)}` } }),
  });

onBothDatabases("ledger", ({ open }) => {
  test("gives positions without a gap over all cases and chains them", async () => {
    const store = await open();
    await append(store, "case-a", 2);
    await append(store, "case-b", 1);
    const events = await store.ledger.after(0);
    expect(events.map(({ position, stream, sequence }) => [position, stream, sequence])).toEqual([
      [1, "case-a", 1],
      [2, "case-a", 2],
      [3, "case-b", 1],
    ]);
    let chain = noHash;
    for (const { position, stream, sequence, hash, chain: held } of events) {
      chain = linkOf({ position: position - 1, hash: chain }, { case: stream, sequence, hash }).hash;
      expect(held).toBe(chain);
    }
    expect(await store.ledger.head()).toEqual({ position: 3, chain });
    expect((await store.ledger.stream("case-a")).map(({ body }) => body)).toEqual(
      eventsOf("case-a", 2).map(({ body }) => body),
    );
  });

  test("of two writers on one case one wins and the other is told", async () => {
    const store = await open();
    const [first] = eventsOf("case-a", 1);
    await append(store, "case-a", 1);
    const outcomes = await Promise.all(
      [1, 2, 3, 4].map(() =>
        store.ledger.append({ stream: "case-a", expected: 1, events: eventsOf("case-a", 1, first) }),
      ),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["appended", "conflict", "conflict", "conflict"]);
    const [winner] = eventsOf("case-a", 1, first);
    expect(outcomes.find(({ kind }) => kind === "conflict")).toEqual({
      kind: "conflict",
      sequence: 2,
      head: winner?.hash,
    });
    expect(await store.ledger.stream("case-a")).toHaveLength(2);
  });

  test("writers on different cases all win, in one chain", async () => {
    const store = await open();
    await Promise.all(Array.from({ length: 12 }, (_, index) => append(store, `case-${String(index)}`, 2)));
    const events = await store.ledger.after(0);
    expect(events.map(({ position }) => position)).toEqual(
      Array.from({ length: 24 }, (_, index) => index + 1),
    );
  });

  test("the same command delivered twice is carried out once", async () => {
    const store = await open();
    const first = await append(store, "case-a", 2, 0, "key-1");
    const again = await append(store, "case-a", 2, 0, "key-1");
    expect(again).toEqual({ kind: "repeated", events: (first as { events: unknown }).events });
    expect(await store.ledger.head()).toMatchObject({ position: 2 });
    expect(await append(store, "case-b", 2, 0, "key-1")).toEqual({ kind: "key-reused" });
  });

  test("the database itself refuses to change, remove or empty", async () => {
    const store = await open();
    await append(store, "case-a", 1);
    await store.checkpoints.make();
    for (const table of ["events", "checkpoints"])
      for (const statement of [
        `update ${table} set chain = 'x'`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
      ])
        await expect(store.query(statement)).rejects.toMatchObject({ code: "refused" });
    expect(await store.ledger.after(0)).toHaveLength(1);
  });

  test("events that do not continue their stream never reach the disk", async () => {
    const store = await open();
    await append(store, "case-a", 1);
    const skipped = eventsOf("case-a", 3).slice(2);
    const fault = await store.ledger
      .append({ stream: "case-a", expected: 1, events: skipped })
      .catch((error: unknown) => error);
    expect(isStoreFault(fault) && fault.code).toBe("internal");
    const unchained = eventsOf("case-a", 2)
      .slice(1)
      .map((event) => ({ ...event, previous: noHash }));
    await expect(
      store.ledger.append({ stream: "case-a", expected: 1, events: unchained }),
    ).rejects.toMatchObject({ code: "internal" });
    expect(await store.ledger.after(0)).toHaveLength(1);
  });

  test("a clock that was set back changes neither order nor chain", async () => {
    const store = await open();
    const [first] = eventsOf("case-a", 1);
    await append(store, "case-a", 1);
    const earlier = eventsOf("case-a", 1, first, "2020-01-01T00:00:00.000Z");
    await store.ledger.append({ stream: "case-a", expected: 1, events: earlier });
    expect((await store.ledger.after(0)).map(({ sequence }) => sequence)).toEqual([1, 2]);
  });
});
