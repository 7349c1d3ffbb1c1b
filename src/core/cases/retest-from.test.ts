import { describe, expect, test } from "vitest";
import { plan, retest } from "../../../test/cases/build.js";
import type { Analysis } from "../decision/index.js";
import { outcomeOf } from "./outcome.js";
import { retestFrom } from "./retest-from.js";

const id = "s3:acme-exports|s3.public";
const source = { snapshot: "b", analysis: "a", observedAt: "2026-11-23T08:00:00Z" };

interface Shown {
  readonly state: string;
  readonly verdict: string;
}

/** A later analysis: per case what it says of the exposure. */
const later = (
  ...cases: readonly { readonly state: string; readonly verdict: string }[]
): Pick<Analysis, "cases"> =>
  ({
    cases: cases.map(({ state, verdict }) => ({
      exposures: [{ id, state }],
      recreation: { verdict, missingFacts: [{ fact: "SCPs of prod" }] },
    })),
  }) as unknown as Pick<Analysis, "cases">;

const shown = (...cases: Shown[]) => retestFrom(plan(), later(...cases), source).exposures[0];

describe("R36: what a later analysis shows of a case", () => {
  test("whatever case the exposure belongs to now, the worst answer counts", () => {
    expect(shown({ state: "fixed", verdict: "none" }, { state: "fixed", verdict: "possible" })).toEqual({
      id,
      state: "fixed",
      verdict: "possible",
    });
    expect(shown({ state: "fixed", verdict: "governed" }, { state: "open", verdict: "none" })?.state).toBe(
      "open",
    );
  });

  test("absence is nothing: neither closed nor safe, unless a scan and the engine say so", () => {
    expect(shown()).toEqual({ id, state: "unknown", verdict: "unknown" });
    const told = retestFrom(plan(), later(), {
      ...source,
      states: new Map([[id, "gone"]]),
      verdicts: new Map([[id, "none"]]),
    });
    expect(outcomeOf(plan(), told)).toMatchObject({
      contained: true,
      fixed: true,
      durable: true,
      revoked: "unknown",
    });
  });

  test("muted elsewhere is not contained, and a missing fact is named", () => {
    const told = retestFrom(plan(), later({ state: "muted-external", verdict: "unknown" }), source);
    const { contained, fixed, because } = outcomeOf(plan(), told);
    expect({ contained, fixed }).toEqual({ contained: "unknown", fixed: "unknown" });
    expect(because).toContain("missing: SCPs of prod");
  });

  test("of a case without exposures nothing is shown", () => {
    expect(outcomeOf(plan({ exposures: [] }), retest(source.observedAt)).contained).toBe("unknown");
  });
});
