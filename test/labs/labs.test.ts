import { describe, expect, test } from "vitest";
import type { BecomeEdge } from "../../src/core/access/index.js";
import { computeRules } from "../../src/core/access/become/escalations/compute-rules.js";
import {
  becomeOf,
  documentsOf,
  labNames,
  loadLab,
  reachings,
  without,
  type Lab,
  type Labels,
  type Reaching,
} from "./lab.js";
import { notRequired, unresolved } from "./reviewed.js";

/** Rules whose compute no lab document shows: their hops may not be called certain. */
const assuming = new Set(computeRules.filter(({ needs }) => needs !== undefined).map(({ id }) => id));

interface Outcome {
  readonly faults: readonly string[];
  readonly reached: boolean;
  readonly conditional: boolean;
  readonly unknown: boolean;
  readonly removed: number;
  readonly remaining: readonly string[];
}

/** Everything that the labels of a lab demand of its documents (issue 2, done when 4). */
function conform({ name, labels, facts }: Lab): Outcome {
  const faults: string[] = [];
  const documents = documentsOf(name);
  const found = reachings(becomeOf(facts), labels, documents);
  // Each target that the documents know as an identity or as content must be reached, not only one of them.
  const demanded = labels.targets.filter(
    ({ arn, kind }) =>
      /:(s3|ssm):/.test(arn) ||
      (kind === "principal" && arn !== labels.start && facts.principals.some(({ id }) => id === arn)),
  );
  for (const { arn } of demanded)
    if (!found.some(({ target }) => target === arn)) faults.push(`the start does not reach \`${arn}\``);
  for (const edge of found.flatMap(({ walk }) => walk)) {
    if (assuming.has(edge.via) && (edge.certainty !== "conditional" || edge.assumption === undefined))
      faults.push(`\`${edge.via}\` names no assumption`);
    if (edge.verdict === true && edge.evidence.length === 0) faults.push(`\`${edge.via}\` has no evidence`);
  }
  const unknown = found.some(({ verdict }) => verdict === "unknown");
  if (unknown !== name in unresolved)
    faults.push(unknown ? "an unknown that was not reviewed" : "reviewed as unknown, but proven");
  if (
    unknown &&
    !found.every(({ walk }) =>
      walk.some(({ missing }) => missing.some(({ key }) => key.startsWith("resource-name|"))),
    )
  )
    faults.push("an unknown that names no missing fact");
  const remaining: string[] = [];
  for (const { principal, permission } of labels.required) {
    const left = goalsOf(
      labels,
      reachings(becomeOf(without({ name, labels, facts }, principal, permission)), labels, documents),
    );
    if (left.length === 0) continue;
    const key = `${labels.pathId} ${labels.goal}|${permission}`;
    remaining.push(key);
    if (!(key in notRequired))
      faults.push(
        `still reached without \`${permission}\`: ${left.map(({ walk }) => words(walk)).join(" or ")}`,
      );
  }
  return {
    faults,
    reached: found.length > 0,
    conditional: found.some(({ walk }) => walk.some(({ certainty }) => certainty === "conditional")),
    unknown,
    removed: labels.required.length,
    remaining,
  };
}

/**
 * What a removal must stop: the content behind the goal. To become a role as it is may stay possible when only the
 * right to rewrite it is gone.
 */
const goalsOf = (labels: Labels, found: readonly Reaching[]): readonly Reaching[] => {
  const content = labels.targets.filter(({ arn }) => /:(s3|ssm):/.test(arn)).map(({ arn }) => arn);
  return found.filter(({ target }) => content.length === 0 || content.includes(target));
};

const words = (walk: readonly BecomeEdge[]): string => walk.map(({ via }) => via).join(" > ");

describe("labs: every labelled start reaches its target, and no longer without a required permission", async () => {
  const labs = await Promise.all(labNames().map(loadLab));
  const outcomes = new Map<string, Outcome>();

  test("all 63 are there", () => expect(labs).toHaveLength(63));

  test.each(labs.map((lab) => [lab.name, lab] as const))("%s", (name, lab) => {
    const outcome = conform(lab);
    outcomes.set(name, outcome);
    expect(outcome.faults).toEqual([]);
  });

  test("figures, and every reviewed disagreement is still one", () => {
    const all = [...outcomes.values()];
    const remaining = new Set(all.flatMap((outcome) => outcome.remaining));
    const count = (wanted: (outcome: Outcome) => boolean): number => all.filter(wanted).length;
    const removed = all.reduce((sum, outcome) => sum + outcome.removed, 0);
    const kept = all.reduce((sum, outcome) => sum + outcome.remaining.length, 0);
    console.log(
      `labs: ${all.length}, reached ${count(({ reached }) => reached)} (conditional ${count(({ conditional }) => conditional)}, unknown ${count(({ unknown }) => unknown)}); ` +
        `permissions removed ${removed}, target out of reach ${removed - kept}, other path remains (reviewed) ${kept}`,
    );
    expect([...Object.keys(notRequired)].sort()).toEqual([...remaining].sort());
  });

  test("with the labels of another lab every lab fails", () => {
    const permuted = labs.map((lab, at) => ({
      ...lab,
      labels: labs[(at + 1) % labs.length]?.labels ?? lab.labels,
    }));
    expect(permuted.filter((lab) => conform(lab).faults.length > 0)).toHaveLength(63);
  });
});
