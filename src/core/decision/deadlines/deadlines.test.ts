import { describe, expect, test } from "vitest";
import { emptyCatalogue, type CataloguePolicy } from "../../accountability/index.js";
import {
  bucket,
  caseInput,
  context,
  now,
  origin,
  workload,
  type CaseText,
} from "../../../../test/decision/build.js";
import { decide } from "../decide.js";

const decided = (text: CaseText) => decide(caseInput(text), context(text));
const policy = (more: Partial<CataloguePolicy>) => ({
  ...emptyCatalogue.policy,
  regulated: false as const,
  ...more,
});
const hoursOf = (due: string | null | undefined): number | null =>
  due === null || due === undefined ? null : (Date.parse(due) - Date.parse(now)) / 3_600_000;

/** A flaw on a workload, its facts as stated, first seen so many days ago. */
function flaw(facts: Record<string, boolean>, more: Partial<CataloguePolicy>, exposed: boolean, daysAgo = 0) {
  const seen = new Date(Date.parse(now) - daysAgo * 86_400_000).toISOString();
  return decided({
    kind: "flaw",
    exposure: {
      weakness: "vulnerability.component",
      class: "vulnerability",
      resource: "workload:etl",
      firstSeen: seen,
    },
    estate: {
      workloads: [
        { id: "etl", name: "etl", runsAs: [], resources: [], exposed, components: [], facts, origin },
      ],
    },
    catalogue: { policy: policy(more), workloads: [workload({ mission: "high" })] },
  });
}

describe("D13: late means that a compensating control and a signer are needed (R61)", () => {
  const kev = { kev: true, automatable: true, technicalImpactTotal: true, exploited: false };

  test("the day of BOD 26-04 counts from when the flaw was first seen", () => {
    const late = flaw(kev, { deadlines: ["bod-26-04"] }, true, 4);
    expect(late.facts.deadline_passed).toMatchObject({ value: true });
    expect(late.facts.deadline_passed?.note).toMatch(/^bod-26-04\/1\.0\.0: (triage|fix) was due /);
    expect(late.rules.map(({ id }) => id)).toContain("D13");
    const inTime = flaw(kev, { deadlines: ["bod-26-04"] }, true, 2);
    expect(inTime.rules.map(({ id }) => id)).not.toContain("D13");
  });

  test("without a rule book nothing is late by itself", () => {
    expect(flaw(kev, {}, true, 400).rules.map(({ id }) => id)).not.toContain("D13");
  });
});

describe("CISA SSVC coordinator tree 2.0.3 (standards.md 3f)", () => {
  /** exploited, automatable, total → outcome at high mission. */
  test.each([
    [true, true, true, "act"],
    [true, true, false, "act"],
    [true, false, true, "act"],
    [true, false, false, "attend"],
    [false, true, true, "attend"],
    [false, true, false, "attend"],
    [false, false, true, "track closely"],
    [false, false, false, "track:"],
  ])("exploited %s, automatable %s, total %s: %s", (exploited, automatable, technicalImpactTotal, words) => {
    const found = flaw(
      { exploited, automatable, technicalImpactTotal, kev: false },
      { deadlines: ["ssvc"] },
      true,
    );
    const line = found.deadlines.find(({ rule }) => rule === "ssvc/2.0.3");
    expect(line?.because).toContain(words);
    // It sets no day of its own.
    expect(line?.due).toBeNull();
  });

  test("act asks for leadership: a signer of residual risk is named", () => {
    const signers = (facts: Record<string, boolean>) =>
      flaw(facts, { deadlines: ["ssvc"] }, false).authorities.residualRisk.length;
    const calm = { exploited: false, automatable: false, technicalImpactTotal: false, kev: false };
    expect(signers(calm)).toBe(0);
    expect(signers({ ...calm, exploited: true, automatable: true })).toBeGreaterThan(0);
  });
});

describe("FedRAMP VDR, preset", () => {
  test.each([
    [true, true, 4],
    [true, false, 14],
    [false, true, 30],
    [false, false, null],
  ])("exploitable %s, reachable %s: %s days", (kev, exposed, days) => {
    const found = flaw(
      { kev, automatable: false, exploited: false },
      { deadlines: ["fedramp-vdr"] },
      exposed,
    );
    const line = found.deadlines.find(({ rule }) => rule.startsWith("fedramp-vdr/"));
    expect(hoursOf(line?.due)).toBe(days === null ? null : days * 24);
  });
});

describe("reports of an incident (Directive (EU) 2022/2555, Article 23(4); Regulation (EU) 2025/301, Article 5)", () => {
  const incident = {
    id: "inc-1",
    declaredAt: now,
    scope: bucket,
    exploited: true as const,
    used: [],
    origin,
  };
  const notices = (pack: string) =>
    decided({ catalogue: { policy: policy({ deadlines: [pack] }) }, estate: { incidents: [incident] } })
      .deadlines.filter(({ task }) => task === "notify")
      .map(({ due }) => hoursOf(due));

  test("NIS2: 24 hours, 72 hours, a month after the notification; DORA: 24, 96, a month after", () => {
    const [warning, notified, final] = notices("nis2");
    expect([warning, notified]).toEqual([24, 72]);
    expect((final ?? 0) / 24).toBeGreaterThanOrEqual(31);
    expect((final ?? 0) / 24).toBeLessThanOrEqual(34);
    expect(notices("dora").slice(0, 2)).toEqual([24, 96]);
  });

  test("no incident, no report", () => {
    const calm = decided({ catalogue: { policy: policy({ deadlines: ["nis2", "dora"] }) } });
    expect(calm.deadlines.filter(({ task }) => task === "notify")).toEqual([]);
  });
});

describe("deadlines of an organisation's own (R85)", () => {
  test("the first line whose conditions are proven counts, with its reason", () => {
    const ownDeadlines = [
      {
        task: "fix" as const,
        withinHours: 48,
        kinds: ["flaw" as const],
        when: { exposed: true },
        reason: "reached from outside",
      },
      { task: "fix" as const, withinHours: 240, kinds: [], when: {}, reason: "everything else" },
    ];
    const due = (exposed: boolean) =>
      flaw({ kev: false }, { deadlines: ["own"], ownDeadlines }, exposed).deadlines.find(({ rule }) =>
        rule.startsWith("own/"),
      );
    expect(due(true)).toMatchObject({ because: "reached from outside" });
    expect(hoursOf(due(true)?.due)).toBe(48);
    expect(hoursOf(due(false)?.due)).toBe(240);
  });
});

describe("what tools say of a flaw decides without anybody stating it (R8, D7, D13)", () => {
  const found = (flaw: object, exposed = true) =>
    decided({
      kind: "flaw",
      exposure: {
        weakness: "vulnerability.component",
        class: "vulnerability",
        resource: "workload:etl",
        flaw: { ids: ["CVE-2021-44228"], purls: [], ...flaw },
      },
      estate: {
        workloads: [
          { id: "etl", name: "etl", runsAs: [], resources: [], exposed, components: [], facts: {}, origin },
        ],
      },
      catalogue: { policy: policy({}), workloads: [workload()] },
    });

  test("known to be exploited and exposed: an incident until triage", () => {
    expect(found({ exploited: true }).rules.map(({ id }) => id)).toContain("D7");
    expect(found({}).facts.kev?.value).toBe("unknown");
    expect(found({}).rules.map(({ id }) => id)).not.toContain("D7");
  });

  test("no version mends it: compensating control and a signer", () => {
    expect(found({ fixed: [] }).rules.map(({ id }) => id)).toContain("D13");
    expect(found({ fixed: ["2.17.1"] }).facts.patch_available).toMatchObject({
      value: true,
      note: "mended in 2.17.1",
    });
    expect(found({ fixed: ["2.17.1"] }).rules.map(({ id }) => id)).not.toContain("D13");
  });
});
