import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { broken, shownOf, wantedOf } from "./check.js";
import { runCore, writeScenario } from "./run-core.js";
import { readScenario } from "./scenario.js";

const folder = import.meta.dirname;
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .sort();

describe.each(files)("%s", (file) => {
  const scenario = readScenario(join(folder, file));
  const documents = writeScenario(scenario);

  test(`the core decides it: ${scenario.name}`, async () => {
    const analysis = await runCore(scenario, documents);
    const item = analysis.cases.find((one) =>
      one.exposures.some(
        (exposure) => exposure.weakness === scenario.weakness && exposure.resource === scenario.resource,
      ),
    );
    if (item === undefined)
      throw new Error(`no case of \`${scenario.weakness}\` on \`${scenario.resource}\``);
    expect(shownOf(item, scenario.expected)).toEqual(wantedOf(scenario.expected));
    for (const rule of scenario.mustNot) expect(broken(item, rule)).toEqual([]);
  });
});
