import { describe, expect, test } from "vitest";
import { credentialId, principalId } from "../estate/index.js";
import type { Hop, Path } from "../access/index.js";
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

const decided = (text: CaseText) => decide(caseInput(text), context(text));
const policy = { ...emptyCatalogue.policy, regulated: false as const };
const calm = { policy, workloads: [workload()] };
const incident = { id: "inc-1", declaredAt: now, scope: bucket, exploited: true as const, used: [], origin };
const cause = (...hops: readonly Hop[]): CaseText => ({ catalogue: calm, paths: [path(hops)] });
const keyOnly = { weakness: "iam.key.exposed", class: "credential" };

describe("step B: who contains", () => {
  const table: readonly [string, CaseText, string, readonly string[]][] = [
    ["D1: the setting, nobody else", { catalogue: calm }, "CLOUD_OPS", []],
    ["T1, posture: the setting first", cause(hop("grant", roleArn("etl"))), "CLOUD_OPS", []],
    [
      "T1, incident: SECOPS coordinates, CLOUD_OPS executes",
      { catalogue: calm, estate: { incidents: [incident] } },
      "SECOPS",
      ["CLOUD_OPS"],
    ],
    [
      "T3: a live credential that is the exposure is revoked first",
      { exposure: keyOnly, catalogue: calm },
      "REVOKER",
      [],
    ],
    [
      "a leaked key starts it from outside",
      { catalogue: calm, paths: [path([hop("secret"), hop("grant")], { band: 1 })] },
      "REVOKER",
      ["CLOUD_OPS"],
    ],
    [
      "an outside trust starts it",
      { catalogue: calm, paths: [path([hop("account-trust"), hop("grant")], { band: 1, kind: "trust" })] },
      "REVOKER",
      // Nobody in the catalogue owns a lever against that account: its runtime authority acts (row 14).
      ["CLOUD_OPS", "RUNTIME_OWNER"],
    ],
    [
      "the same key inside: the setting first",
      { catalogue: calm, paths: [path([hop("secret"), hop("grant")], { band: 2 })] },
      "CLOUD_OPS",
      [],
    ],
    [
      "code brings it back: its owner executes",
      { catalogue: calm, paths: [path([hop("code")], { band: 0, leg: "drift", kind: "pipeline" })] },
      "CLOUD_OPS",
      ["APP"],
    ],
    [
      "R25: a flaw: patch, runtime and credential have three owners",
      {
        kind: "flaw",
        exposure: { weakness: "vulnerability.component", class: "vulnerability", resource: "workload:etl" },
        estate: {
          principals: [principal(roleArn("etl"))],
          workloads: [
            {
              id: "etl",
              name: "etl",
              runsAs: [principalId(roleArn("etl"))],
              resources: [],
              exposed: true,
              components: [],
              facts: {},
              origin,
            },
          ],
        },
        catalogue: calm,
      },
      "SECOPS",
      ["REVOKER", "APP", "PLATFORM"],
    ],
    [
      "an administrator policy is a grant: identity governance takes it away",
      {
        exposure: { weakness: "iam.admin-policy", class: "identity-privilege" },
        kind: "identity",
        catalogue: calm,
      },
      "CLOUD_OPS",
      ["IDGOV"],
    ],
  ];
  test.each(table)("%s", (_what, text, lead, also) => {
    const { contain } = decided(text);
    expect(contain.lead).toBe(lead);
    expect([...contain.also].sort()).toEqual([...also].sort());
  });

  test("a path that waits for a missing fact is no reason to cut anybody off", () => {
    const open = path([hop("grant", roleArn("etl"))], { verdict: "unknown" });
    const text: CaseText = {
      catalogue: calm,
      paths: [open],
      recreation: { verdict: "unknown" },
      estate: { incidents: [incident], principals: [principal(roleArn("etl"))] },
    };
    expect(decided(text).contain.also).not.toContain("REVOKER");
    expect(decided(text).contain.actions.map((action) => action.kind)).not.toContain("revoke-sessions");
  });

  test("order of work: isolate or take down, revoke, what it created, sessions, then the setting", () => {
    const key = credentialId("aws:access-key/AKIAIOSFODNN7EXAMPLE");
    const { contain } = decided({
      catalogue: calm,
      paths: [path([hop("secret", key), hop("grant", roleArn("etl"))], { credential: key, band: 1 })],
      estate: {
        incidents: [incident],
        principals: [principal(roleArn("etl"))],
        links: [{ kind: "created-by", from: roleArn("rogue"), to: roleArn("etl"), origin }],
        credentials: [
          {
            id: key,
            kind: "access-key",
            holder: principalId(roleArn("etl")),
            status: "active",
            autoRotated: false,
            copies: [],
            consumers: [],
            origin,
          },
        ],
      },
    });
    expect(contain.actions.map((action) => action.kind)).toEqual([
      "revoke-credential",
      "isolate",
      "revoke-sessions",
      "close-setting",
    ]);
    expect(contain.actions[1]?.title).toContain("rogue");
  });
});

describe("step C: one item per hop or cause, one accountable each (R11)", () => {
  const rows: readonly [string, Hop, number, string, readonly string[]][] = [
    ["T2: a secret", hop("secret"), 1, "SECRETS", ["RUNTIME_OWNER", "WLID"]],
    ["T4: a federated subject", hop("federation"), 2, "WLID", ["IDGOV", "APP"]],
    ["T8: a grant", hop("grant"), 3, "IDGOV", ["CLOUD_OPS"]],
    ["a trust between accounts", hop("account-trust"), 4, "IDGOV", []],
    ["a flaw", hop("flaw"), 5, "APP", []],
    ["T8: a guard rail (R9)", hop("guardrail"), 6, "PLATFORM", ["CLOUD_OPS"]],
    ["code", hop("code"), 7, "APP", ["CLOUD_OPS"]],
    ["a person", hop("human"), 8, "IDGOV", []],
    ["root", hop("root"), 9, "IDGOV", ["RUNTIME_OWNER"]],
    ["a pipeline", hop("ci"), 10, "APP", []],
  ];
  test.each(rows)("%s", (_what, one, row, accountable, responsible) => {
    const { fix } = decided(cause(one, hop("grant", "other")));
    const item = fix.find((each) => each.row === row && (row !== 3 || each.item.includes("grant-from")));
    expect(item).toMatchObject({ row, accountable, responsible });
  });

  test("a shared module is the platform team's code (row 7)", () => {
    const { fix } = decided(cause(hop("code", "infra", { via: "defines it: modules/bucket/main.tf:4" })));
    expect(fix.find((item) => item.row === 7)?.accountable).toBe("PLATFORM");
  });

  test("no secrets team: identity governance and a gap (row 1)", () => {
    const decision = decided({ ...cause(hop("secret"), hop("grant")), without: ["SECRETS"] });
    expect(decision.fix.find((item) => item.row === 1)?.accountable).toBe("IDGOV");
    expect(decision.gaps.map((gap) => gap.text)).toContain("no secrets governance team for this scope");
  });

  test("no workload-identity owner: the runtime owner and a gap (row 2)", () => {
    const decision = decided({ ...cause(hop("federation"), hop("grant")), without: ["WLID"] });
    expect(decision.fix.find((item) => item.row === 2)?.accountable).toBe("RUNTIME_OWNER");
    expect(decision.gaps.map((gap) => gap.text)).toContain("no workload-identity owner is named");
  });

  test("the same statement on two paths is one item", () => {
    const shared = hop("grant", roleArn("etl"));
    const two = [path([hop("secret", "key-1"), shared]), path([hop("secret", "key-2"), shared])];
    expect(decided({ catalogue: calm, paths: two }).fix.filter((item) => item.row === 3)).toHaveLength(1);
  });

  test("compute that runs as its role is how work starts: the grant is the item", () => {
    const own = path([hop("grant", "i-1", { via: "runs as" }), hop("grant", roleArn("etl"))], {
      kind: "inherited-role",
    });
    const { fix } = decided({ catalogue: calm, paths: [own] });
    expect(fix.filter((item) => item.row === 3).map((item) => item.item)).toEqual([
      "etl: drop s3:PutBucketPolicy",
    ]);
  });

  test("a pipeline is an item where its workflow is at fault, and not for deploying", () => {
    const gate = { protectedRef: true, reviewRequired: true, adminBypass: false } as const;
    const pipeline = (pinned: boolean) => ({
      id: "acme/etl#ci.yml",
      uses: [{ ref: "x/y@v4", pinned }],
      secrets: [],
      ranAt: [],
      gate,
      origin,
    });
    const text = (pinned: boolean): CaseText => ({
      ...cause(hop("ci", "acme/etl#ci.yml"), hop("grant", roleArn("etl"))),
      estate: { pipelines: [pipeline(pinned)] },
    });
    expect(decided(text(true)).fix.map((item) => item.row)).not.toContain(10);
    expect(decided(text(false)).fix.map((item) => item.row)).toContain(10);
  });

  test("no item speaks in ARNs", () => {
    const text = cause(
      hop("secret", "aws:access-key/AKIAIOSFODNN7EXAMPLE"),
      hop("grant", roleArn("etl"), { to: bucket }),
    );
    for (const item of decided(text).fix) expect(item.item).not.toMatch(/arn:|AKIAIOSFODNN7EXAMPLE/);
  });

  test.each([
    ["iam.admin-policy", "identity-privilege", 3],
    ["iam.user.no-mfa", "credential", 8],
    ["iam.root-key", "credential", 9],
    ["iam.key.stale", "credential", 1],
    ["iam.trust.broad", "trust", 4],
    ["oidc.trust.broad", "trust", 2],
  ])("%s is an item of its own even when nothing brings it back", (weakness, className, row) => {
    const { fix } = decided({ exposure: { weakness, class: className }, catalogue: calm });
    expect(fix.map((item) => item.row)).toContain(row);
  });
});

describe("step D: who leads", () => {
  const lead = (paths: readonly Path[], more: CaseText = {}) =>
    decided({ catalogue: calm, paths, ...more }).lead;

  test("the worst band decides, however many others there are", () => {
    const outside = path([hop("account-trust", "vendor"), hop("grant", "a")], { band: 1, kind: "trust" });
    const inside = [1, 2, 3].map((n) =>
      path([hop("secret", `key-${String(n)}`), hop("grant", `g${String(n)}`)]),
    );
    expect(lead([outside, ...inside])).toBe("IDGOV");
    expect(lead(inside)).toBe("SECRETS");
  });

  test("certain before conditional", () => {
    const sure = path([hop("grant", "a")]);
    const perhaps = path([hop("secret", "k"), hop("grant", "b")], { certainty: "conditional" });
    expect(lead([perhaps, sure])).toBe("IDGOV");
  });

  test("one grant behind three keys: the grant is the cut, not the keys", () => {
    const shared = hop("grant", roleArn("etl"));
    expect(lead(["a", "b", "c"].map((key) => path([hop("secret", key), shared])))).toBe("IDGOV");
  });

  test("paths that do not count decide nothing", () => {
    const governed = path([hop("secret"), hop("grant")], { band: 4, governed: true });
    const together = path([hop("secret", "k"), hop("grant", "g")], { colluding: true });
    expect(lead([governed, together])).toBe("CLOUD_OPS");
  });

  test("nothing survives and an audit record shows a key: the secret's row", () => {
    const event = {
      id: "e1",
      at: now,
      action: "s3:PutBucketPolicy",
      actor: principalId(roleArn("etl")),
      credential: "aws:access-key/AKIA1",
      targets: [bucket],
      origin,
    };
    const estate = { events: [event], principals: [principal(roleArn("etl"))] };
    expect(lead([], { estate })).toBe("SECRETS");
    const { credential: _credential, ...byRole } = event;
    expect(lead([], { estate: { ...estate, events: [byRole] } })).toBe("IDGOV");
  });

  test("R72: an incident moves containment and never the lead of the fix", () => {
    const paths = [path([hop("secret"), hop("grant")])];
    expect(lead(paths, { estate: { incidents: [incident] } })).toBe(lead(paths));
  });
});

describe("step E: unknown", () => {
  const missing = { key: "scp|aws:111111111111", fact: "SCPs of account prod", collect: "remit collect aws" };
  const open = path([hop("secret"), hop("grant")], { verdict: "unknown", missing: [missing] });
  const text: CaseText = {
    catalogue: calm,
    paths: [open],
    recreation: { verdict: "unknown", missing: [missing] },
  };

  test("the lead is not decided, with a clock; R16: identity governance is in the owner set", () => {
    const decision = decided(text);
    expect(decision.lead).toBe("not decided yet");
    expect(decision.contain.lead).toBe("CLOUD_OPS");
    expect([...decision.supports, decision.trace.lead]).toEqual(
      expect.arrayContaining(["IDGOV", "RUNTIME_OWNER"]),
    );
    expect(decision.deadlines.map((item) => item.task)).toContain("decide");
  });

  test("a fact that cannot be ruled out is unknown, not false", () => {
    expect(decided(text).facts["can_recur"]?.value).toBe("unknown");
    expect(decided(text).rules.map((rule) => rule.id)).not.toContain("D1");
  });

  test("what would change it never promises that nobody can", () => {
    const paths = [path([hop("secret", "k"), hop("grant")]), open];
    const changes = decided({ catalogue: calm, paths, recreation: { missing: [missing] } }).changesIf;
    expect(changes[0]?.then).toMatch(/^unknown/);
    expect(JSON.stringify(changes)).not.toContain("cannot");
  });
});

test("T5, D8: the commander is named and owns no item", () => {
  const decision = decided({
    catalogue: {
      ...calm,
      workloads: [workload({ customerFacing: true, privileged: true })],
      people: ["x.left", "m.okafor"].map((id) => ({
        id,
        name: id,
        active: true,
        ...(id === "x.left" ? { leftAt: "2026-01-01" } : {}),
        principals: [],
        origin: { source: { path: "remit.yaml", digest: "0", kind: "catalogue" } },
      })),
      commanders: [{ person: "nobody.known" }, { person: "x.left", deputy: "m.okafor" }],
    },
    estate: { incidents: [incident] },
  });
  // R47: whoever is not listed, or has left, commands nothing; the deputy does.
  expect(decision.commander).toMatchObject({ required: true, person: "m.okafor" });
  expect(decision.fix.map((item) => item.accountable)).not.toContain("IC");
});

test("T6: patch ownership alone is a switch of the policy, on by default", () => {
  expect(emptyCatalogue.policy.patchOwnershipAlone).toBe(true);
});

test("T7: CLOUD_OPS and PLATFORM are two tokens, also where one team holds both", () => {
  const { fix } = decided(cause(hop("guardrail"), hop("grant")));
  expect(fix.map((item) => item.accountable)).toEqual(expect.arrayContaining(["PLATFORM", "CLOUD_OPS"]));
});

test("R76: a third party with one side only is a gap", () => {
  const party = (contract: boolean, technical: boolean) => ({
    id: "vendor-x",
    kind: "vendor" as const,
    ...(contract ? { contract: { clause: "MSA 7" } } : {}),
    ...(technical ? { technical: { owner: "cloud-platform", lever: "disable-trust" } } : {}),
    match: { accounts: [bucket], purls: [], apps: [], issuers: [] },
    origin,
  });
  const gap = (contract: boolean, technical: boolean) =>
    decided({ catalogue: { ...calm, thirdParties: [party(contract, technical)] } }).thirdParty?.gap;
  expect(gap(true, true)).toBeUndefined();
  expect(gap(false, true)).toBe("vendor-x: no contract side");
  expect(gap(true, false)).toBe("vendor-x: no technical lever");
});

test("D9: the lever against open source is the version pin of the application team", () => {
  const library = {
    id: "some-action",
    kind: "open-source" as const,
    contract: "none" as const,
    match: { accounts: [bucket], purls: [], apps: [], issuers: [] },
    origin,
  };
  const decision = decided({ catalogue: { ...calm, thirdParties: [library] } });
  expect(decision.fix.find((item) => item.row === 14)).toMatchObject({ accountable: "APP" });
  expect(decision.fix.map((item) => item.row)).not.toContain(12);
  expect(decision.thirdParty).toMatchObject({ contract: "none" });
});

test("D14: level rises, the item names who signed the earlier closure, the lead stays", () => {
  const text: CaseText = { catalogue: calm, paths: [path([hop("secret"), hop("grant")])] };
  const before = decided(text);
  const closure = {
    accessPathKey: before.accessPathKey,
    closedAt: "2026-10-01",
    signer: "c.dupont",
    remaining: [],
    origin,
  };
  const after = decided({ ...text, estate: { closures: [closure] } });
  expect([before.level, after.level]).toEqual([1, 2]);
  expect(after.lead).toBe(before.lead);
  expect(after.fix.find((item) => item.row === 13)).toMatchObject({ accountable: "IDGOV" });
  expect(after.fix.find((item) => item.row === 13)?.item).toContain("c.dupont");
});
