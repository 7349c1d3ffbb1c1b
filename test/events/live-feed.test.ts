import { expect, test } from "vitest";
import { createLiveFeed, type Heard, type LiveEvent, type LiveFeed } from "../../src/app/index.js";
import type { Store } from "../../src/store/index.js";
import { caseEvents, newEventOf } from "../store/furnished.js";
import { onBothDatabases } from "../store/both-databases.js";

const events = caseEvents();
const append = async (store: Store, index: number): Promise<void> => {
  const event = events[index];
  if (event === undefined) throw new Error("there are no more events");
  await store.ledger.append({ stream: event.case, expected: index, events: [newEventOf(event)] });
};

/** Everything until it is heard that `count` happened. */
async function hear(feed: LiveFeed, from: Heard, count: number): Promise<readonly LiveEvent[]> {
  const told: LiveEvent[] = [];
  for (let heard = from; told.length < count; heard = told.at(-1)?.heard ?? heard) {
    await feed.more(heard, 60_000);
    const found = await feed.after(heard);
    if (found.length === 0) throw new Error(`heard only ${String(told.length)}`);
    told.push(...found);
  }
  return told;
}

onBothDatabases("the live feed", ({ kind, place, open }) => {
  test("what another process writes is heard in the order of the ledger, whoever came late included", async () => {
    const where = await place();
    const writer = await open({ place: where });
    // The embedded database has one process; PostgreSQL any number.
    const reader = kind === "postgres" ? await open({ place: where }) : writer;
    const feed = createLiveFeed(reader, { everyMs: 10 });
    await append(writer, 0);
    const start = await feed.head();
    const heard = hear(feed, start, 3);
    await append(writer, 1);
    await writer.announcements.add("analysis", { digest: "d1" });
    await append(writer, 2);
    const told = await heard;
    expect(told.filter(({ event }) => event === "case").map(({ data }) => data["sequence"])).toEqual([2, 3]);
    expect(told.filter(({ event }) => event === "analysis").map(({ data }) => data)).toEqual([
      { digest: "d1", at: "2026-11-22T12:00:00.000Z" },
    ]);
    const first = told.find(({ event }) => event === "case");
    expect(first?.data).toEqual({ id: events[1]?.case, sequence: 2, kind: "noted", at: events[1]?.at });
    // From any point on: the rest, once, whoever asks.
    for (const feedOf of [feed, createLiveFeed(reader, { everyMs: 10 })])
      for (const [index, { heard: upTo }] of told.entries()) {
        // A feed that looks from time to time may be a look behind.
        const rest = told.slice(index + 1).map(({ event }) => event);
        const again = await hear(feedOf, upTo, rest.length);
        expect(again.map(({ event }) => event).sort()).toEqual(rest.sort());
      }
  });

  test("writers that write at the same time are heard without a gap (positions are in the order of commit)", async () => {
    const where = await place();
    const store = await open({ place: where });
    const second = kind === "postgres" ? await open({ place: where }) : store;
    const feed = createLiveFeed(store, { everyMs: 1 });
    const heard = hear(feed, { ledger: 0, announced: 0 }, 40);
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? store : second).announcements.add("import", { number: index }),
      ),
    );
    const told = await heard;
    expect(told.map(({ heard: { announced } }) => announced)).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
    await store.announcements.forget("2030-01-01T00:00:00.000Z");
    expect(await store.announcements.head()).toBe(40);
    expect(await store.announcements.after(0)).toHaveLength(1);
  });
});
