import { describe, expect, test } from "vitest";
import { bucket, finderOf, nothing, prod } from "../../../test/ownership.js";
import type { OwnershipScope } from "./index.js";

const people = `
people:
  - { id: ana.ruiz, active: true, manager: m.okafor }
  - { id: t.berg, active: true }
  - { id: m.okafor, active: true }
  - { id: l.meyer, active: true }
  - { id: x.left, active: false, leftAt: 2026-06-20, manager: m.okafor }
`;
const inProd: OwnershipScope = { ...nothing, accounts: [prod], resources: [bucket] };
const names = (
  catalogue: string,
  role: Parameters<ReturnType<typeof finderOf>["owners"]>[0],
  scope = inProd,
): readonly (string | undefined)[] =>
  finderOf({ catalogue: people + catalogue })
    .owners(role, scope)
    .answerables.map((item) => item.person);

describe("teams and scopes", () => {
  const teams = `
teams:
  - { id: everywhere, role: IDGOV, members: [t.berg] }
  - { id: in-prod, role: IDGOV, scope: "aws:222222222222", members: [ana.ruiz] }
  - { id: exports, role: IDGOV, scope: "resource:arn:aws:s3:::acme-exp*", members: [l.meyer] }
  - { id: etl-identity, role: IDGOV, scope: "workload:etl", members: [m.okafor] }
`;
  test.each([
    ["the resource before the workload", { ...inProd, workloads: ["etl"] }, "l.meyer"],
    ["the workload before the account", { ...inProd, resources: [], workloads: ["etl"] }, "m.okafor"],
    ["the account before everywhere", { ...inProd, resources: ["arn:aws:s3:::other"] }, "ana.ruiz"],
    ["everywhere for another account", { ...nothing, accounts: ["aws:333333333333"] }, "t.berg"],
  ])("the narrowest scope wins: %s", (_, scope, expected) => {
    expect(names(teams, "IDGOV", scope)).toEqual([expected]);
  });

  test("R47: a bare team label is a gap, and the wider team answers meanwhile, not for certain", () => {
    const answer = finderOf({
      catalogue: `${people}
teams:
  - { id: wide, role: SECRETS, members: [t.berg] }
  - { id: label, role: SECRETS, scope: "aws:222222222222" }
`,
    }).owners("SECRETS", inProd);
    expect(answer.gap).toContain("team `label` has no active head or member");
    expect(answer.answerables).toMatchObject([{ person: "t.berg", team: "wide", inferred: false }]);
    expect(answer.answerables[0]?.confidence).toBeLessThan(1);
  });

  test("R47: a label alone leaves nobody, and says so", () => {
    const answer = finderOf({ catalogue: "teams: [ { id: label, role: SECRETS } ]" }).owners(
      "SECRETS",
      inProd,
    );
    expect(answer.answerables).toEqual([]);
    expect(answer.gap).toMatch(
      /no SECRETS owner for account aws:222222222222 \(nobody found\).*bare team label/,
    );
  });

  test("a team answers through its head, before members; the inactive are passed over", () => {
    expect(
      names("teams: [ { id: a, role: SECRETS, head: m.okafor, members: [t.berg] } ]", "SECRETS"),
    ).toEqual(["m.okafor"]);
    expect(
      names("teams: [ { id: a, role: SECRETS, head: x.left, members: [x.left, t.berg] } ]", "SECRETS"),
    ).toEqual(["t.berg"]);
  });

  test("confidence is 1 only where the very line resolves, with the line as evidence", () => {
    const [owner] = finderOf({
      catalogue: `${people}\nteams: [ { id: iam-team, role: IDGOV, members: [ana.ruiz] } ]`,
    }).owners("IDGOV", inProd).answerables;
    expect(owner).toMatchObject({ person: "ana.ruiz", team: "iam-team", confidence: 1, inferred: false });
    expect(owner?.evidence[0]?.pointer).toBe("/teams/0");
  });
});

describe("R43: three planes per workload", () => {
  const planes = `
teams: [ { id: secops, role: SECOPS, members: [t.berg] } ]
workloads:
  - id: etl
    match: { resources: ["arn:aws:s3:::acme-exports*"] }
    planes: { build: { owner: ana.ruiz }, runtime: { owner: l.meyer }, incident: { owner: m.okafor } }
    workloadIdentity: t.berg
`;
  test.each([
    ["APP", "ana.ruiz"],
    ["BUILD_OWNER", "ana.ruiz"],
    ["PLATFORM", "l.meyer"],
    ["RUNTIME_OWNER", "l.meyer"],
    ["SECOPS", "m.okafor"],
    ["INCIDENT_OWNER", "m.okafor"],
    ["WLID", "t.berg"],
  ] as const)("%s of the workload that matches the resource is %s", (role, expected) => {
    expect(names(planes, role)[0]).toBe(expected);
  });

  test("a workload that does not match gives nobody", () => {
    expect(names(planes, "APP", { ...inProd, resources: ["arn:aws:s3:::other"] })).toEqual([]);
  });

  test("the owner of a workload identity is named per identity, before the workload", () => {
    const role = "arn:aws:iam::222222222222:role/gha-deploy";
    const catalogue = `${planes}
workloadIdentities: [ { principal: "aws:arn:aws:iam::222222222222:role/gha-*", owner: l.meyer, proof: oidc } ]`;
    expect(names(catalogue, "WLID", { ...inProd, principals: [role] })).toEqual(["l.meyer"]);
  });
});

describe("R49: one runtime authority per account", () => {
  test("the account's entry names it", () => {
    expect(
      names(
        'accounts: [ { id: "aws:222222222222", name: prod, runtimeAuthority: l.meyer } ]',
        "RUNTIME_OWNER",
      ),
    ).toEqual(["l.meyer"]);
  });

  test("none is a gap that names the account", () => {
    const answer = finderOf({
      catalogue: `${people}\naccounts: [ { id: "aws:222222222222", name: prod } ]`,
    }).owners("RUNTIME_OWNER", inProd);
    expect(answer).toMatchObject({ answerables: [], gap: expect.stringContaining("account prod") as string });
  });

  test("several are flagged", () => {
    const answer = finderOf({
      catalogue: `${people}
teams: [ { id: other, role: RUNTIME_OWNER, scope: "aws:222222222222", members: [t.berg] } ]
accounts: [ { id: "aws:222222222222", runtimeAuthority: l.meyer } ]`,
    }).owners("RUNTIME_OWNER", inProd);
    expect(answer.gap).toContain("several runtime authorities for one account: l.meyer, other");
  });
});

describe("R58 to R64: recorded authorities", () => {
  const grants = (until: string, holder = "ana.ruiz", deputy = "deputy: t.berg, "): string => `
authorities:
  - { kind: revoke, credential: access-key, scope: "aws:222222222222", holder: ${holder}, ${deputy}until: ${until} }
  - { kind: compensating-control, scope: "*", holder: ${holder}, ${deputy}until: ${until} }
  - { kind: residual-risk, scope: "*", holder: ${holder}, ${deputy}until: ${until} }
  - { kind: privilege-change, scope: "*", holder: ${holder}, ${deputy}until: ${until} }
  - { kind: emergency, scope: "*", holder: ${holder}, ${deputy}until: ${until} }
`;
  const authorityRoles = [
    "REVOKER",
    "CC_APPROVER",
    "RISK_SIGNER",
    "PRIV_APPROVER",
    "EMERGENCY_APPROVER",
  ] as const;

  test.each(authorityRoles)("%s is the recorded holder, then the deputy", (role) => {
    expect(names(grants("2027-06-30"), role)).toEqual(["ana.ruiz", "t.berg"]);
  });

  test.each(authorityRoles)(
    "%s: an authority that ended counts for nothing and shows the deputy (R62)",
    (role) => {
      const answer = finderOf({ catalogue: people + grants("2026-11-21") }).owners(role, inProd);
      expect(answer.answerables).toEqual([]);
      expect(answer.gap).toMatch(/ended 2026-11-21: renew it; deputy t\.berg/);
    },
  );

  test("a day holds to its end", () => {
    expect(names(grants("2026-11-22"), "REVOKER")).toEqual(["ana.ruiz", "t.berg"]);
  });

  test.each(authorityRoles)("%s: whoever left holds nothing; the deputy acts, and it is a gap", (role) => {
    const answer = finderOf({ catalogue: people + grants("2027-06-30", "x.left") }).owners(role, inProd);
    expect(answer.answerables.map((item) => item.person)).toEqual(["t.berg"]);
    expect(answer.answerables[0]?.confidence).toBeLessThan(1);
    expect(answer.gap).toContain("`x.left` has left (2026-06-20); deputy t.berg acts");
  });

  test.each(authorityRoles)("%s does not pass to the manager of whoever left", (role) => {
    const answer = finderOf({ catalogue: people + grants("2027-06-30", "x.left", "") }).owners(role, inProd);
    expect(answer.answerables).toEqual([]);
    expect(answer.gap).toContain("the authority went with them; no deputy is named");
  });

  test("several holders are shown before anybody's deputy", () => {
    const second = `  - { kind: revoke, credential: trust, scope: "aws:222222222222", holder: l.meyer, until: 2027-06-30 }\n`;
    expect(names(grants("2027-06-30") + second, "REVOKER")).toEqual(["ana.ruiz", "l.meyer", "t.berg"]);
  });

  test("the authority to revoke is per kind of credential", () => {
    const finder = finderOf({ catalogue: people + grants("2027-06-30") });
    const trust = { action: "iam:UpdateAssumeRolePolicy", resource: "arn:aws:iam::222222222222:role/x" };
    expect(finder.owners("REVOKER", inProd, trust)).toMatchObject({
      answerables: [],
      gap: expect.stringContaining(
        "the authority to revoke trust is not recorded, only access-key",
      ) as string,
    });
    const key = { ...inProd, credentials: ["aws:access-key/AKIAIOSFODNN7EXAMPLE"] };
    expect(finder.owners("REVOKER", key).answerables).toHaveLength(2);
  });
});

describe("whoever left answers for nothing", () => {
  test("a plane owner's manager stands in, marked as such", () => {
    const answer = finderOf({
      catalogue: `${people}\nworkloads: [ { id: etl, match: { resources: ["arn:aws:s3:::acme-*"] }, planes: { build: x.left } } ]`,
    }).owners("APP", inProd);
    expect(answer.answerables).toMatchObject([
      { person: "m.okafor", via: "stands in for x.left: build plane of workload etl", confidence: 0.6 },
    ]);
    expect(answer.gap).toContain("m.okafor stands in until an owner is named");
  });

  test("managers in a circle end in nobody", () => {
    const answer = finderOf({
      catalogue: `
people:
  - { id: a, active: false, manager: b }
  - { id: b, active: false, manager: a }
teams: [ { id: t, role: APP, members: [a] } ]
workloads: [ { id: etl, match: { resources: ["*"] }, planes: { build: a } } ]`,
    }).owners("APP", inProd);
    expect(answer.answerables).toEqual([]);
    expect(answer.gap).toContain("no manager of theirs is active");
  });

  test("in no role of any catalogue line", () => {
    const finder = finderOf({
      catalogue: `${people}
teams: [ { id: t, roles: [APP, PLATFORM, SECOPS, IDGOV, SECRETS, CLOUD_OPS], head: x.left, members: [x.left] } ]
commanders: [ { person: x.left, deputy: t.berg } ]`,
    });
    for (const role of ["APP", "PLATFORM", "SECOPS", "IDGOV", "SECRETS", "CLOUD_OPS", "IC"] as const)
      expect(finder.owners(role, inProd).answerables.map((item) => item.person)).not.toContain("x.left");
    expect(finder.owners("IC", inProd).answerables).toMatchObject([{ person: "t.berg" }]);
  });
});

describe("third parties (R74 to R77)", () => {
  const vendor = `
teams: [ { id: cloud-platform, role: PLATFORM, scope: "aws:333333333333", members: [l.meyer] } ]
thirdParties:
  - { id: vendor-backup, manager: m.okafor, contract: none,
      technical: { owner: cloud-platform, lever: disable-trust }, match: { accounts: ["aws:999999999999"] } }`;
  const scope = { ...inProd, principals: ["arn:aws:iam::999999999999:role/backup"] };
  test("contract manager, vendor and lever owner are found by the account on the path", () => {
    expect(names(vendor, "VENDOR_MGR", scope)).toEqual(["m.okafor"]);
    expect(names(vendor, "PLATFORM", scope)).toEqual(["l.meyer"]);
    expect(finderOf({ catalogue: people + vendor }).owners("VENDOR", scope).answerables).toMatchObject([
      { team: "vendor-backup" },
    ]);
  });
  test("not where the third party has no part", () => {
    expect(names(vendor, "VENDOR_MGR")).toEqual([]);
    expect(names(vendor, "PLATFORM")).toEqual([]);
  });
});

describe("whether a role exists (decision-rules.md C)", () => {
  test("unknown without a catalogue counts as existing, and so does one that lists no team", () => {
    expect(finderOf().exists("SECRETS", inProd)).toBe(true);
    expect(finderOf({ catalogue: people }).exists("SECRETS", inProd)).toBe(true);
  });
  test("a catalogue with teams and none of that role in scope: it does not", () => {
    const finder = finderOf({
      catalogue: `${people}
teams:
  - { id: iam, role: IDGOV, members: [t.berg] }
  - { id: elsewhere, role: SECRETS, scope: "aws:333333333333", members: [t.berg] }`,
    });
    expect(finder.exists("IDGOV", inProd)).toBe(true);
    expect(finder.exists("SECRETS", inProd)).toBe(false);
    expect(finder.exists("WLID", inProd)).toBe(false);
  });
});
