import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { caseRules, commandKinds } from "../../src/core/cases/index.js";
import { runs } from "../settings.js";
import { invariants } from "./invariants.js";
import { newModel, play, tries, type Model } from "./model.js";

describe("the life of a case, in any order of moves", () => {
  test("R34, R62, R70, R72, PR.AA-05: the invariants hold after every move, and replay gives the same state", () => {
    const accepted: Model["accepted"] = new Map();
    const refused: Model["refused"] = new Map();
    const moves = tries.map((attempt): fc.Command<Model, object> => ({
      check: () => true,
      run: (model) => {
        play(model, attempt);
      },
      toString: () => JSON.stringify(attempt),
    }));
    fc.assert(
      fc.property(fc.commands([moves], { maxCommands: 60, size: "max" }), (commands) => {
        const model = newModel(accepted, refused);
        fc.modelRun(() => ({ model, real: {} }), commands);
        invariants.end(model);
      }),
      { numRuns: runs.caseSequences },
    );
    // The sequences reach what they are to prove: every move was made, and nearly every rule refused one.
    expect(commandKinds.filter((kind) => (accepted.get(kind) ?? 0) === 0)).toEqual([]);
    const silent = Object.keys(caseRules).filter((rule) => (refused.get(rule) ?? 0) === 0);
    expect(silent.filter((rule) => !provenElsewhere.includes(rule))).toEqual([]);
  }, 3_600_000);
});

/** Rules that no sequence of well-formed moves meets; each is met by its own test. */
const provenElsewhere: readonly string[] = [
  "case-size",
  "known-move",
  "plain-text",
  "plan-complete",
  "not-theirs",
];
