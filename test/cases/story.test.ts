import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Catalogue } from "../../src/core/accountability/index.js";
import {
  closuresOf,
  due,
  eventText,
  foldAll,
  measuresOf,
  planOf,
  scopeOfCase,
  standingOf,
  statusAt,
  verifyCase,
  type Plan,
  type Retest,
  type Standing,
} from "../../src/core/cases/index.js";
import type { Analysis, Case } from "../../src/core/decision/index.js";
import { loadCatalogue } from "../../src/readers/catalogue/index.js";
import { runCore, writeScenario } from "../scenarios/run-core.js";
import { readScenario } from "../scenarios/scenario.js";
import { policy, teller } from "./build.js";

/** Scenario S1, from the decision that the core makes of its documents to the proof that it is over, and beyond. */
const scenario = readScenario(join(import.meta.dirname, "../scenarios/s01-firewall-role.yaml"));
const pseudonym = (person: string): string => `p-${person}`;
const at = (hours: number): string => new Date(Date.parse(scenario.now) + hours * 3_600_000).toISOString();

let plan: Plan;
let people: readonly Standing[];

beforeAll(async () => {
  const files = writeScenario(scenario);
  const analysis: Analysis = await runCore(scenario, files);
  const item: Case | undefined = analysis.cases.find((one) =>
    one.exposures.some((exposure) => exposure.weakness === scenario.weakness),
  );
  if (item === undefined) throw new Error("the scenario makes no case");
  plan = planOf(item, {
    analysis: "1".repeat(64),
    snapshot: "2".repeat(64),
    decidedAt: analysis.generatedAt,
    rules: analysis.policyVersion,
    pseudonym,
  });
  const { catalogue } = (await loadCatalogue(files.catalogue)) as { catalogue: Catalogue };
  const scope = scopeOfCase(item);
  people = catalogue.people.map(({ id }) =>
    standingOf({ catalogue, person: id, pseudonym, plan, scope, now: scenario.now }),
  );
});

const step = (phase: string, role: string): string => {
  const found = plan.steps.find((item) => item.phase === phase && item.role === role);
  if (found === undefined) throw new Error(`no step to ${phase} by ${role}`);
  return found.id;
};
const fixOf = (row: number): string => plan.fix.find((item) => item.row === row)?.id ?? "";

const shows = (hour: number, state: "open" | "fixed", verdict: "possible" | "none"): Retest => ({
  snapshot: `snapshot ${String(hour)}`,
  analysis: `analysis ${String(hour)}`,
  observedAt: at(hour),
  exposures: plan.exposures.map(({ id }) => ({ id, state, verdict })),
  revoked: [],
  durable: [],
  missing: [],
});

/** Contained, traced and fixed, as people say; nothing is proven yet. */
function worked() {
  const told = teller(people);
  told.system({ kind: "open", plan }, at(0));
  told.does("p-m.okafor", { kind: "appoint-commander", person: "p-m.okafor", until: at(24) }, at(0.1));
  told.does("p-m.okafor", { kind: "order", to: "CLOUD_OPS", action: "demand tokens" }, at(0.2));
  told.does("p-l.meyer", { kind: "acknowledge-order", order: "O1" }, at(0.3));
  told.does(
    "p-l.meyer",
    { kind: "attest", step: step("stop", "CLOUD_OPS"), text: "tokens demanded" },
    at(0.4),
  );
  told.does("p-l.meyer", { kind: "finish-order", order: "O1", text: "done" }, at(0.4));
  told.does("p-p.novak", { kind: "attest", step: step("stop", "APP"), text: "rule corrected" }, at(0.5));
  const asked = { kind: "step", step: step("revoke", "REVOKER"), of: "EMERGENCY_APPROVER" } as const;
  told.does("p-ana.ruiz", { kind: "request", asked, reason: "sessions live", until: at(12) }, at(0.6));
  told.does("p-r.silva", { kind: "approve", approval: "A1" }, at(0.7));
  told.does("p-ana.ruiz", { kind: "attest", step: asked.step, text: "sessions cut" }, at(0.8));
  told.does("p-m.okafor", { kind: "finish-contain", text: "host closed, sessions cut" }, at(1));
  told.does("p-t.berg", { kind: "finish-trace", causes: [{ what: "role", id: "edge-firewall" }] }, at(5));
  told.does("p-ana.ruiz", { kind: "finish-fix", item: fixOf(3), text: "scoped to its job" }, at(20));
  told.does("p-p.novak", { kind: "finish-fix", item: fixOf(5), text: "deployed" }, at(20));
  told.does("p-l.meyer", { kind: "finish-fix", item: fixOf(6), text: "enforced" }, at(20));
  told.does("p-l.meyer", { kind: "finish-fix", item: fixOf(11), text: "hop limit" }, at(20));
  told.does("p-m.okafor", { kind: "finish-fix", item: fixOf(15), text: "alert written" }, at(21));
  return told;
}

function settled() {
  const told = worked();
  told.system({ kind: "verify", retest: shows(24, "fixed", "none") }, at(25));
  told.does("p-ana.ruiz", { kind: "finish-follow-up", name: "accessReview", evidence: "review 12" }, at(26));
  told.does("p-t.berg", { kind: "finish-follow-up", name: "privilegeReduction", evidence: "diff 7" }, at(26));
  told.does(
    "p-c.dupont",
    { kind: "waive-follow-up", name: "secretRotation", reason: "no static secret" },
    at(26),
  );
  return told;
}

describe("S1, from opened to durable", () => {
  test("people as the catalogue says: their teams, planes and authorities in this case", () => {
    const of = (id: string): Standing | undefined => people.find((item) => item.person === `p-${id}`);
    expect(of("m.okafor")).toMatchObject({ roles: ["INCIDENT_OWNER", "SECOPS", "SEC_ENG"], commander: true });
    expect(of("l.meyer")?.roles).toEqual(["CLOUD_OPS", "PLATFORM", "RUNTIME_OWNER"]);
    expect(of("c.dupont")?.authorities.map(({ kind }) => kind)).toEqual([
      "compensating-control",
      "residual-risk",
    ]);
  });

  test("PR.AA-05: who asks for the emergency cut-off does not approve it", () => {
    const told = teller(people);
    told.system({ kind: "open", plan }, at(0));
    const revoke = step("revoke", "REVOKER");
    told.does(
      "p-m.okafor",
      {
        kind: "request",
        asked: { kind: "step", step: revoke, of: "EMERGENCY_APPROVER" },
        reason: "live",
        until: at(9),
      },
      at(1),
    );
    expect(told.fails("p-m.okafor", { kind: "approve", approval: "A1" }, at(1))).toMatchObject({
      rule: "requester-not-approver",
      roles: ["EMERGENCY_APPROVER"],
      people: ["p-r.silva"],
    });
    expect(told.fails("p-ana.ruiz", { kind: "attest", step: revoke, text: "cut" }, at(1)).rule).toBe(
      "order-of-work",
    );
  });

  test("R34: no item of the fix ends before the trace has a name or a signature", () => {
    const told = teller(people);
    told.system({ kind: "open", plan }, at(0));
    const early = told.fails("p-ana.ruiz", { kind: "finish-fix", item: fixOf(3), text: "done" }, at(1));
    expect(early).toMatchObject({ rule: "trace-before-fix", roles: ["IDGOV", "SECOPS"] });
    told.does("p-c.dupont", { kind: "sign-cause-unknown", reason: "no records of the day" }, at(2));
    told.does("p-ana.ruiz", { kind: "finish-fix", item: fixOf(3), text: "done" }, at(3));
  });

  test("R40, R36: neither people nor a closed ticket close it, only a snapshot that shows it over", () => {
    const told = worked();
    expect(told.fails("p-t.berg", { kind: "close", reason: "all done" }, at(22)).rule).toBe("proof-to-close");
    told.system({ kind: "mirror", system: "jira", key: "SEC-7", status: "Closed" }, at(22));
    expect(told.state.status).toBe("open");
    expect(told.fails("p-t.berg", { kind: "verify", retest: shows(22, "fixed", "none") }, at(23)).rule).toBe(
      "product-only",
    );
    told.system({ kind: "verify", retest: shows(23, "fixed", "possible") }, at(23));
    expect(told.state.verified?.outcome).toMatchObject({ contained: true, fixed: false, durable: false });
    const early = told.fails("p-t.berg", { kind: "close", reason: "closed" }, at(23));
    expect(early.rule).toBe("proof-to-close");
    expect(early.text).toContain("can come back");
    told.system({ kind: "verify", retest: shows(24, "fixed", "none") }, at(25));
    expect(told.fails("p-t.berg", { kind: "close", reason: "closed" }, at(25)).rule).toBe(
      "follow-ups-to-close",
    );
  });

  test("R38, PR.AA-05: it closes with proof, settled follow-ups, and by somebody who did not fix it", () => {
    const told = settled();
    expect(told.fails("p-ana.ruiz", { kind: "close", reason: "over" }, at(27))).toMatchObject({
      rule: "two-people",
    });
    told.does("p-t.berg", { kind: "close", reason: "durable since the snapshot of hour 24" }, at(27));
    expect(statusAt(told.state, at(28))).toBe("closed");
    expect(closuresOf(told.state)).toEqual([
      { accessPathKey: plan.accessPathKey, closedAt: at(27), signer: "p-t.berg" },
    ]);
    expect(due(told.state, at(9000), policy).filter(({ kind }) => kind !== "lapse")).toEqual([]);
    const lines = told.events.map((event) => eventText(event) ?? "");
    const check = verifyCase(lines);
    expect(check.kind === "whole" ? foldAll(check.events) : check).toEqual(told.state);
    expect(lines.join("\n")).not.toMatch(/"(ana\.ruiz|Ana)"/);
  });

  test("R42, R73: time to contain and to revoke, said and seen, and what acting together cost", () => {
    const { state } = settled();
    const { rounds, coordination } = measuresOf(state, at(30));
    expect(rounds).toEqual([
      {
        since: at(0),
        contain: { said: 1, seen: 24 },
        revoke: { said: 0.8 },
        fix: { said: 21, seen: 24 },
        durable: { seen: 24 },
      },
    ]);
    expect(coordination).toMatchObject({ orders: 1, silences: 0, people: 7, containmentWaitsFor: [] });
  });

  test("R10, D14: seen open again after it was closed, it comes back one level up, with the signer, and is traced anew", () => {
    const told = settled();
    told.does("p-t.berg", { kind: "close", reason: "over" }, at(27));
    told.system({ kind: "verify", retest: shows(900, "open", "possible") }, at(901));
    expect(told.events.at(-1)?.fact).toEqual({ kind: "recurred", level: 2, signer: "p-t.berg" });
    expect(told.state).toMatchObject({ status: "open", level: 2, recurrences: 1, trace: { causes: [] } });
    expect(
      told.fails("p-ana.ruiz", { kind: "finish-fix", item: fixOf(3), text: "again" }, at(902)).rule,
    ).toBe("trace-before-fix");
    expect(measuresOf(told.state, at(902)).rounds).toHaveLength(2);
  });
});
