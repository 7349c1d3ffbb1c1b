import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Case } from "../../src/core/decision/index.js";
import { runRemit } from "../run-remit.js";
import { runCore, writeScenario } from "../scenarios/run-core.js";
import { readScenario } from "../scenarios/scenario.js";

/** Rows that hold for every decision, asked of all fourteen incidents (R88, R89). */
const folder = join(import.meta.dirname, "..", "scenarios");
const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const cases = new Map<string, Case>();

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
  }
}, 120_000);

const all = (): readonly Case[] => [...cases.values()];
const of = (start: string): Case => {
  const found = [...cases].find(([name]) => name.startsWith(start))?.[1];
  if (found === undefined) throw new Error(start);
  return found;
};
const owners = (item: Case): readonly string[] => [
  item.contain.lead,
  ...item.contain.also,
  item.trace.lead,
  ...item.fix.map(({ accountable }) => accountable),
  ...item.supports,
];

describe("intake and cause", () => {
  test("R2: each is classed settings only or access, with the facts that led to it", () => {
    expect(of("s01-flip").facts["settings_only"]?.value).toBe(true);
    for (const item of all()) {
      const fact = item.facts["settings_only"];
      expect(fact?.value).not.toBeUndefined();
      expect((fact?.note ?? "") !== "" || (fact?.because.length ?? 0) > 0).toBe(true);
    }
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
    for (const start of ["s04", "s12", "s13"])
      expect(of(start).fix.filter(({ row }) => row === 1 || row === 2).length).toBeGreaterThan(0);
  });
});

describe("owners and tasks", () => {
  test("R16, R17, R18: where access is involved in a cloud setting both cloud operations and identity governance own", () => {
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
      for (const one of item.fix) {
        expect(one.accountable).not.toBe("");
        if (item.contain.due !== null && one.due !== null) expect(item.contain.due <= one.due).toBe(true);
      }
    }
  });

  test("R33: a path that is proven names the credential, role, federated identity or pipeline that starts it", () => {
    for (const { recreation } of all())
      for (const path of recreation.paths) {
        expect(path.hops[0]?.from ?? "").not.toBe("");
        expect(path.hops.length).toBeGreaterThan(0);
      }
  });

  test("R37: what is weaker than short-lived identity is marked interim, and nothing is left unmarked", () => {
    for (const item of all()) for (const one of item.fix) expect(typeof one.interim).toBe("boolean");
  });
});

describe("frameworks", () => {
  test("R81, R82, R86: true ids, each with a reason of one line", () => {
    for (const item of all()) {
      for (const ref of item.frameworks) {
        if (ref.framework === "OWASP NHI Top 10") expect(ref.id).toMatch(/^NHI([1-9]|10):2025$/);
        if (ref.framework === "NIST CSF") expect(ref.id).toMatch(/^(GV|ID|PR|DE|RS|RC)\.[A-Z]{2}-\d{2}$/);
        expect(ref.reason).not.toBe("");
        expect(ref.reason).not.toContain("\n");
      }
    }
  });

  test("R88, R89: the incidents of the articles run as sample cases, flaws and platforms that were broken into among them", () => {
    for (const start of ["s08", "s09", "s10"]) expect(of(start).lead).not.toBe("not decided yet");
    for (const start of ["s03", "s04", "s12", "s14"]) expect(of(start).rules.length).toBeGreaterThan(0);
  });
});

describe("blast radius", () => {
  test("R65, R68, R79: reach of an identity: what it becomes, which services it touches, the tier that follows", async () => {
    const { code, out } = await runRemit([
      ...["reach", "svc-batch", "--estate", "examples/estate"],
      ...["--now", "2026-11-22T12:00:00Z", "--format", "json"],
    ]);
    expect(code).toBe(0);
    const reach = JSON.parse(out) as Record<string, unknown>;
    expect(reach["schema"]).toBe("remit.reach/1");
    expect(reach).toHaveProperty("tier");
  });
});
