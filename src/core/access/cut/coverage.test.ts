import { describe, expect, test } from "vitest";
import type { Candidate } from "./candidate.js";
import { coverageSteps } from "./coverage.js";
import type { Asked, CutProblem } from "./problem.js";
import type { Cut, CutPart } from "./solve.js";
import type { Way } from "./way.js";

const candidate = (key: string): Candidate => ({
  key,
  edit: { kind: "changes", changes: [{ kind: "isolate", workload: key }] },
  cause: "grant",
  subject: key,
  title: key,
  cost: 1,
  use: "unused",
  interim: false,
  others: 0,
});
const part = (key: string): CutPart => ({
  changes: [{ kind: "isolate", workload: key }],
  candidates: [candidate(key)],
  owner: "",
  breaks: [],
});
const way = (of: number, at: number): Way => ({
  key: `${String(of)}-${String(at)}`,
  hops: [],
  because: "",
  verdict: true,
  missing: [],
  of,
  entered: true,
});
/** Ways by what meets them; `really`: what it takes to end each. */
const ways: readonly (readonly [of: number, candidates: readonly string[], really: string])[] = [
  [0, ["a"], "a"],
  [1, ["b", "c"], "c"],
  [2, ["b"], "b"],
  [3, ["b"], "b"],
];
const problem: CutProblem = {
  ground: undefined as never,
  lifted: new Set(),
  candidates: () => [],
  ask: (changes): Asked => {
    const made = new Set(changes.map((change) => (change.kind === "isolate" ? change.workload : "")));
    return {
      ways: ways.filter(([, , really]) => !made.has(really)).map(([of], at) => way(of, at)),
    } as unknown as Asked;
  },
};
const cut = {
  parts: [part("a"), part("b"), part("c")],
  ways: ways.map(([of, candidates], at) => ({ way: way(of, at), candidates })),
  uncut: [],
} as unknown as Cut;

describe("changes that end most cases first", () => {
  test("what ends is asked: a change that only lessens a way ends nothing", () => {
    expect(coverageSteps(problem, cut, 25)).toEqual({
      reckoned: false,
      steps: [
        { part: 1, closes: [2, 3] },
        { part: 0, closes: [0] },
        { part: 2, closes: [1] },
      ],
    });
  });

  test("of a long list it is reckoned, and said so", () => {
    const { reckoned, steps } = coverageSteps(problem, cut, 2);
    expect(reckoned).toBe(true);
    expect(steps[0]).toEqual({ part: 1, closes: [1, 2, 3] });
  });
});
