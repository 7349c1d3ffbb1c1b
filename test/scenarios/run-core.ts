import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEstate } from "../../src/core/estate/index.js";
import { analyse, type Analysis } from "../../src/core/decision/index.js";
import { emptyCounts } from "../../src/core/findings/index.js";
import { loadFindings, loadReferenceData, mergeFacts, readDocument } from "../../src/readers/index.js";
import { nativeEstateReader } from "../../src/readers/native-estate/index.js";
import { readCatalogue } from "../../src/readers/catalogue/index.js";
import type { Scenario } from "./scenario.js";
import { catalogueOwners } from "./catalogue-owners.js";

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

/** The pure core on the documents: parse, merge, analyse; no loader, no command line. */
export async function runCore(scenario: Scenario, files: ScenarioFiles): Promise<Analysis> {
  const read = readDocument({ path: files.estate, bytes: readFileSync(files.estate) });
  if (read.kind === "rejected") throw new Error(read.rejection.reason);
  const { document } = read;
  const source = { ...document.source, kind: nativeEstateReader.kind };
  const reading = nativeEstateReader.read(document, { source });
  if (reading.rejected.length > 0) throw new Error(JSON.stringify(reading.rejected, null, 1));
  const estate = createEstate(mergeFacts([{ documents: [source] }, reading.facts]));
  const catalogued = readCatalogue(scenario.catalogue, {
    source: { path: files.catalogue, digest: "", kind: "remit-catalogue" },
  });
  if (catalogued.faults.length > 0 || catalogued.catalogue === undefined)
    throw new Error(JSON.stringify(catalogued.faults, null, 1));
  const { catalogue } = catalogued;
  const findings =
    files.findings === undefined
      ? undefined
      : await loadFindings([files.findings], { reference: reference.checks });
  return analyse({
    estate,
    exposures: findings?.exposures ?? [],
    counts: findings?.counts ?? emptyCounts,
    findingFiles: findings?.inputs.length ?? 0,
    catalogue,
    engine: { actions: reference.actions, managedPolicies: reference.managedPolicies },
    checks: reference.checks,
    owners: () => catalogueOwners(catalogue, scenario.now),
    now: scenario.now,
    inputs: [],
    rejected: [],
    includeConfiguration: false,
  });
}
