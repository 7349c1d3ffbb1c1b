import { describe, expect, test } from "vitest";
import type { Analysis, Case } from "../../src/core/decision/index.js";
import { casePlaybook } from "../../src/core/decision/index.js";
import { runRemit } from "../run-remit.js";
import { catalogue, estate, scan, shop, written } from "./estate.js";

/** When a flaw is more than code (R7), what it weighs (R8), and what is missing without any flaw (R9). */
const web = "image:registry.example/shop/web";
const old = "image:registry.example/shop/old";
type Workload = Record<string, unknown>;

/** The estate with the workload `web` changed. */
const withWeb = (more: Workload, beside: Record<string, unknown> = {}) => ({
  ...estate,
  workloads: estate.workloads.map((workload) =>
    workload.id === "web" ? { ...workload, ...more } : workload,
  ),
  ...beside,
});

async function analysed(
  of: unknown,
  findings: Readonly<Record<string, unknown>> = { "web.json": scan("web") },
  from: unknown = catalogue,
): Promise<Analysis> {
  const inputs = written({ estate: of, catalogue: from, findings });
  const { out, err } = await runRemit(["analyze", ...inputs, "--format", "json"]);
  if (out === "") throw new Error(err);
  return JSON.parse(out) as Analysis;
}

function about({ cases }: Analysis, resource: string, weakness = "vulnerability.component"): Case {
  const found = cases.find(({ exposures }) =>
    exposures.some((one) => one.resource === resource && one.weakness === weakness),
  );
  if (found === undefined) throw new Error(`${resource} ${weakness}`);
  return found;
}
const owners = ({ contain, trace, fix }: Case) => [
  ...new Set([contain.lead, ...contain.also, trace.lead, ...fix.map(({ accountable }) => accountable)]),
];
const said = (resource: string, facts: Record<string, unknown>) => ({
  exposures: [
    {
      resource,
      weakness: "vulnerability.component",
      subLocator: "CVE-2026-10001",
      severity: "medium",
      facts,
    },
  ],
});

describe("R7: a flaw becomes an organisational matter at deployment", () => {
  test("running: builder, platform and security answer; nobody knows whether it runs: the same", async () => {
    const analysis = await analysed(estate, { "web.json": scan("web"), "old.json": scan("old") });
    for (const resource of [web, old])
      expect(owners(about(analysis, resource))).toEqual(
        expect.arrayContaining(["APP", "PLATFORM", "SECOPS"]),
      );
    expect(about(analysis, web).facts["deployed"]?.value).toBe(true);
    expect(about(analysis, old).facts["deployed"]?.value).toBe("unknown");
  });

  test("proven to run nowhere: its builder alone, in the case, in the playbook and in the view of the flaw", async () => {
    const from = { ...estate, ...said(old, { deployed: false }) };
    const item = about(await analysed(from, { "old.json": scan("old") }), old);
    expect(item.facts["deployed"]?.value).toBe(false);
    expect([owners(item), item.tier, item.rules.map(({ id }) => id)]).toEqual([["APP"], 0, ["D10"]]);
    expect(casePlaybook(item, "2026-11-22T12:00:00Z").steps[0]?.title).toBe(
      "hold it back until it is mended",
    );
    const inputs = written({ estate: from, catalogue, findings: { "old.json": scan("old") } });
    const { out } = await runRemit(["flaw", "CVE-2026-10001", ...inputs]);
    expect(out).toContain("built, deployed nowhere");
    expect(out).toMatch(/OWNERS +patches/);
    expect(out).not.toMatch(/OWNERS.*responds/);
  });

  test("who says that it runs nowhere is not believed while a workload runs it", async () => {
    const from = { ...estate, ...said(web, { deployed: false }) };
    const item = about(await analysed(from), web);
    expect(item.facts["deployed"]?.value).toBe(true);
    expect(owners(item)).toEqual(expect.arrayContaining(["APP", "PLATFORM", "SECOPS"]));
  });
});

describe("R8: a modest defect combined outranks its own severity, and says by what", () => {
  const secret = {
    credentials: [
      {
        id: "secret:orders-database",
        kind: "database-password",
        holder: "database:orders",
        status: "active",
        autoRotated: false,
        consumers: ["workload:web"],
      },
    ],
  };
  const kinds = (item: Case) => item.combination?.with.map(({ kind }) => kind) ?? [];

  test("alone it weighs what the tool says", async () => {
    const item = about(await analysed(estate), web);
    expect([item.severity, item.combination]).toEqual(["medium", undefined]);
  });

  test.each([
    ["a long-lived secret", "high", {}, secret, ["long-lived-secret"]],
    [
      "reachable metadata credentials",
      "high",
      { facts: { tokenlessMetadata: true } },
      {},
      ["metadata-credentials"],
    ],
    ["excess rights", "critical", { runsAs: `arn:aws:iam::${shop}:user/ops` }, {}, ["excess-rights"]],
  ])("with %s it is %s", async (_, severity, change, beside, expected) => {
    const item = about(await analysed(withWeb(change, beside)), web);
    expect([item.severity, item.combination?.own, kinds(item)]).toEqual([severity, "medium", expected]);
    expect(item.combination?.with[0]?.because.length).toBeGreaterThan(0);
    // What the tool said of the exposure stays.
    expect(item.exposures[0]?.severity).toBe("medium");
  });

  test("one that a machine rotates, and a metadata service that wants a token, raise nothing", async () => {
    const [credential] = secret.credentials;
    const rotated = { credentials: [{ ...credential, autoRotated: true }] };
    expect(about(await analysed(withWeb({}, rotated)), web).severity).toBe("medium");
    const item = about(await analysed(withWeb({ facts: { tokenlessMetadata: false } })), web);
    expect(item.severity).toBe("medium");
  });

  test("the page says it with its source", async () => {
    const inputs = written({ estate: withWeb({}, secret), catalogue, findings: { "web.json": scan("web") } });
    const { cases } = await analysed(withWeb({}, secret));
    const { out } = await runRemit(["explain", about({ cases } as Analysis, web).id, ...inputs]);
    expect(out.replace(/\s+/g, " ")).toContain(
      "SEVERITY high, medium by itself: it meets a long-lived secret",
    );
  });
});

describe("R9: a missing runtime constraint is a finding of its own, also while no flaw is known", () => {
  const off = (id: string) => ({
    guardrails: [{ id, resource: "workload:web", state: "off", kind: "effect" }],
  });
  const fixOf = (item: Case) =>
    item.fix.map(({ row, accountable, answerable }) => [row, accountable, answerable[0]?.person]);

  test.each([
    ["egress filter", "runtime.no-egress-limit", "no egress limit"],
    ["read-only root", "runtime.writable-root", "writable root file system"],
    ["admission policy", "runtime.no-admission-policy", "no admission policy"],
    ["imds token", "runtime.open-metadata", "metadata without a token"],
    ["seccomp", "runtime.guard-rail-off", "runtime guard rail off"],
  ])("%s is off: a case of its own, which the platform answers for", async (id, weakness, title) => {
    const item = about(await analysed(withWeb({}, off(id)), {}), "workload:web", weakness);
    expect(item.exposures[0]?.weaknessTitle).toBe(title);
    expect(item.exposures[0]?.findings[0]?.evidence.excerpt).toBe(`guard rail ${id} is off`);
    expect(fixOf(item)).toEqual([[6, "PLATFORM", "ben"]]);
    expect(item.contain.also).toContain("PLATFORM");
    // Who could take it away again is not known, and nobody says that nobody can.
    expect(item.recreation.verdict).toBe("unknown");
  });

  test("stated as a fact of the workload it is the same; said twice it is one", async () => {
    const { cases } = await analysed(withWeb({ facts: { egressLimited: false } }, off("egress filter")), {});
    expect(cases.map(({ exposures }) => exposures.map(({ weakness }) => weakness))).toEqual([
      ["runtime.no-egress-limit"],
    ]);
  });

  test("beside a flaw it keeps its own case and its own owner", async () => {
    const { cases } = await analysed(withWeb({}, off("egress filter")));
    expect(cases.map(({ kind }) => kind).sort()).toEqual(["flaw", "posture"]);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(2);
  });

  test("an identity that workloads share is its owner's to part", async () => {
    const shared = {
      ...estate,
      workloads: estate.workloads.map((workload) =>
        workload.id === "jobs" ? { ...workload, runsAs: `arn:aws:iam::${shop}:role/web` } : workload,
      ),
    };
    const from = {
      ...catalogue,
      workloadIdentities: [{ principal: `arn:aws:iam::${shop}:role/web`, owner: "dora", proof: "oidc" }],
    };
    const role = `arn:aws:iam::${shop}:role/web`;
    const item = about(await analysed(shared, {}, from), role, "runtime.shared-identity");
    expect(item.exposures[0]?.findings[0]?.evidence.excerpt).toBe("shared by jobs, web");
    expect(fixOf(item)).toContainEqual([2, "WLID", "dora"]);
  });

  test("what nobody says is no gap: on, or not spoken of", async () => {
    const on = {
      guardrails: [{ id: "egress filter", resource: "workload:web", state: "on", kind: "effect" }],
    };
    for (const from of [withWeb({}, on), withWeb({ facts: { egressLimited: true } }), estate])
      expect((await analysed(from, {})).cases).toEqual([]);
  });
});
