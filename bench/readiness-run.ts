/** `node readiness-run.js SIZE [backward]`: the matrix with nothing else in the process, figures as JSON. */
import { createOwnerFinder } from "../src/core/accountability/index.js";
import { createAccessEngine, createBecome, type AccessEngine } from "../src/core/access/index.js";
import { assessReadiness, duties, type Readiness } from "../src/core/decision/index.js";
import type { Estate } from "../src/core/estate/index.js";
import { loadReferenceData } from "../src/readers/index.js";
import { readinessCatalogue, readinessEstate, type ReadinessSize } from "./readiness.bench.js";

export interface ReadinessRun {
  readonly principals: number;
  readonly statements: number;
  readonly workloads: number;
  readonly duties: number;
  /** Cells whose call was asked of the access engine, and how they came out. */
  readonly proofs: number;
  readonly can: number;
  readonly cannot: number;
  readonly gaps: number;
  readonly compileSeconds: number;
  /** The matrix with its proofs and gaps, once the estate is compiled. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Of the whole process, the estate included. */
  readonly peakMb: number;
  /** Processor time where every chain of roles is walked from those who may act, for each call anew; 0: not asked. */
  readonly backwardCpuSeconds: number;
  /** One decision about one principal. */
  readonly decideUs: number;
}

const now = "2026-11-22T12:00:00Z";
/** The whole matrix: every workload, every duty, every proof (R48, R58). */
function run(size: ReadinessSize, backward: boolean): ReadinessRun {
  const estate = readinessEstate(size);
  const catalogue = readinessCatalogue(size);
  const { actions, managedPolicies } = loadReferenceData();
  const compile = (): AccessEngine => createAccessEngine(estate, { actions, managedPolicies, now });
  const begun = performance.now();
  const engine = compile();
  const compileSeconds = (performance.now() - begun) / 1000;
  const assess = (by: AccessEngine): Readiness =>
    assessReadiness({
      estate,
      become: createBecome(by, {
        now,
        sanctions: [],
        sharedCause: catalogue.policy.sharedCause,
        jitMaxHours: catalogue.policy.jitMaxHours,
        maxRoutes: 50,
      }),
      catalogue,
      owners: createOwnerFinder({ estate, catalogue, engine: by, now }),
      now,
    });
  const start = performance.now();
  const [found, cpuSeconds] = timed(() => assess(engine));
  const seconds = (performance.now() - start) / 1000;
  const peakMb = process.resourceUsage().maxRSS / 1024;
  const proofs = found.workloads.flatMap(({ cells }) => cells.flatMap(({ authority }) => authority ?? []));
  return {
    principals: estate.principals.length,
    statements: size.statements,
    workloads: found.workloads.length,
    duties: duties.length,
    proofs: proofs.length,
    can: proofs.filter(({ verdict }) => verdict === "can").length,
    cannot: proofs.filter(({ verdict }) => verdict === "cannot").length,
    gaps: found.gaps.length,
    compileSeconds,
    seconds,
    cpuSeconds,
    peakMb,
    backwardCpuSeconds: backward ? timed(() => assess({ ...compile(), assumable: () => undefined }))[1] : 0,
    decideUs: decideTime(engine, estate),
  };
}

function timed<Value>(work: () => Value): readonly [Value, cpuSeconds: number] {
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return [value, (user + system) / 1e6];
}

function decideTime(engine: AccessEngine, { workloads }: Estate): number {
  const asked = engine.actors.slice(0, 2000);
  const [role = ""] = workloads[0]?.runsAs ?? [];
  const [, seconds] = timed(() =>
    asked.map((actor) => engine.decide(actor, "iam:PutRolePolicy", role).verdict),
  );
  return (seconds * 1e6) / asked.length;
}

const [size = "{}", backward] = process.argv.slice(2);
process.stdout.write(JSON.stringify(run(JSON.parse(size) as ReadinessSize, backward === "backward")));
