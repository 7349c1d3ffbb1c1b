import { expect, test } from "vitest";
import { formulaOf } from "../../src/core/access/recreate/formula-registry.js";
import { weaknesses } from "../../src/core/findings/index.js";

test("every weakness of the registry has a formula, but where no engine judges the provider's rights yet", () => {
  const without = weaknesses.filter(
    ({ id, formula }) => formula === undefined || formulaOf(id) === undefined,
  );
  expect(without.map(({ id }) => id)).toEqual([
    "gcp.public-bucket",
    "gcp.service-account-key",
    "entra.app-credential",
    "k8s.cluster-admin",
    "k8s.public-service",
    // What limits a workload is set by whatever deploys it.
    "runtime.no-egress-limit",
    "runtime.writable-root",
    "runtime.no-admission-policy",
    "runtime.open-metadata",
    "runtime.guard-rail-off",
    "runtime.shared-identity",
  ]);
  // None is promised where there is none: the answer is unknown and says which actions to state.
  expect(without.filter(({ formula }) => formula !== undefined)).toEqual([]);
});
