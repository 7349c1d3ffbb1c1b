import type { Analysis, Case } from "../core/decision/index.js";
import { usesColour, widthFor, type Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import { recallRun } from "./last-run.js";
import { finish, rejectedOutcome } from "./outcome.js";
import { deliver } from "./output.js";
import { analyzeInputs, type AnalyzeFlags } from "./run-analyze.js";
import { explainOnServer, isForServer, proofFromServer } from "./run-on-server.js";

export interface ExplainFlags extends AnalyzeFlags {
  /** Writes the proof of the case there. */
  readonly proof?: string;
  /** An installation that is served, instead of files. */
  readonly server?: string;
  readonly tokenFile?: string;
}

/** `remit explain CASE`: the same inputs again, or those of the last `analyze` in this folder. */
export async function runExplain(id: string, flags: ExplainFlags, io: Console): Promise<ExitCode> {
  if (isForServer(flags)) {
    if (flags.proof !== undefined) {
      await deliver(io, await proofFromServer(id, flags, io), flags.proof === "-" ? undefined : flags.proof);
      // On standard output the proof stands alone.
      if (flags.proof === "-") return finish(io, [{ exit: 0, reason: "completed" }]);
    }
    return explainOnServer(id, flags, io);
  }
  const report = await import("../report/index.js");
  const format = flags.format ?? "table";
  if (!["table", "json", "markdown", "html"].includes(format))
    throw fault(report.laterFormats.includes(format) ? "later-format" : "unknown-format", `\`${format}\``);
  const given = (flags.estate ?? []).length + (flags.findings ?? []).length > 0;
  const recalled = given ? undefined : await recallRun(io);
  if (!given && recalled === undefined) throw fault("no-last-run");
  const { createOwnerTrace } = await import("../app/index.js");
  const trace = createOwnerTrace();
  const analysis = await analyzeInputs({ ...recalled, ...flags }, io, trace);
  const item = findCase(analysis, id);
  if (flags.proof !== undefined) {
    const { writeProof } = await import("./run-proof.js");
    await writeProof(analysis, item, flags.proof, io);
    // On standard output the proof stands alone.
    if (flags.proof === "-") return finish(io, rejectedOutcome(analysis.rejected));
  }
  const verbose = flags.verbose === true;
  const width = widthFor(io);
  const text =
    format === "json"
      ? report.renderJson(item)
      : format === "markdown"
        ? report.renderPageMarkdown(report.pageOf(item, analysis, { verbose, owners: trace.reasonsOf(item) }))
        : format === "html"
          ? report.renderHtml(
              { ...analysis, cases: [item] },
              {
                all: true,
                verbose,
                notice: `one case of ${analysis.cases.length}`,
                reasons: (each) => trace.reasonsOf(each),
              },
            )
          : report.renderExplain(item, analysis, {
              width,
              colour: usesColour(io) && flags.out === undefined,
              verbose,
              owners: trace.reasonsOf(item),
            });
  await deliver(io, text, flags.out);
  return finish(io, rejectedOutcome(analysis.rejected));
}

/** By id, by the start of an id, or by an id that has become shorter since it was written down. */
export function findCase(analysis: Analysis, typed: string): Case {
  const id = typed.toUpperCase().replace(/^(?!R-)/, "R-");
  const exact = analysis.cases.find((item) => item.id === id);
  if (exact !== undefined) return exact;
  const near = analysis.cases.filter((item) => item.id.startsWith(id) || id.startsWith(item.id));
  const [only] = near;
  if (only === undefined) throw fault("unknown-case", `\`${typed}\``);
  if (near.length > 1)
    throw fault(
      "ambiguous-case",
      `\`${typed}\`: ${near
        .slice(0, 8)
        .map((item) => item.id)
        .join(", ")}`,
    );
  return only;
}
