import { describe, expect, test } from "vitest";
import {
  policyEstate,
  type EstateText,
  type PolicyText,
  type PrincipalText,
} from "../../../../test/policy-estate.js";
import { createEstate, principalId } from "../../estate/index.js";
import { createAccessEngine, createBecome, type AccessPolicy } from "../index.js";

const A = "111111111111";
const iam = (path: string): string => `arn:aws:iam::${A}:${path}`;
const allow = (Action: string | string[], Resource: string | string[]): PolicyText => ({
  Statement: [{ Effect: "Allow", Action, Resource }],
});
const trusts = (AWS: string): PolicyText => ({
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS } }],
});
const policy: AccessPolicy = {
  now: "2026-11-22T00:00:00Z",
  sanctions: [],
  sharedCause: 0.6,
  jitMaxHours: 12,
  maxRoutes: 50,
};
const bucket = "arn:aws:s3:::exports";
const scp = (Statement: PolicyText["Statement"]): Partial<EstateText> => ({
  accounts: { [A]: "o-test" },
  covered: [`scp|aws:${A}`],
  organization: {
    management: "999999999999",
    enabled: ["scp"],
    parents: { "r-1": null, [A]: "r-1" },
    policies: [
      { id: "p-1", type: "scp", targets: ["r-1", A], document: "full" },
      { id: "p-2", type: "scp", targets: [A], document: { Statement } },
    ],
  },
});

/** Verdict on `who`, with the names of the facts that it waits for. */
function outcome(
  who: string,
  principals: Record<string, PrincipalText>,
  action = "s3:PutBucketPolicy",
  more: Partial<EstateText> = { accounts: { [A]: "none" } },
): string {
  const text: EstateText = { principals, resources: { [bucket]: { account: A, policy: null } }, ...more };
  const questions = createBecome(createAccessEngine(createEstate(policyEstate(text))), policy);
  const closure = questions.obtainers(action, bucket);
  const index = questions.engine.indexOf(principalId(who)) ?? -1;
  if (!closure.members.includes(index)) return "no";
  const facts = closure.walk(index).flatMap(({ missing }) => missing.map(({ key }) => key.split("|")[1]));
  return [String(closure.verdictOf(index)), ...new Set(facts)].join(" ");
}

describe("rewriter and rewritten are the same actor (recreation.md 2)", () => {
  const group = iam("group/g0");
  /** ana becomes r1, r1 becomes r2, and r2 fills a group and puts ana in it: neither r1 nor r2 ever becomes ana. */
  const chain = (rights: PolicyText): Record<string, PrincipalText> => ({
    [group]: { policies: [] },
    [iam("user/ana")]: { policies: [] },
    [iam("role/r1")]: { policies: [allow("sts:AssumeRole", iam("role/r2"))], trust: trusts(iam("user/ana")) },
    [iam("role/r2")]: { policies: [rights], trust: trusts(iam("role/r1")) },
  });

  test("a role at the end of two others fills the group of whoever started: never `no`", () => {
    const rights = allow(["iam:PutGroupPolicy", "iam:AddUserToGroup"], group);
    expect(outcome(iam("user/ana"), chain(rights))).toBe("unknown several rewritings in a row");
  });
  test("one conjunct less, and it is `no` again", () => {
    expect(outcome(iam("user/ana"), chain(allow("iam:PutGroupPolicy", group)))).toBe("no");
    expect(outcome(iam("user/ana"), chain(allow("iam:AddUserToGroup", group)))).toBe("no");
  });
  test("what the organisation denies to everybody stays `no`, however long the chain", () => {
    const rights = allow(["iam:PutGroupPolicy", "iam:AddUserToGroup"], group);
    const guard = scp([{ Effect: "Deny", Action: "s3:PutBucketPolicy", Resource: "*" }]);
    expect(outcome(iam("user/ana"), chain(rights), "s3:PutBucketPolicy", guard)).toBe("no");
  });
  test("two roles of one actor, one makes the user and the other gives it rights and a key", () => {
    const made = iam("user/made-by-bot");
    const split: Record<string, PrincipalText> = {
      [iam("user/ana")]: { policies: [] },
      [iam("role/makes")]: { policies: [allow("iam:CreateUser", made)], trust: trusts(iam("user/ana")) },
      [iam("role/gives")]: {
        policies: [allow(["iam:PutUserPolicy", "iam:CreateAccessKey"], made)],
        trust: trusts(iam("user/ana")),
      },
    };
    expect(outcome(iam("user/ana"), split)).toBe("unknown several rewritings in a row");
    expect(outcome(iam("role/makes"), split)).toBe("no");
    expect(outcome(iam("role/gives"), split)).toBe("no");
  });
});
