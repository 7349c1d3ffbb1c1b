import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Case } from "../../src/core/decision/index.js";
import { runRemit } from "../run-remit.js";
import { runCore, writeScenario } from "../scenarios/run-core.js";
import { readScenario, type Scenario } from "../scenarios/scenario.js";

/** Rows that hold for every decision, asked of all fourteen incidents. */
const folder = join(import.meta.dirname, "..", "scenarios");
const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const cases = new Map<string, Case>();
const expected = new Map<string, Scenario["expected"]>();

beforeAll(async () => {
  for (const file of files) {
    const scenario = readScenario(join(folder, file));
    const { cases: found } = await runCore(scenario, writeScenario(scenario));
    const own = found.find((one) =>
      one.exposures.some(
        ({ weakness, resource }) => weakness === scenario.weakness && resource === scenario.resource,
      ),
    );
    if (own === undefined) throw new Error(`no case in ${file}`);
    cases.set(file, own);
    expected.set(file, scenario.expected);
  }
});

const all = (): readonly Case[] => [...cases.values()];
const of = (start: string): Case => {
  const found = [...cases].find(([name]) => name.startsWith(start))?.[1];
  if (found === undefined) throw new Error(start);
  return found;
};
const wanted = (start: string) => [...expected].find(([name]) => name.startsWith(start))?.[1];
const owners = (item: Case): readonly string[] => [
  item.contain.lead,
  ...item.contain.also,
  item.trace.lead,
  ...item.fix.map(({ accountable }) => accountable),
  ...item.supports,
];

describe("intake and cause", () => {
  test("R1: findings of posture tools and flaws of scanners are cases of one engine, by the same rules", () => {
    expect(of("s01-flip").kind).toBe("posture");
    expect(of("s11").kind).toBe("flaw");
    expect(Object.keys(of("s11").facts)).toEqual(Object.keys(of("s01-flip").facts));
    expect(of("s11").rules.map(({ id }) => id)).toContain("D6");
    expect(of("s01-flip").rules.map(({ id }) => id)).toContain("D1");
  });

  test("R2: each is classed settings only or access, with the facts that led to it", () => {
    expect(of("s01-flip").facts["settings_only"]?.value).toBe(true);
    for (const start of ["s05", "s09", "s11"]) expect(of(start).facts["settings_only"]?.value).toBe(false);
    for (const item of all()) {
      const fact = item.facts["settings_only"];
      expect(fact?.value).not.toBeUndefined();
      expect((fact?.note ?? "") !== "" || (fact?.because.length ?? 0) > 0).toBe(true);
    }
  });

  test("R4: what comes back through an identity is told with the path, what does not is not", () => {
    for (const [file, { recreation, facts }] of cases) {
      expect([file, recreation.verdict]).toEqual([file, expected.get(file)?.recreation.verdict]);
      if (recreation.verdict === "possible") expect([file, facts["can_recur"]?.value]).toEqual([file, true]);
    }
    expect(of("s10-flip").facts["can_recur"]?.value).toBe(false);
  });

  test("R4: after the setting is corrected, can an identity bring it back? yes with the path, no, or what is missing", () => {
    for (const { recreation } of all()) {
      expect(["possible", "governed", "none", "unknown"]).toContain(recreation.verdict);
      if (recreation.verdict === "possible") expect(recreation.paths.length).toBeGreaterThan(0);
      if (recreation.verdict === "unknown") expect(recreation.missing.length).toBeGreaterThan(0);
    }
  });

  test("R6: the trace tells standing credential, inherited role, over-broad trust and secret used elsewhere apart", () => {
    const names = ["standing_secret_exposed", "inherited_role", "overbroad_trust", "secret_reused"];
    for (const item of all()) for (const name of names) expect(item.facts[name]).toBeDefined();
    expect(of("s09").facts["standing_secret_exposed"]?.value).toBe(true);
    expect(of("s01-firewall").facts["inherited_role"]?.value).toBe(true);
    expect(of("s09").facts["secret_reused"]?.value).toBe(true);
  });

  test("R12: integrations, runners and hosted services bear identities and secrets of their own", () => {
    // What the build service, the workflow and the integration hold of ours is named one by one, each with its owner.
    for (const [start, names] of [
      ["s04", ["runner-token", "registry-token"]],
      ["s12", ["registry-token"]],
      ["s13", ["warehouse-password", "assistant-grant"]],
    ] as const) {
      const items = of(start).fix.filter(({ row }) => row === 1 || row === 2);
      for (const name of names) expect(items.some(({ item }) => item.includes(name))).toBe(true);
    }
  });
});

describe("owners and tasks", () => {
  test("R16, R18: where access is involved in a cloud setting both cloud operations and identity governance own", () => {
    for (const item of all()) {
      const ids = item.rules.map(({ id }) => id);
      if (!ids.includes("D2")) continue;
      expect(owners(item)).toContain("CLOUD_OPS");
      expect(owners(item)).toContain("IDGOV");
    }
  });

  test("R30, R32: contain, trace and fix have an owner and a clock each, and containment is due first", () => {
    for (const item of all()) {
      for (const task of [item.contain, item.trace]) expect(task.lead).not.toBe("");
      expect(item.fix.length).toBeGreaterThan(0);
      if (item.recreation.verdict !== "unknown") expect(item.contain.due).not.toBeNull();
      for (const one of [item.trace, ...item.fix]) {
        expect(one.lead).not.toBe("");
        expect(one.due).not.toBeNull();
        if (item.contain.due !== null) expect(item.contain.due <= (one.due ?? "")).toBe(true);
      }
      // Room between them: what is contained may stay open to be traced.
      if (item.contain.due !== null) expect(item.trace.due).not.toBe(item.contain.due);
    }
  });

  test("R33: a path that is proven names the credential, role, federated identity or pipeline that starts it", () => {
    for (const { recreation } of all())
      for (const path of recreation.paths) {
        expect(path.hops[0]?.from ?? "").not.toBe("");
        expect(path.hops.length).toBeGreaterThan(0);
      }
  });
});

describe("frameworks", () => {
  test("R81, R82: the true ids of what each incident is about", () => {
    for (const [file, item] of cases) {
      const found = item.frameworks.map(({ id }) => id);
      expect([file, found]).toEqual([file, expect.arrayContaining(expected.get(file)?.frameworks ?? [])]);
    }
    const idsOf = (start: string, framework: string) =>
      of(start)
        .frameworks.filter((ref) => ref.framework === framework)
        .map(({ id }) => id);
    expect(idsOf("s09", "OWASP NHI Top 10")).toEqual(expect.arrayContaining(["NHI2:2025", "NHI7:2025"]));
    expect(idsOf("s09", "NIST CSF")).toEqual(expect.arrayContaining(["PR.AA-01", "PR.AA-05", "RS.MI-01"]));
    expect(idsOf("s01-flip", "NIST CSF")).toContain("PR.PS-01");
  });

  test("R81, R82, R86: ids of the right form, each with a reason of one line", () => {
    for (const item of all()) {
      for (const ref of item.frameworks) {
        if (ref.framework === "OWASP NHI Top 10") expect(ref.id).toMatch(/^NHI([1-9]|10):2025$/);
        if (ref.framework === "NIST CSF") expect(ref.id).toMatch(/^(GV|ID|PR|DE|RS|RC)\.[A-Z]{2}-\d{2}$/);
        expect(ref.reason).not.toBe("");
        expect(ref.reason).not.toContain("\n");
      }
    }
  });
});

describe("sample cases", () => {
  const leadOf = (start: string) => wanted(start)?.lead;

  test("R88: vault escalation, warehouse logins and the campaign of served keys: the lead that the articles ask for", () => {
    for (const start of ["s08", "s09", "s10-vault"]) expect(of(start).lead).toBe(leadOf(start));
  });

  test("R89: flaws, a workflow platform, and a build step that were broken into: the lead that the articles ask for", () => {
    for (const start of ["s03", "s04", "s12", "s14"]) expect(of(start).lead).toBe(leadOf(start));
  });
});

describe("blast radius", () => {
  test("R65, R68: reach of an identity: what it becomes, which services it touches, the tier that follows", async () => {
    const { code, out } = await runRemit([
      ...["reach", "svc-batch", "--estate", "examples/estate"],
      ...["--now", "2026-11-22T12:00:00Z", "--format", "json"],
    ]);
    expect(code).toBe(0);
    const reach = JSON.parse(out) as Reach;
    expect(reach.becomes.map(({ name }) => name)).toEqual(["etl-admin"]);
    // Through the role that it becomes, and not by a right of its own.
    expect(reach).toMatchObject({ schema: "remit.reach/1", tier: 2, tierBecause: "may manage permissions" });
    expect(new Set(reach.resources.map(({ kind }) => kind))).toEqual(
      new Set(["kms:key", "s3:bucket", "sns:topic"]),
    );
    expect(reach.resources).toContainEqual(
      expect.objectContaining({ name: "acme-reports", access: "change", action: "s3:PutBucketPolicy" }),
    );
  });
});

interface Reach {
  readonly becomes: readonly { readonly name: string }[];
  readonly resources: readonly { readonly kind: string }[];
}
