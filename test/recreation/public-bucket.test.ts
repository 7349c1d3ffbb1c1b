import { describe, expect, test } from "vitest";
import { principalId, resourceId, type Definition, type Estate } from "../../src/core/estate/index.js";
import { testOrigin } from "../policy-estate.js";
import {
  accessKey,
  allow,
  analysisOf,
  blocks,
  bucketArn,
  bucketEstate,
  inline,
  prod,
  publicRead,
  roleArn,
  trusts,
  userArn,
} from "./real-access.js";

const question = { resource: resourceId(bucketArn), weakness: "s3.public", subLocator: "" };
const ask = (estate: Estate, policy = {}) => analysisOf(estate, policy).recreate(question);
const writer = inline(allow("s3:PutBucketPolicy"));
const github = `arn:aws:iam::${prod}:oidc-provider/token.actions.githubusercontent.com`;
const subject = (sub: string) => ({
  StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
  StringLike: { "token.actions.githubusercontent.com:sub": sub },
});

describe("each kind of way back has its own path kind (issue 2, done when 5)", () => {
  test("a static key", () => {
    const found = ask(
      bucketEstate(
        { [userArn("svc-batch")]: writer },
        {},
        { credentials: [accessKey(userArn("svc-batch"))] },
      ),
    );
    expect(found).toMatchObject({ verdict: "possible", band: 2 });
    expect(found.paths[0]).toMatchObject({
      kind: "standing-credential",
      leg: "restore",
      verdict: true,
      certainty: "certain",
    });
    expect(found.paths[0]?.hops.map((hop) => hop.cause)).toEqual(["secret", "grant", "guardrail"]);
    expect(found.paths[0]?.because).toBe("static key of svc-batch, 611 days; may change the bucket policy");
    expect(found.checked.join(" · ")).toContain("Deny statement");
  });

  test("a leaked key that becomes a role", () => {
    const copies = [
      {
        place: "repository acme/etl",
        at: ".env:4",
        readableBy: "leaked" as const,
        origin: testOrigin("/copy"),
      },
    ];
    const found = ask(
      bucketEstate(
        {
          [userArn("svc-batch")]: inline(allow("sts:AssumeRole")),
          [roleArn("etl-admin")]: { ...writer, ...trusts({ AWS: `arn:aws:iam::${prod}:root` }) },
        },
        {},
        { credentials: [accessKey(userArn("svc-batch"), { copies })] },
      ),
    );
    expect(found).toMatchObject({ verdict: "possible", band: 1 });
    expect(found.paths[0]?.because).toBe("leaked key of svc-batch is live; → etl-admin");
    expect(found.paths[0]?.hops.map((hop) => hop.cause)).toEqual(["secret", "grant", "grant", "guardrail"]);
    expect(found.paths[0]?.actor).toBe(roleArn("etl-admin"));
  });

  test("a role that a function runs as: conditional while nobody listed functions, certain with one, gone with none", () => {
    const job = { [roleArn("nightly")]: { ...writer, ...trusts({ Service: "lambda.amazonaws.com" }) } };
    const assumed = ask(bucketEstate(job));
    expect(assumed.verdict).toBe("possible");
    expect(assumed.paths[0]).toMatchObject({ kind: "inherited-role", band: 2, certainty: "conditional" });
    expect(assumed.paths[0]?.condition).toContain("assumes");
    const base = bucketEstate(job);
    const resource = {
      id: resourceId(`arn:aws:lambda:eu-west-1:${prod}:function:nightly`),
      kind: "lambda:function",
      name: "nightly",
      properties: new Map(),
      tags: {},
      runsAs: principalId(roleArn("nightly")),
      origin: testOrigin("/functions/0"),
    };
    const shown = ask(bucketEstate(job, {}, { resources: [...base.resources, resource] }));
    expect(shown.paths[0]).toMatchObject({
      kind: "inherited-role",
      certainty: "certain",
      because: "function nightly runs as nightly; may change the bucket policy",
    });
    const inventory = [
      "lambda:function",
      "ec2:instance",
      "ecs:service",
      "ecs:task-definition",
      "codebuild:project",
    ].map((kind) => ({
      topic: "inventory" as const,
      scope: `aws:${prod}/${kind}`,
      origin: testOrigin("/inventory"),
    }));
    expect(ask(bucketEstate(job, {}, { coverage: [...base.coverage, ...inventory] })).verdict).toBe("none");
  });

  test("a broad GitHub subject", () => {
    const found = ask(
      bucketEstate({
        [roleArn("gha-deploy")]: {
          ...writer,
          ...trusts({ Federated: github }, subject("repo:acme*"), "sts:AssumeRoleWithWebIdentity"),
        },
      }),
    );
    expect(found).toMatchObject({ verdict: "possible", band: 1 });
    expect(found.paths[0]).toMatchObject({
      kind: "federated-workload",
      because: "any repository named acme… gets gha-deploy",
    });
    expect(found.paths[0]?.hops[0]?.cause).toBe("federation");
  });

  test("a Terraform definition comes back by itself", () => {
    const definition: Definition = {
      tool: "terraform",
      address: "aws_s3_bucket_policy.reports",
      resourceType: "aws_s3_bucket_policy",
      target: resourceId(bucketArn),
      file: "infra/exports/main.tf",
      line: 41,
      repository: "acme/infra",
      status: "applied",
      declares: new Map([["policy", { Version: "2012-10-17", Statement: [publicRead] } as never]]),
      tags: {},
      origin: testOrigin("/definitions/0"),
    };
    const found = ask(bucketEstate({}, {}, { definitions: [definition] }));
    expect(found).toMatchObject({ verdict: "possible", band: 0 });
    expect(found.paths[0]).toMatchObject({
      kind: "pipeline",
      leg: "drift",
      because: "Terraform sets it: infra/exports/main.tf:41",
      control: { kind: "pipeline" },
    });
    expect(found.paths[0]?.hops[0]?.cause).toBe("code");
    // Destroyed, or safe in code: no drift.
    expect(ask(bucketEstate({}, {}, { definitions: [{ ...definition, status: "destroyed" }] })).verdict).toBe(
      "none",
    );
    expect(ask(bucketEstate({}, {}, { definitions: [{ ...definition, declares: new Map() }] })).verdict).toBe(
      "none",
    );
  });
});

describe("the verdicts that are not yes", () => {
  const key = { credentials: [accessKey(userArn("svc-batch"))] };
  const principals = { [userArn("svc-batch")]: writer };

  test("only administrators are left: governed, expected", () => {
    const found = ask(
      bucketEstate({
        [roleArn("admin")]: {
          ...inline(allow("*")),
          ...trusts(
            { Federated: `arn:aws:iam::${prod}:saml-provider/okta` },
            undefined,
            "sts:AssumeRoleWithSAML",
          ),
        },
      }),
    );
    expect(found).toMatchObject({
      verdict: "governed",
      basis: ["expected"],
      sharedCauses: [`administrators|aws:${prod}`],
      paths: [],
    });
    expect(found.certificate?.atoms.length).toBeGreaterThan(0);
  });

  test("nobody but the floor: none, with a certificate", () => {
    const found = ask(bucketEstate({ [userArn("reader")]: inline(allow("s3:Get*")) }));
    expect(found).toMatchObject({ verdict: "none", basis: ["floor"] });
    expect(found.floor).toEqual(["account root of 222222222222 (no key, MFA on)"]);
    expect(found.certificate?.layers).toContain("iam of aws:222222222222");
  });

  test("SCPs that were not supplied leave it open, and say so", () => {
    const estate = bucketEstate(
      principals,
      {
        accounts: { [prod]: "" },
        covered: ["access-keys", "console", "org-s3-policy", "rcp"].map((topic) => `${topic}|aws:${prod}`),
      },
      key,
    );
    const found = ask(estate);
    expect(found.verdict).toBe("unknown");
    expect(found.missing.map((fact) => fact.key)).toContain(`scp|aws:${prod}`);
    expect(found.wouldDecide.length).toBeGreaterThan(0);
  });

  test.each(["", "s3."])("block settings (%s) that were not supplied leave it open", (level) => {
    const target = level === "" ? bucketArn : `aws:${prod}`;
    const resources = {
      [target]:
        level === ""
          ? {
              account: prod,
              policy: null,
              properties: { ownershipControls: "BucketOwnerEnforced", "acl.publicGrants": [] },
            }
          : { kind: "aws:account", account: prod, properties: {} },
    };
    expect(ask(bucketEstate(principals, { resources }, key)).verdict).toBe("unknown");
  });

  test("a block of the account that the key cannot lift stops it", () => {
    const root = { "root.accessKeyActive": false, "root.mfa": true };
    const resources = {
      [`aws:${prod}`]: {
        kind: "aws:account",
        account: prod,
        properties: { ...blocks("s3.", true), ...root },
      },
    };
    expect(ask(bucketEstate(principals, { resources }, key)).verdict).toBe("none");
  });

  test("identities that were not supplied leave it open", () => {
    expect(ask(bucketEstate({}, { uncovered: [prod] })).verdict).toBe("unknown");
  });

  test("an inactive key starts nothing", () => {
    const credentials = [accessKey(userArn("svc-batch"), { status: "inactive" })];
    expect(ask(bucketEstate(principals, {}, { credentials })).verdict).toBe("none");
  });
});

test("who did it before and still can is band 0, by the record (recreation.md 3)", () => {
  const event = {
    id: "e1",
    at: "2026-11-15T09:14:00Z",
    action: "s3:PutBucketPolicy",
    actor: principalId(userArn("svc-batch")),
    targets: [bucketArn],
    origin: testOrigin("/Records/118"),
  };
  const principals = { [userArn("svc-batch")]: writer };
  const key = { credentials: [accessKey(userArn("svc-batch"))] };
  const found = ask(bucketEstate(principals, {}, { ...key, events: [event] }));
  expect(found).toMatchObject({ verdict: "possible", band: 0 });
  expect(found.paths[0]?.repeatOf?.pointer).toBe("/Records/118");
  // A refused call is no deed, and neither is one on another bucket.
  expect(
    ask(bucketEstate(principals, {}, { ...key, events: [{ ...event, error: "AccessDenied" }] })).band,
  ).toBe(2);
  expect(
    ask(bucketEstate(principals, {}, { ...key, events: [{ ...event, targets: ["arn:aws:s3:::other"] }] }))
      .band,
  ).toBe(2);
});

test("two identical findings differ when only one bucket is within an over-privileged service account's reach (R3)", () => {
  const other = "arn:aws:s3:::acme-website";
  const twin = {
    account: prod,
    policy: null,
    properties: { ...blocks("", false), ownershipControls: "BucketOwnerEnforced", "acl.publicGrants": [] },
  };
  const estate = bucketEstate(
    { [userArn("svc-batch")]: inline(allow("s3:*", [bucketArn, `${bucketArn}/*`])) },
    { resources: { [other]: twin } },
    { credentials: [accessKey(userArn("svc-batch"))] },
  );
  const analysis = analysisOf(estate);
  expect(analysis.recreate(question).verdict).toBe("possible");
  expect(analysis.recreate({ ...question, resource: resourceId(other) }).verdict).toBe("none");
});

test("the same question twice gives the same answer, byte for byte", () => {
  const estate = () =>
    bucketEstate(
      { [userArn("svc-batch")]: writer, [roleArn("a")]: writer },
      {},
      { credentials: [accessKey(userArn("svc-batch"))] },
    );
  expect(JSON.stringify(ask(estate()))).toBe(JSON.stringify(ask(estate())));
});
