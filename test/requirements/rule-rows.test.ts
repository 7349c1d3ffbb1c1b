import { describe, expect, test } from "vitest";
import { emptyCatalogue } from "../../src/core/accountability/index.js";
import { decide } from "../../src/core/decision/decide.js";
import { credentialId, principalId, type Workload } from "../../src/core/estate/index.js";
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
} from "../decision/build.js";
import { parsePolicyDocument } from "../../src/core/estate/index.js";

/** Rows that one rule decides, each on the smallest case in which it does, and beside it the case in which it does not. */
const decided = (text: CaseText) => decide(caseInput(text), context(text));
const policy = { ...emptyCatalogue.policy, regulated: false as const };
const calm = { policy, workloads: [workload()] };
const fixed = (text: CaseText): readonly (readonly [number, string])[] =>
  decided(text).fix.map(({ row, accountable }) => [row, accountable]);
const ids = (text: CaseText): readonly string[] => decided(text).rules.map(({ id }) => id);

const key = credentialId("aws:access-key/AKIAIOSFODNN7EXAMPLE");
const etl: Workload = {
  id: "etl",
  name: "etl",
  runsAs: [principalId(roleArn("etl"))],
  resources: [],
  exposed: true,
  components: [],
  facts: { customerFacing: false, patchAvailable: true, exploited: false },
  origin,
};
const secret = (more: Partial<NonNullable<NonNullable<CaseText["estate"]>["credentials"]>[number]> = {}) => ({
  id: credentialId("secret:etl-db"),
  kind: "database-password" as const,
  holder: principalId(roleArn("etl")),
  status: "active" as const,
  autoRotated: true as const,
  copies: [],
  consumers: ["etl"],
  origin,
  ...more,
});
const policyUse = (Action: string | readonly string[], Resource: string) => ({
  name: "own",
  document: parsePolicyDocument({ Version: "2012-10-17", Statement: { Effect: "Allow", Action, Resource } })
    .document!,
  origin,
});
/** A flaw in a job, its identity and secret as given. */
const flawed = (more: {
  readonly job?: Partial<Workload>;
  readonly policies?: readonly ReturnType<typeof policyUse>[];
  readonly secrets?: readonly ReturnType<typeof secret>[];
  readonly privileges?: readonly string[];
}): CaseText => ({
  kind: "flaw",
  exposure: {
    weakness: "vulnerability.component",
    class: "vulnerability",
    resource: "workload:etl",
    severity: "medium",
  },
  catalogue: { policy, workloads: [{ ...workload({ privileged: false }), id: "etl" }] },
  estate: {
    principals: [principal(roleArn("etl"), { inline: more.policies ?? [] })],
    workloads: [{ ...etl, ...more.job }],
    credentials: more.secrets ?? [secret()],
  },
  ...(more.privileges === undefined ? {} : { privileges: { [roleArn("etl")]: more.privileges } }),
});
const incident = { id: "inc-1", declaredAt: now, scope: bucket, exploited: true as const, used: [], origin };

describe("cause", () => {
  test("R5: what comes back through an identity is no settings ticket: review and rotation are in the same case", () => {
    const found = decided({ catalogue: calm, paths: [path([hop("grant", roleArn("etl"))])] });
    expect(found.facts.can_recur?.value).toBe(true);
    expect(found.rules.map(({ id }) => id)).not.toContain("D1");
    expect(found.followUps.accessReview.owner).toBe("IDGOV");
    expect(found.followUps.secretRotation.owner).toBe("SECRETS");
    expect(found.fix.map(({ row }) => row)).toEqual([3, 11]);
  });

  const lone = [hop("grant", roleArn("etl"))];
  test.each<readonly [string, string, CaseText, CaseText]>([
    [
      "a secret that strangers can read",
      "standing_secret_exposed",
      { exposure: { weakness: "iam.key.exposed", class: "credential" } },
      { exposure: { weakness: "iam.key.stale", class: "credential" } },
    ],
    [
      "a role that is inherited",
      "inherited_role",
      { paths: [path(lone, { kind: "inherited-role" })] },
      { paths: [path(lone)] },
    ],
    [
      "a trust through which strangers start",
      "overbroad_trust",
      { paths: [path(lone, { kind: "trust", band: 1 })] },
      { paths: [path(lone, { kind: "trust", band: 2 })] },
    ],
    [
      "a secret that lies in two places",
      "secret_reused",
      { paths: [path(lone, { kind: "secret-reuse" })] },
      { paths: [path(lone)] },
    ],
  ])("R6: the trace looks for %s", (_what, fact, on, off) => {
    expect(decided({ catalogue: calm, ...on }).facts[fact]?.value).toBe(true);
    expect(decided({ catalogue: calm, ...off }).facts[fact]?.value).toBe(false);
  });

  test.each([
    ["broad permissions", { policies: [policyUse("s3:*", "*")] }],
    ["a secret that stands", { secrets: [secret({ autoRotated: false })] }],
    ["a control plane that is not separate", { job: { facts: { ...etl.facts, weakSeparation: true } } }],
  ])(
    "R7: %s alone makes an organisational case of a flaw: identity governance answers too",
    (_what, more) => {
      expect(fixed(flawed(more))).toContainEqual([3, "IDGOV"]);
      expect(fixed(flawed({}))).not.toContainEqual([3, "IDGOV"]);
    },
  );

  test("R7: by rights over permissions of the workload's own identity the same, without anybody stating it", () => {
    expect(fixed(flawed({ privileges: ["iam:PassRole"] }))).toContainEqual([3, "IDGOV"]);
  });

  test("R8: excess rights behind a modest defect are an item of their own and raise the tier", () => {
    const alone = decided(flawed({}));
    const combined = decided(flawed({ privileges: ["iam:AttachRolePolicy"] }));
    expect(combined.facts.privileged?.value).toBe(true);
    expect([alone.tier, combined.tier]).toEqual([1, 2]);
    expect(combined.fix.find(({ row }) => row === 3)?.item).toContain("iam:AttachRolePolicy");
  });

  test("R9: a guard rail that is off is the platform team's item, also without any bug", () => {
    const off = { id: "imdsv2", kind: "effect" as const, resource: bucket, state: "off" as const, origin };
    const text = (guardrails: NonNullable<CaseText["estate"]>["guardrails"]): CaseText => ({
      catalogue: calm,
      paths: [path([hop("grant", roleArn("etl"))])],
      estate: { ...(guardrails === undefined ? {} : { guardrails }) },
    });
    expect(fixed(text([off]))).toContainEqual([6, "PLATFORM"]);
    expect(fixed(text([]))).not.toContainEqual([6, "PLATFORM"]);
  });

  test("R10: the same key and grant on another bucket are the same access path; another key is not", () => {
    const pathKey = (resource: string, credential: string): string =>
      decided({
        exposure: { resource },
        catalogue: calm,
        paths: [path([hop("secret", credential), hop("grant", roleArn("etl"))], { credential })],
      }).accessPathKey;
    expect(pathKey("arn:aws:s3:::other", "k1")).toBe(pathKey(bucket, "k1"));
    expect(pathKey(bucket, "k2")).not.toBe(pathKey(bucket, "k1"));
  });

  test("R11: code, inherited right, pipeline secret and workload token are four items with four owners", () => {
    const hops = [
      hop("code", "infra"),
      hop("secret", "ci-key"),
      hop("federation", "token"),
      hop("grant", "role"),
    ];
    expect(fixed({ catalogue: calm, paths: [path(hops)] })).toEqual(
      expect.arrayContaining([
        [7, "APP"],
        [1, "SECRETS"],
        [2, "WLID"],
        [3, "IDGOV"],
      ]),
    );
  });
});

describe("who leads and who supports", () => {
  test("R13, R19: a setting and no identity behind it: CLOUD_OPS leads all three tasks, SEC_ENG supports", () => {
    const { contain, trace, lead, fix, supports } = decided({ catalogue: calm });
    expect([contain.lead, trace.lead, lead]).toEqual(["CLOUD_OPS", "CLOUD_OPS", "CLOUD_OPS"]);
    expect(fix.map(({ accountable }) => accountable)).toEqual(["CLOUD_OPS"]);
    expect(supports).toEqual(["SEC_ENG"]);
  });

  test("R14: an exposed secret: SECRETS owns the root cause, IDGOV where there is no such team; REVOKER revokes", () => {
    const text: CaseText = {
      exposure: { weakness: "secret.in-config", class: "credential" },
      kind: "secret",
      catalogue: calm,
    };
    expect(decided(text).fix.find(({ row }) => row === 1)?.accountable).toBe("SECRETS");
    expect(decided({ ...text, without: ["SECRETS"] }).fix.find(({ row }) => row === 1)?.accountable).toBe(
      "IDGOV",
    );
    expect(decided(text).contain.lead).toBe("REVOKER");
  });

  test("R15: a federated workload starts it: its owner leads the permanent fix, IDGOV supports", () => {
    const { lead, fix } = decided({
      catalogue: calm,
      paths: [path([hop("federation"), hop("grant")], { kind: "federated-workload" })],
    });
    expect(lead).toBe("WLID");
    expect(fix.find(({ row }) => row === 2)).toMatchObject({
      accountable: "WLID",
      responsible: ["IDGOV", "APP"],
    });
  });

  test("R17: who has access is identity governance's item, the resource cloud operations'", () => {
    const items = fixed({ catalogue: calm, paths: [path([hop("grant", roleArn("etl"))])] });
    expect(items).toContainEqual([3, "IDGOV"]);
    expect(items).toContainEqual([11, "CLOUD_OPS"]);
  });

  test("R18: access through a secret alone: identity governance is among the owners all the same", () => {
    const found = decided({ catalogue: calm, paths: [path([hop("secret", "k")])] });
    expect(found.fix.map(({ accountable }) => accountable)).toContain("CLOUD_OPS");
    expect(found.supports).toContain("IDGOV");
  });

  test("R20: reachable through an over-privileged service account: IDGOV leads, SECRETS and a review in scope", () => {
    const found = decided({
      catalogue: calm,
      paths: [path([hop("grant", roleArn("etl"))], { leg: "bypass" })],
    });
    expect(found.lead).toBe("IDGOV");
    expect(found.supports).toContain("SECRETS");
    expect(found.followUps.accessReview.owner).toBe("IDGOV");
  });

  test("R21, R22, R23: the flaw is APP's, the guard rail PLATFORM's, containment and telemetry SECOPS's", () => {
    const text = flawed({});
    expect(fixed(text)).toEqual(
      expect.arrayContaining([
        [5, "APP"],
        [6, "PLATFORM"],
        [15, "SECOPS"],
      ]),
    );
    expect(decided(text).contain.lead).toBe("SECOPS");
  });

  test("R27: a third party has both a contract item and an item for our own lever", () => {
    const vendor = {
      id: "vendor-x",
      kind: "vendor" as const,
      contract: { clause: "MSA 7", mustPatchWithin: "P14D" },
      technical: { owner: "cloud-platform", lever: "disable-trust" },
      match: { accounts: [bucket], purls: [], apps: [], issuers: [] },
      origin,
    };
    const items = fixed({ catalogue: { ...calm, thirdParties: [vendor] } });
    expect(items).toContainEqual([12, "VENDOR_MGR"]);
    expect(items.map(([row]) => row)).toContain(14);
  });

  test.each([
    ["not rotated by a machine", { secrets: [secret({ autoRotated: "unknown" as never })] }],
    ["not tightly scoped", { policies: [policyUse(["s3:GetObject", "sqs:SendMessage"], "arn:aws:x")] }],
  ])("R28: %s: patch ownership alone is not enough", (_what, more) => {
    const internal = { job: { exposed: false as const } };
    expect(ids(flawed(internal))).toContain("D10");
    expect(ids(flawed({ ...internal, ...more }))).not.toContain("D10");
  });

  test.each([
    ["customer-facing", { customerFacing: true }],
    ["privileged", { privileged: true }],
  ])("R29: %s: somebody is named for privileges, compensating controls and emergencies", (_what, facts) => {
    const { authorities } = decided({ catalogue: { policy, workloads: [workload(facts)] } });
    for (const people of [
      authorities.privilegeChange,
      authorities.compensatingControl,
      authorities.emergency,
    ])
      expect(people).not.toEqual([]);
    const none = decided({ catalogue: { policy, workloads: [workload({ privileged: false })] } });
    expect(none.authorities.privilegeChange).toEqual([]);
  });
});

describe("three tasks", () => {
  const leaked: CaseText = {
    catalogue: calm,
    paths: [
      path(
        [
          hop("secret", key, { to: roleArn("etl") }),
          hop("account-trust", "stranger", { to: roleArn("etl") }),
        ],
        {
          credential: key,
          band: 1,
          kind: "trust",
        },
      ),
    ],
    estate: {
      principals: [principal(roleArn("etl"))],
      credentials: [secret({ id: key, kind: "access-key" as never, autoRotated: false })],
    },
  };

  test("R31: contain offers to close public access, to revoke the token, to disable the trust", () => {
    const kinds = decided(leaked).contain.actions.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(["close-setting", "revoke-credential", "disable-trust"]));
  });

  test("R33: the items name the very secret and role that made it possible, and the trace goes to their row", () => {
    const found = decided({
      catalogue: calm,
      paths: [path([hop("secret", key), hop("grant", roleArn("etl"))], { credential: key })],
    });
    expect(found.fix.find(({ row }) => row === 3)?.item).toContain("etl");
    expect(found.fix.find(({ row }) => row === 1)?.item).toContain("AKIA");
    expect(found.trace.lead).toBe("SECRETS");
  });

  test("R72: a declared incident gives containment to SECOPS and leaves the durable fix where it was", () => {
    const text: CaseText = { catalogue: calm, paths: [path([hop("secret"), hop("grant")])] };
    const during = decided({ ...text, estate: { incidents: [incident] } });
    expect(during.contain.lead).toBe("SECOPS");
    expect(during.lead).toBe(decided(text).lead);
    expect(during.fix.find(({ row }) => row === 1)?.accountable).toBe("SECRETS");
  });
});

describe("facts on the workload and its secrets", () => {
  test("R67: customer-facing and privileged come with the line that says so", () => {
    const { facts } = decided({
      catalogue: { policy, workloads: [workload({ customerFacing: true, privileged: true })] },
    });
    expect(facts.customer_facing).toMatchObject({ value: true });
    expect(facts.customer_facing?.because[0]?.excerpt).toBe("customerFacing: true");
    expect(facts.privileged?.because.map(({ excerpt }) => excerpt)).toContain("privileged: true");
  });

  test("R79: tightly scoped is computed from what the holder may: one service, no wildcard resource", () => {
    const scoped = (action: string | readonly string[], resource: string) =>
      decided(flawed({ policies: [policyUse(action, resource)] })).facts.secrets_scoped?.value;
    expect(scoped("s3:GetObject", "arn:aws:s3:::acme-exports/*")).toBe(true);
    expect(scoped("s3:GetObject", "*")).toBe(false);
    expect(scoped(["s3:GetObject", "sqs:SendMessage"], "arn:aws:s3:::acme-exports/*")).toBe(false);
  });
});

test("R62: an approval that ended yesterday suppresses nothing, and its end is shown", () => {
  const wanted = (until: string): CaseText => ({
    catalogue: {
      ...calm,
      intended: [
        { resource: bucket, weakness: "s3.public", reason: "site", approvedBy: "c.dupont", until, origin },
      ],
    },
  });
  expect(decided(wanted("2026-11-21")).gaps.map(({ kind }) => kind)).toContain("expired-approval");
  expect(decided(wanted("2026-11-22")).gaps.map(({ kind }) => kind)).not.toContain("expired-approval");
});
