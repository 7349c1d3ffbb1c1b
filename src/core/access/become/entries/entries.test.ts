import { describe, expect, test } from "vitest";
import {
  policyEstate,
  testOrigin,
  type EstateText,
  type PolicyText,
} from "../../../../../test/policy-estate.js";
import {
  awsAccount,
  createEstate,
  credentialId,
  principalId,
  resourceId,
  type Credential,
  type EstateFacts,
  type Pipeline,
  type Principal,
} from "../../../estate/index.js";
import { createAccessEngine, createBecome, type AccessPolicy, type Sanction } from "../../index.js";

const A = "111111111111";
const B = "222222222222";
const X = "999999999999";
const user = (name: string): string => `arn:aws:iam::${A}:user/${name}`;
const role = (name: string): string => `arn:aws:iam::${A}:role/${name}`;
const github = `arn:aws:iam::${A}:oidc-provider/token.actions.githubusercontent.com`;
const sub = "token.actions.githubusercontent.com:sub";
type Conditions = Record<string, Record<string, string | string[]>>;
const trusts = (
  Principal: Record<string, string | string[]> | "*",
  Condition?: Conditions,
  Action = "sts:AssumeRole",
): PolicyText => ({
  Statement: [{ Effect: "Allow", Action, Principal, ...(Condition === undefined ? {} : { Condition }) }],
});
const web = (Condition?: Conditions, provider = github): PolicyText =>
  trusts({ Federated: provider }, Condition, "sts:AssumeRoleWithWebIdentity");
const admin: PolicyText = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const base: AccessPolicy = {
  now: "2026-11-22T00:00:00Z",
  sanctions: [],
  sharedCause: 0.6,
  jitMaxHours: 12,
  maxRoutes: 50,
};

function entriesOf(
  id: string,
  text: EstateText,
  more: (facts: EstateFacts) => Partial<EstateFacts> = () => ({}),
  sanctions: readonly Sanction[] = [],
) {
  const estate = policyEstate({
    accounts: { [A]: "none" },
    covered: [`access-keys|aws:${A}`, `console|aws:${A}`],
    ...text,
  });
  const engine = createAccessEngine(createEstate({ ...estate, ...more(estate) }));
  return createBecome(engine, { ...base, sanctions }).entriesOf(principalId(id));
}

const short = (entries: ReturnType<typeof entriesOf>) =>
  entries.map(
    ({ band, kind, label, verdict, certainty }) =>
      `${String(band)} ${kind}: ${label}${verdict === true ? "" : " ?"}${certainty === "certain" ? "" : " (assumed)"}`,
  );
const ofTrust = (
  trust: PolicyText,
  text: EstateText = {},
  more?: (facts: EstateFacts) => Partial<EstateFacts>,
) => short(entriesOf(role("r"), { principals: { [role("r")]: { trust } }, ...text }, more));

const key = (more: Partial<Credential> = {}): Credential => ({
  id: credentialId("aws:access-key/AKIAIOSFODNN7EXAMPLE"),
  kind: "access-key",
  holder: principalId(user("ana")),
  status: "active",
  createdAt: "2025-03-21T00:00:00Z",
  autoRotated: "unknown",
  copies: [],
  consumers: [],
  origin: testOrigin("/keys/0"),
  ...more,
});
const withKeys = (...credentials: Credential[]) =>
  short(entriesOf(user("ana"), { principals: { [user("ana")]: {} } }, () => ({ credentials })));
const withConsole = (
  console: Omit<NonNullable<Principal["console"]>, "origin">,
  policies: readonly PolicyText[] = [],
) =>
  short(
    entriesOf(user("ana"), { principals: { [user("ana")]: { policies } } }, (facts) => ({
      principals: facts.principals.map((item) => ({
        ...item,
        console: { ...console, origin: testOrigin("/report") },
      })),
    })),
  );

describe("standing credentials (recreation.md 3)", () => {
  test("an active key is band 2, a leaked or public copy band 1, inactive and expired ones are no entry", () => {
    expect(withKeys(key())).toEqual(["2 standing-credential: static key AKIA…MPLE, active, 611 days"]);
    const copy = {
      place: "repository acme/etl",
      readableBy: "public" as const,
      origin: testOrigin("/copies/0"),
    };
    expect(withKeys(key({ copies: [copy] }))).toEqual([
      "1 standing-credential: static key AKIA…MPLE, active, 611 days, public in repository acme/etl",
    ]);
    expect(withKeys(key({ status: "inactive" }), key({ expiresAt: "2026-01-01T00:00:00Z" }))).toEqual([]);
  });

  test("keys that nobody listed are unknown and say how to list them", () => {
    const entries = entriesOf(user("ana"), {
      covered: [`console|aws:${A}`],
      principals: { [user("ana")]: {} },
    });
    expect(short(entries)).toEqual(["2 standing-credential: perhaps a static key ?"]);
    expect(entries[0]?.missing[0]).toMatchObject({
      key: `access-keys|aws:${A}`,
      collect: "aws iam get-credential-report",
    });
  });

  test("console: without a second factor band 2; with one a person, band 3 only for an administrator; unknown is not band 3", () => {
    expect(withConsole({ password: true, mfa: false })).toEqual([
      "2 standing-credential: console password without second factor",
    ]);
    expect(withConsole({ password: true, mfa: true })).toEqual([
      "2 human: console password with second factor",
    ]);
    expect(withConsole({ password: true, mfa: true }, [admin])).toEqual([
      "3 human: console password with second factor",
    ]);
    expect(withConsole({ password: true, mfa: "unknown" }, [admin])).toEqual([
      "2 human: console password, second factor not known ?",
    ]);
    expect(withConsole({ password: false, mfa: false })).toEqual([]);
  });

  test("root: key or no second factor band 2, both in order floor, not collected unknown", () => {
    const root = (properties: Record<string, boolean>) =>
      short(
        entriesOf(`arn:aws:iam::${A}:root`, {
          principals: { [user("ana")]: {} },
          resources: { [`aws:${A}`]: { kind: "aws:account", account: A, properties } },
        }),
      );
    expect(root({ "root.accessKeyActive": true, "root.mfa": true })).toEqual([
      "2 root: root access key, active",
    ]);
    expect(root({ "root.accessKeyActive": false, "root.mfa": false })).toEqual([
      "2 root: root without second factor",
    ]);
    expect(root({ "root.accessKeyActive": false, "root.mfa": true })).toEqual([]);
    expect(root({})).toEqual(["2 root: root, its key and second factor not known ?"]);
  });
});

describe("trust between accounts", () => {
  test("outside without external id band 1, with one band 2; anyone band 1", () => {
    expect(ofTrust(trusts({ AWS: `arn:aws:iam::${X}:root` }))).toEqual([
      `1 trust: any identity of account ${X}, no external id`,
    ]);
    expect(ofTrust(trusts({ AWS: X }, { StringEquals: { "sts:ExternalId": "s3cr3t" } }))).toEqual([
      `2 trust: any identity of account ${X}, with external id`,
    ]);
    expect(ofTrust(trusts("*"))).toEqual(["1 trust: anyone with an AWS account"]);
    expect(ofTrust(trusts({ AWS: "AROAEXAMPLEID" }))).toEqual([]);
  });

  test("our own account whose identities were not supplied is unknown and names the command", () => {
    const entries = entriesOf(role("r"), {
      accounts: { [A]: "o-test", [B]: "o-test" },
      uncovered: [B],
      principals: { [role("r")]: { trust: trusts({ AWS: `arn:aws:iam::${B}:root` }) } },
    });
    expect(short(entries)).toEqual([`2 trust: identities of account ${B}, not supplied ?`]);
    expect(entries[0]?.missing[0]).toEqual({
      key: `iam|aws:${B}`,
      fact: `identities of account ${B}`,
      collect: "aws iam get-account-authorization-details",
    });
  });

  test("a vendor's account that some document merely names stays outside (recreation.md 3, band 1)", () => {
    const vendor = trusts({ AWS: `arn:aws:iam::${X}:root` });
    const named = {
      id: awsAccount(X),
      provider: "aws",
      name: "vault-backup",
      origin: testOrigin("/accounts/0"),
    };
    const label = `any identity of account ${X}, no external id`;
    const withVendor = (accounts: Record<string, string>) =>
      short(
        entriesOf(role("r"), { accounts, principals: { [role("r")]: { trust: vendor } } }, (facts) => ({
          accounts: [...facts.accounts, named],
        })),
      );
    expect(withVendor({ [A]: "none" })).toEqual([`1 trust: ${label}`]);
    expect(withVendor({ [A]: "o-test" })).toEqual([`1 trust: ${label}`]);
    // Another organisation is another company's.
    expect(ofTrust(vendor, { accounts: { [A]: "o-test", [X]: "o-vendor" }, uncovered: [X] })).toEqual([
      `1 trust: ${label}`,
    ]);
    // One that the estate states to be of our organisation is ours.
    expect(ofTrust(vendor, { accounts: { [A]: "o-test", [X]: "o-test" }, uncovered: [X] })).toEqual([
      `2 trust: identities of account ${X}, not supplied ?`,
    ]);
  });

  test("the organisation's own role with no organisation supplied: unknown, its name only a hint", () => {
    const id = role("OrganizationAccountAccessRole");
    const [entry] = entriesOf(id, {
      accounts: { [A]: "" },
      principals: { [id]: { trust: trusts({ AWS: `arn:aws:iam::${X}:root` }) } },
    });
    expect(entry).toMatchObject({ verdict: "unknown", band: 2 });
    expect(entry?.hint).toContain("looks like");
  });
});

describe("services and compute", () => {
  const lambda = trusts({ Service: "lambda.amazonaws.com" });
  const running =
    (internetReachable: boolean) =>
    (facts: EstateFacts): Partial<EstateFacts> => ({
      resources: [
        {
          id: resourceId(`arn:aws:lambda:eu-west-1:${A}:function:etl`),
          kind: "lambda:function",
          name: "etl",
          runsAs: principalId(role("r")),
          properties: new Map([
            ["internetReachable", { value: internetReachable, origin: testOrigin("/f") }],
          ]),
          tags: {},
          origin: testOrigin("/f"),
        },
        ...facts.resources,
      ],
    });
  test("known compute band 2, reachable from the internet band 1, not collected assumed, inventoried and absent gone", () => {
    expect(ofTrust(lambda, {}, running(false))).toEqual(["2 inherited-role: function etl runs as it"]);
    expect(ofTrust(lambda, {}, running(true))).toEqual([
      "1 inherited-role: function etl runs as it, reachable from the internet",
    ]);
    expect(ofTrust(lambda)).toEqual(["2 inherited-role: a function that runs as it (assumed)"]);
    expect(ofTrust(lambda, { covered: [`inventory|aws:${A}/lambda:function`] })).toEqual([]);
  });

  test("an EC2 role without instance profile runs nowhere; service-linked roles are floor", () => {
    expect(ofTrust(trusts({ Service: "ec2.amazonaws.com" }))).toEqual([]);
    expect(
      short(
        entriesOf(role("r"), { principals: { [role("r")]: { trust: lambda, immutable: "service-linked" } } }),
      ),
    ).toEqual([]);
  });
});

describe("federated workloads: subject sets as symbolic identities", () => {
  test.each([
    ["no subject at all", undefined, "1 federated-workload: any GitHub repository"],
    [
      "owner prefix",
      { StringLike: { [sub]: "repo:acme*" } },
      "1 federated-workload: any repository named acme…",
    ],
    [
      "whole organisation",
      { StringLike: { [sub]: "repo:acme/*" } },
      "1 federated-workload: any repository of acme",
    ],
    [
      "repository prefix",
      { StringLike: { [sub]: "repo:acme/etl*" } },
      "1 federated-workload: any repository named acme/etl…",
    ],
    [
      "pinned repository",
      { StringLike: { [sub]: "repo:acme/etl:*" } },
      "2 federated-workload: repository acme/etl",
    ],
    [
      "pinned environment",
      { StringEquals: { [sub]: "repo:acme/etl:environment:production" } },
      "2 federated-workload: repository acme/etl, environment production",
    ],
    [
      "pinned by ids",
      { StringEquals: { [sub]: "repo:acme@12/etl@34:ref:refs/heads/main" } },
      "2 federated-workload: repository acme/etl, branch main",
    ],
    [
      "another claim that pins",
      { StringEquals: { "token.actions.githubusercontent.com:repository": "acme/etl" } },
      "2 federated-workload: repository acme/etl",
    ],
    [
      "ForAllValues on a claim that may be absent",
      { "ForAllValues:StringEquals": { "token.actions.githubusercontent.com:repository": "acme/etl" } },
      "1 federated-workload: any GitHub repository",
    ],
    [
      "ForAllValues on sub, which every token carries",
      { "ForAllValues:StringEquals": { [sub]: "repo:acme/etl:ref:refs/heads/main" } },
      "2 federated-workload: repository acme/etl, branch main",
    ],
    [
      "a negated operator pins nothing",
      { StringNotLike: { [sub]: "repo:evil/*" } },
      "1 federated-workload: any GitHub repository",
    ],
  ] as const)("%s", (_, condition, expected) => {
    expect(ofTrust(web(condition))).toEqual([expected]);
  });

  test("GitLab, Terraform Cloud, Bitbucket and EKS", () => {
    const at = (host: string, claim: string): PolicyText =>
      web({ StringLike: { [`${host}:sub`]: claim } }, `arn:aws:iam::${A}:oidc-provider/${host}`);
    expect(ofTrust(at("gitlab.com", "project_path:acme/etl:ref_type:branch:ref:main"))).toEqual([
      "2 federated-workload: GitLab project acme/etl",
    ]);
    expect(ofTrust(at("gitlab.com", "project_path:acme/*:ref_type:branch:ref:main"))).toEqual([
      "1 federated-workload: any GitLab project named acme/…",
    ]);
    expect(ofTrust(at("app.terraform.io", "organization:acme:project:p:workspace:prod:run_phase:*"))).toEqual(
      ["2 federated-workload: Terraform Cloud workspace acme/prod"],
    );
    expect(
      ofTrust(at("api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc", "{uuid}:*")),
    ).toEqual(["2 federated-workload: Bitbucket repository {uuid}"]);
    expect(ofTrust(at("oidc.eks.eu-west-1.amazonaws.com/id/ABC", "system:serviceaccount:etl:load"))).toEqual([
      "2 federated-workload: pods with service account etl/load",
    ]);
  });

  test("a provider of another account signs nobody in; an audience that the provider does not take neither", () => {
    expect(ofTrust(web(undefined, github.replace(A, X)))).toEqual([]);
    const providers = [
      { id: github, kind: "oidc" as const, clientIds: ["sts.amazonaws.com"], origin: testOrigin("/p") },
    ];
    const audience = (value: string) =>
      web({
        StringEquals: {
          "token.actions.githubusercontent.com:aud": value,
          [sub]: "repo:acme/etl:ref:refs/heads/main",
        },
      });
    expect(ofTrust(audience("other"), {}, () => ({ providers }))).toEqual([]);
    expect(ofTrust(audience("sts.amazonaws.com"), {}, () => ({ providers }))).toHaveLength(1);
  });
});

describe("people and sanction", () => {
  const saml = trusts(
    { Federated: `arn:aws:iam::${A}:saml-provider/okta` },
    undefined,
    "sts:AssumeRoleWithSAML",
  );
  test("SAML and Identity Center: band 3 only for administrator-equivalent roles", () => {
    expect(ofTrust(saml)).toEqual(["2 human: people signing in through okta"]);
    const id = `arn:aws:iam::${A}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef`;
    expect(
      short(
        entriesOf(id, {
          principals: { [id]: { trust: saml, policies: [admin], immutable: "aws-reserved" } },
        }),
      ),
    ).toEqual(["3 human: people assigned Admin in Identity Center"]);
  });

  const sanction = (more: Partial<Sanction> = {}): Sanction => ({
    kind: "break-glass",
    role: role("break-glass"),
    from: "saml:okta",
    reason: "sealed",
    approvedBy: "m.okafor",
    until: "2027-01-31",
    stated: { approvalByOther: true, endsWithinHours: 4, mfaRequired: true, loggedElsewhere: true },
    ...more,
  });
  const glass = (sanctions: readonly Sanction[], more?: (facts: EstateFacts) => Partial<EstateFacts>) =>
    entriesOf(
      role("break-glass"),
      { principals: { [role("break-glass")]: { trust: saml, policies: [admin] } } },
      more,
      sanctions,
    )[0];

  test("break-glass: a name proves nothing, proven is band 4, expired counts for nothing, a use since the incident unproves", () => {
    expect(glass([])).toMatchObject({ band: 3, hint: "looks like break-glass: confirm in the catalogue" });
    expect(glass([sanction()])).toMatchObject({ band: 4, rawBand: 3, sanction: { proven: true } });
    expect(glass([sanction({ until: "2026-11-21" })])?.sanction).toBeUndefined();
    expect(glass([sanction({ stated: { ...sanction().stated, loggedElsewhere: "unknown" } })])).toMatchObject(
      { band: 3, sanction: { proven: false, unproven: ["use is logged where its holder cannot change it"] } },
    );
    const used = (facts: EstateFacts) => ({
      principals: facts.principals.map((item) => ({ ...item, lastUsedAt: "2026-10-01T00:00:00Z" })),
    });
    expect(glass([sanction()], used)).toMatchObject({ band: 3, sanction: { proven: false } });
  });

  const ci = role("gha");
  const starter = "repo:acme/etl:environment:production";
  const pipeline = (gate: Partial<Pipeline["gate"]> = {}): Pipeline => ({
    id: "acme/etl#deploy.yml",
    repository: "acme/etl",
    uses: [{ ref: "x/y@0123456789012345678901234567890123456789", pinned: true }],
    secrets: [],
    ranAt: [],
    gate: { protectedRef: true, reviewRequired: true, adminBypass: false, ...gate },
    origin: testOrigin("/pipelines/0"),
  });
  const gated = (pipelines: readonly Pipeline[], policies: readonly PolicyText[] = []) =>
    entriesOf(
      ci,
      { principals: { [ci]: { trust: web({ StringEquals: { [sub]: starter } }), policies } } },
      () => ({ pipelines }),
      [sanction({ kind: "gated-pipeline", role: ci, from: starter })],
    )[0];

  test("gated pipeline: every condition is needed, and a role that can change itself is not gated", () => {
    expect(gated([pipeline()])).toMatchObject({ band: 4, sanction: { proven: true } });
    expect(gated([])).toMatchObject({
      band: 2,
      sanction: { unproven: ["unknown gate: no data about repository acme/etl"] },
    });
    for (const gate of [
      { protectedRef: false },
      { reviewRequired: "unknown" as const },
      { adminBypass: true },
    ])
      expect(gated([pipeline(gate)])).toMatchObject({ band: 2, sanction: { proven: false } });
    const self: PolicyText = {
      Statement: [{ Effect: "Allow", Action: "iam:UpdateAssumeRolePolicy", Resource: ci }],
    };
    expect(gated([pipeline()], [self])).toMatchObject({
      band: 2,
      sanction: { unproven: ["the role cannot change its own trust or rights"] },
    });
  });

  test("a pipeline of the trusted repository is the trusted entry, one of another repository is not", () => {
    const entries = (repository: string): readonly string[] =>
      entriesOf(
        ci,
        { principals: { [ci]: { trust: web({ StringEquals: { [sub]: starter } }) } } },
        () => ({
          pipelines: [{ ...pipeline(), id: `${repository}#deploy.yml`, repository, runsAs: principalId(ci) }],
        }),
        [sanction({ kind: "gated-pipeline", role: ci, from: starter })],
      ).map((entry) => `${entry.starter} band ${entry.band}`);
    expect(entries("acme/etl")).toEqual([`${starter} band 4`]);
    expect(entries("acme/other")).toHaveLength(2);
  });
});
