import { expect, test } from "vitest";
import {
  biggestHole,
  kindOf,
  layers,
  shownWorkloads,
  tally,
  type Cell,
  type WorkloadRow,
} from "./readiness-map.js";

const cell = (rest: Partial<Cell>): Cell => ({ duty: "revoke", state: "gap", ...rest });
const row = (workload: string, tier: 1 | 2 | 3, cells: readonly Cell[]): WorkloadRow => ({
  workload,
  name: workload,
  tier,
  tierIfUnknown: tier,
  tierBecause: [],
  cells: [...cells],
});

test("a name is proven only by a proof; unable and not known are told apart", () => {
  const named = { who: "ana", state: "named" as const };
  expect(kindOf(cell({ state: "can", who: "ana", authority: { verdict: "can", proof: ["x"] } }))).toBe(
    "proven",
  );
  expect(kindOf(cell({ ...named, authority: { verdict: "unknown", proof: [] } }))).toBe("unknown");
  expect(kindOf(cell({ state: "gap", who: "ana", authority: { verdict: "cannot", proof: ["scp"] } }))).toBe(
    "cannot act",
  );
  expect(kindOf(cell({ state: "gap" }))).toBe("nobody");
  expect(kindOf(cell({ state: "open", who: "ana" }))).toBe("inferred");
  expect(kindOf(cell({ state: "-" }))).toBe("not asked");
});

test("the sum of what cells say is the number of cells, and the sentence names the biggest hole", () => {
  const rows = [
    row("a", 3, [cell({}), cell({ duty: "patch", state: "named", who: "x" })]),
    row("b", 1, [cell({}), cell({ duty: "patch", state: "gap" })]),
  ];
  expect(Object.values(tally(rows)).reduce((sum, count) => sum + count, 0)).toBe(4);
  expect(biggestHole(rows)).toEqual({
    duty: "revoke",
    text: "2 of 2 workloads could not be contained today: nobody named can revoke",
  });
  expect(biggestHole([row("c", 1, [cell({ state: "-" })])])).toBeUndefined();
});

test("the workload with most holes stands first; a filter by duty shows those that lack it", () => {
  const rows = [
    row("calm", 3, [cell({ state: "named", who: "x" })]),
    row("holes", 1, [cell({}), cell({ duty: "patch" })]),
    row("hole", 2, [cell({})]),
  ];
  expect(shownWorkloads(rows, {}).map(({ name }) => name)).toEqual(["holes", "hole", "calm"]);
  expect(shownWorkloads(rows, { duty: "patch" }).map(({ name }) => name)).toEqual(["holes"]);
});

test("every duty has its column once", () => {
  const columns = layers.flatMap(({ duties }) => duties);
  expect(new Set(columns).size).toBe(12);
  expect(columns).toHaveLength(12);
});
