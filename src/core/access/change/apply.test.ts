import { describe, expect, test } from "vitest";
import { policyEstate, testOrigin } from "../../../../test/policy-estate.js";
import {
  createEstate,
  credentialId,
  principalId,
  resourceId,
  type Credential,
  type Estate,
} from "../../estate/index.js";
import { createBecome } from "../become/become.js";
import { createAccessEngine } from "../engine-factory.js";
import type { AccessPolicy } from "../sanction.js";
import { applyChanges } from "./apply.js";
import type { Change } from "./change.js";

const A = "111111111111";
const X = "999999999999";
const ana = principalId(`arn:aws:iam::${A}:user/ana`);
const gha = principalId(`arn:aws:iam::${A}:role/gha`);
const vendor = principalId(`arn:aws:iam::${A}:role/vendor`);
const linked = principalId(`arn:aws:iam::${A}:role/aws-service-role/x.amazonaws.com/linked`);
const bucket = resourceId("arn:aws:s3:::exports");
const key = credentialId("aws:access-key/AKIAIOSFODNN7EXAMPLE");
const github = `arn:aws:iam::${A}:oidc-provider/token.actions.githubusercontent.com`;
const sub = "token.actions.githubusercontent.com:sub";
const policy: AccessPolicy = {
  now: "2026-11-22T00:00:00Z",
  sanctions: [],
  sharedCause: 0.6,
  jitMaxHours: 12,
  maxRoutes: 50,
};

const credential: Credential = {
  id: key,
  kind: "access-key",
  holder: ana,
  status: "active",
  autoRotated: "unknown",
  copies: [{ place: "repository acme/etl", readableBy: "leaked", origin: testOrigin("/0") }],
  consumers: [],
  origin: testOrigin("/0"),
};

function estateOf(): Estate {
  const facts = policyEstate({
    accounts: { [A]: "none" },
    covered: [`access-keys|aws:${A}`, `console|aws:${A}`],
    principals: {
      [ana]: {
        policies: [
          {
            Statement: [
              { Sid: "Read", Effect: "Allow", Action: "s3:Get*", Resource: "*" },
              {
                Sid: "Write",
                Effect: "Allow",
                Action: ["s3:PutBucketPolicy", "s3:PutObject"],
                Resource: bucket,
              },
            ],
          },
        ],
      },
      [gha]: {
        trust: {
          Statement: [
            {
              Effect: "Allow",
              Action: "sts:AssumeRoleWithWebIdentity",
              Principal: { Federated: github },
              Condition: { StringLike: { [sub]: "repo:acme*" } },
            },
          ],
        },
      },
      [vendor]: {
        trust: {
          Statement: [
            {
              Effect: "Allow",
              Action: "sts:AssumeRole",
              Principal: { AWS: [`arn:aws:iam::${X}:root`, ana] },
            },
          ],
        },
      },
      [linked]: { immutable: "service-linked", trust: { Statement: [] } },
    },
    resources: { [bucket]: { kind: "s3:bucket", account: A, policy: null, properties: {} } },
  });
  return createEstate({ ...facts, credentials: [credential] });
}

const inline = (estate: Estate): string => `inline/${estate.principal(ana)?.inline[0]?.name ?? ""}`;
const entries = (estate: Estate, of: typeof ana) =>
  createBecome(createAccessEngine(estate), policy)
    .entriesOf(of)
    .map(({ band, label }) => `${String(band)} ${label}`);

describe("applied changes", () => {
  const estate = estateOf();
  const apply = (...changes: Change[]) => applyChanges(estate, changes);

  test("what is not spoken of stays the same object", () => {
    const { estate: after, unapplied, touched } = apply({ kind: "revoke", credential: key });
    expect(unapplied).toEqual([]);
    expect(after.principals).toBe(estate.principals);
    expect(after.principal(ana)).toBe(estate.principal(ana));
    expect(touched.principals.size).toBe(0);
    expect(estate.credentialsOf(ana)[0]?.status).toBe("active");
    expect(after.credentialsOf(ana)[0]?.status).toBe("deleted");
  });

  test("a revoked key lets nobody in; a rotated one is worth nothing where copies lie", () => {
    expect(entries(estate, ana)).toEqual(["1 static key AKIA…MPLE, active, leaked in repository acme/etl"]);
    expect(entries(apply({ kind: "revoke", credential: key }).estate, ana)).toEqual([]);
    expect(entries(apply({ kind: "rotate", credential: key }).estate, ana)).toEqual([
      "2 static key AKIA…MPLE, active",
    ]);
  });

  test("a statement by Sid or index; the other keeps its pointer", () => {
    const gone = apply({
      kind: "removeStatement",
      statement: { principal: ana, policy: inline(estate), sid: "Read" },
    });
    expect(gone.unapplied).toEqual([]);
    expect(gone.estate.principal(ana)?.inline[0]?.document.statements.map(({ pointer }) => pointer)).toEqual([
      "/Statement/1",
    ]);
    // An index means the document as it was, whatever went before.
    const both = apply(
      { kind: "removeStatement", statement: { principal: ana, policy: inline(estate), index: 0 } },
      {
        kind: "narrowStatement",
        statement: { principal: ana, policy: inline(estate), index: 1 },
        actions: ["s3:PutObject"],
      },
    );
    expect(both.unapplied).toEqual([]);
    expect(both.estate.principal(ana)?.inline[0]?.document.statements[0]?.action.patterns).toEqual([
      "s3:PutObject",
    ]);
  });

  test("tightening replaces what the trust says of the subject, and its band follows", () => {
    expect(entries(estate, gha)).toEqual(["1 any repository named acme…"]);
    const { estate: after, unapplied } = apply({
      kind: "tightenTrust",
      role: gha,
      condition: [{ operator: "StringEquals", key: sub, values: ["repo:acme/etl:environment:production"] }],
    });
    expect(unapplied).toEqual([]);
    expect(entries(after, gha)).toEqual(["2 repository acme/etl, environment production"]);
    const external = apply({
      kind: "tightenTrust",
      role: vendor,
      condition: [{ operator: "StringEquals", key: "sts:ExternalId", values: ["x1"] }],
    });
    expect(entries(external.estate, vendor)).toContain(`2 any identity of account ${X}, with external id`);
  });

  test("an account is the same by its digits, its id and its root", () => {
    for (const name of [X, `aws:${X}`, `arn:aws:iam::${X}:root`]) {
      const { estate: after, unapplied } = apply({ kind: "removeTrust", role: vendor, principal: name });
      expect(unapplied).toEqual([]);
      expect(after.principal(vendor)?.trustPolicy?.document.statements[0]?.principal?.aws).toEqual([ana]);
    }
  });

  test("a disabled identity can do nothing and nobody enters it", () => {
    const { estate: after } = apply({ kind: "disablePrincipal", principal: ana });
    expect(createAccessEngine(after).verdict(ana, "s3:GetObject", `${bucket}/x`)).toBe(false);
    expect(entries(after, ana)).toEqual([]);
  });

  test("just-in-time: standing trust goes, the elevation is a proven sanction (recreation.md 3)", () => {
    const { estate: after, sanctions } = apply({
      kind: "justInTime",
      role: vendor,
      from: "saml:okta",
      maxHours: 4,
    });
    const become = createBecome(createAccessEngine(after), { ...policy, sanctions });
    expect(become.entriesOf(vendor).map(({ band }) => band)).toEqual([4]);
  });

  test("switches of an account that no document listed as a resource", () => {
    const property = "s3.publicAccessBlock.BlockPublicPolicy";
    const { estate: after, unapplied } = apply({
      kind: "set",
      resource: resourceId(`aws:${A}`),
      property,
      to: true,
    });
    expect(unapplied).toEqual([]);
    expect(after.resource(resourceId(`aws:${A}`))?.properties.get(property)?.value).toBe(true);
  });

  test.each<[string, Change, RegExp]>([
    [
      "an unknown credential",
      { kind: "revoke", credential: credentialId("aws:access-key/NO") },
      /holds no credential `aws:access-key\/NO`/,
    ],
    [
      "an unknown identity",
      { kind: "disablePrincipal", principal: principalId("user:no") },
      /holds no identity `user:no`/,
    ],
    [
      "an unknown statement",
      { kind: "removeStatement", statement: { principal: ana, policy: "inline/none" } },
      /has no policy `inline\/none`; it has `inline\//,
    ],
    [
      "a Sid that is not there",
      { kind: "removeStatement", statement: { principal: ana, policy: inline(estate), sid: "No" } },
      /no statement has the Sid `No`/,
    ],
    [
      "no statement named among two",
      { kind: "removeStatement", statement: { principal: ana, policy: inline(estate) } },
      /has 2 statements: name one/,
    ],
    [
      "narrowing to something wider",
      {
        kind: "narrowStatement",
        statement: { principal: ana, policy: inline(estate), sid: "Read" },
        actions: ["s3:*"],
      },
      /`s3:\*` is not within/,
    ],
    ["a service-linked role", { kind: "disablePrincipal", principal: linked }, /service-linked: nobody/],
    [
      "a trust that names somebody else",
      { kind: "removeTrust", role: vendor, principal: "aws:123456789012" },
      /does not name `aws:123456789012`/,
    ],
    [
      "a subject where no token is admitted",
      {
        kind: "tightenTrust",
        role: vendor,
        condition: [{ operator: "StringEquals", key: sub, values: ["x"] }],
      },
      /has no statement that `token/,
    ],
    [
      "an unknown property",
      { kind: "set", resource: bucket, property: "colour", to: 1 },
      /has no property `colour`/,
    ],
    [
      "a guard rail without an organisation",
      {
        kind: "addGuardrail",
        type: "scp",
        target: "ou-1",
        name: "x",
        document: { version: "2012-10-17", statements: [] },
      },
      /no organisation of the estate holds `ou-1`/,
    ],
    [
      "code that nobody wrote",
      { kind: "replaceCode", address: "aws_s3_bucket.x", set: {} },
      /no code defines/,
    ],
    [
      "an attachment that is not there",
      { kind: "removeAttachment", principal: ana, policy: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
      /is not attached/,
    ],
    ["a short commit", { kind: "pin", uses: "x/y", commit: "abc" }, /no commit/],
    ["an unknown workload", { kind: "isolate", workload: "workload:no" }, /no workload `workload:no`/],
    [
      "an unknown component",
      { kind: "upgrade", component: "pkg:npm/x", to: "2" },
      /no workload of the estate holds/,
    ],
    [
      "an app without consent",
      { kind: "removeConsent", app: principalId("entra:app/1"), scopes: [] },
      /no consent/,
    ],
  ])("%s is said, and changes nothing", (_, change, reason) => {
    const result = apply(change);
    expect(result.unapplied.map((item) => item.reason)[0]).toMatch(reason);
    expect(result.touched.principals.size + result.touched.resources.size).toBe(0);
  });
});
