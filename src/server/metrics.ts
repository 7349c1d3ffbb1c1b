import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import { inSpan, type Installation } from "../app/index.js";
import { standing, type Standing } from "./standing.js";

/** What is counted of one server. Labels are bounded, and none of them names a person, a case or an address. */
export interface Metrics {
  readonly request: (request: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly seconds: number;
    /** Bytes of an upload, where they were stated. */
    readonly bytes?: number;
  }) => void;
  readonly analysis: (analysis: { readonly seconds: number; readonly result: "done" | "failed" }) => void;
  /** In the text format of Prometheus. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
}

export interface MetricsOptions {
  readonly installation: Pick<Installation, "store" | "now">;
  /** Of this release. */
  readonly version: string;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number;
  /** Of the process, too: memory, processor, event loop. Once in a process. */
  readonly ofProcess?: boolean;
}

/** What hangs on the database is asked at most this often, however many ask. */
const freshMs = 10_000;

const known: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

export function createMetrics({
  installation,
  version,
  elapsed,
  ofProcess = false,
}: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (ofProcess) collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "remit_http_requests_total",
    help: "requests that were answered",
    labelNames: ["method", "route", "status"],
    registers,
  });
  const durations = new Histogram({
    name: "remit_http_request_duration_seconds",
    help: "from the first byte of a request to its answer",
    labelNames: ["method", "route"],
    buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    registers,
  });
  const uploads = new Histogram({
    name: "remit_import_bytes",
    help: "size of uploads of documents, as stated by whoever sent them",
    buckets: [1e4, 1e5, 1e6, 1e7, 1e8, 1e9],
    registers,
  });
  const analyses = new Histogram({
    name: "remit_analysis_duration_seconds",
    help: "analyses of all that is known",
    labelNames: ["result"],
    buckets: [0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
    registers,
  });
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers });
  gauge("remit_build_info", "always 1", "version", "node", "store").set(
    { version, node: process.version, store: installation.store.kind },
    1,
  );
  const up = gauge("remit_store_up", "whether the database answers");
  const cases = gauge("remit_cases", "cases by status and answer", "status", "verdict");
  const late = gauge("remit_cases_late", "open cases whose nearest clock has run out");
  const untaken = gauge("remit_cases_untaken", "open cases whose containment nobody has taken");
  const position = gauge("remit_ledger_position", "events in the ledger");
  const signed = gauge("remit_ledger_signed_position", "events that a signed checkpoint covers");
  const queue = gauge("remit_queue_jobs", "jobs by kind and state", "job", "state");
  const show = (found: Standing | undefined): void => {
    up.set(found === undefined ? 0 : 1);
    // Old figures beside a database that is away would be taken for its state.
    for (const each of [cases, queue]) each.reset();
    for (const each of [late, untaken, position, signed]) each.remove();
    if (found === undefined) return;
    for (const { status, verdict, count } of found.cases) cases.set({ status, verdict }, count);
    for (const { job, state, count } of found.queue) queue.set({ job, state }, count);
    late.set(found.late);
    untaken.set(found.untaken);
    position.set(found.position);
    signed.set(found.signed);
  };
  let asked: { readonly at: number; readonly answer: Promise<void> } | undefined;
  const refresh = (): Promise<void> => {
    const at = elapsed();
    if (asked === undefined || at - asked.at >= freshMs)
      // That the database is away is a figure, not a fault of whoever asks.
      asked = { at, answer: standing(installation).then(show, () => show(undefined)) };
    return asked.answer;
  };
  return {
    request({ method, route, status, seconds, bytes }) {
      const labels = { method: known.has(method) ? method : "other", route };
      requests.inc({ ...labels, status: String(status) });
      durations.observe(labels, seconds);
      if (bytes !== undefined) uploads.observe(bytes);
    },
    analysis: ({ seconds, result }) => analyses.observe({ result }, seconds),
    async text() {
      await refresh();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

/** The installation, whose analyses are counted. */
export const measured = <Of extends Installation>(
  installation: Of,
  metrics: Pick<Metrics, "analysis">,
  elapsed: () => number,
): Of => ({
  ...installation,
  async analyse(...request: Parameters<Installation["analyse"]>) {
    const began = elapsed();
    const tell = (result: "done" | "failed"): void =>
      metrics.analysis({ seconds: (elapsed() - began) / 1000, result });
    try {
      const made = await inSpan("remit.analysis", { "remit.documents": documentsOf(...request) }, () =>
        installation.analyse(...request),
      );
      tell("done");
      return made;
    } catch (error) {
      tell("failed");
      throw error;
    }
  },
});

const documentsOf = ({ estate, findings }: Parameters<Installation["analyse"]>[0]): number =>
  estate.length + findings.length;
