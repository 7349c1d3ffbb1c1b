import fc from "fast-check";
import { expect, test } from "vitest";
import { sweepClocks } from "../../src/app/index.js";
import { caseRecordOf } from "../../src/app/cases/case-row.js";
import { defaultCasePolicy, due, type CaseEvent } from "../../src/core/cases/index.js";
import type { Store } from "../../src/store/index.js";
import { hours, named } from "../cases/build.js";
import { runs } from "../settings.js";
import { onBothDatabases, type Clock } from "../store/both-databases.js";
import { openCase, send } from "./orders.js";

const overStore = (store: Store, clock: Clock) => ({
  store,
  now: () => clock.now,
  policy: defaultCasePolicy,
});

const eventsOf = async (store: Store): Promise<readonly CaseEvent[]> =>
  (await store.ledger.after(0)).map(({ body }) => JSON.parse(body) as CaseEvent);
const kindsOf = async (store: Store, id: string) =>
  (await eventsOf(store)).filter((event) => event.case === id).map(({ fact }) => fact.kind);

onBothDatabases("clocks that run by themselves", ({ clock, place, kind, open }) => {
  const cases = ["R-AAAA", "R-BBBB", "R-CCCC"];
  const furnished = async (): Promise<Store> => {
    const store = await open();
    for (const id of cases) await openCase(store, id);
    return store;
  };

  test("R71, R62, R30: silence, escalation, ends and reminders become events of the product, each once", async () => {
    const store = await furnished();
    const installation = overStore(store, clock);
    clock.now = hours(0.4);
    await sweepClocks(installation);
    const before = (await store.ledger.head()).position;
    // Nobody answers the order: the next on the ladder is asked.
    clock.now = hours(0.2 + 15 / 60 + 0.1);
    expect((await sweepClocks(installation)).moved).toEqual(cases);
    expect(await kindsOf(store, "R-AAAA")).toContain("order-silent");
    expect((await store.ledger.head()).position).toBeGreaterThan(before);
    // The same again writes nothing.
    const head = await store.ledger.head();
    expect((await sweepClocks(installation)).moved).toEqual([]);
    expect(await store.ledger.head()).toEqual(head);
    clock.now = hours(31);
    expect(await sweepClocks(installation)).toMatchObject({ moved: cases, refused: [], more: false });
    const kinds = await kindsOf(store, "R-BBBB");
    expect(kinds).toContain("term-ended");
    expect(kinds).toContain("approval-lapsed");
    expect(kinds).toContain("reminded");
    clock.now = hours(73);
    await sweepClocks(installation);
    expect(await kindsOf(store, "R-BBBB")).toContain("escalated");
    for (const event of await eventsOf(store))
      if (["reminded", "escalated", "order-silent"].includes(event.fact.kind))
        expect(event.by).toEqual({ kind: "system", job: "clock" });
    // Nothing that is due is left, and every case knows when to be looked at again.
    for (const id of cases) {
      const row = await store.cases.find(id);
      expect(due(caseRecordOf(row!).state, clock.now, defaultCasePolicy)).toEqual([]);
      expect(row!.wakeAt! > clock.now).toBe(true);
    }
  });

  test("only cases whose time has come are looked at, a bounded number at once, and the rest is told", async () => {
    const store = await furnished();
    clock.now = hours(73);
    const installation = overStore(store, clock);
    const first = await sweepClocks(installation, 2);
    expect(first).toMatchObject({ more: true });
    expect(first.moved).toHaveLength(2);
    expect(await sweepClocks(installation, 2)).toMatchObject({ more: false });
    expect(await store.cases.toWake(clock.now, 10)).toEqual([]);
  });

  test("killed in the middle, delivered twice and run by two at once, the ledger is the same", async () => {
    const instants = [0.4, 1, 21, 31, 73, 97, 121].map((count) => hours(count));
    const where = await place();
    const store = await open({ place: where });
    const second = kind === "postgres" ? await open({ place: where }) : store;
    let made = 0;
    /** New cases in the same store; the clock begins anew, and cases of before sleep until later. */
    const fresh = async (): Promise<readonly string[]> => {
      const ids = ["A", "B", "C"].map((name) => `R-${name}${String((made += 1)).padStart(4, "0")}`);
      for (const id of ids) await openCase(store, id);
      return ids;
    };
    /** What happened, without what only tells cases apart. */
    const told = async (id: string): Promise<readonly unknown[]> =>
      (await store.ledger.stream(id)).map(({ body }) => {
        const { at, by, fact, sequence } = JSON.parse(body) as CaseEvent;
        return { at, by, fact, sequence };
      });
    const [clean = ""] = await fresh();
    for (const instant of instants) {
      clock.now = instant;
      await sweepClocks(overStore(store, clock));
    }
    const expected = await told(clean);
    expect(expected.length).toBeGreaterThan(10);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(4), { minLength: 7, maxLength: 7 }), async (cuts) => {
        const ids = await fresh();
        for (const [index, instant] of instants.entries()) {
          clock.now = instant;
          await sweepClocks(overStore(dyingAfter(store, cuts[index] ?? 0), clock)).catch(() => undefined);
          await Promise.all([store, second].map((item) => sweepClocks(overStore(item, clock))));
          await sweepClocks(overStore(store, clock));
        }
        for (const id of ids) expect(await told(id)).toEqual(expected);
      }),
      { numRuns: Math.max(3, Math.floor(runs.slowProperty / 8)) },
    );
  }, 180_000);

  test("a clock that is set back takes nothing back and brings nothing twice", async () => {
    const store = await furnished();
    const installation = overStore(store, clock);
    clock.now = hours(73);
    await sweepClocks(installation);
    const head = await store.ledger.head();
    for (const instant of [hours(1), hours(40), hours(73)]) {
      clock.now = instant;
      await sweepClocks(installation);
      expect(await store.ledger.head()).toEqual(head);
    }
    clock.now = hours(1);
    await send(store, "R-AAAA", named("p-soc"), { kind: "note", text: "the clock is wrong" }, clock.now);
    const events = await store.ledger.stream("R-AAAA");
    expect(events.at(-1)?.at).toBe(hours(73));
    expect((await sweepClocks(installation)).refused).toEqual([]);
  });

  test("what was stored before cases knew when to wake is looked at once", async () => {
    const store = await furnished();
    await store.query("update cases set wake_at = default");
    clock.now = hours(73);
    expect((await sweepClocks(overStore(store, clock))).moved).toEqual(cases);
  });
});

/** A store whose process ends in the middle of the transaction after `count` that went well. */
function dyingAfter(store: Store, count: number): Store {
  let left = count;
  return {
    ...store,
    transaction: (work) =>
      store.transaction(async (repositories) => {
        const result = await work(repositories);
        left -= 1;
        if (left < 0) throw new Error("killed");
        return result;
      }),
  };
}
