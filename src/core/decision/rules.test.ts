import { describe, expect, test } from "vitest";
import { accountId, credentialId, principalId, resourceId } from "../estate/index.js";
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
import { rules, type RuleId } from "./rules.js";

const decided = (text: CaseText) => decide(caseInput(text), context(text));
const fired = (text: CaseText): readonly string[] => decided(text).rules.map((rule) => rule.id);

const policy = { ...emptyCatalogue.policy, regulated: false as const };
const calm = { policy, workloads: [workload()] };
const writer = path([hop("secret", "aws:access-key/AKIA1"), hop("grant", roleArn("etl"))]);
const flaw = {
  kind: "flaw" as const,
  exposure: { weakness: "vulnerability.component", class: "vulnerability", resource: "workload:etl" },
};
/** An internal batch job with nothing against it, as the native estate document states it. */
const quietJob = (facts: Record<string, boolean> = {}) => ({
  principals: [principal(roleArn("etl"))],
  workloads: [
    {
      id: "etl",
      name: "etl",
      runsAs: [principalId(roleArn("etl"))],
      resources: [],
      exposed: false as const,
      components: [],
      facts: { customerFacing: false, patchAvailable: true, ...facts },
      origin,
    },
  ],
  credentials: [
    {
      id: credentialId("secret:etl-db"),
      kind: "database-password" as const,
      holder: principalId(roleArn("etl")),
      status: "active" as const,
      autoRotated: true as const,
      copies: [],
      consumers: ["etl"],
      origin,
    },
  ],
});
const calmCatalogue = {
  policy,
  workloads: [workload({ privileged: false })].map((entry) => ({ ...entry, id: "etl" })),
};
const patched: CaseText = { ...flaw, estate: quietJob({ exploited: false }), catalogue: calmCatalogue };
const incident = (exploited: boolean | "unknown" = true) => ({
  id: "inc-1",
  declaredAt: now,
  scope: bucket,
  exploited,
  used: [],
  origin,
});
const vendor = {
  id: "vendor-x",
  kind: "vendor" as const,
  contract: { clause: "MSA 7" },
  technical: { owner: "cloud-platform", lever: "disable-trust" },
  match: { accounts: [bucket], purls: [], apps: [], issuers: [] },
  origin,
};

/** Per rule: a case on which it fires, and the same with the one fact turned. Requirement ids behind the name. */
const table: readonly [RuleId, string, CaseText, CaseText][] = [
  [
    "D1",
    "only a setting, nobody ungoverned can bring it back (R13, R19)",
    { catalogue: calm },
    { catalogue: calm, paths: [writer] },
  ],
  [
    "D2",
    "the same bucket with a key that can write its policy (R16, R18, R20)",
    { catalogue: calm, paths: [writer] },
    { catalogue: calm },
  ],
  [
    "D3",
    "a secret value lies open (R14)",
    { exposure: { weakness: "secret.in-config", class: "credential" }, kind: "secret", catalogue: calm },
    {
      exposure: { weakness: "secret.in-config", class: "credential", state: "fixed" },
      kind: "secret",
      catalogue: calm,
    },
  ],
  [
    "D4",
    "a federated workload on the path (R15)",
    { catalogue: calm, paths: [path([hop("federation"), hop("grant")], { kind: "federated-workload" })] },
    { catalogue: calm, paths: [path([hop("account-trust"), hop("grant")], { kind: "trust" })] },
  ],
  [
    "D5",
    "a service account reads the asset around the containment (R3, R20)",
    { catalogue: calm, paths: [path([hop("grant"), hop("grant", "x")], { leg: "bypass" })] },
    { catalogue: calm, paths: [path([hop("grant"), hop("grant", "x")], { leg: "restore" })] },
  ],
  ["D6", "a flaw in framework or code (R21 to R24)", { ...flaw, catalogue: calm }, { catalogue: calm }],
  ["D7", "exploited (R23)", { catalogue: calm, estate: { incidents: [incident()] } }, { catalogue: calm }],
  [
    "D7",
    "exploitation unknown of an exposed known-exploited flaw, until triage",
    { ...flaw, catalogue: calm, estate: exposedFlaw({ kev: true }) },
    { ...flaw, catalogue: calm, estate: exposedFlaw({ kev: false }) },
  ],
  [
    "D8",
    "one identity manages permissions for two owners (R26)",
    sharedPlatform("team-b"),
    sharedPlatform("team-a"),
  ],
  [
    "D9",
    "somebody else's service is involved (R27, R74 to R76)",
    { catalogue: { ...calm, thirdParties: [vendor] } },
    { catalogue: calm },
  ],
  [
    "D10",
    "low risk, internal, scoped and rotated by machine (R28)",
    patched,
    {
      ...patched,
      estate: { ...quietJob(), credentials: [] },
      privileges: { [roleArn("etl")]: ["iam:PassRole"] },
    },
  ],
  [
    "D11",
    "customer-facing (R29, R67)",
    { catalogue: { policy, workloads: [workload({ customerFacing: true })] } },
    { catalogue: calm },
  ],
  [
    "D11",
    "privileged: the decisive right manages permissions (R8, R29)",
    { catalogue: calm, paths: [writer] },
    {
      catalogue: calm,
      paths: [
        path([
          hop("secret"),
          hop("grant", "x", { action: "s3:PutBucketTagging", via: "may s3:PutBucketTagging" }),
        ]),
      ],
    },
  ],
  [
    "D12",
    "regulated (R38)",
    { catalogue: { ...calm, policy: { ...policy, regulated: true } } },
    { catalogue: calm },
  ],
  [
    "D13",
    "no patch will come (R61)",
    { ...flaw, catalogue: calm, estate: quietJob({ patchAvailable: false }) },
    { ...flaw, catalogue: calm, estate: quietJob({ patchAvailable: true }) },
  ],
  [
    "D13",
    "past its deadline (R61)",
    { ...flaw, catalogue: calm, estate: quietJob({ deadlinePassed: true }) },
    { ...flaw, catalogue: calm, estate: quietJob({ deadlinePassed: false }) },
  ],
  ["D14", "the same access path was closed before (R10)", repeated(true), repeated(false)],
];

function exposedFlaw(facts: Record<string, boolean>): NonNullable<CaseText["estate"]> {
  const job = quietJob(facts);
  return { ...job, workloads: job.workloads.map((item) => ({ ...item, exposed: true as const })) };
}

function sharedPlatform(otherOwner: string): CaseText {
  const other = "arn:aws:iam::222222222222:role/platform";
  const account = (id: string, owner: string) => ({ id, owner, regulated: false as const, origin });
  return {
    catalogue: {
      ...calm,
      accounts: [account("aws:111111111111", "team-a"), account("aws:222222222222", otherOwner)],
    },
    estate: {
      principals: [principal(roleArn("etl")), principal(other, { account: accountId("aws:222222222222") })],
    },
    paths: [writer],
    privileges: { [roleArn("etl")]: ["iam:PassRole"], [other]: ["iam:PassRole"] },
    becomes: { [roleArn("etl")]: [other] },
  };
}

function repeated(same: boolean): CaseText {
  const text: CaseText = { catalogue: calm, paths: [writer] };
  const { accessPathKey } = decided(text);
  const closure = { closedAt: "2026-10-01", signer: "c.dupont", remaining: [], origin };
  return { ...text, estate: { closures: [{ ...closure, accessPathKey: same ? accessPathKey : "other" }] } };
}

describe("rules, one by one: fires, and does not when its fact is turned", () => {
  test.each(table)("%s %s", (id, _what, on, off) => {
    expect(fired(on)).toContain(id);
    expect(fired(off)).not.toContain(id);
  });

  test("every rule has a row", () => {
    expect([...new Set(table.map(([id]) => id))].sort()).toEqual(rules.map((rule) => rule.id).sort());
  });

  test("R7, R28: D10 needs every proof; one doubt and the full model is back", () => {
    const all = decided(patched);
    expect(all).toMatchObject({
      lead: "APP",
      tier: 0,
      contain: { lead: "APP", also: [] },
      trace: { lead: "APP" },
    });
    expect(all.fix.map((item) => [item.row, item.accountable])).toEqual([[5, "APP"]]);
    const doubts: CaseText[] = [
      {
        ...patched,
        estate: {
          ...quietJob(),
          credentials: quietJob().credentials.map((item) => ({ ...item, autoRotated: "unknown" as const })),
        },
      },
      {
        ...patched,
        catalogue: {
          ...calmCatalogue,
          workloads: [workload({ customerFacing: "unknown" })],
          thirdParties: [],
        },
        estate: { ...quietJob(), workloads: quietJob().workloads.map((item) => ({ ...item, facts: {} })) },
      },
      { ...patched, estate: exposedFlaw({}) },
      { ...patched, catalogue: { ...calmCatalogue, policy: { ...policy, patchOwnershipAlone: false } } },
      {
        ...patched,
        catalogue: {
          ...calmCatalogue,
          thirdParties: [{ ...vendor, match: { ...vendor.match, accounts: ["workload:etl"] } }],
        },
      },
    ];
    for (const doubt of doubts) expect(fired(doubt)).not.toContain("D10");
  });

  test("D9: open source alone leaves D10 standing (decision-rules.md, D10)", () => {
    const library = {
      ...vendor,
      kind: "open-source" as const,
      match: { ...vendor.match, accounts: ["workload:etl"] },
    };
    expect(fired({ ...patched, catalogue: { ...calmCatalogue, thirdParties: [library] } })).toContain("D10");
  });
});

describe("overrides (R85)", () => {
  const text = (reason: string): CaseText => ({
    ...patched,
    catalogue: {
      ...calmCatalogue,
      overrides: { ...emptyCatalogue.overrides, rules: [{ rule: "D10", enabled: false, reason, origin }] },
    },
  });

  test("a rule that is switched off stays visible with its reason", () => {
    const decision = decided(text("all services are patched jointly"));
    expect(decision.rules.map((rule) => rule.id)).not.toContain("D10");
    expect(decision.gaps.map((gap) => gap.text)).toContain(
      "rule D10 is switched off by the catalogue: all services are patched jointly",
    );
  });

  test("without a reason it counts for nothing", () => {
    expect(decided(text("  ")).rules.map((rule) => rule.id)).toContain("D10");
  });
});

test("R62: an expired approval never suppresses, and its end is shown", () => {
  const intended = (until: string): CaseText => ({
    catalogue: {
      ...calm,
      intended: [
        { resource: bucket, weakness: "s3.public", reason: "website", approvedBy: "c.dupont", until, origin },
      ],
    },
  });
  const ended = decided(intended("2026-11-21"));
  expect(ended.gaps.map((gap) => gap.kind)).toContain("expired-approval");
  expect(ended.fix.map((item) => item.row)).toEqual(decided({ catalogue: calm }).fix.map((item) => item.row));
  expect(decided(intended("2026-11-23")).gaps.map((gap) => gap.kind)).not.toContain("expired-approval");
});

test("D12: regulated that nobody stated counts as true and says that it is assumed", () => {
  const decision = decided({ catalogue: "none" });
  expect(decision.facts["regulated"]).toMatchObject({ value: true, assumed: true });
  expect(decision.followUps.accessReview.because).toBe("mandatory (regulated: assumed)");
});

test("the estate can state an exposure's own facts", () => {
  const said = {
    id: "x",
    resource: resourceId(bucket),
    weakness: "s3.public",
    subLocator: "",
    severity: "high" as const,
    state: "open" as const,
    facts: { deadlinePassed: true },
    origin,
  };
  expect(fired({ catalogue: calm, estate: { exposures: [said] } })).toContain("D13");
});
