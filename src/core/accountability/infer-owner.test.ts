import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bucket, estateWith, finderOf, nothing, now, prod } from "../../../test/ownership.js";
import { type EstateText } from "../../../test/policy-estate.js";
import { runs } from "../../../test/settings.js";
import {
  accountId,
  principalId,
  resourceId,
  type AuditEvent,
  type CodeOwnersFile,
  type Definition,
  type EstateFacts,
  type Origin,
  type Pipeline,
} from "../estate/index.js";
import type { OwnershipScope, Role } from "./index.js";
import { evidenceKinds, evidenceWeight, type SightingKind } from "./owner-evidence.js";

const at = (path: string, observedAt?: string): Origin => ({
  source: { path, digest: "0", kind: "test", ...(observedAt === undefined ? {} : { observedAt }) },
});
const file = "infra/exports/main.tf";
const scope: OwnershipScope = {
  ...nothing,
  accounts: [prod],
  resources: [bucket],
  files: [{ repository: "acme/etl", file }],
};
const tagged = (tags: Readonly<Record<string, string>>): EstateText => ({
  resources: { [bucket]: { account: "222222222222", tags } },
});
const codeOwners = (
  rules: readonly (readonly [string, ...string[]])[],
  repository = "acme/etl",
): CodeOwnersFile => ({
  repository,
  dialect: "github",
  rules: rules.map(([pattern, ...owners], index) => ({ pattern, owners, line: index + 1 })),
  origin: at(`repos/${repository}/.github/CODEOWNERS`),
});
const event = (
  person: string | undefined,
  action: string,
  when: string,
  actor = "arn:aws:iam::222222222222:role/etl-admin",
  targets: readonly string[] = [bucket],
): AuditEvent => ({
  id: `${when} ${action} ${person ?? ""}`,
  at: when,
  action,
  account: accountId(prod),
  actor: principalId(actor),
  ...(person === undefined ? {} : { person }),
  targets,
  origin: at("trail.json"),
});

function ask(role: Role, text: EstateText, facts: Partial<EstateFacts> = {}, catalogue?: string) {
  const finder = finderOf({
    estate: estateWith(text, facts),
    ...(catalogue === undefined ? {} : { catalogue }),
  });
  return { ...finder.owners(role, scope), why: finder.explainOwner(role, scope) };
}

describe("the formula (ownership.md 6b)", () => {
  const weight = (
    kind: SightingKind,
    daysAgo: number,
    validity: number,
    directness: 1 | 0.6 | 0.4,
    column: "build" | "runtime" | "workload-identity" | "revoker" = "build",
  ): number =>
    evidenceWeight(
      {
        kind,
        raw: "x",
        source: "x",
        observedAt: new Date(Date.parse(now) - daysAgo * 86_400_000).toISOString(),
        directness,
        evidence: { document: "x", digest: "0", excerpt: "x" },
      },
      column,
      validity,
      now,
    ).weight;

  test.each([
    ["a fresh tag on the thing itself", weight("tag", 0, 1, 1), 0.75],
    ["a tag of one half-life", weight("tag", 365, 1, 1), 0.375],
    ["a tag of two half-lives", weight("tag", 730, 1, 1), 0.1875],
    ["inherited", weight("tag", 0, 1, 0.6), 0.45],
    ["by name match", weight("tag", 0, 1, 0.4), 0.3],
    ["a team without anybody", weight("tag", 0, 0.3, 1), 0.225],
    ["somebody departed", weight("tag", 0, 0, 1), 0],
    ["CODEOWNERS do not age while the file stands", weight("code-owners", 1000, 1, 1), 0.7],
    ["CODEOWNERS speak half for the runtime", weight("code-owners", 0, 1, 1, "runtime"), 0.42],
    ["sole consumer after its half-life", weight("sole-consumer", 30, 1, 1, "workload-identity"), 0.275],
    ["a creator after its half-life", weight("creator", 180, 1, 1, "workload-identity"), 0.225],
    ["the right to revoke", weight("permission", 0, 1, 1, "revoker"), 0.5],
    ["the right to revoke says nothing about the code", weight("permission", 0, 1, 1), 0],
    ["a tag says nothing about who may revoke", weight("tag", 0, 1, 1, "revoker"), 0],
  ])("%s", (_, actual, expected) => {
    expect(actual).toBeCloseTo(expected, 10);
  });

  test("evidence never weighs more than its base, and age only takes away", () => {
    const kinds = Object.keys(evidenceKinds) as SightingKind[];
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.integer({ min: 0, max: 4000 }),
        fc.integer({ min: 0, max: 4000 }),
        fc.constantFrom(0, 0.3, 1),
        (kind, young, more, validity) => {
          const fresh = weight(kind, young, validity, 1);
          expect(fresh).toBeLessThanOrEqual(evidenceKinds[kind].weight);
          expect(weight(kind, young + more, validity, 1)).toBeLessThanOrEqual(fresh);
        },
      ),
      { numRuns: runs.property },
    );
  });
});

describe("who is inferred, and from what", () => {
  test("a tag on the thing itself, marked as inferred, with its evidence", () => {
    const { answerables } = ask("APP", tagged({ Owner: "data-platform" }));
    expect(answerables).toMatchObject([
      { team: "data-platform", inferred: true, confidence: 0.75, via: "tag Owner" },
    ]);
    expect(answerables[0]?.evidence[0]?.excerpt).toContain("tag Owner = data-platform");
  });

  test("two tags count once; a second kind of evidence counts", () => {
    expect(ask("APP", tagged({ Owner: "data-platform", team: "data-platform" })).answerables).toMatchObject([
      { confidence: 0.75 },
    ]);
    const both = ask("APP", tagged({ Owner: "data-platform", team: "data-platform" }), {
      codeOwners: [codeOwners([["*", "@acme/data-platform"]])],
    });
    // 1 − (1 − 0.75)(1 − 0.70)
    expect(both.answerables).toMatchObject([{ confidence: 0.93 }]);
    const [best] = both.why.candidates;
    expect(best?.evidence.filter((item) => item.capped === undefined)).toHaveLength(2);
    expect(best?.evidence.find((item) => item.capped !== undefined)?.capped).toContain("counts once");
  });

  test("CODEOWNERS of the defining file: the last match decides", () => {
    const { answerables } = ask("APP", tagged({}), {
      codeOwners: [
        codeOwners([
          ["*", "@acme/everyone"],
          ["/infra/", "@acme/data-platform"],
          ["*.md", "@acme/docs"],
        ]),
      ],
    });
    expect(answerables).toMatchObject([
      { team: "@acme/data-platform", via: `CODEOWNERS of ${file}`, confidence: 0.7, inferred: true },
    ]);
    expect(answerables[0]?.evidence[0]).toMatchObject({ line: 2 });
  });

  test("an empty owner list is deliberately unowned: nobody, with the line", () => {
    const { answerables, gap, why } = ask("APP", tagged({}), {
      codeOwners: [codeOwners([["*", "@acme/everyone"], ["/infra/"]])],
    });
    expect(answerables).toEqual([]);
    expect(gap).toContain("no APP owner for account aws:222222222222 (nobody found)");
    expect(why.rejected).toContainEqual({
      candidate: `CODEOWNERS of ${file}`,
      reason: "deliberately unowned by line 2",
    });
  });

  test("another repository's CODEOWNERS say nothing", () => {
    const other = codeOwners([["*", "@acme/other"]], "acme/other");
    expect(ask("APP", tagged({}), { codeOwners: [other] }).answerables).toEqual([]);
    const two = [other, codeOwners([["*", "@acme/data-platform"]])];
    expect(ask("APP", tagged({}), { codeOwners: two }).answerables).toMatchObject([
      { team: "@acme/data-platform" },
    ]);
  });

  test("files read from disk are matched below the folder of their repository", () => {
    const estate = estateWith(tagged({}), { codeOwners: [codeOwners([["/infra/", "@acme/data-platform"]])] });
    const onDisk = { ...scope, files: [{ file: `repos/acme/etl/${file}` }] };
    expect(finderOf({ estate }).owners("APP", onDisk).answerables).toMatchObject([
      { team: "@acme/data-platform" },
    ]);
  });

  test("below 0.60 nobody is named, and what would raise it is", () => {
    const { answerables, gap } = ask("APP", tagged({ CreatorName: "ana.ruiz" }));
    expect(answerables).toEqual([]);
    expect(gap).toMatch(
      /\(nobody found\): ana\.ruiz at 0\.27 is too little evidence .*would raise it: .*CODEOWNERS/,
    );
  });

  test("two that are close are both asked, and it is a gap", () => {
    const { answerables, gap } = ask("APP", tagged({ Owner: "data-platform" }), {
      codeOwners: [codeOwners([["*", "@acme/shipping"]])],
    });
    expect(answerables.map((item) => item.team)).toEqual(["data-platform", "@acme/shipping"]);
    expect(gap).toContain("data-platform (0.75) and @acme/shipping (0.70) are close");
  });

  test("a name inside the resource's name supports a candidate a little, and makes none", () => {
    // 1 − (1 − 0.70)(1 − 0.20 · 0.4)
    expect(
      ask("APP", tagged({}), { codeOwners: [codeOwners([["*", "@acme/exports"]])] }).answerables,
    ).toMatchObject([{ confidence: 0.72 }]);
    expect(ask("APP", tagged({})).why.candidates).toEqual([]);
  });

  test("a stale tag is not enough any more", () => {
    const old = estateWith(tagged({ Owner: "data-platform" }));
    const [resource] = old.resources;
    if (resource === undefined) throw new Error("no resource");
    const resources = [{ ...resource, origin: at("config.json", "2024-01-01T00:00:00Z") }];
    const estate = estateWith({}, { resources });
    expect(finderOf({ estate }).owners("APP", scope).answerables).toEqual([]);
  });

  test.each(["n/a", "unknown", "-", "TBD", "12345"])("the placeholder %j is nobody", (value) => {
    expect(ask("APP", tagged({ Owner: value })).answerables).toEqual([]);
  });

  test.each(["IDGOV", "SECRETS", "SECOPS", "SEC_ENG", "RISK_SIGNER", "IC"] as const)(
    "%s is an appointment: no tag makes anybody it, and never the security team by default",
    (role) => {
      const { answerables, gap } = ask(role, tagged({ Owner: "security", team: "security" }));
      expect(answerables).toEqual([]);
      expect(gap).toContain("(nobody found)");
    },
  );

  test("a tag names whose workload it is, not who runs the platform", () => {
    const owners = { codeOwners: [codeOwners([["*", "@acme/data-platform"]])] };
    for (const role of ["CLOUD_OPS", "PLATFORM"] as const)
      expect(ask(role, tagged({ Owner: "data-platform" }), owners).answerables).toEqual([]);
    expect(ask("RUNTIME_OWNER", tagged({ Owner: "data-platform" }), owners).answerables).toHaveLength(1);
  });

  test("IDGOV: the CODEOWNERS of the code that defines the identities", () => {
    const role = "arn:aws:iam::222222222222:role/etl-admin";
    const definition: Definition = {
      tool: "terraform",
      address: "aws_iam_role.etl_admin",
      resourceType: "aws_iam_role",
      target: resourceId(role),
      file: "iam/roles.tf",
      repository: "acme/etl",
      status: "applied",
      declares: new Map(),
      tags: {},
      origin: at("state.json"),
    };
    const estate = estateWith(
      { principals: { [role]: {} } },
      { definitions: [definition], codeOwners: [codeOwners([["/iam/", "@acme/iam-team"]])] },
    );
    expect(finderOf({ estate }).owners("IDGOV", { ...scope, principals: [role] }).answerables).toMatchObject([
      { team: "@acme/iam-team", confidence: 0.7, inferred: true },
    ]);
  });
});

describe("machines are never owners", () => {
  test.each(["dependabot[bot]", "renovate", "svc-deploy", "release-bot"])(
    "the tag value %s names nobody",
    (value) => {
      const { answerables, why } = ask("APP", tagged({ Owner: value }));
      expect(answerables).toEqual([]);
      expect(why.rejected).toContainEqual({ candidate: value, reason: "a machine is never an owner" });
    },
  );

  test("a CODEOWNERS line that holds a bot leaves the people", () => {
    const { answerables } = ask("APP", tagged({}), {
      codeOwners: [codeOwners([["*", "@acme-bot", "@acme/data-platform"]])],
    });
    expect(answerables.map((item) => item.team)).toEqual(["@acme/data-platform"]);
  });

  const pipeline: Pipeline = {
    id: "acme/etl#deploy.yml",
    file: ".github/workflows/deploy.yml",
    repository: "acme/etl",
    runsAs: principalId("arn:aws:iam::222222222222:role/gha-deploy"),
    uses: [],
    secrets: [],
    ranAt: [],
    gate: { protectedRef: "unknown", reviewRequired: "unknown", adminBypass: "unknown" },
    origin: at("pipelines.yaml"),
  };
  const deployed = [event(undefined, "s3:CreateBucket", "2026-11-20T10:00:00Z", pipeline.runsAs)];

  test("a deploy role hops to its workflow's owner, who is inherited evidence only", () => {
    const { why } = ask("APP", tagged({}), {
      events: deployed,
      pipelines: [pipeline],
      codeOwners: [codeOwners([["/.github/", "@acme/ci"]])],
    });
    expect(why.candidates).toMatchObject([{ candidate: "@acme/ci", score: 0.42 }]);
  });

  test("a session named by a program is the machine, not a person of that name", () => {
    const { why } = ask("APP", tagged({}), {
      events: [event("GitHubActions", "s3:CreateBucket", "2026-11-20T10:00:00Z", pipeline.runsAs)],
      pipelines: [pipeline],
      codeOwners: [codeOwners([["/.github/", "@acme/ci"]])],
    });
    expect(why.candidates.map((item) => item.candidate)).toEqual(["@acme/ci"]);
  });

  test("a deploy role that leads nowhere is rejected by name", () => {
    const { answerables, why } = ask("APP", tagged({}), { events: deployed });
    expect(answerables).toEqual([]);
    expect(why.rejected).toContainEqual({
      candidate: "gha-deploy",
      reason: "a machine is never an owner; no pipeline is known to act as it",
    });
  });

  test("WLID of a role that a pipeline enters: the owner of the workflow", () => {
    const role = pipeline.runsAs ?? "";
    const estate = estateWith(
      { principals: { [role]: {} } },
      { pipelines: [pipeline], codeOwners: [codeOwners([["/.github/", "@acme/ci"]])] },
    );
    expect(finderOf({ estate }).owners("WLID", { ...scope, principals: [role] }).answerables).toMatchObject([
      { team: "@acme/ci", confidence: 0.7 },
    ]);
  });
});

describe("people in the audit log", () => {
  const created = event("p.holm", "s3:CreateBucket", now);
  test("alone they are too little, with a tag they count", () => {
    expect(ask("APP", tagged({}), { events: [created] }).answerables).toEqual([]);
    // 1 − (1 − 0.75)(1 − 0.45 · 0.6)
    expect(ask("APP", tagged({ Owner: "p.holm" }), { events: [created] }).answerables).toMatchObject([
      { person: "p.holm", confidence: 0.82 },
    ]);
  });

  test("somebody whom the catalogue knows to have left weighs nothing", () => {
    const { answerables, why } = ask(
      "APP",
      tagged({ Owner: "p.holm" }),
      { events: [created] },
      "people: [ { id: p.holm, active: false } ]",
    );
    expect(answerables).toEqual([]);
    expect(why.rejected).toContainEqual({ candidate: "p.holm", reason: "p.holm has left" });
  });

  test("a team of the catalogue without anybody weighs 0.3 of it", () => {
    const { answerables, why } = ask(
      "APP",
      tagged({ Owner: "data-platform" }),
      {},
      "teams: [ { id: data-platform } ]",
    );
    expect(answerables).toEqual([]);
    expect(why.candidates).toMatchObject([{ score: 0.22 }]);
  });

  test("a name of the catalogue resolves to its person", () => {
    const { answerables } = ask(
      "APP",
      tagged({ OwnerEmail: "ana.ruiz@example.com" }),
      {},
      "people: [ { id: ana.ruiz, name: Ana Ruiz } ]",
    );
    expect(answerables).toMatchObject([{ person: "ana.ruiz", inferred: true }]);
  });

  test("a mail address, a handle and a sign-in name of one person of the catalogue are one candidate, by the catalogue's name", () => {
    const { why } = ask(
      "APP",
      tagged({ Owner: "Ana Ruiz" }),
      {
        events: [event("aruiz@corp.example", "s3:CreateBucket", now)],
        codeOwners: [codeOwners([["*", "@ana.ruiz"]])],
      },
      `people: [ { id: ana.ruiz, name: Ana Ruiz, principals: ["arn:aws:iam::222222222222:role/etl-admin#aruiz@corp.example"] } ]`,
    );
    // 1 − (1 − 0.75)(1 − 0.70)(1 − 0.45 · 0.6): three classes of one person, not three people.
    expect(why.candidates.map(({ candidate, score }) => [candidate, score])).toEqual([["ana.ruiz", 0.95]]);
  });

  test("a user that a complete list no longer holds has gone", () => {
    const user = "arn:aws:iam::222222222222:user/p.holm";
    const { why } = ask("APP", tagged({}), { events: [event("p.holm", "s3:CreateBucket", now, user)] });
    expect(why.rejected).toContainEqual({ candidate: "p.holm", reason: "the user no longer exists" });
  });

  test("REVOKER: who may make the call and has been seen at it, proven", () => {
    const svc = "arn:aws:iam::222222222222:user/svc-batch";
    const admin = "arn:aws:iam::222222222222:role/key-admin";
    const text: EstateText = {
      principals: {
        [svc]: {},
        [admin]: {
          policies: [{ Statement: [{ Effect: "Allow", Action: "iam:UpdateAccessKey", Resource: "*" }] }],
        },
      },
    };
    const events = [
      event("j.ortiz", "iam:UpdateAccessKey", now, admin, [svc]),
      event("l.meyer", "iam:CreateUser", now, "arn:aws:iam::222222222222:role/other", [svc]),
    ];
    const estate = estateWith(text, { events });
    const { answerables } = finderOf({ estate }).owners("REVOKER", scope, {
      action: "iam:UpdateAccessKey",
      resource: svc,
    });
    // 1 − (1 − 0.50)(1 − 0.40)
    expect(answerables).toMatchObject([
      {
        person: "j.ortiz",
        confidence: 0.7,
        inferred: true,
        authority: { verdict: "can", proof: ["iam:UpdateAccessKey through key-admin"] },
      },
    ]);
  });
});

test("answers do not depend on the order of what was read", () => {
  const events = [
    event("ana.ruiz", "s3:PutBucketPolicy", "2026-11-01T00:00:00Z"),
    event("t.berg", "s3:PutBucketPolicy", "2026-11-01T00:00:00Z"),
    event("l.meyer", "s3:CreateBucket", "2026-10-01T00:00:00Z"),
  ];
  const expected = JSON.stringify(ask("RUNTIME_OWNER", tagged({ Owner: "ana.ruiz" }), { events }));
  fc.assert(
    fc.property(fc.shuffledSubarray(events, { minLength: 3, maxLength: 3 }), (shuffled) => {
      expect(JSON.stringify(ask("RUNTIME_OWNER", tagged({ Owner: "ana.ruiz" }), { events: shuffled }))).toBe(
        expected,
      );
    }),
    { numRuns: runs.slowProperty },
  );
});

describe("from 0.60 on a proposal, from 0.85 on an owner (ownership.md 6b)", () => {
  const accounts = `accounts: [ { id: "${prod}", name: prod, owner: cleo, runtimeAuthority: ben } ]`;
  const people = "people: [ { id: ben }, { id: cleo } ]";

  test("a proposal asks the two best, and the clock runs against the owner of the account meanwhile", () => {
    const answer = ask(
      "APP",
      tagged({ Owner: "data-platform" }),
      { events: [event("t.berg", "s3:CreateBucket", now)] },
      `${people}\n${accounts}`,
    );
    expect(answer.answerables).toMatchObject([{ team: "data-platform", confidence: 0.75 }]);
    expect(answer.ask).toEqual({
      who: ["data-platform", "t.berg"],
      until: { who: "cleo", via: "owner of account prod" },
    });
    expect(answer.problems).toMatchObject([{ kind: "unconfirmed" }]);
    expect(answer.gap).toContain(
      "data-platform (0.75) is likely and not certain: ask them and t.berg (0.27)",
    );
  });

  test("R47: who has left does not stand in: then the runtime authority, then nobody", () => {
    const until = (catalogue: string) =>
      ask("APP", tagged({ Owner: "data-platform" }), {}, catalogue).ask?.until;
    const gone = "people: [ { id: ben }, { id: cleo, active: false } ]";
    const managed = "people: [ { id: ben }, { id: dora }, { id: cleo, active: false, manager: dora } ]";
    expect(until(`${managed}\n${accounts}`)?.who).toBe("ben");
    expect(until(`${gone}\n${accounts}`)).toEqual({ who: "ben", via: "runtime authority of account prod" });
    expect(until(people)).toBeUndefined();
  });

  test("at 0.85 and clear of the next nobody is asked", () => {
    const { ask: asked, gap } = ask("APP", tagged({ Owner: "data-platform" }), {
      codeOwners: [codeOwners([["*", "@acme/data-platform"]])],
    });
    expect([asked, gap]).toEqual([undefined, undefined]);
  });
});

describe("which CODEOWNERS file is that of a workflow", () => {
  const role = principalId("arn:aws:iam::222222222222:role/gha-deploy");
  const workflow = (path: string, repository?: string): Pipeline => ({
    id: `${repository ?? "checkout"}#.github/workflows/deploy.yml`,
    file: ".github/workflows/deploy.yml",
    ...(repository === undefined ? {} : { repository }),
    runsAs: role,
    uses: [],
    secrets: [],
    ranAt: [],
    gate: { protectedRef: "unknown", reviewRequired: "unknown", adminBypass: "unknown" },
    origin: at(path),
  });
  const unnamed = (path: string): CodeOwnersFile => {
    const { repository: _, ...file } = codeOwners([["/.github/", "@acme/ci"]]);
    return { ...file, origin: at(path) };
  };
  const owners = (pipeline: Pipeline, file: CodeOwnersFile): readonly (string | undefined)[] => {
    const estate = estateWith({ principals: { [role]: {} } }, { pipelines: [pipeline], codeOwners: [file] });
    return finderOf({ estate })
      .owners("WLID", { ...scope, files: [], principals: [role] })
      .answerables.map(({ team }) => team);
  };

  test("one without a repository is not that of a workflow of a named one", () => {
    expect(owners(workflow("pipelines.yaml", "acme/other"), unnamed("CODEOWNERS"))).toEqual([]);
    expect(owners(workflow("pipelines.yaml", "acme/other"), unnamed("estate/infra/CODEOWNERS"))).toEqual([]);
  });

  test("it is that of a workflow that was read out of its own folder, and of no other folder", () => {
    const read = workflow("estate/infra/.github/workflows/deploy.yml");
    expect(owners(read, unnamed("estate/infra/.github/CODEOWNERS"))).toEqual(["@acme/ci"]);
    expect(owners(workflow(".github/workflows/deploy.yml"), unnamed("CODEOWNERS"))).toEqual(["@acme/ci"]);
    expect(owners(read, unnamed("estate/app/CODEOWNERS"))).toEqual([]);
  });
});
