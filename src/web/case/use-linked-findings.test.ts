import { expect, test } from "vitest";
import type { FindingLine } from "../../api/index.js";
import { evidenceOfFinding, linkedWords } from "./use-linked-findings.js";

const line = (part: Partial<FindingLine>): FindingLine =>
  ({
    tool: "Prowler",
    state: "open",
    document: "prowler.json",
    digest: "d".repeat(64),
    ...part,
  }) as FindingLine;

test("the findings of a case are told by tool, and a mute that nobody answers for is said", () => {
  expect(linkedWords([line({})])).toBe("Prowler 1");
  expect(
    linkedWords([
      line({ tool: "Wiz" }),
      line({}),
      line({ state: "fixed" }),
      line({ tool: "Amazon", state: "muted-external", muted: { owner: true } }),
      line({ tool: "Amazon", state: "muted-external", muted: { owner: false } }),
    ]),
  ).toBe("Amazon 2, Prowler 2, Wiz 1 · 1 seen passing · 2 muted, 1 without owner");
});

test("a finding opens its own row of its own document", () => {
  expect(evidenceOfFinding(line({ title: "public", pointer: "/3" }))).toEqual({
    document: "prowler.json",
    digest: "d".repeat(64),
    pointer: "/3",
    excerpt: "public",
  });
});
