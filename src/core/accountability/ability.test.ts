import { describe, expect, test } from "vitest";
import { estateWith, finderOf, nothing, prod, revokeKey } from "../../../test/ownership.js";
import type { EstateText, PolicyText, PrincipalText } from "../../../test/policy-estate.js";
import type { Answerable, OwnershipScope } from "./index.js";

const number = "222222222222";
const arn = (rest: string): string => `arn:aws:iam::${number}:${rest}`;
const sso = (name: string, region = "eu-west-1/"): string =>
  arn(`role/aws-reserved/sso.amazonaws.com/${region}AWSReservedSSO_${name}_0123456789abcdef`);
const svc = arn("user/svc-batch");
const allow = (...actions: string[]): PolicyText => ({
  Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
});
const trusts = (principal: string): PolicyText => ({
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: principal } }],
});
const organization: EstateText["organization"] = {
  management: "111111111111",
  parents: { "r-1": null, "ou-1": "r-1", [number]: "ou-1" },
  enabled: ["scp"],
  policies: [
    { id: "p-full", type: "scp", targets: ["r-1", "ou-1", number], document: "full" },
    {
      id: "p-8k1q2",
      type: "scp",
      targets: ["ou-1"],
      document: {
        Statement: [{ Sid: "NoDelete", Effect: "Deny", Action: "iam:DeleteAccessKey", Resource: "*" }],
      },
    },
  ],
};
/** Identity Center signs people in over SAML; nobody assumes its roles. */
const saml: PolicyText = {
  Statement: [
    {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithSAML",
      Principal: { Federated: arn("saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE") },
    },
  ],
};
const boundary = arn("policy/limit");
const principals: Readonly<Record<string, PrincipalText>> = {
  [svc]: {},
  [sso("IamAdmin")]: { policies: [allow("iam:*")], immutable: "aws-reserved", trust: saml },
  [sso("ReadOnly")]: {
    policies: [allow("iam:Get*", "sts:AssumeRole")],
    immutable: "aws-reserved",
    trust: saml,
  },
  [sso("Bounded")]: { policies: [allow("iam:*")], boundary, immutable: "aws-reserved", trust: saml },
  [sso("Nothing")]: { policies: [allow("s3:*")], immutable: "aws-reserved", trust: saml },
  [arn("role/key-admin")]: { policies: [allow("iam:UpdateAccessKey")], trust: trusts(sso("ReadOnly")) },
  [arn("user/p.holm")]: { policies: [allow("iam:UpdateAccessKey")] },
};
const text: EstateText = {
  accounts: { [number]: "o-test" },
  principals,
  managed: { [boundary]: allow("s3:*") },
  organization,
  covered: [`scp|${prod}`, `organization|${prod}`],
};

function authorityOf(
  signIns: readonly string[],
  action = "iam:UpdateAccessKey",
  estate = estateWith(text),
): Answerable["authority"] {
  const finder = finderOf({
    estate,
    catalogue: `
people: [ { id: ana.ruiz, principals: ${JSON.stringify(signIns)} } ]
authorities: [ { kind: revoke, scope: "${prod}", holder: ana.ruiz, until: 2027-06-30 } ]`,
  });
  const scope: OwnershipScope = { ...nothing, accounts: [prod] };
  const [owner] = finder.owners("REVOKER", scope, { action, resource: svc }).answerables;
  if (owner === undefined) throw new Error("nobody");
  return owner.authority;
}

const pattern = (name: string): string =>
  `aws:arn:aws:iam::${number}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_${name}_*#ana.ruiz@example.com`;

describe("R58, verified: whether the named person technically can", () => {
  test("can: the permission set's role, found by glob although its path holds a Region", () => {
    expect(authorityOf([pattern("IamAdmin")])).toEqual({
      verdict: "can",
      proof: ["iam:UpdateAccessKey through AWSReservedSSO_IamAdmin_0123456789abcdef"],
    });
  });

  test("cannot: the service control policy that stops it is named, and nobody else is promised", () => {
    const authority = authorityOf([pattern("IamAdmin")], "iam:DeleteAccessKey");
    expect(authority.verdict).toBe("cannot");
    expect(authority.proof.join("\n")).toMatch(/as AWSReservedSSO_IamAdmin_0123456789abcdef: .*p-8k1q2/);
    expect(authority.proof.at(-1)).toBe("nobody in the data can");
  });

  test("cannot: the boundary is named, and who could, at most three", () => {
    const authority = authorityOf([pattern("Bounded")]);
    expect(authority.verdict).toBe("cannot");
    expect(authority.proof[0]).toMatch(/as AWSReservedSSO_Bounded_0123456789abcdef: .*boundary/i);
    expect(authority.proof.at(-1)).toBe("could: AWSReservedSSO_IamAdmin_0123456789abcdef, key-admin, p.holm");
  });

  test("can, through a role that the person may assume: a chain is never called `cannot`", () => {
    expect(authorityOf([pattern("ReadOnly")])).toEqual({
      verdict: "can",
      proof: ["iam:UpdateAccessKey through key-admin"],
    });
  });

  test("without that trust the same person cannot", () => {
    const untrusted = {
      ...principals,
      [arn("role/key-admin")]: { policies: [allow("iam:UpdateAccessKey")], trust: trusts(svc) },
    };
    expect(
      authorityOf([pattern("ReadOnly")], undefined, estateWith({ ...text, principals: untrusted })).verdict,
    ).toBe("cannot");
  });

  test("one sign-in that can is enough", () => {
    expect(authorityOf([pattern("Nothing"), arn("user/p.holm")])).toEqual({
      verdict: "can",
      proof: ["iam:UpdateAccessKey through p.holm"],
    });
  });

  test("unknown: what the person signs in as is not recorded", () => {
    expect(authorityOf([])).toEqual({
      verdict: "unknown",
      proof: ["what ana.ruiz signs in as is not known (`principals` in the catalogue)"],
    });
  });

  test("unknown: the sign-in is in an account that was not supplied", () => {
    const authority = authorityOf(["arn:aws:iam::333333333333:user/ana.ruiz"]);
    expect(authority.verdict).toBe("unknown");
    expect(authority.proof[0]).toContain("aws:333333333333");
  });

  test("cannot: the sign-in is missing from a complete list of identities", () => {
    expect(authorityOf([arn("user/ana.ruiz")])).toMatchObject({
      verdict: "cannot",
      proof: expect.arrayContaining(["ana.ruiz does not exist"]) as string[],
    });
  });

  test("unknown, never cannot or can, when the service control policies were not supplied", () => {
    const { organization: _, covered: __, ...rest } = text;
    const authority = authorityOf(
      [pattern("IamAdmin")],
      undefined,
      estateWith({ ...rest, accounts: { [number]: "" } }),
    );
    expect(authority.verdict).toBe("unknown");
    expect(authority.proof.join("\n")).toMatch(/service control policies|organisation/);
  });

  test("a condition that only the request decides stands beside the proof", () => {
    const limited: PolicyText = {
      Statement: [
        {
          Effect: "Allow",
          Action: "iam:*",
          Resource: "*",
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        },
      ],
    };
    const authority = authorityOf(
      [arn("user/p.holm")],
      undefined,
      estateWith({ ...text, principals: { ...principals, [arn("user/p.holm")]: { policies: [limited] } } }),
    );
    expect(authority.verdict).toBe("can");
    expect(authority.proof[1]).toMatch(/^only if .*aws:MultiFactorAuthPresent/);
  });

  test("who may and technically cannot is a gap of its own", () => {
    const finder = finderOf({
      estate: estateWith(text),
      catalogue: `
people: [ { id: ana.ruiz, principals: ${JSON.stringify([pattern("Bounded")])} } ]
authorities: [ { kind: revoke, scope: "${prod}", holder: ana.ruiz, until: 2027-06-30 } ]`,
    });
    expect(finder.owners("REVOKER", { ...nothing, accounts: [prod] }, revokeKey(svc)).gap).toContain(
      "ana.ruiz may, and technically cannot",
    );
  });

  test("a team can when any active member can", () => {
    const finder = finderOf({
      estate: estateWith(text),
      catalogue: `
people:
  - { id: head, principals: ["${arn("user/svc-batch")}"] }
  - { id: ana.ruiz, principals: ${JSON.stringify([pattern("IamAdmin")])} }
teams: [ { id: iam-team, role: IDGOV, head: head, members: [ana.ruiz] } ]`,
    });
    const [owner] = finder.owners("IDGOV", { ...nothing, accounts: [prod] }, revokeKey(svc)).answerables;
    expect(owner).toMatchObject({ person: "head", team: "iam-team", authority: { verdict: "can" } });
  });
});
