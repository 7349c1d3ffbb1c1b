import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readinessOfFiles } from "../../src/app/index.js";
import { readinessSchema } from "../../src/contract/index.js";
import type { Readiness, ReadinessGapKind } from "../../src/core/decision/index.js";

const folder = mkdtempSync(join(tmpdir(), "remit-readiness-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const now = "2026-11-22T12:00:00Z";
const prod = "222222222222";
const arn = (rest: string): string => `arn:aws:iam::${prod}:${rest}`;
const allow = (Action: string | readonly string[], Resource = "*") => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource }],
});
const user = (name: string, ...actions: readonly string[]) => ({
  id: arn(`user/${name}`),
  console: { password: true, mfa: true },
  policies: actions.length === 0 ? [] : [{ name: "own", document: allow(actions) }],
});

const estate = {
  schema: "remit.estate/1",
  source: "test",
  observedAt: now,
  accounts: [{ id: `aws:${prod}`, name: "prod", organization: "none" }],
  coverage: [{ topic: ["iam", "access-keys", "console", "root-credentials"], scope: `aws:${prod}` }],
  principals: [
    {
      id: arn("role/shop"),
      trust: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      },
      policies: [],
    },
    user("ana", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"),
    user("ben", "iam:PutRolePolicy"),
    user("cleo"),
  ],
  workloads: [{ id: "shop", account: `aws:${prod}`, runsAs: arn("role/shop"), exposed: true }],
};

const person = (id: string, more: object = {}) => ({ id, principals: [arn(`user/${id}`)], ...more });
const catalogue = {
  version: 1,
  policy: { regulated: false },
  people: [person("ana"), person("ben"), person("cleo")],
  teams: [
    { id: "product", role: "APP", members: ["ana"] },
    { id: "platform", roles: ["PLATFORM", "CLOUD_OPS"], members: ["ben"] },
    { id: "security", role: "SECOPS", members: ["cleo"] },
    { id: "iam", role: "IDGOV", members: ["ana"] },
  ],
  accounts: [{ id: `aws:${prod}`, owner: "product", runtimeAuthority: "platform", accessDecisions: "iam" }],
  workloads: [
    {
      id: "shop",
      facts: { customerFacing: true, privileged: false },
      planes: {
        build: { owner: "product" },
        runtime: { owner: "platform" },
        incident: { owner: "security" },
      },
      workloadIdentity: "ana",
    },
  ],
  authorities: ["revoke", "compensating-control", "residual-risk", "privilege-change", "emergency"].map(
    (kind) => ({
      kind,
      scope: "*",
      holder: "ana",
      deputy: "ben",
      until: "2030-12-31",
    }),
  ),
  commanders: [{ person: "cleo", deputy: "ana" }],
};

type Json = Record<string, unknown>;

async function assess(change: (documents: { estate: Json; catalogue: Json }) => void = () => undefined) {
  const documents = structuredClone({ estate, catalogue }) as unknown as { estate: Json; catalogue: Json };
  change(documents);
  const put = (name: string, value: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(value));
    return path;
  };
  const asked = await readinessOfFiles({
    estate: [put("estate.json", documents.estate)],
    findings: [],
    catalogue: put("remit.json", documents.catalogue),
    now,
  });
  if (asked.kind !== "answer") throw new Error("nothing was read");
  expect(asked.document.rejected).toEqual([]);
  expect(readinessSchema.safeParse(asked.document).error).toBeUndefined();
  return asked.document;
}

const kinds = ({ gaps }: Readiness): readonly ReadinessGapKind[] => [
  ...new Set(gaps.map(({ kind }) => kind)),
];
const cell = (found: Readiness, duty: string) => found.workloads[0]?.cells.find((each) => each.duty === duty);
const list = (documents: Json, name: string): Json[] => documents[name] as Json[];

describe("before an incident: who answers for what (R43 to R51, R58 to R64, R70)", () => {
  test("everybody named, and whoever has to act is proven able: no gap", async () => {
    const found = await assess();
    expect(found.gaps).toEqual([]);
    expect(found.coverage).toMatchObject({ share: 1, unproven: 0 });
    expect(cell(found, "revoke")).toMatchObject({ state: "can", who: "ana", deputy: "ben" });
    expect(cell(found, "identity")).toMatchObject({ state: "can", who: "ana" });
  });

  test("R48, R55: a workload without an owner of a plane is listed with the line that closes it", async () => {
    const found = await assess(({ catalogue: file }) => {
      list(file, "workloads")[0]!["planes"] = {};
      file["teams"] = list(file, "teams").filter((team) => team["id"] !== "product");
      list(file, "accounts")[0]!["owner"] = "platform";
    });
    expect(cell(found, "patch")?.state).toBe("gap");
    const gap = found.gaps.find(({ duty }) => duty === "patch");
    expect(gap).toMatchObject({ kind: "no-owner", scope: "workload:shop" });
    expect(gap?.fix).toContain("planes: { build:");
    expect(found.diffuse.nobody).toBe(1);
  });

  const cases: readonly (readonly [string, ReadinessGapKind, (file: Json) => void])[] = [
    [
      "R47: a team without anybody active is a bare label",
      "bare-team",
      (file) => {
        list(file, "teams")[2]!["members"] = [];
      },
    ],
    [
      "ownership.md 6c: who has left holds no authority",
      "departed",
      (file) => {
        list(file, "people")[0] = { ...person("ana"), active: false, leftAt: "2026-06-20" };
      },
    ],
    [
      "R62: an authority that has ended",
      "expired",
      (file) => {
        list(file, "authorities")[2]!["until"] = "2026-01-31";
      },
    ],
    [
      "tier 2: an authority without a deputy",
      "no-deputy",
      (file) => {
        delete list(file, "authorities")[2]!["deputy"];
      },
    ],
    [
      "R49: no runtime authority",
      "no-runtime-authority",
      (file) => {
        delete list(file, "accounts")[0]!["runtimeAuthority"];
      },
    ],
    [
      "R47, R49: a runtime authority who has left",
      "departed",
      (file) => {
        list(file, "accounts")[0]!["runtimeAuthority"] = "dora";
        list(file, "people").push({ id: "dora", active: false });
      },
    ],
    [
      "R47, R49: a runtime authority that is a bare team",
      "bare-team",
      (file) => {
        list(file, "accounts")[0]!["runtimeAuthority"] = "empty";
        list(file, "teams").push({ id: "empty", role: "PLATFORM" });
      },
    ],
    [
      "R76: a third party with one side only",
      "one-side-only",
      (file) => {
        file["thirdParties"] = [{ id: "vendor", kind: "vendor", contract: { clause: "MSA 1" }, match: {} }];
      },
    ],
  ];
  test.each(cases)("%s", async (_, kind, change) => {
    const found = await assess(({ catalogue: file }) => change(file));
    expect(kinds(found)).toContain(kind);
    const gap = found.gaps.find((item) => item.kind === kind);
    expect(gap?.fix).not.toBe("");
    expect(gap?.rows).not.toEqual([]);
  });

  test("R58: a revoker who technically cannot is a gap with what stops them and the people who can", async () => {
    const found = await assess(({ catalogue: file }) => {
      for (const authority of list(file, "authorities"))
        if (authority["kind"] === "revoke") Object.assign(authority, { holder: "cleo", deputy: undefined });
    });
    expect(cell(found, "revoke")?.state).toBe("gap");
    const gap = found.gaps.find(({ kind }) => kind === "cannot-act");
    expect(gap?.text).toContain("cleo is named and technically cannot: iam:PutRolePolicy as cleo");
    expect(gap?.text).toContain("people who can: ana, ben");
  });
});

describe("what surrounds the matrix", () => {
  test("R52, R54: keys without end or rotation, and those that nobody uses", async () => {
    const key = (id: string, more: object) => ({
      id: `aws:access-key/${id}`,
      holder: arn("user/ana"),
      status: "active",
      created: "2024-01-01",
      autoRotated: false,
      ...more,
    });
    const found = await assess(({ estate: file }) => {
      file["credentials"] = [
        key("AKIAIOSFODNN7EXAMPLE", { lastUsed: "2026-11-20", consumers: ["workload:shop"] }),
        key("AKIAI44QH8DHBEXAMPLE", { lastUsed: "2025-01-01" }),
      ];
    });
    expect(kinds(found)).toEqual(["orphaned", "static-access"]);
  });

  test("R66: a risk more never asks for fewer names", async () => {
    const asked = (found: Readiness): number => found.coverage.required;
    const internal = await assess(({ catalogue: file }) => {
      list(file, "workloads")[0]!["facts"] = { customerFacing: false, privileged: false };
    });
    const facing = await assess();
    const both = await assess(({ catalogue: file }) => {
      list(file, "workloads")[0]!["facts"] = { customerFacing: true, privileged: true };
    });
    expect([internal, facing, both].map((found) => found.workloads[0]?.tier)).toEqual([1, 2, 3]);
    expect(asked(internal)).toBeLessThan(asked(facing));
    expect(asked(facing)).toBeLessThan(asked(both));
  });

  test("what nobody has said counts the worse way for gaps", async () => {
    const found = await assess(({ catalogue: file }) => {
      delete list(file, "workloads")[0]!["facts"];
      file["authorities"] = [];
    });
    expect(found.workloads[0]).toMatchObject({ tier: 1, tierIfUnknown: 2 });
    expect(cell(found, "risk")?.state ?? cell(found, "residual-risk")?.state).toBe("gap");
  });
});
