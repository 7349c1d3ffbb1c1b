import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { estateExposures } from "../../src/app/estate-exposures.js";
import { createVouch } from "../../src/app/vouch.js";
import { main } from "../../src/cli/main.js";
import { createOwnerFinder } from "../../src/core/accountability/index.js";
import { analyse, type Analysis, type Case } from "../../src/core/decision/index.js";
import { emptyCounts } from "../../src/core/findings/index.js";
import { loadEstate, loadFindings, loadReferenceData } from "../../src/readers/index.js";
import { loadCatalogue } from "../../src/readers/catalogue/index.js";
import type { Scenario } from "./scenario.js";

export interface ScenarioFiles {
  readonly estate: string;
  readonly findings: string | undefined;
  readonly catalogue: string;
}

/** The documents of a scenario as files, as somebody would hand them to the command line. */
export function writeScenario(scenario: Scenario): ScenarioFiles {
  const folder = mkdtempSync(join(tmpdir(), "remit-scenario-"));
  const put = (name: string, value: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(value, null, 2));
    return path;
  };
  return {
    estate: put("estate.json", scenario.estate),
    findings:
      scenario.findings === undefined
        ? undefined
        : put("findings.json", { schema: "remit.findings/1", findings: scenario.findings }),
    catalogue: put("remit.json", scenario.catalogue),
  };
}

const reference = loadReferenceData();

/** The pure core on what the readers make of the documents. Whatever they reject is a fault of the scenario. */
export async function runCore(scenario: Scenario, files: ScenarioFiles): Promise<Analysis> {
  const { estate, rejected } = await loadEstate([files.estate]);
  const findings =
    files.findings === undefined
      ? undefined
      : await loadFindings([files.findings], { reference: reference.checks });
  const { catalogue, rejected: faults } = await loadCatalogue(files.catalogue);
  const all = [...rejected, ...(findings?.rejected ?? []), ...faults];
  if (all.length > 0) throw new Error(`the scenario is not sound: ${JSON.stringify(all, null, 1)}`);
  const { now } = scenario;
  const engine = { actions: reference.actions, managedPolicies: reference.managedPolicies };
  return analyse({
    estate,
    exposures: findings?.exposures ?? estateExposures(estate, { engine, catalogue, now }),
    counts: findings?.counts ?? emptyCounts,
    findingFiles: findings?.inputs.length ?? 0,
    catalogue,
    engine,
    checks: reference.checks,
    owners: (become) => createOwnerFinder({ estate, catalogue, engine: become.engine, now }),
    now,
    inputs: [],
    rejected: [],
    includeConfiguration: false,
    vouch: await createVouch(
      [{ document: files.estate, kind: "native-estate", role: "estate", digest: "", entities: {} }],
      now,
    ),
  });
}

/** The same through the command line, in process: `remit analyze --format json`. */
export async function runCommand(
  scenario: Scenario,
  files: ScenarioFiles,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly analysis: Analysis; readonly text: string; readonly exit: number }> {
  const out: string[] = [];
  const err: string[] = [];
  const argv = ["analyze", "--estate", files.estate, "--catalogue", files.catalogue];
  if (files.findings !== undefined) argv.push("--findings", files.findings);
  argv.push("--now", scenario.now, "--format", "json");
  const exit = await main(argv, {
    out: (text) => {
      out.push(text);
      return Promise.resolve();
    },
    err: (text) => err.push(text),
    outIsTerminal: false,
    errIsTerminal: false,
    columns: undefined,
    env,
    elapsed: () => 0,
    now: () => scenario.now,
  });
  if (out.length === 0) throw new Error(`exit ${String(exit)}: ${err.join("")}`);
  const text = out.join("");
  return { analysis: JSON.parse(text) as Analysis, text, exit };
}

/** The case of the analysis that the scenario means. */
export function caseOf(scenario: Scenario, analysis: Analysis): Case {
  const found = analysis.cases.find((one) =>
    one.exposures.some(
      (exposure) => exposure.weakness === scenario.weakness && exposure.resource === scenario.resource,
    ),
  );
  if (found === undefined) throw new Error(`no case of \`${scenario.weakness}\` on \`${scenario.resource}\``);
  return found;
}
