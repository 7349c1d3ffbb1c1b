import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../../../../test/settings.js";
import { createBounded, rememberBySets } from "./bounded.js";
import { membersOf } from "./members.js";

const sets = fc.array(
  fc.tuple(fc.uniqueArray(fc.nat(99), { maxLength: 6 }), fc.uniqueArray(fc.nat(99), { maxLength: 2 })),
  { maxLength: 40 },
);

describe("answers about sets of actors (R38: one wrong answer is one too many)", () => {
  test.each([
    ["as they are hashed", undefined],
    ["when all hashes collide", () => 7],
  ])("belong to these members and no others, %s", (_, hashOf) => {
    fc.assert(
      fc.property(sets, fc.integer({ min: 1, max: 200 }), (asked, limit) => {
        const ask = rememberBySets<string>(limit, () => 1, hashOf);
        for (const [first, second] of asked) {
          const text = `${String([...first].sort())} | ${String([...second].sort())}`;
          expect(ask(membersOf(first), membersOf(second), () => text)).toBe(text);
        }
      }),
      { numRuns: runs.property },
    );
  });

  test("are worked out once while there is room", () => {
    let made = 0;
    const ask = rememberBySets<number>(1000, () => 1);
    for (const list of [[1, 2], [2, 1], [1], [1, 2]]) ask(membersOf(list), membersOf([]), () => ++made);
    expect(made).toBe(2);
  });
});

test("what was not asked for longest goes first, and one answer too large stays until the next", () => {
  const kept = createBounded<string, number>(10);
  kept.set("a", 1, 5);
  kept.set("b", 2, 5);
  expect(kept.get("a")).toBe(1);
  kept.set("c", 3, 5);
  expect(["a", "b", "c"].map((key) => kept.get(key))).toEqual([1, undefined, 3]);
  kept.set("d", 4, 99);
  expect(["a", "c", "d"].map((key) => kept.get(key))).toEqual([undefined, undefined, 4]);
  kept.set("e", 5, 1);
  expect(["d", "e"].map((key) => kept.get(key))).toEqual([undefined, 5]);
});
