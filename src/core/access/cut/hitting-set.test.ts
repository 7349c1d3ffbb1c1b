import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../../../../test/settings.js";
import type { Demand } from "./demand.js";
import { cheapestHittingSet, type Element } from "./hitting-set.js";

const keys = ["a", "b", "c", "d", "e", "f", "g"];
const limits = { teamCost: 3, maxNodes: 100_000 };

const elements = fc
  .tuple(...keys.map(() => fc.tuple(fc.integer({ min: 1, max: 20 }), fc.constantFrom("x", "y", "z"))))
  .map(
    (list) =>
      new Map(
        list.map(([cost, owner], i): [string, Element] => [
          keys[i] ?? "",
          { key: keys[i] ?? "", cost, owner },
        ]),
      ),
  );
const demand: fc.Arbitrary<Demand> = fc.record({
  members: fc.subarray(keys, { minLength: 1, maxLength: 4 }),
  when: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    fc.subarray(keys, { minLength: 1, maxLength: 2 }),
  ),
});

const costOf = (all: ReadonlyMap<string, Element>, chosen: readonly string[]): number =>
  chosen.reduce((sum, key) => sum + (all.get(key)?.cost ?? 0), 0) +
  new Set(chosen.map((key) => all.get(key)?.owner)).size * limits.teamCost;
const meets = (demands: readonly Demand[], chosen: readonly string[]): boolean =>
  demands.every(
    ({ members, when = [] }) =>
      !when.every((key) => chosen.includes(key)) || members.some((key) => chosen.includes(key)),
  );

describe("cheapest hitting set", () => {
  test("equals the cheapest of all subsets, tried one by one", () => {
    fc.assert(
      fc.property(elements, fc.array(demand, { maxLength: 8 }), (all, demands) => {
        const subsets = Array.from({ length: 2 ** keys.length }, (_, mask) =>
          keys.filter((_key, at) => (mask >> at) & 1),
        );
        const best = Math.min(...subsets.filter((set) => meets(demands, set)).map((set) => costOf(all, set)));
        const found = cheapestHittingSet(demands, all, limits);
        expect(found?.exact).toBe(true);
        expect(found?.cost).toBe(best);
        expect(meets(demands, found?.chosen ?? [])).toBe(true);
      }),
      { numRuns: runs.property },
    );
  });

  test("stopped at its limit it says so, with a bound that holds", () => {
    fc.assert(
      fc.property(elements, fc.array(demand, { minLength: 3, maxLength: 8 }), (all, demands) => {
        const exact = cheapestHittingSet(demands, all, limits);
        const stopped = cheapestHittingSet(demands, all, { ...limits, maxNodes: 2 });
        expect(meets(demands, stopped?.chosen ?? [])).toBe(true);
        expect(stopped?.bound).toBeLessThanOrEqual(exact?.cost ?? 0);
        if (stopped?.exact === true) expect(stopped.cost).toBe(exact?.cost);
      }),
      { numRuns: runs.property },
    );
  });

  test("a choice of owners that was not searched to its end leaves the answer unproven", () => {
    const all = new Map(
      (
        [
          ["b", 1, "z"],
          ["d", 1, "x"],
          ["e", 1, "y"],
          ["f", 1, "y"],
          ["g", 2, "z"],
        ] as const
      ).map(([key, cost, owner]): [string, Element] => [key, { key, cost, owner }]),
    );
    const demands: readonly Demand[] = [
      { members: ["d", "f", "g"] },
      { members: ["b", "g"] },
      { members: ["e"] },
      { members: ["d"], when: ["f"] },
    ];
    expect(cheapestHittingSet(demands, all, limits)).toMatchObject({ cost: 9, exact: true });
    const stopped = cheapestHittingSet(demands, all, { ...limits, maxNodes: 2 });
    expect(stopped?.exact === true ? stopped.cost : 9).toBe(9);
    expect(stopped?.bound).toBeLessThanOrEqual(9);
  });

  test("a demand that nothing meets has no answer", () => {
    expect(cheapestHittingSet([{ members: [] }], new Map(), limits)).toBeUndefined();
  });
});
