import { describe, expect, test } from "vitest";
import {
  policyEstate,
  testOrigin,
  type EstateText,
  type PolicyText,
} from "../../../../test/policy-estate.js";
import { createEstate, principalId, resourceId, type EstateFacts } from "../../estate/index.js";
import { attainable, createAccessEngine, createBecome, type AccessPolicy } from "../index.js";

const A = "111111111111";
const B = "222222222222";
const user = (name: string, account = A): string => `arn:aws:iam::${account}:user/${name}`;
const role = (name: string, account = A): string => `arn:aws:iam::${account}:role/${name}`;
const allow = (
  Action: string | string[],
  Resource: string | string[] = "*",
  Condition?: Record<string, Record<string, string>>,
): PolicyText => ({
  Statement: [{ Effect: "Allow", Action, Resource, ...(Condition === undefined ? {} : { Condition }) }],
});
const deny = (Action: string | string[]): PolicyText => ({
  Statement: [{ Effect: "Deny", Action, Resource: "*" }],
});
const trusts = (
  Principal: Record<string, string | string[]>,
  Action = "sts:AssumeRole",
  Condition?: Record<string, Record<string, string>>,
): PolicyText => ({
  Statement: [{ Effect: "Allow", Action, Principal, ...(Condition === undefined ? {} : { Condition }) }],
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

function become(text: EstateText, more: (facts: EstateFacts) => Partial<EstateFacts> = () => ({})) {
  const estate = policyEstate({
    accounts: { [A]: "none" },
    resources: { [bucket]: { account: A, policy: null } },
    ...text,
  });
  return createBecome(createAccessEngine(createEstate({ ...estate, ...more(estate) })), policy);
}

const edges = (questions: ReturnType<typeof become>, from: string) =>
  questions
    .edgesFrom(principalId(from))
    .map(
      ({ to, via, certainty, verdict }) =>
        `${via} ${to.split("/").at(-1) ?? ""} ${certainty} ${String(verdict)}`,
    );

const obtain = (questions: ReturnType<typeof become>, action: string, resource: string) =>
  Object.fromEntries(
    questions.obtainers(action, resource).members.flatMap((index) => {
      const id = questions.engine.actors[index] ?? "";
      return id.endsWith(":root")
        ? []
        : [
            [
              id.split("/").at(-1),
              questions
                .obtainers(action, resource)
                .walk(index)
                .map(({ via }) => via)
                .join(">"),
            ],
          ];
    }),
  );

describe("edges", () => {
  test("role chains, in one account and across, as the engine decides", () => {
    const questions = become({
      accounts: { [A]: "none", [B]: "none" },
      principals: {
        [user("ana")]: { policies: [allow("sts:AssumeRole", role("hop", B))] },
        [role("hop", B)]: {
          trust: trusts({ AWS: `arn:aws:iam::${A}:root` }),
          policies: [allow("sts:AssumeRole", role("end"))],
        },
        [role("end")]: { trust: trusts({ AWS: role("hop", B) }), policies: [allow(put)] },
        [user("bob")]: { policies: [allow("sts:AssumeRole", role("end"))] },
      },
    });
    expect(obtain(questions, put, bucket)).toEqual({
      ana: "assume-role>assume-role",
      hop: "assume-role",
      end: "",
    });
  });

  test("the external id that a trust demands stays as a condition in words", () => {
    const questions = become({
      principals: {
        [user("ana")]: { policies: [allow("sts:AssumeRole")] },
        [role("end")]: {
          trust: trusts({ AWS: `arn:aws:iam::${A}:root` }, "sts:AssumeRole", {
            StringEquals: { "sts:ExternalId": "x1" },
          }),
        },
      },
    });
    const [edge] = questions.edgesFrom(principalId(user("ana")));
    expect(edge?.verdict).toBe(true);
    expect(edge?.condition).toContain("sts:ExternalId");
    expect(edge?.evidence.length).toBeGreaterThan(0);
  });

  test("a role is passed only to a service that its trust admits and iam:PassedToService allows", () => {
    const create = [
      "lambda:CreateFunction",
      "lambda:InvokeFunction",
      "codebuild:CreateProject",
      "codebuild:StartBuild",
    ];
    const lambdaOnly = { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } };
    const questions = become({
      principals: {
        [user("free")]: { policies: [allow("iam:PassRole"), allow(create)] },
        [user("tied")]: { policies: [allow("iam:PassRole", "*", lambdaOnly), allow(create)] },
        [role("function")]: { trust: trusts({ Service: "lambda.amazonaws.com" }) },
        [role("build")]: { trust: trusts({ Service: "codebuild.amazonaws.com" }) },
        [role("nothing")]: { trust: trusts({ AWS: user("nobody") }) },
      },
    });
    expect(edges(questions, user("free"))).toEqual([
      "codebuild-001 build certain true",
      "codebuild-002 build conditional true",
      "lambda-001 function certain true",
    ]);
    expect(edges(questions, user("tied"))).toEqual([
      "codebuild-002 build conditional true",
      "lambda-001 function certain true",
    ]);
  });

  test("compute: assumed and named without data, certain with it, gone with an inventory that lacks it", () => {
    const principals = {
      [user("dev")]: { policies: [allow("lambda:UpdateFunctionCode", "arn:aws:lambda:*:*:function:etl-*")] },
      [role("etl")]: { trust: trusts({ Service: "lambda.amazonaws.com" }) },
    };
    const open = become({ principals });
    expect(open.edgesFrom(principalId(user("dev")))[0]).toMatchObject({
      via: "lambda-003",
      certainty: "conditional",
      assumption: "a Lambda function runs as etl",
    });
    const listed = become({ principals, covered: [`inventory|aws:${A}/lambda:function`] });
    expect(edges(listed, user("dev"))).toEqual([]);
    const lambda = (name: string) => `arn:aws:lambda:eu-west-1:${A}:function:${name}`;
    const running = (name: string) =>
      become({ principals, covered: [`inventory|aws:${A}/lambda:function`] }, (facts) => ({
        resources: [
          {
            id: resourceId(lambda(name)),
            kind: "lambda:function",
            account: facts.accounts[0]?.id ?? ("" as never),
            name,
            properties: new Map(),
            policies: new Map(),
            tags: {},
            runsAs: principalId(role("etl")),
            origin: testOrigin("/f"),
          },
          ...facts.resources,
        ],
      }));
    expect(edges(running("etl-load"), user("dev"))).toEqual(["lambda-003 etl certain true"]);
    expect(edges(running("other"), user("dev"))).toEqual([]);
  });

  test("a Terraform address in a grant is unknown, and says what would decide", () => {
    const questions = become({
      principals: {
        [user("dev")]: {
          policies: [
            allow("lambda:UpdateFunctionCode", `arn:aws:lambda:us-east-1:${A}:aws_lambda_function/etl`),
          ],
        },
        [role("etl")]: { trust: trusts({ Service: "lambda.amazonaws.com" }) },
      },
    });
    const [edge] = questions.edgesFrom(principalId(user("dev")));
    expect(edge).toMatchObject({ via: "lambda-003", verdict: "unknown" });
    expect(edge?.missing.map(({ key }) => key)).toEqual([
      `resource-name|arn:aws:lambda:us-east-1:${A}:aws_lambda_function/etl`,
    ]);
  });

  test("service-linked and Identity Center roles cannot be rewritten or re-trusted (recreation.md row 11)", () => {
    const questions = become({
      principals: {
        [user("iam")]: { policies: [allow(["iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"])] },
        [role("linked")]: { immutable: "service-linked", trust: trusts({ Service: "ec2.amazonaws.com" }) },
        [role("reserved")]: { immutable: "aws-reserved", trust: trusts({ Service: "ec2.amazonaws.com" }) },
        [role("plain")]: { trust: trusts({ Service: "ec2.amazonaws.com" }) },
      },
    });
    expect(edges(questions, user("iam"))).toEqual([
      "iam-012 plain certain true",
      "iam-021 plain certain true",
    ]);
  });
});

describe("rewriting is bounded by the envelope, never `admin` (recreation.md 2)", () => {
  const self = (name: string) => allow("iam:PutUserPolicy", user(name));
  test("a boundary and an attached deny survive iam:PutUserPolicy", () => {
    const boundary = `arn:aws:iam::${A}:policy/box`;
    const guard = `arn:aws:iam::${A}:policy/guard`;
    const questions = become({
      managed: {
        [boundary]: allow(["iam:PutUserPolicy", "s3:Get*"]),
        // Without iam:Create* it would write the guard anew, or make itself a role that has none.
        [guard]: deny(["s3:Put*", "iam:Detach*", "iam:Create*", "iam:*LoginProfile"]),
      },
      principals: {
        [user("free")]: { policies: [self("free")] },
        [user("boxed")]: { policies: [self("boxed")], boundary },
        [user("guarded")]: { policies: [self("guarded")], attached: [guard] },
      },
    });
    expect(Object.keys(obtain(questions, put, bucket))).toEqual(["free"]);
    expect(Object.keys(obtain(questions, "s3:GetObject", `${bucket}/a`)).sort()).toEqual([
      "boxed",
      "free",
      "guarded",
    ]);
  });

  test("who can also take the boundary or the deny off gets past it, and the hop says so", () => {
    const boundary = `arn:aws:iam::${A}:policy/box`;
    const guard = `arn:aws:iam::${A}:policy/guard`;
    const questions = become({
      managed: { [boundary]: allow("s3:Get*"), [guard]: deny("s3:Put*") },
      principals: {
        [user("guarded")]: {
          policies: [self("guarded"), allow("iam:DetachUserPolicy", user("guarded"))],
          attached: [guard],
        },
      },
    });
    const closure = questions.obtainers(put, bucket);
    const index = questions.engine.indexOf(principalId(user("guarded"))) ?? -1;
    expect(closure.members).toContain(index);
    expect(closure.walk(index)[0]).toMatchObject({
      via: "iam-007",
      mutates: true,
      condition: "after iam:DetachUserPolicy",
    });
  });

  test("joining a group gives what the group has, attaching one named policy gives that policy, no more", () => {
    const group = `arn:aws:iam::${A}:group/writers`;
    const readers = `arn:aws:iam::${A}:policy/readers`;
    const questions = become({
      managed: { [readers]: allow("s3:Get*") },
      principals: {
        [group]: { policies: [allow(put, bucket)] },
        [user("joiner")]: { policies: [allow("iam:AddUserToGroup", group)] },
        [user("attacher")]: {
          policies: [
            allow("iam:AttachUserPolicy", user("attacher"), { ArnEquals: { "iam:PolicyARN": readers } }),
          ],
        },
      },
    });
    expect(obtain(questions, put, bucket)).toEqual({ joiner: "iam-013" });
    expect(Object.keys(obtain(questions, "s3:GetObject", `${bucket}/a`))).toContain("attacher");
    const [edge] = questions.edgesFrom(principalId(user("joiner")));
    expect(edge === undefined ? undefined : attainable(questions.engine, edge, put, bucket)).toBe(true);
    expect(
      edge === undefined ? undefined : attainable(questions.engine, edge, "iam:CreateUser", user("x")),
    ).toBe(false);
  });

  test("one actor that is both the rewriter and the rewritten gains by it; two different actors do not", () => {
    const app = allow("s3:GetObject");
    const names = (trusted: string) =>
      Object.keys(
        obtain(
          become({
            principals: {
              [user("ana")]: { policies: [allow("sts:AssumeRole")] },
              [user("bob")]: { policies: [allow("sts:AssumeRole")] },
              [role("deploy")]: {
                trust: trusts({ AWS: user("ana") }),
                policies: [allow("iam:PutRolePolicy", role("app"))],
              },
              [role("app")]: { trust: trusts({ AWS: trusted }), policies: [app] },
            },
          }),
          put,
          bucket,
        ),
      );
    expect(names(user("ana"))).toEqual(["ana"]);
    expect(names(user("bob"))).toEqual([]);
  });

  test("a user that assumes a role that rewrites the user", () => {
    const questions = become({
      principals: {
        [user("ana")]: { policies: [allow("sts:AssumeRole")] },
        [role("iam")]: {
          trust: trusts({ AWS: user("ana") }),
          policies: [allow("iam:PutUserPolicy", user("ana"))],
        },
      },
    });
    expect(obtain(questions, put, bucket)).toEqual({ ana: "assume-role>iam-007" });
  });

  test("an identity that rewrites itself then steps into any role of its account", () => {
    const questions = become({
      principals: {
        [user("self")]: { policies: [self("self")] },
        [role("end")]: { trust: trusts({ Service: "ec2.amazonaws.com" }), policies: [allow(put)] },
      },
    });
    const end = questions.engine.indexOf(principalId(role("end"))) ?? -1;
    const index = questions.engine.indexOf(principalId(user("self"))) ?? -1;
    expect(
      questions
        .closure([end])
        .walk(index)
        .map(({ via }) => via),
    ).toEqual(["iam-007", "iam-012"]);
    expect(questions.reach(principalId(user("self"))).administers).toEqual([
      { account: `aws:${A}`, through: user("self"), verdict: true },
    ]);
  });
});

describe("administrators", () => {
  test("`*:*`, or any rewriting of itself; not a single permissions right, not power without IAM, not root", () => {
    const admin = `arn:aws:iam::${A}:policy/box`;
    const questions = become({
      managed: { [admin]: { Statement: [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }] } },
      principals: {
        [user("star")]: { policies: [allow("*")] },
        [user("iam")]: { policies: [allow("iam:*")] },
        [user("self")]: { policies: [allow("iam:AttachUserPolicy", user("self"))] },
        [user("power")]: {
          policies: [{ Statement: [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }] }],
        },
        [user("opener")]: { policies: [allow(put)] },
        [user("boxed")]: { policies: [allow("*")], boundary: admin },
      },
    });
    const set = questions.administrators(`aws:${A}` as never);
    expect([...set.allowed].map((index) => questions.engine.actors[index]?.split("/")[1])).toEqual([
      "iam",
      "self",
      "star",
    ]);
    expect(set.unknown.size).toBe(0);
    expect(questions.privileges(principalId(user("opener"))).map(({ action }) => action)).toEqual([put]);
  });

  test("an SCP that was not supplied leaves administration unknown, not proven", () => {
    const questions = become({
      accounts: { [A]: "o-test" },
      organization: { parents: { "r-1": null, [A]: "r-1" }, policies: [] },
      principals: { [user("star")]: { policies: [allow("*")] } },
    });
    const set = questions.administrators(`aws:${A}` as never);
    expect([set.allowed.size, set.unknown.size]).toEqual([0, 1]);
  });
});

test("stopAt: members, but nobody is reached through them", () => {
  const questions = become({
    principals: {
      [user("ana")]: { policies: [allow("sts:AssumeRole")] },
      [role("admin")]: { trust: trusts({ AWS: user("ana") }), policies: [allow("*")] },
    },
  });
  const admins = questions.administrators(`aws:${A}` as never).allowed;
  const names = (stop?: typeof admins) =>
    questions
      .obtainers(put, bucket, stop)
      .members.map((index) => questions.engine.actors[index])
      .filter((id) => id?.endsWith(":root") === false);
  expect(names()).toEqual([role("admin"), user("ana")]);
  expect(names(admins)).toEqual([role("admin")]);
});
