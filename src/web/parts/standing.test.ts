import { expect, test } from "vitest";
import type { CaseState } from "../../core/cases/index.js";
import { differences } from "./standing.js";

const called = (id: string): string => (id === "r.silva" ? "Rui Silva" : id);

const state = (part: Partial<CaseState>): CaseState =>
  ({
    status: "open",
    work: [],
    trace: { causes: [] },
    approvals: [],
    orders: [],
    disputes: [],
    steps: [],
    notes: [],
    plan: { steps: [], fix: [] },
    ...part,
  }) as unknown as CaseState;

test("both versions are told by what stands otherwise, and by nothing else (412)", () => {
  const then = state({ work: [{ track: "contain" }] as never });
  const now = state({
    work: [{ track: "contain", person: "r.silva", startedAt: "2026-11-22T12:00:00Z" }] as never,
    approvals: [{ id: "A1", state: "requested" }] as never,
  });
  expect(differences(then, now, called)).toEqual([
    { what: "contain", then: "nobody has taken it", now: "Rui Silva, in work" },
    { what: "approval A1", then: "–", now: "requested" },
  ]);
  expect(differences(now, now, called)).toEqual([]);
});
