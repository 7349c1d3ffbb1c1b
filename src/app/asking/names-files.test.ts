import { expect, test } from "vitest";
import { namesFiles } from "./names-files.js";

test.each([
  [{ changes: [{ terraformPlan: "plan.json" }] }, true],
  [{ changes: [{ revoke: "x" }, { addGuardrail: { kind: "scp", document: "/etc/passwd" } }] }, true],
  [{ changes: [{ addStatement: { principal: "p", document: "policy.json" } }] }, true],
  [{ changes: [{ addStatement: { principal: "p", document: ' {"Statement":[]}' } }] }, false],
  [{ changes: [{ addStatement: { principal: "p", document: { Statement: [] } } }] }, false],
  [{ changes: [{ set: "a#b", to: true }] }, false],
  [{ resource_changes: [] }, false],
  ["changes", false],
])("%j names a file of the server: %s", (change, expected) => {
  expect(namesFiles(change)).toBe(expected);
});
