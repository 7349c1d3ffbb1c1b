import { describe, expect, test } from "vitest";
import {
  policyEstate,
  testOrigin,
  type EstateText,
  type PolicyText,
} from "../../../../test/policy-estate.js";
import { createEstate, credentialId, principalId, type Credential } from "../../estate/index.js";
import { createAccessEngine, createBecome, type AccessPolicy } from "../index.js";

const A = "111111111111";
const ana = `arn:aws:iam::${A}:user/ana`;
const role = (name: string): string => `arn:aws:iam::${A}:role/${name}`;
const policy: AccessPolicy = {
  now: "2026-11-22T00:00:00Z",
  sanctions: [],
  sharedCause: 0.6,
  jitMaxHours: 12,
  maxRoutes: 50,
};
const allow = (Action: string[], Condition?: Record<string, Record<string, string>>): PolicyText => ({
  Statement: [{ Effect: "Allow", Action, Resource: "*", ...(Condition === undefined ? {} : { Condition }) }],
});
const trusts = (Service: string): PolicyText => ({
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service } }],
});
const engineOf = (text: EstateText, credentials: readonly Credential[] = []) =>
  createAccessEngine(createEstate({ ...policyEstate({ accounts: { [A]: "none" }, ...text }), credentials }));
const vias = (text: EstateText): readonly string[] =>
  createBecome(engineOf(text), policy)
    .edgesFrom(principalId(ana))
    .map(({ via }) => via);

describe("iam:PassedToService in a Deny (service authorization reference of IAM)", () => {
  const passes = allow(["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"]);
  const denies = (operator: string, service: string): PolicyText => ({
    Statement: [
      {
        Effect: "Deny",
        Action: "iam:PassRole",
        Resource: "*",
        Condition: { [operator]: { "iam:PassedToService": service } },
      },
    ],
  });
  const ways = (...policies: PolicyText[]) =>
    vias({ principals: { [ana]: { policies }, [role("app")]: { trust: trusts("lambda.amazonaws.com") } } });

  test.each([
    ["StringEquals", "lambda.amazonaws.com", false],
    ["StringEquals", "ec2.amazonaws.com", true],
    ["StringNotEquals", "lambda.amazonaws.com", true],
    ["StringNotEquals", "ec2.amazonaws.com", false],
    ["StringLike", "lambda*", false],
  ])("denied when %s %s: a function can be given the role: %s", (operator, service, possible) => {
    expect(ways(passes, denies(operator, service)).includes("lambda-001")).toBe(possible);
  });
});

test("an EC2 role in no instance profile is put into a new one, by whoever may do that too", () => {
  const ways = (...actions: string[]) =>
    vias({
      principals: {
        [ana]: { policies: [allow(actions)] },
        [role("app")]: { trust: trusts("ec2.amazonaws.com") },
      },
    });
  const profile = ["iam:CreateInstanceProfile", "iam:AddRoleToInstanceProfile"];
  expect(ways("iam:PassRole", "ec2:RunInstances", ...profile)).toEqual(["ec2-005+"]);
  expect(ways("iam:PassRole", "ec2:RunInstances")).toEqual([]);
  expect(ways("ec2:RunInstances", ...profile)).toEqual([]);
});

test("a credential that an overlay revokes is no entry any more (containment overlay, recreation.md 2)", () => {
  const key: Credential = {
    id: credentialId("AKIAIOSFODNN7EXAMPLE"),
    kind: "access-key",
    holder: principalId(ana),
    status: "active",
    copies: [],
    autoRotated: "unknown",
    consumers: [],
    origin: testOrigin("/key"),
  };
  const engine = engineOf(
    { principals: { [ana]: {} }, covered: [`access-keys|aws:${A}`, `console|aws:${A}`] },
    [key],
  );
  const starters = (view: typeof engine) =>
    createBecome(view, policy)
      .entriesOf(principalId(ana))
      .map(({ starter }) => starter);
  expect(starters(engine)).toEqual([key.id]);
  expect(starters(engine.withOverlay({ revokedCredentials: new Set([key.id]) }))).toEqual([]);
});
