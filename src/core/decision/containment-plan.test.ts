import { describe, expect, test } from "vitest";
import { credentialId, principalId, type AuditEvent, type Credential } from "../estate/index.js";
import { emptyCatalogue } from "../accountability/index.js";
import {
  bucket,
  caseInput,
  context,
  hop,
  now,
  origin,
  path,
  principal,
  roleArn,
  workload,
  type CaseText,
} from "../../../test/decision/build.js";

import { decide } from "./decide.js";
import { phases } from "./plan-step.js";

const user = "arn:aws:iam::111111111111:user/svc-batch";
const key = credentialId("aws:access-key/AKIAIOSFODNN7EXAMPLE");
const calm = {
  policy: { ...emptyCatalogue.policy, regulated: false as const },
  workloads: [workload()],
};
const incident = { id: "inc-1", declaredAt: now, scope: bucket, exploited: true as const, used: [], origin };

const secret: Credential = {
  id: key,
  kind: "access-key",
  holder: principalId(user),
  status: "active",
  autoRotated: false,
  copies: [{ place: "repository acme/etl", readableBy: "public", origin }],
  consumers: ["workload:nightly"],
  origin,
};
const call = (id: string, action: string, targets: readonly string[]): AuditEvent => ({
  id,
  at: `2026-11-2${id}T00:00:00Z`,
  action,
  actor: principalId(user),
  credential: key,
  agent: "aws-cli/2.17.0",
  targets,
  origin,
});

const leaked = (more: Partial<NonNullable<CaseText["estate"]>> = {}): CaseText => ({
  catalogue: calm,
  paths: [
    path([hop("secret", key, { to: user }), hop("grant", roleArn("etl"))], { credential: key, band: 1 }),
  ],
  estate: {
    principals: [principal(roleArn("etl")), principal(user, { kind: "user", name: "svc-batch" })],
    credentials: [secret],
    events: [
      call("0", "iam:CreateUser", ["arn:aws:iam::111111111111:user/ghost"]),
      call("1", "lambda:CreateFunction", ["arn:aws:lambda:eu-west-1:111111111111:function:scan"]),
    ],
    ...more,
  },
});
const planOf = (text: CaseText) => decide(caseInput(text), context(text)).containment;

describe("the order of work (R31, decision-rules.md)", () => {
  test("stop, revoke with everything that was created, trace, rotate with proof, narrow, retest, review", () => {
    const plan = planOf(leaked({ incidents: [incident] }));
    const order = plan.map(({ phase }) => phases.indexOf(phase));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect([...new Set(plan.map(({ phase }) => phase))]).toEqual([...phases]);
    expect(plan.map(({ step }) => step)).toEqual(plan.map((_, index) => index + 1));
    const revoked = plan.filter(({ phase }) => phase === "revoke");
    expect(revoked.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        "revoke the access key of svc-batch",
        "deny user ghost everything",
        "stop function scan",
      ]),
    );
    // Nothing is rotated or narrowed before all of it is stopped and revoked.
    const rotate = plan.find(({ phase }) => phase === "rotate");
    expect(rotate?.impact).toContain("a call with the old key fails");
    const narrow = plan.find(({ phase }) => phase === "narrow");
    expect(narrow?.after).toEqual(plan.filter(({ phase }) => phase === "rotate").map(({ step }) => step));
    const retest = plan.find(({ phase }) => phase === "retest");
    expect(retest?.command).toBe(
      `remit recreate --resource ${bucket} --weakness s3.public --estate NEW-DOCUMENTS`,
    );
  });

  test("who else uses a key is told before it is revoked: stated consumers, then callers on record", () => {
    const step = planOf(leaked()).find(({ title }) => title === "revoke the access key of svc-batch");
    expect(step?.affected.map(({ who, how, lastUsedAt }) => [who, how, lastUsedAt])).toEqual([
      ["nightly", "uses it", undefined],
      ["aws-cli/2.17.0", "called lambda:CreateFunction", "2026-11-21T00:00:00Z"],
    ]);
    expect(step?.requires).toContain("EMERGENCY_APPROVER");
  });

  test("all sessions of a role: whatever runs as it and whoever came in that way is cut off", () => {
    const role = roleArn("etl");
    const text: CaseText = {
      catalogue: calm,
      paths: [path([hop("grant", role)])],
      estate: {
        incidents: [incident],
        principals: [principal(role)],
        workloads: [
          {
            id: "nightly",
            name: "nightly",
            runsAs: [principalId(role)],
            resources: [],
            exposed: false,
            components: [],
            facts: {},
            origin,
          },
        ],
        events: [
          { ...call("0", "s3:PutBucketPolicy", [bucket]), actor: principalId(role), person: "p.holm" },
        ],
      },
    };
    const plan = planOf(text);
    const step = plan.find(({ kind }) => kind === "revoke-sessions");
    expect(step?.affected.map(({ who, how }) => `${who} ${how}`)).toEqual(
      expect.arrayContaining(["nightly runs as it", "p.holm called s3:PutBucketPolicy"]),
    );
    expect(step?.requires).toEqual(["EMERGENCY_APPROVER"]);
  });

  test("what is gone already needs no step", () => {
    const gone = {
      ...call("2", "iam:DeleteUser", ["arn:aws:iam::111111111111:user/ghost"]),
      credential: "other",
    };
    const made = leaked().estate?.events ?? [];
    const plan = planOf(leaked({ incidents: [incident], events: [...made, gone] }));
    expect(plan.some(({ title }) => title.includes("ghost everything"))).toBe(false);
    expect(plan.some(({ title }) => title === "stop function scan")).toBe(true);
  });

  test("a setting alone: it is closed, asked again, reviewed", () => {
    expect(planOf({ catalogue: calm }).map(({ phase }) => phase)).toEqual(["stop", "retest", "review"]);
  });

  test("the trace says what was created, from when on records are there, and what is missing", () => {
    const { trace, offspring } = decide(caseInput(leaked()), context(leaked()));
    expect(trace.actions[0]?.title).toMatch(/what key AKIA…MPLE created or opened.*: 1 function, 1 user$/);
    expect(offspring?.made.map(({ generation }) => generation)).toEqual([1, 1]);
    const silent = leaked({ events: [] });
    const [first, second] = decide(caseInput(silent), context(silent)).trace.actions;
    expect(first?.title).toContain("nothing on record");
    expect(second?.command ?? "").toContain("lookup-events");
  });
});
