import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { broken, shownOf, wantedOf } from "./check.js";
import { caseOf, runCommand, runCore, writeScenario } from "./run-core.js";
import { flipped, readScenario, type Scenario } from "./scenario.js";

/**
 * Incidents as specification: estate, findings and catalogue of each, the decision field by field, and what must not
 * be in it. The pure core and the command line have to agree byte for byte.
 */
const folder = import.meta.dirname;
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .sort();

describe.each(files)("%s", (file) => {
  const scenario = readScenario(join(folder, file));
  const documents = writeScenario(scenario);

  test(`the core decides it: ${scenario.name}`, async () => {
    const item = caseOf(scenario, await runCore(scenario, documents));
    expect(shownOf(item, scenario.expected)).toEqual(wantedOf(scenario.expected));
    for (const rule of scenario.mustNot) expect(broken(item, rule)).toEqual([]);
  });

  test("the command line says the same, byte for byte", async () => {
    const core = caseOf(scenario, await runCore(scenario, documents));
    const { analysis, exit } = await runCommand(scenario, documents);
    expect(exit).toBe(0);
    expect(JSON.stringify(caseOf(scenario, analysis))).toBe(JSON.stringify(core));
  });

  for (const flip of scenario.flips) {
    test(`one fact changed: ${flip.name}`, async () => {
      const changed = flipped(scenario, flip);
      const files = writeScenario(changed);
      const core = caseOf(changed, await runCore(changed, files));
      const whole = { ...scenario.expected, ...flip.expected } as Scenario["expected"];
      const shown = shownOf(core, whole);
      const wanted = wantedOf(whole);
      const named = Object.keys(flip.expected) as (keyof Scenario["expected"])[];
      expect(Object.fromEntries(named.map((name) => [name, shown[name]]))).toEqual(
        Object.fromEntries(named.map((name) => [name, wanted[name]])),
      );
      // A flip that changes nothing proves nothing.
      const before = caseOf(scenario, await runCore(scenario, documents));
      const old = shownOf(before, whole);
      expect(named.some((name) => JSON.stringify(old[name]) !== JSON.stringify(shown[name]))).toBe(true);
      for (const rule of flip.mustNot) expect(broken(core, rule)).toEqual([]);
      const { analysis } = await runCommand(changed, files);
      expect(JSON.stringify(caseOf(changed, analysis))).toBe(JSON.stringify(core));
    });
  }
});

test("all fourteen incidents are here, and each has a fact that changes it", () => {
  const numbers = [...new Set(files.map((file) => Number(file.slice(1, 3))))];
  expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  const flippedOnes = files.filter(
    (file) => file.includes("-flip-") || readScenario(join(folder, file)).flips.length > 0,
  );
  expect([...new Set(flippedOnes.map((file) => Number(file.slice(1, 3))))]).toEqual(numbers);
});
