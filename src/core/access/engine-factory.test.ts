import { describe, expect, test } from "vitest";
import { policyEstate, policyUse } from "../../../test/policy-estate.js";
import { principalId, resourceId } from "../estate/index.js";
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

  test("overlays add up", () => {
    const first = engine.withOverlay({ disabledPrincipals: new Set([principalId(user)]) });
    const second = first.withOverlay({ removedPolicies: new Set([resourceId(bucket)]) });
    expect(second.decide(principalId(user), put, bucket).verdict).toBe(false);
    expect([...second.whoCan(put, bucket).allowed].map((i) => engine.actors[i])).toEqual([
      `arn:aws:iam::${A}:root`,
    ]);
  });

  test("a session policy limits what the role may do", () => {
    const session = policyUse("session", allow("s3:GetObject", "*"), "/session");
    const limited = engine.withOverlay({ sessionPolicies: new Map([[principalId(user), session]]) });
    expect(limited.decide(principalId(user), put, bucket).verdict).toBe(false);
    expect(limited.decide(principalId(user), "s3:GetObject", `${bucket}/x`).verdict).toBe(true);
    expect(limited.whoCan(put, bucket).allowed.has(engine.indexOf(principalId(user))!)).toBe(false);
  });
});

describe("post-mutation reach (recreation.md 2): boundary and SCP and the denies that stay", () => {
  const boundary = `arn:aws:iam::${A}:policy/boundary`;
  const denies = `arn:aws:iam::${A}:policy/denies`;
  const engine = createAccessEngine(
    policyEstate({
      accounts: { [A]: "none" },
      principals: { [role]: { boundary, attached: [denies] } },
      managed: {
        [boundary]: allow("s3:*", "*"),
        [denies]: { Statement: [{ Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*" }] },
      },
      resources: { [bucket]: { account: A, policy: null } },
    }),
  );
  const id = principalId(role);

  test("a role without rights may do anything within its boundary once rewritten, and nothing beyond it", () => {
    expect(engine.decide(id, put, bucket).verdict).toBe(false);
    expect(engine.envelope(id).may(put, bucket)).toBe(true);
    expect(engine.envelope(id).may("iam:CreateUser", "*")).toBe(false);
    expect(engine.envelope(id).decide?.("iam:CreateUser", "*").blocks[0]?.layer).toBe("boundary");
  });

  test("an attached deny survives rewriting and goes only by a hop of its own", () => {
    expect(engine.envelope(id).may("s3:DeleteBucket", bucket)).toBe(false);
    expect(engine.envelope(id, { attached: true }).may("s3:DeleteBucket", bucket)).toBe(true);
    expect(engine.envelope(id, { boundary: true }).may("iam:CreateUser", "*")).toBe(true);
  });
});

describe("near misses (STOPPED)", () => {
  test("name the holder of a grant and what stops it", () => {
    const engine = createAccessEngine(
      policyEstate({
        accounts: { [A]: "none" },
        principals: {
          [user]: {
            policies: [allow("s3:*", "*"), { Statement: [{ Effect: "Deny", Action: put, Resource: "*" }] }],
          },
          [role]: {},
        },
        resources: { [bucket]: { account: A, policy: null } },
      }),
    );
    expect(engine.nearMisses(put, bucket, 10).map(({ principal, block }) => [principal, block.text])).toEqual(
      [[user, `identity policy inline-1 denies ${put}`]],
    );
  });
});

describe("sets of resources", () => {
  test("can on any object: a grant on one prefix counts, a deny on another does not hide it", () => {
    const engine = createAccessEngine(
      policyEstate({
        accounts: { [A]: "none" },
        principals: {
          [user]: {
            policies: [
              allow("s3:GetObject", `${bucket}/*`),
              { Statement: [{ Effect: "Deny", Action: "s3:*", NotResource: `${bucket}/public/*` }] },
            ],
          },
          [role]: { policies: [allow("s3:GetObject", `${bucket}/logs/*`)] },
        },
        resources: { [bucket]: { account: A, policy: null } },
      }),
    );
    const { allowed } = engine.whoCan("s3:GetObject", `${bucket}/*`);
    expect([...allowed].map((i) => engine.actors[i])).toEqual([role, `arn:aws:iam::${A}:root`, user]);
    expect(engine.decide(principalId(user), "s3:GetObject", `${bucket}/*`).resource).toBe(
      `${bucket}/public/`,
    );
  });
});

describe("native grants (remit.estate/1)", () => {
  test("any provider, without regard to case; a deny wins; a condition stays", () => {
    const engine = createAccessEngine(
      policyEstate({
        principals: { "user:ana": {}, "user:bob": {} },
        grants: [
          {
            id: "g1",
            holder: principalId("user:ana"),
            effect: "Allow",
            actions: ["Microsoft.Storage/*"],
            resources: ["*"],
            condition: "within office hours",
          },
          { id: "g2", holder: principalId("user:bob"), effect: "Allow", actions: ["*"], resources: ["*"] },
          {
            id: "g3",
            holder: principalId("user:bob"),
            effect: "Deny",
            actions: ["*"],
            resources: ["*/storageaccounts/exports"],
          },
        ],
      }),
    );
    const ask = (who: string) =>
      engine.decide(
        principalId(who),
        "microsoft.storage/storageAccounts/write",
        "/subscriptions/1/storageAccounts/exports",
      );
    expect(ask("user:ana").verdict).toBe(true);
    expect(ask("user:ana").residual.map(({ text }) => text)).toEqual(["within office hours"]);
    expect(ask("user:bob").blocks.map(({ text }) => text)).toEqual(["grant g3 denies *"]);
  });
});
