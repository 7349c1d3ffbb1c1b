import { describe, expect, test } from "vitest";
import { policyEstate } from "../../../test/policy-estate.js";
import { principalId } from "../estate/index.js";
import { createAccessEngine } from "./engine-factory.js";

const A = "111111111111";
const user = `arn:aws:iam::${A}:user/ana`;
const role = `arn:aws:iam::${A}:role/etl`;
const bucket = "arn:aws:s3:::exports";
const put = "s3:PutBucketPolicy";
const allow = (Action: string, Resource: string) => ({
  Statement: [{ Effect: "Allow" as const, Action, Resource }],
});

describe("createAccessEngine", () => {
  const estate = policyEstate({
    accounts: { [A]: "none" },
    principals: { [user]: { policies: [allow("s3:*", "*")] }, [role]: {} },
    resources: { [bucket]: { account: A, policy: null } },
  });
  const engine = createAccessEngine(estate);

  test("actors are sorted and hold the synthesised root", () => {
    expect(engine.actors).toEqual([role, `arn:aws:iam::${A}:root`, user, "aws:everyone"]);
  });

  test("who-can names the holder and the root of the owning account", () => {
    const { allowed, unknown } = engine.whoCan(put, bucket);
    expect([...allowed].map((i) => engine.actors[i])).toEqual([`arn:aws:iam::${A}:root`, user]);
    expect(unknown.size).toBe(0);
  });

  test("decide gives the statement that grants, with its place", () => {
    const decision = engine.decide(principalId(user), put, bucket);
    expect(decision.verdict).toBe(true);
    expect(decision.grants[0]?.pointer).toBe(`/principals/${user}/inline/0/Statement/0`);
    expect(decision.layers.map(({ text }) => text)).toEqual([
      "policies it holds",
      "no boundary",
      "no resource policy",
      "no organisation",
      "no organisation",
    ]);
  });

  test("an overlay takes the statement away without a new compilation", () => {
    const key = `${"0".repeat(64)}#/principals/${user}/inline/0/Statement/0`;
    const without = engine.withOverlay({ removedStatements: new Set([key]) });
    expect(without.decide(principalId(user), put, bucket).verdict).toBe(false);
    expect([...without.whoCan(put, bucket).allowed].map((i) => engine.actors[i])).toEqual([
      `arn:aws:iam::${A}:root`,
    ]);
    expect(engine.decide(principalId(user), put, bucket).verdict).toBe(true);
  });
});
