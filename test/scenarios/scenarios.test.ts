import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Analysis, Case } from "../../src/core/decision/index.js";
import { broken, shownOf, wantedOf } from "./check.js";
import { runCommand, runCore, writeScenario } from "./run-core.js";
import { readScenario, type Scenario } from "./scenario.js";

/**
 * Incidents as specification: estate, findings and catalogue of each, the decision field by field, and what must not
 * be in it. The pure core and the command line have to agree byte for byte.
 */
const folder = import.meta.dirname;
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .sort();

function caseOf(scenario: Scenario, analysis: Analysis): Case {
  const found = analysis.cases.find((one) =>
    one.exposures.some(
      (exposure) => exposure.weakness === scenario.weakness && exposure.resource === scenario.resource,
    ),
  );
  if (found === undefined) throw new Error(`no case of \`${scenario.weakness}\` on \`${scenario.resource}\``);
  return found;
}

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
});

test("the four incidents of this release and two flips are here", () => {
  expect(files.map((file) => file.slice(0, 3)).sort()).toEqual(["s01", "s01", "s05", "s09", "s10", "s10"]);
});
