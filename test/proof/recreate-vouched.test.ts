import { expect, test } from "vitest";
import { recreateOne } from "../../src/app/recreate.js";
import type { Vouch } from "../../src/core/decision/index.js";
import { loadEstate, loadReferenceData } from "../../src/readers/index.js";

const now = "2026-11-22T12:00:00Z";

async function asked(vouch: Vouch) {
  const { estate } = await loadEstate(["examples/estate"], { now });
  const { actions, managedPolicies, checks } = loadReferenceData();
  const setting = { engine: { actions, managedPolicies }, catalogue: undefined, now };
  return recreateOne(estate, setting, checks, "arn:aws:s3:::acme-reports", "s3.public", vouch);
}

test("`remit recreate` shows no path as proven that the second evaluator refuses (issue 3)", async () => {
  const held = await asked(() => ({ outcome: "holds", text: "" }));
  expect(held.verdict).toBe("possible");
  const refused = await asked(() => ({ outcome: "fails", text: "a Deny matches" }));
  expect(refused.verdict).toBe("unknown");
  expect(refused.paths.map(({ verdict }) => verdict)).not.toContain(true);
  const open = await asked(() => ({ outcome: "not-followed", text: "a rule without a copy" }));
  expect(open.paths[0]?.unchecked).toBe("a rule without a copy");
});
