import { describe, expect, test } from "vitest";
import { policyEstate } from "../../../../test/policy-estate.js";
import { principalId } from "../../estate/index.js";
import { createAccessEngine } from "../index.js";

const ana = "arn:aws:iam::111111111111:user/ana";
const now = "2026-11-22T00:00:00Z";

/** What one dated statement, on top of a plain Allow where it denies, leaves of the right. */
function ask(Effect: "Allow" | "Deny", operator: string, key: string, value: string, clock?: string) {
  const dated = {
    Effect,
    Action: "s3:ListAllMyBuckets",
    Resource: "*",
    Condition: { [operator]: { [key]: value } },
  };
  const plain = { Effect: "Allow" as const, Action: "s3:ListAllMyBuckets", Resource: "*" };
  const estate = policyEstate({
    accounts: { "111111111111": "none" },
    principals: { [ana]: { policies: [{ Statement: Effect === "Deny" ? [plain, dated] : [dated] }] } },
  });
  const engine = createAccessEngine(estate, clock === undefined ? {} : { now: clock });
  const { verdict, residual } = engine.decide(principalId(ana), "s3:ListAllMyBuckets", "*");
  return [verdict, residual.length > 0 ? residual[0]?.kind : ""].join(" ").trim();
}

describe("conditions on the time of the request (IAM user guide, aws:CurrentTime and aws:EpochTime)", () => {
  const time = "aws:CurrentTime";
  test.each([
    ["Allow", "DateLessThan", time, "2025-01-01T00:00:00Z", "false"], // ended
    ["Allow", "DateLessThan", time, "2027-01-01T00:00:00Z", "true require"], // until then
    ["Allow", "DateGreaterThan", time, "2025-01-01T00:00:00Z", "true"], // since then
    ["Allow", "DateGreaterThan", time, "2027-01-01T00:00:00Z", "true require"], // it will come
    ["Allow", "DateEquals", time, "2025-01-01T00:00:00Z", "false"],
    ["Allow", "DateNotEquals", time, "2025-01-01T00:00:00Z", "true"],
    ["Deny", "DateGreaterThan", time, "2025-01-01T00:00:00Z", "false"], // switched off for good
    ["Deny", "DateLessThan", time, "2025-01-01T00:00:00Z", "true"], // no longer denied
    ["Deny", "DateLessThan", time, "2027-01-01T00:00:00Z", "true escape"], // denied until then
    ["Allow", "NumericLessThan", "aws:EpochTime", "1700000000", "false"],
    ["Allow", "DateLessThan", "aws:EpochTime", "2025-01-01T00:00:00Z", "false"],
    ["Allow", "DateLessThanIfExists", time, "2025-01-01T00:00:00Z", "false"], // the key is always there
  ] as const)("%s %s %s %s: %s", (effect, operator, key, value, expected) => {
    expect(ask(effect, operator, key, value, now)).toBe(expected);
  });

  test("without a clock the request decides, as before", () => {
    expect(ask("Allow", "DateLessThan", time, "2025-01-01T00:00:00Z")).toBe("true require");
  });

  test("a session may be older than now: what revokes older sessions is no deny for a new one", () => {
    expect(ask("Deny", "DateLessThan", "aws:TokenIssueTime", "2026-11-21T00:00:00Z", now)).toBe(
      "true escape",
    );
    expect(ask("Allow", "DateLessThan", "aws:TokenIssueTime", "2026-11-21T00:00:00Z", now)).toBe(
      "true require",
    );
    // No session lasts longer than 36 hours (IAM user guide, "Request temporary security credentials").
    expect(ask("Allow", "DateLessThan", "aws:TokenIssueTime", "2026-11-01T00:00:00Z", now)).toBe("false");
  });
});
