import { expect, test } from "vitest";
import type { OwnerExplanation } from "../core/accountability/index.js";
import { ownerReasonLines } from "./owner-reasons.js";

const piece = (source: string, weight: number, more: object = {}) => ({
  source,
  raw: "x",
  class: "declared" as const,
  weight,
  evidence: { document: "a.json", digest: "0", excerpt: "x" },
  ...more,
});
const reason = (more: Partial<OwnerExplanation>): OwnerExplanation => ({
  role: "APP",
  decidedBy: "evidence",
  named: [],
  candidates: [],
  rejected: [],
  raise: [],
  ...more,
});
const text = (reasons: readonly OwnerExplanation[], verbose = false): string =>
  ownerReasonLines(reasons, 200, verbose).join("\n");

const candidates = [
  {
    candidate: "data",
    score: 0.93,
    evidence: [
      piece("tag owner", 0.75, { ageDays: 12 }),
      piece("tag team", 0.6, { capped: "declared evidence counts once" }),
    ],
  },
  { candidate: "platform", score: 0.4, evidence: [piece("CODEOWNERS of main.tf", 0.4)] },
];

test("an owner by evidence comes with what counted, its age, and who else was weighed (ownership.md 6b)", () => {
  expect(text([reason({ candidates, raise: ["a line in the catalogue"] })])).toBe(`
WHY THESE OWNERS
APP       likely, by evidence: data 0.93 (tag owner 0.75, 12 days old)
          considered: platform 0.40 (CODEOWNERS of main.tf 0.40)
          would raise it: a line in the catalogue`);
});

test("the catalogue decides, and what evidence says stands beside", () => {
  const said = text([
    reason({ decidedBy: "catalogue", named: ["ana: build plane of workload etl"], candidates }),
  ]);
  expect(said).toContain("APP       the catalogue: ana: build plane of workload etl");
  expect(said).toContain("considered: data 0.93 (tag owner 0.75, 12 days old); platform 0.40");
});

test("unowned is said plainly, with who was not taken and why; an appointment is never guessed", () => {
  const rejected = [1, 2, 3].map((at) => ({
    candidate: `bot-${String(at)}`,
    reason: "a machine is never an owner",
  }));
  const unowned = reason({ decidedBy: "nobody", rejected, raise: ["a line in the catalogue"] });
  expect(text([unowned])).toContain("unowned: no document names anybody well enough");
  expect(text([unowned])).toContain(
    "not taken: bot-1, a machine is never an owner; bot-2, a machine is never an owner; +1 (--verbose)",
  );
  expect(text([unowned], true)).toContain("bot-3");
  expect(text([reason({ role: "IC", decidedBy: "nobody" })])).toContain(
    "unowned: an appointment, for which nobody is guessed",
  );
});

test("a name from a document steers no terminal", () => {
  const evil = reason({ candidates: [{ candidate: "a\u001b[31m", score: 0.9, evidence: [] }] });
  expect(text([evil])).not.toContain("\u001b");
});
