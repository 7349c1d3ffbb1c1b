/**
 * `npm run bench`: every figure, written to docs/benchmarks.md with the machine and the load it was measured under.
 * `npm run bench -- access peer` runs only the named parts and prints them without writing.
 */
import { writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { accessBench, fullSize, type EstateSize } from "./access.bench.js";
import { corpusBench, exampleBench, landingZoneBench } from "./analysis.bench.js";
import { closureBench } from "./closure.bench.js";
import { cutBench } from "./cut.bench.js";
import { findingsBench } from "./findings.bench.js";
import type { FindingsRun } from "./findings-run.js";
import { peerBench } from "./peer.bench.js";
import { certificateBench, pathBench } from "./proof.bench.js";
import { readinessBench } from "./readiness.bench.js";
import { reanalysisBench } from "./reanalysis.bench.js";
import { recreationBench } from "./recreation.bench.js";
import { storeBench } from "./store.bench.js";
import type { StoreRun } from "./store-run.js";
import { webBench } from "./web.bench.js";
import { webSection } from "./web-section.js";
import { whatIfBench } from "./what-if.bench.js";
import { markdown, type Row, type Section } from "./table.js";

const root = process.cwd();
const clock = {
  now: () => performance.now(),
  heap: () => {
    globalThis.gc?.();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  },
};
const two = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
const row = (what: string, value: number, unit: string, target?: number, more = ""): Row => ({
  what,
  value: `${two(value)} ${unit}`,
  target: target === undefined ? "" : `${more === "at least" ? "≥" : "≤"} ${target} ${unit}`,
  met: target === undefined ? undefined : more === "at least" ? value >= target : value <= target,
  against: more === "at least" ? "" : more,
});

/** What V8 may fill: beside it stand code, stacks and what it allocates outside of its heap. */
const readinessHeapMb = 850;

const parts: Readonly<Record<string, () => Promise<Section> | Section>> = {
  example() {
    const { seconds, best } = exampleBench(root);
    return {
      title: "The example",
      rows: [
        row("`remit analyze`, process start to end, median of 5", seconds, "s", 1, `best ${two(best)} s`),
      ],
    };
  },
  access() {
    const figures = accessBench(clock);
    const naive = (figures.decideUs * figures.principals) / 1000;
    return {
      title: `Access engine: ${fullSize.principals} principals, ${figures.distinctStatements} distinct statements`,
      rows: [
        row("compile", figures.compileMs / 1000, "s", 10),
        row("compiled form", figures.compileMb, "MB", 500),
        row("one who-can, median", figures.whoCanP50Ms, "ms", undefined, ratio(naive, figures.whoCanP50Ms)),
        row("one who-can, 95th percentile", figures.whoCanP95Ms, "ms", 25, ratio(naive, figures.whoCanP95Ms)),
        row("holders on 10,000 and 1,000 targets", figures.holdersMs, "ms"),
        row("one decision with its proof", figures.decideUs / 1000, "ms"),
      ],
    };
  },
  closure() {
    const closure = closureBench();
    return {
      title: `Recreation closure of one exposure: ${closure.principals} principals, ${closure.statements} statements`,
      rows: [
        row("first, with what is built when first asked", closure.firstSeconds, "s", 1),
        row("95th percentile", closure.p95Seconds, "s", 1),
        row("median", closure.medianSeconds, "s", 1, `${two(closure.ratio)} of asking everybody once`),
      ],
    };
  },
  cut() {
    const { derivations, considered, changes, exact, rounds, seconds, bestSeconds, cpuSeconds, askSeconds } =
      cutBench();
    return {
      title: `Cut of one case: ${derivations} derivations, ${considered} changes weighed`,
      rows: [
        row(
          `${changes} changes, ${exact ? "proven to be the least" : "not proven to be the least"}, asked ${rounds} times`,
          seconds,
          "s",
          1,
          `best ${two(bestSeconds)} s; ${two(cpuSeconds)} s of processor time; ${two(seconds / askSeconds)} times one answer with every way written out`,
        ),
      ],
    };
  },
  whatIf() {
    const {
      principals,
      statements,
      changes,
      overlayMs,
      whoCanMs,
      whatIfMs,
      ratio: times,
    } = whatIfBench(clock);
    return {
      title: `What-if: ${changes} changes over ${principals} principals, ${statements} statements`,
      rows: [
        row("one question before and after, with the difference", whatIfMs, "ms"),
        row("one who-can", whoCanMs, "ms"),
        row("what-if over who-can, median of the questions", times, "times", 2),
        row("laying the changes over the compiled estate, once", overlayMs, "ms"),
      ],
    };
  },
  async proof() {
    const paths = await pathBench(root);
    const { principals, statements, candidates, outcome, openSeconds, certificateSeconds } =
      certificateBench(100_000);
    return {
      title: `Proofs: the independent check, ${principals} principals, ${statements} statements`,
      rows: [
        row(`one path, the slowest of the example's ${paths.paths}`, paths.worstPathMs, "ms", 5),
        row("one path, median", paths.medianPathMs, "ms", 5),
        row(`certificate of \`none\`, ${candidates} candidate statements`, certificateSeconds, "s", 1),
        row("reading and indexing the documents for it, once", openSeconds, "s"),
      ],
      notes: [`The certificate ${outcome}.`],
    };
  },
  async findings() {
    const full = await findingsBench(100_000, false);
    const { rows, megabytes, streamed, whole, general } = await findingsBench(20_000, true);
    const against = (run: FindingsRun | undefined): string =>
      run === undefined ? "" : `${two(streamed.rowsPerSecond / run.rowsPerSecond)} times as fast as it`;
    return {
      title: `Findings: ${full.rows} rows, ${two(full.megabytes)} MB`,
      rows: [
        row("streamed to exposures", full.streamed.rowsPerSecond, "rows/s", 10_000, "at least"),
        row("processor time of a row, all threads", (full.streamed.cpuSeconds / full.rows) * 1e6, "µs"),
        row("memory above the start", full.streamed.peakMb, "MB", 200),
        row(
          `of it kept for ${full.streamed.kept} findings and what passed`,
          full.streamed.keptMb,
          "MB",
          undefined,
          `${two((full.streamed.keptMb / full.streamed.kept) * 1000)} kB a finding`,
        ),
        row(`streamed, ${rows} rows, ${two(megabytes)} MB`, streamed.rowsPerSecond, "rows/s"),
        row("memory above the start", streamed.peakMb, "MB"),
        row(
          "`JSON.parse` of the whole, nothing else",
          whole?.rowsPerSecond ?? 0,
          "rows/s",
          undefined,
          against(whole),
        ),
        row("memory above the start", whole?.peakMb ?? 0, "MB"),
        row(
          `${general?.name ?? ""}, rows only`,
          general?.rowsPerSecond ?? 0,
          "rows/s",
          undefined,
          against(general),
        ),
        row("memory above the start", general?.peakMb ?? 0, "MB"),
      ],
      notes: [
        "Against the other readers the file has fewer rows: one text for `JSON.parse` holds at most 512 MB.",
      ],
    };
  },
  async peer() {
    const peer = await peerBench(10_000, 100_000);
    return {
      title: `Against ${peer.peer}: ${peer.principals} principals, ${peer.question}`,
      rows: [
        row("peer, one simulation each", peer.peerSeconds, "s"),
        row("Remit, compilation included", peer.seconds, "s", undefined, `${two(peer.ratio)} times as fast`),
        row(
          "Remit, the question alone",
          peer.askedMs,
          "ms",
          undefined,
          ratio(peer.peerSeconds * 1000, peer.askedMs),
        ),
      ],
      notes: [
        `${peer.allowed} actors are allowed; ${peer.differing.length} verdicts differ.`,
        ...peer.differing.map(({ principal, why }) => `\`${principal}\`: ${why}`),
        ...[...peer.refused].map(([words, count]) => `the peer did not judge ${count} requests: ${words}`),
      ],
    };
  },
  async analysis() {
    const rows: Row[] = [];
    for (const run of [() => corpusBench(root), () => landingZoneBench(100)]) {
      const { name, seconds, cpuSeconds, cases } = await run();
      rows.push(
        row(
          `${name}: files to ${cases} cases`,
          seconds,
          "s",
          undefined,
          `${two(cpuSeconds)} s of processor time`,
        ),
      );
    }
    return { title: "Analysis", rows };
  },
  async reanalysis() {
    const measured = await reanalysisBench(100);
    return {
      title: "Re-analysis after a 1 % change: landing zone of 100 accounts",
      rows: measured.map(({ what, fullSeconds, againSeconds, ratio: times, asked, exposures, equal }) =>
        row(
          `${what} changed, against a full analysis`,
          times,
          "times",
          0.1,
          `${two(againSeconds)} s of processor time against ${two(fullSeconds)} s; ${asked} of ${exposures} exposures asked; ${equal ? "the same document, byte for byte" : "ANOTHER DOCUMENT"}`,
        ),
      ),
      notes: [
        "A change of what access rests on (identities, policies, resources, trusts) asks every exposure anew: docs/adr/0012.",
      ],
    };
  },
  async store() {
    const { embedded, postgres } = await storeBench(root, 100_000, 1_000_000, 100_000);
    const of = (
      name: string,
      run: StoreRun,
      goal: { rows: number; mb: number; command: number },
    ): readonly Row[] => [
      row(
        `${name}: import of ${run.rows} rows, parse to commit`,
        run.rowsPerSecond,
        "rows/s",
        goal.rows,
        "at least",
      ),
      row(`${name}: memory of the process at most`, run.peakMb, "MB", goal.mb),
      row(
        `${name}: lists and filters over ${run.findings} findings and ${run.cases} cases, 95th percentile`,
        run.listP95Ms,
        "ms",
        100,
        `slowest, ${run.slowestList}`,
      ),
      row(`${name}: a command of a case, 95th percentile`, run.commandP95Ms, "ms", goal.command),
      row(`${name}: ready after a restart`, run.restartSeconds, "s", 3),
    ];
    return {
      title: "Store",
      rows: [
        ...of("embedded", embedded, { rows: 5000, mb: 1000, command: 20 }),
        ...of("PostgreSQL", postgres, { rows: 8000, mb: 400, command: 15 }),
      ],
    };
  },
  async web() {
    return webSection(await webBench(root, 100_000, 150), row, two);
  },
  readiness() {
    const full = readinessBench({ ...fullSize, workloads: 10_000 }, readinessHeapMb);
    const part = { accounts: 30, principals: 30_000, statements: 300_000, seed: 7, workloads: 3000 };
    const small = readinessBench(part, undefined, true);
    const everybody = (full.decideUs / 1e6) * full.principals * full.proofs;
    return {
      title: `Readiness: ${full.workloads} workloads × ${full.duties} duties against ${full.principals} principals, ${full.statements} statements`,
      rows: [
        row(
          `${full.proofs} proofs, ${full.gaps} gaps`,
          full.seconds,
          "s",
          60,
          `${two(full.cpuSeconds)} s of processor time; ${two(everybody / full.cpuSeconds)} times as fast as asking everybody for each proof`,
        ),
        row("compiling the estate before", full.compileSeconds, "s"),
        row("memory at most, the estate included", full.peakMb, "MB", 1024),
        row(
          `${small.workloads} workloads against ${small.principals} principals`,
          small.seconds,
          "s",
          undefined,
          `${two(small.cpuSeconds)} s of processor time; ${two(small.backwardCpuSeconds / small.cpuSeconds)} times as fast as walking chains of roles for each call`,
        ),
      ],
      notes: [
        `${full.can} can, ${full.cannot} technically cannot, the others are unknown.`,
        `Run with \`--max-old-space-size=${readinessHeapMb}\`, so that the process stays within the memory asked for; with more it is faster.`,
      ],
    };
  },
  /** A tenth of the promised size, in minutes. */
  recreation: () =>
    recreationSection({ accounts: 10, principals: 10_000, statements: 100_000, seed: 7 }, 100),
  /** The promised size, once: `npm run bench -- recreation-full`. */
  "recreation-full": () => recreationSection(fullSize, 100, 30),
};

/** Parts that take so long that they run only where they are named. */
const onlyNamed: ReadonlySet<string> = new Set(["recreation-full"]);

function recreationSection(size: EstateSize, perAccount: number, target?: number): Section {
  const figures = recreationBench(size, perAccount);
  const verdicts = Object.entries(figures.verdicts).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    title: `Recreation: ${figures.principals} principals, ${figures.statements} statements, ${figures.findings} findings in ${size.accounts} accounts`,
    rows: [
      row(
        `${figures.findings} findings to ${figures.cases} decided cases, compiling included`,
        figures.seconds,
        "s",
        target,
        `${two(figures.cpuSeconds)} s of processor time`,
      ),
      row("memory at most", figures.peakMb, "MB"),
    ],
    notes: [verdicts.map(([verdict, count]) => `${count} ${verdict}`).join(", ")],
  };
}

function ratio(naive: number, own: number): string {
  return `${two(naive / own)} times as fast as one by one`;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => parts[name] === undefined);
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(", ")}. Parts: ${Object.keys(parts).join(", ")}`);
  process.exit(2);
}
const sections: Section[] = [];
const page = (): string => {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.versions.node}, load ${(loadavg()[1] ?? 0).toFixed(1)}`;
  return markdown(new Date().toISOString().slice(0, 10), machine, sections);
};
for (const [name, part] of Object.entries(parts)) {
  if (wanted.length > 0 ? !wanted.includes(name) : onlyNamed.has(name)) continue;
  console.error(`bench: ${name}`);
  sections.push(await part());
  // After every part, so that what was measured is kept when a later one fails.
  if (wanted.length === 0) writeFileSync(join(root, "docs/benchmarks.md"), page());
}
console.log(page());
