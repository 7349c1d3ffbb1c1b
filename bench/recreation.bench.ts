import { analyse } from "../src/core/decision/index.js";
import { createOwnerFinder } from "../src/core/accountability/index.js";
import { emptyCounts } from "../src/core/findings/index.js";
import { loadReferenceData } from "../src/readers/index.js";
import type { EstateSize } from "./access.bench.js";
import { exposedEstate } from "./exposed-estate.js";

export interface RecreationBench {
  readonly principals: number;
  readonly statements: number;
  readonly findings: number;
  /** Everything after reading: compiling, shared causes, one answer per exposure, decisions. */
  readonly seconds: number;
  /** Processor time of the same, which other work on the machine stretches less. */
  readonly cpuSeconds: number;
  readonly peakMb: number;
  readonly cases: number;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly steps: readonly (readonly [string, number])[];
}

const now = "2026-11-22T00:00:00Z";

/** The whole analysis of `perAccount` findings in each account, run once from the estate to decided cases. */
export function recreationBench(size: EstateSize, perAccount: number): RecreationBench {
  const { estate, exposures } = exposedEstate(size, perAccount);
  const reference = loadReferenceData();
  const engine = { actions: reference.actions, managedPolicies: reference.managedPolicies };
  const steps: [string, number][] = [];
  const cpu = process.cpuUsage();
  const start = performance.now();
  const { cases } = analyse({
    estate,
    exposures,
    counts: {
      ...emptyCounts,
      rows: exposures.length,
      failing: exposures.length,
      exposureOrAccess: exposures.length,
    },
    findingFiles: 1,
    catalogue: undefined,
    engine,
    checks: reference.checks,
    owners: (become) => createOwnerFinder({ estate, catalogue: undefined, engine: become.engine, now }),
    now,
    inputs: [],
    rejected: [],
    includeConfiguration: false,
    onStep: (step) => steps.push([step, (performance.now() - start) / 1000]),
  });
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const verdicts: Record<string, number> = {};
  for (const { recreation, exposures: own } of cases)
    verdicts[recreation.verdict] = (verdicts[recreation.verdict] ?? 0) + own.length;
  return {
    principals: size.principals,
    statements: size.statements,
    findings: exposures.length,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakMb: process.resourceUsage().maxRSS / 1024,
    cases: cases.length,
    verdicts,
    steps,
  };
}
