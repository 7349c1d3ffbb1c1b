import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Analysis, Case } from "../../src/core/decision/index.js";
import { generateLandingZone } from "../generators/landing-zone.js";
import { openEvidence } from "./open-evidence.js";
import { analysis, table, written } from "./run.js";

/** first-minute.md 3, points 2, 3, 4 and 6, on an organisation of 100 accounts with a landing zone. */
const zone = generateLandingZone({ accounts: 100, seed: 7 });
const files = written([
  ...zone.estate.map((file) => ({ ...file, path: `estate/${file.path}` })),
  ...zone.findings.map((file) => ({ ...file, path: `findings/${file.path}` })),
]);
const inputs = { estate: [join(files.folder, "estate")], findings: [join(files.folder, "findings")] };
afterAll(files.remove);

/** Everybody to whom the generator gives administration. */
const administrator =
  /AWSReservedSSO_AdministratorAccess|OrganizationAccountAccessRole|AWSControlTowerExecution|old-admin/;
const isYes = (item: Case): boolean => item.recreation.words.startsWith("yes");
const rowsOf = (text: string): readonly string[] =>
  text.split("\n").filter((line) => /^R-[0-9A-Z]{4}/.test(line));

describe("an organisation of 100 accounts with a landing zone (first-minute.md 3)", () => {
  let found: Analysis;
  let screen: string;
  beforeAll(async () => {
    found = await analysis(inputs);
    screen = (await table(inputs)).out;
  });

  test("fewer than 15 % of the cases say yes because of an administrator", () => {
    expect(found.cases.length).toBeGreaterThan(100);
    const because = found.cases.filter(
      (item) =>
        isYes(item) &&
        item.recreation.paths.some(
          (path, rank) => rank === 0 && path.hops.some((hop) => administrator.test(hop.from + hop.to)),
        ),
    );
    expect(because.length / found.cases.length).toBeLessThan(0.15);
    // And somebody who is no administrator is still found: the static keys and pipelines that the generator plants.
    expect(found.cases.filter(isYes).length).toBeGreaterThan(10);
  });

  test("no identity is named in more than one row of the first screen, except as a link to its shared case", () => {
    const ids = rowsOf(screen).map((row) => row.slice(0, 6));
    expect(ids.length).toBeGreaterThan(8);
    const shown = found.cases.filter(
      (item) => ids.includes(item.id) && item.kind !== "identity" && isYes(item),
    );
    const named = shown.flatMap((item) => {
      const [worst] = item.recreation.paths;
      return worst === undefined ? [] : [worst.actor];
    });
    expect(named.length).toBeGreaterThan(5);
    expect(new Set(named).size).toBe(named.length);
  });

  test("the first evidence of each yes opens at the right statement in the user's own file", () => {
    let opened = 0;
    for (const item of found.cases.filter(isYes)) {
      const [worst] = item.recreation.paths;
      const hop = worst?.hops[worst.recurrenceHop];
      const [first] = worst?.hops.flatMap((step) => step.evidence) ?? [];
      expect(first, item.title).toBeDefined();
      if (first !== undefined) expect(openEvidence(first), item.title).toBeTruthy();
      const [grant] = hop?.evidence ?? [];
      if (hop?.action === undefined || grant === undefined) continue;
      const statement = openEvidence(grant) as { Effect?: string; Action?: string | string[] };
      const [service = ""] = hop.action.split(":");
      expect(statement.Effect, item.title).toBe("Allow");
      expect([statement.Action ?? []].flat().some((name) => name === "*" || name.startsWith(service))).toBe(
        true,
      );
      opened += 1;
    }
    expect(opened).toBeGreaterThan(10);
  });

  test("accounts go by their names; twelve digits alone are no label", () => {
    expect(screen).toMatch(/account workload-\d{3}/);
    expect(screen).not.toMatch(/\baccount \d{12}\b/);
    for (const item of found.cases)
      for (const exposure of item.exposures) expect(exposure.accountName, item.title).toBeDefined();
  });

  test("the counts reconcile to the rows of the file", () => {
    const [, rows, passed, failing] =
      /(\d+) rows in 1 file = (\d+) passed \+ (\d+) failing/.exec(screen.replaceAll(",", "")) ?? [];
    expect(Number(rows)).toBe(zone.rows);
    expect(Number(passed) + Number(failing)).toBe(zone.rows);
  });
});
