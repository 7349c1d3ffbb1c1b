import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  caseRules,
  clockFacts,
  commandKinds,
  commonRules,
  moves,
  type RuleName,
} from "../../src/core/cases/index.js";
import { runs } from "../settings.js";
import { invariants } from "./invariants.js";
import { newModel, play, tries, type Model, type Seen } from "./model.js";

describe("the life of a case, in any order of moves", () => {
  test("R34, R62, R70, R72, PR.AA-05: the invariants hold after every move, and replay gives the same state", () => {
    const seen: Seen = new Map();
    const anyMove = tries.map((attempt): fc.Command<Model, object> => ({
      check: () => true,
      run: (model) => {
        play(model, attempt);
      },
      toString: () => JSON.stringify(attempt),
    }));
    fc.assert(
      fc.property(fc.commands([anyMove], { maxCommands: 60, size: "max" }), (commands) => {
        const model = newModel(seen);
        fc.modelRun(() => ({ model, real: {} }), commands);
        invariants.end(model);
      }),
      { numRuns: runs.caseSequences },
    );
    // The sequences reach what they are to prove: every move was made, and nearly every rule stopped one.
    expect(commandKinds.filter((kind) => (seen.get(kind)?.accepted ?? 0) === 0)).toEqual([]);
    const stopped = new Set([...seen.values()].flatMap(({ stoppedBy }) => [...stoppedBy]));
    const silent = (Object.keys(caseRules) as RuleName[]).filter((rule) => !stopped.has(rule));
    expect(silent.filter((rule) => !provenElsewhere.includes(rule))).toEqual([]);
    // What the table of moves says is what they do.
    for (const [kind, { writes, stoppedBy }] of seen) {
      const { writes: told, stoppedBy: rules } = moves[kind];
      expect([...writes].filter((event) => ![...told, ...clockFacts].includes(event))).toEqual([]);
      expect([...stoppedBy].filter((rule) => ![...rules, ...commonRules].includes(rule))).toEqual([]);
    }
  }, 3_600_000);
});

/** Rules that no sequence of well-formed moves meets; each is met by its own test. */
const provenElsewhere: readonly RuleName[] = [
  "case-size",
  "known-move",
  "plain-text",
  "plan-complete",
  "not-theirs",
];
