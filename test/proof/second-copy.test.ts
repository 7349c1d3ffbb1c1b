import { expect, test } from "vitest";
import { computeRules } from "../../src/core/access/become/escalations/compute-rules.js";
import {
  pairRules,
  rewriteRules,
  takeoverRules,
} from "../../src/core/access/become/escalations/identity-rules.js";
import { formulaOf } from "../../src/core/access/recreate/formula-registry.js";
import { weaknesses } from "../../src/core/findings/index.js";
import { weaknessRules } from "../../src/core/proof/index.js";
import { computeSteps, makingSteps, rewriteSteps, takeoverSteps } from "../../src/core/proof/steps.js";

const unjudged = "the engine has no formula either: the rights of the provider are not judged yet";
const ofWorkload = "the engine has no formula either: a guard of a workload, set where it is deployed";

/** What the second evaluator has no copy of, each with the reason; a new entry of the engine lands here or in the copy. */
const withoutCopy: Readonly<Record<string, string>> = {
  "gcp.public-bucket": unjudged,
  "gcp.service-account-key": unjudged,
  "entra.app-credential": unjudged,
  "k8s.cluster-admin": unjudged,
  "k8s.public-service": unjudged,
  "runtime.guard-rail-off": ofWorkload,
  "runtime.no-admission-policy": ofWorkload,
  "runtime.no-egress-limit": ofWorkload,
  "runtime.open-metadata": ofWorkload,
  "runtime.shared-identity": ofWorkload,
  "runtime.writable-root": ofWorkload,
};

test("every weakness with a formula has a copy of it in the second evaluator (issue 3)", () => {
  const absent = weaknesses.map(({ id }) => id).filter((id) => weaknessRules[id] === undefined);
  expect([...absent].sort()).toEqual(Object.keys(withoutCopy).sort());
  expect(absent.filter((id) => formulaOf(id) !== undefined)).toEqual([]);
  // A case of its own, which no finding names.
  const known = new Set<string>(weaknesses.map(({ id }) => id));
  expect(Object.keys(weaknessRules).filter((id) => !known.has(id))).toEqual(["iam.standing-administrators"]);
});

test("every way of becoming somebody has a step of its own there, with the same rights (issue 3)", () => {
  for (const { id, actions, passRole } of computeRules) {
    const asked = [...(passRole ? ["iam:PassRole"] : []), ...actions.map(({ action }) => action)];
    expect([...(computeSteps.get(id)?.actions ?? [])].sort(), id).toEqual(asked.sort());
  }
  for (const { id, actions } of takeoverRules) expect(takeoverSteps[id], id).toEqual(actions);
  for (const { id, action } of rewriteRules) expect(rewriteSteps[id], id).toBe(action);
  for (const { id, rewrite } of pairRules) expect(rewriteSteps[id], id).toBe(rewrite);
  expect([...makingSteps]).toEqual(["new-role", "new-user"]);
});
