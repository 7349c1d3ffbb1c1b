import { describe, expect, test } from "vitest";
import { policyEstate, type EstateText, type PolicyText } from "../../../../test/policy-estate.js";
import { awsAccount, createEstate, principalId } from "../../estate/index.js";
import { createAccessEngine, createBecome, type AccessPolicy } from "../index.js";

const A = "111111111111";
const user = (name: string): string => `arn:aws:iam::${A}:user/${name}`;
const role = (name: string): string => `arn:aws:iam::${A}:role/${name}`;
const managed = (name: string): string => `arn:aws:iam::${A}:policy/${name}`;
const allow = (
  Action: string | string[],
  Resource: string | string[] = "*",
  Condition?: Record<string, Record<string, string>>,
): PolicyText => ({
  Statement: [{ Effect: "Allow", Action, Resource, ...(Condition === undefined ? {} : { Condition }) }],
});
const deny = (
  Action: string | string[],
  Resource: string | string[] = "*",
  Condition?: Record<string, Record<string, string>>,
): PolicyText => ({
  Statement: [{ Effect: "Deny", Action, Resource, ...(Condition === undefined ? {} : { Condition }) }],
});
const policy: AccessPolicy = {
  now: "2026-11-22T00:00:00Z",
  sanctions: [],
  sharedCause: 0.6,
  jitMaxHours: 12,
  maxRoutes: 50,
};
const bucket = "arn:aws:s3:::exports";
const put = "s3:PutBucketPolicy";
const fresh = user("new-*");
const makesRoles = ["iam:CreateRole", "iam:PutRolePolicy"];

const ask = (text: EstateText) =>
  createBecome(
    createAccessEngine(
      createEstate(
        policyEstate({
          accounts: { [A]: "none" },
          resources: { [bucket]: { account: A, policy: null } },
          ...text,
        }),
      ),
    ),
    policy,
  );

/** What ana, with these policies, has to do with the bucket: `no`, or verdict and ways. */
function outcome(policies: readonly PolicyText[], more: EstateText = {}, principal = {}): string {
  const questions = ask({
    ...more,
    principals: { ...more.principals, [user("ana")]: { policies, ...principal } },
  });
  const closure = questions.obtainers(put, bucket);
  const index = questions.engine.indexOf(principalId(user("ana"))) ?? -1;
  if (!closure.members.includes(index)) return "no";
  return `${String(closure.verdictOf(index))} ${closure
    .walk(index)
    .map(({ via }) => via)
    .join(">")}`;
}

describe("creating an identity to escalate (scenario S9: a leaked key that may create roles)", () => {
  test("a role: made, given a policy, and trusted to its maker, who needs no sts:AssumeRole for it", () => {
    expect(outcome([allow(makesRoles)])).toBe("true new-role");
    expect(outcome([allow(["iam:CreateRole", "iam:AttachRolePolicy"])])).toBe("true new-role");
    const questions = ask({ principals: { [user("ana")]: { policies: [allow(makesRoles)] } } });
    const closure = questions.obtainers(put, bucket);
    const [edge] = closure.walk(questions.engine.indexOf(principalId(user("ana"))) ?? -1);
    expect(edge).toMatchObject({
      from: user("ana"),
      mutates: true,
      certainty: "certain",
      words: "creates role remit-new and gives it the right",
      actions: makesRoles,
    });
    expect(edge?.evidence.length).toBeGreaterThan(0);
  });

  test("each half alone gives nothing", () => {
    expect(outcome([allow("iam:CreateRole")])).toBe("no");
    expect(outcome([allow("iam:PutRolePolicy")])).toBe("no");
    expect(outcome([allow(["iam:CreateUser", "iam:PutUserPolicy"], fresh)])).toBe("no"); // no way in
    expect(outcome([allow(["iam:CreateUser", "iam:CreateAccessKey"])])).toBe("no"); // no rights
  });

  test("a user: made, given rights by a policy or a group, and entered by a key or a password", () => {
    expect(outcome([allow(["iam:CreateUser", "iam:PutUserPolicy", "iam:CreateAccessKey"], fresh)])).toBe(
      "true new-user",
    );
    expect(
      outcome([allow(["iam:CreateUser", "iam:AttachUserPolicy", "iam:CreateLoginProfile"], fresh)]),
    ).toBe("true new-user");
    const groups: EstateText = {
      principals: { [`arn:aws:iam::${A}:group/writers`]: { policies: [allow(put)] } },
    };
    const joins = ["iam:CreateUser", "iam:CreateAccessKey"];
    const join = allow("iam:AddUserToGroup", `arn:aws:iam::${A}:group/writers`);
    const questions = ask({
      principals: { ...groups.principals, [user("ana")]: { policies: [allow(joins, fresh), join] } },
    });
    expect(questions.edgesFrom(principalId(user("ana"))).map(({ via }) => via)).toEqual([
      "iam-013",
      "new-user",
    ]);
    expect(outcome([allow(joins, fresh)], groups)).toBe("no");
  });

  test("a group: made, filled, and joined by the user itself", () => {
    expect(outcome([allow(["iam:CreateGroup", "iam:PutGroupPolicy", "iam:AddUserToGroup"])])).toBe(
      "true iam-013",
    );
    expect(outcome([allow(["iam:CreateGroup", "iam:PutGroupPolicy"])])).toBe("no");
  });

  test("the names must meet: creating app-* and filling *-ci works, creating app-* and filling ci-* does not", () => {
    const names = (fill: string) => [
      allow("iam:CreateRole", role("app-*")),
      allow("iam:PutRolePolicy", role(fill)),
    ];
    expect(outcome(names("*-ci"))).toBe("true new-role");
    expect(outcome(names("ci-*"))).toBe("no");
  });

  test("one fixed name that is taken is replaced only by who may also empty and delete it", () => {
    const taken: EstateText = {
      principals: {
        [role("app")]: {
          policies: [allow("s3:GetObject")],
          trust: {
            Statement: [
              { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } },
            ],
          },
        },
      },
    };
    const on = (...actions: string[]) => outcome([allow(actions, role("app"))], taken);
    expect(on(...makesRoles)).toBe("no");
    expect(on(...makesRoles, "iam:DeleteRole")).toBe("no");
    expect(on(...makesRoles, "iam:DeleteRole", "iam:DeleteRolePolicy")).toBe("true new-role");
  });
});

describe("the newcomer's envelope (post-mutation reach, recreation.md 2)", () => {
  const demanded = { StringEquals: { "iam:PermissionsBoundary": managed("box") } };
  const box = (...actions: string[]): EstateText => ({ managed: { [managed("box")]: allow(actions) } });

  test("a boundary that the right to create demands stays on what is created", () => {
    const creates = [allow("iam:CreateRole", "*", demanded), allow("iam:PutRolePolicy")];
    expect(outcome(creates, box("s3:Get*"))).toBe("no");
    expect(outcome(creates, box("s3:*"))).toBe("true new-role");
    expect(outcome(creates)).toMatch(/^unknown/); // its text was not supplied
  });

  test("demanded by a Deny, an SCP, or the right to fill it: the same", () => {
    const without = { StringNotEquals: { "iam:PermissionsBoundary": managed("box") } };
    expect(outcome([allow(makesRoles), deny("iam:CreateRole", "*", without)], box("s3:Get*"))).toBe("no");
    expect(
      outcome([allow("iam:CreateRole"), allow("iam:PutRolePolicy", "*", demanded)], box("s3:Get*")),
    ).toBe("no");
    const scp: EstateText = {
      ...box("s3:Get*"),
      covered: [`scp|aws:${A}`],
      accounts: { [A]: "o-test" },
      organization: {
        management: "999999999999",
        enabled: ["scp"],
        parents: { "r-1": null, [A]: "r-1" },
        policies: [
          { id: "p-1", type: "scp", targets: ["r-1", A], document: "full" },
          { id: "p-2", type: "scp", targets: [A], document: deny("iam:CreateRole", "*", without) },
        ],
      },
    };
    expect(outcome([allow(makesRoles)], scp)).toBe("no");
  });

  test("who may take the boundary off again, or write its text, is not held by it", () => {
    const creates = [allow("iam:CreateRole", "*", demanded), allow("iam:PutRolePolicy")];
    expect(outcome([...creates, allow("iam:DeleteRolePermissionsBoundary")], box("s3:Get*"))).toBe(
      "true new-role",
    );
    expect(outcome([...creates, allow("iam:CreatePolicyVersion", managed("box"))], box("s3:Get*"))).toBe(
      "true new-role",
    );
  });

  test("an own deny of the maker does not bind what it makes, an SCP does", () => {
    expect(outcome([allow(makesRoles), deny("s3:*")])).toBe("true new-role");
    const scp: EstateText = {
      covered: [`scp|aws:${A}`],
      accounts: { [A]: "o-test" },
      organization: {
        management: "999999999999",
        enabled: ["scp"],
        parents: { "r-1": null, [A]: "r-1" },
        policies: [
          { id: "p-1", type: "scp", targets: ["r-1", A], document: "full" },
          { id: "p-2", type: "scp", targets: [A], document: deny(put) },
        ],
      },
    };
    expect(outcome([allow(makesRoles)], scp)).toBe("no");
  });

  test("a limit that spares a name spares a newcomer of that name, if it may be created", () => {
    const scp: EstateText = {
      covered: [`scp|aws:${A}`],
      accounts: { [A]: "o-test" },
      organization: {
        management: "999999999999",
        enabled: ["scp"],
        parents: { "r-1": null, [A]: "r-1" },
        policies: [
          { id: "p-1", type: "scp", targets: ["r-1", A], document: "full" },
          {
            id: "p-2",
            type: "scp",
            targets: [A],
            document: deny(put, "*", {
              ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/platform-*" },
            }),
          },
        ],
      },
    };
    expect(outcome([allow(makesRoles)], scp)).toBe("true new-role");
    // Two in a row: the new role may make one of the spared name, unless something denies it that.
    expect(outcome([allow(makesRoles, role("app-*"))], scp)).toBe("true new-role");
    const [guarded] = scp.organization?.policies.slice(1) ?? [];
    const denied = deny("iam:CreateRole", role("platform-*")).Statement;
    const both = {
      ...scp,
      organization: {
        ...scp.organization,
        policies: [
          ...(scp.organization?.policies.slice(0, 1) ?? []),
          {
            ...guarded,
            document: { Statement: [...(guarded?.document as PolicyText).Statement, ...denied] },
          },
        ],
      },
    } as EstateText;
    expect(outcome([allow(makesRoles, role("app-*"))], both)).toBe("no");
  });

  test("where becoming roles is denied to the maker, somebody outside would have to be trusted: unknown, and named", () => {
    const questions = ask({
      principals: { [user("ana")]: { policies: [allow(makesRoles), deny("sts:AssumeRole")] } },
    });
    const closure = questions.obtainers(put, bucket);
    const index = questions.engine.indexOf(principalId(user("ana"))) ?? -1;
    expect(closure.verdictOf(index)).toBe("unknown");
    expect(closure.walk(index)[0]?.missing.map(({ key }) => key)).toEqual([`newcomer-entry|${user("ana")}`]);
  });

  test("only a policy that may be attached counts: iam:PolicyARN", () => {
    const only = (name: string) => ({ ArnEquals: { "iam:PolicyARN": managed(name) } });
    const creates = (...more: PolicyText[]) => [
      allow("iam:CreateRole"),
      allow("iam:AttachRolePolicy", "*", only("readers")),
      ...more,
    ];
    const readers: EstateText = { managed: { [managed("readers")]: allow("s3:Get*") } };
    expect(outcome(creates(), readers)).toBe("no");
    expect(outcome(creates(allow("iam:CreatePolicyVersion", managed("readers"))), readers)).toBe(
      "true new-role",
    );
  });
});

describe("one rewriting makes the next possible", () => {
  test("a group joined gives the right to write one's own policy", () => {
    const groups: EstateText = {
      principals: { [`arn:aws:iam::${A}:group/iam`]: { policies: [allow("iam:PutUserPolicy")] } },
    };
    expect(outcome([allow("iam:AddUserToGroup")], groups)).toBe("true iam-007");
  });

  test("a role within its boundary rewrites one that has none", () => {
    const trust: PolicyText = {
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: user("ana") } }],
    };
    const trustsInner: PolicyText = {
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: role("inner") } }],
    };
    const more = (...inside: string[]): EstateText => ({
      managed: { [managed("box")]: allow(inside) },
      principals: {
        [role("inner")]: { trust, boundary: managed("box") },
        [role("outer")]: { trust: trustsInner },
      },
    });
    const rewrites = [allow("iam:PutRolePolicy", role("inner"))];
    expect(outcome(rewrites, more("iam:PutRolePolicy", "sts:*"))).toMatch(/^true/);
    expect(outcome(rewrites, more("iam:PutRolePolicy"))).not.toMatch(/^true/); // a boundary limits a role that a trust names
    expect(outcome(rewrites, more("sts:*"))).toBe("no");
  });

  test("a role that adds a user of its own to a group gains what the group has", () => {
    const group = `arn:aws:iam::${A}:group/writers`;
    const questions = (actions: string[]) => {
      const become = ask({
        principals: {
          [group]: { policies: [allow(put)] },
          [user("bot")]: {},
          [role("deploy")]: { policies: [allow(actions)] },
        },
      });
      const index = become.engine.indexOf(principalId(role("deploy"))) ?? -1;
      return become.obtainers(put, bucket).members.includes(index);
    };
    expect(questions(["iam:AddUserToGroup", "iam:CreateAccessKey"])).toBe(true);
    expect(questions(["iam:AddUserToGroup"])).toBe(false);
  });
});

test("whoever makes roles that nothing limits is administrator-equivalent; with a demanded boundary it is not", () => {
  const questions = ask({
    managed: { [managed("box")]: allow("s3:*") },
    principals: {
      [user("maker")]: { policies: [allow(makesRoles)] },
      [user("boxed")]: {
        policies: [
          allow("iam:CreateRole", "*", { StringEquals: { "iam:PermissionsBoundary": managed("box") } }),
          allow("iam:PutRolePolicy"),
        ],
      },
    },
  });
  const { allowed } = questions.administrators(awsAccount(A));
  expect([...allowed].map((index) => questions.engine.actors[index])).toEqual([user("maker")]);
});
