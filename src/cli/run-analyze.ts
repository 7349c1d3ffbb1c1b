import type { Analysis } from "../core/decision/index.js";
import { isNewAgainst, readBaseline } from "./baseline.js";
import { parseCondition } from "./condition.js";
import { progressOf, usesColour, widthFor, type Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import type { ServerFlags } from "./client/flags.js";
import type { OwnerTrace } from "../app/index.js";
import { checkInputs, type InputFlags } from "./inputs.js";
import { rememberRun } from "./last-run.js";
import { finish, rejectedOutcome, type Outcome } from "./outcome.js";
import { deliver } from "./output.js";
import { analysisOnServer, isForServer, ownersFromServer } from "./run-on-server.js";
import { noticesTo } from "./tell.js";
import { visible } from "./visible.js";

export interface AnalyzeFlags extends InputFlags, ServerFlags {
  readonly format?: string;
  readonly out?: string;
  readonly baseline?: string;
  readonly failOn?: string;
  readonly class?: string;
  readonly all?: boolean;
  readonly verbose?: boolean;
  /** Asked for by an installation that analyses: `src/app/findings-rows.ts`. */
  readonly rowsOut?: string;
  /** The same: `src/app/watched-exposures.ts`. */
  readonly watched?: string;
}

/** `remit analyze`: everything that can be wrong with the question is said before anything is read. */
export async function runAnalyze(flags: AnalyzeFlags, io: Console): Promise<ExitCode> {
  const served = isForServer(flags);
  if (served && flags.class !== undefined)
    throw fault("usage", "`--class` and `--server`: what was decided there is shown as it is");
  const inputs = served ? undefined : checkInputs(flags, io);
  if (inputs !== undefined && inputs.estate.length + inputs.findings.length === 0) throw fault("no-input");
  if (flags.class !== undefined && flags.class !== "configuration")
    throw fault("bad-class", `\`${flags.class}\``);
  const report = await import("../report/index.js");
  const format = report.formatNames.find((name) => name === (flags.format ?? "table"));
  if (format === undefined) {
    const later = report.laterFormats.includes(flags.format ?? "");
    throw fault(later ? "later-format" : "unknown-format", `\`${flags.format ?? ""}\``);
  }
  const condition = flags.failOn === undefined ? undefined : parseCondition(flags.failOn);
  if (condition?.usesNew === true && flags.baseline === undefined) throw fault("new-without-baseline");
  const baseline = flags.baseline === undefined ? undefined : await readBaseline(flags.baseline);

  const told = format === "markdown" || format === "html";
  const trace = told && !served ? (await import("../app/index.js")).createOwnerTrace() : undefined;
  const analysis = served ? await analysisOnServer(flags, io) : await analyzeInputs(flags, io, trace);
  if (served) for (const line of readAs(analysis, flags.verbose === true)) io.err(`${line}\n`);
  const isNew = baseline === undefined ? () => true : isNewAgainst(baseline, analysis);
  const known = analysis.cases.filter((item) => !isNew(item)).length;
  // People see what is new; the document always holds everything, so that it can be the next baseline.
  const shown =
    baseline === undefined || format === "json"
      ? analysis
      : { ...analysis, cases: analysis.cases.filter(isNew) };
  const notice =
    baseline === undefined
      ? undefined
      : `baseline: ${analysis.cases.length} cases = ${analysis.cases.length - known} new, shown here + ${known} known`;
  const reasons = told ? await reasonsOfFirst(shown, trace, flags, io) : undefined;
  const text = report.renderFormat(format, shown, {
    width: widthFor(io),
    colour: usesColour(io) && flags.out === undefined,
    all: flags.all === true,
    verbose: flags.verbose === true,
    ...(reasons === undefined ? {} : { reasons }),
    ...(format === "table" ? { elapsed: io.elapsed() } : {}),
    ...(notice === undefined ? {} : { notice }),
  });
  await deliver(io, text, flags.out);
  if (!served) await rememberRun(io, flags);
  const failing = (condition?.failing(analysis, isNew) ?? []).filter((item) => isNew(item));
  return finish(io, [...failedOutcome(failing, flags.failOn), ...rejectedOutcome(analysis.rejected)]);
}

/** Cases that are told why their owners are their owners; of more, `explain` tells it. */
const mostReasoned = 200;

/** Without a trace the installation is asked that decided. */
async function reasonsOfFirst(
  { cases }: Analysis,
  trace: OwnerTrace | undefined,
  flags: AnalyzeFlags,
  io: Console,
): Promise<OwnerTrace["reasonsOf"]> {
  if (cases.length > mostReasoned)
    io.err(
      `note  why these owners: told for the first ${mostReasoned} of ${cases.length} cases; \`remit explain CASE\` tells it of any\n`,
    );
  const first = new Set(cases.slice(0, mostReasoned).map(({ id }) => id));
  if (trace === undefined) {
    const found = await ownersFromServer([...first], flags, io);
    return ({ id }) => found.get(id) ?? [];
  }
  return (item) => (first.has(item.id) ? trace.reasonsOf(item) : []);
}

function failedOutcome(
  failing: readonly { readonly id: string }[],
  condition: string | undefined,
): readonly Outcome[] {
  if (failing.length === 0 || condition === undefined) return [];
  const ids = failing.slice(0, 5).map((item) => item.id);
  const more = failing.length > ids.length ? ` +${failing.length - ids.length}` : "";
  return [
    {
      exit: 1,
      reason: `\`${condition}\` holds for ${failing.length} ${failing.length === 1 ? "case" : "cases"}: ${ids.join(", ")}${more}`,
    },
  ];
}

/** Reads and decides, with progress on a terminal, and says what was read as what. */
export async function analyzeInputs(
  flags: AnalyzeFlags,
  io: Console,
  ownerTrace?: OwnerTrace,
): Promise<Analysis> {
  const inputs = checkInputs(flags, io);
  const { analyzeFiles, readWatched } = await import("../app/index.js");
  const progress = progressOf(io);
  let analysis: Analysis;
  try {
    analysis = await analyzeFiles({
      ...inputs,
      includeConfiguration: flags.class === "configuration",
      onProgress: progress.show,
      onNotice: noticesTo(io, progress),
      ...(ownerTrace === undefined ? {} : { ownerTrace }),
      ...(flags.rowsOut === undefined ? {} : { rowsOut: flags.rowsOut }),
      ...(flags.watched === undefined ? {} : { watched: await readWatched(flags.watched) }),
    });
  } finally {
    progress.clear();
  }
  if (analysis.inputs.every((input) => input.role === "catalogue" || input.role === "policy"))
    throw fault("nothing-readable", reasonsOf(analysis.rejected));
  for (const line of readAs(analysis, flags.verbose === true)) io.err(`${line}\n`);
  return analysis;
}

export function reasonsOf(
  rejected: readonly { readonly document: string; readonly reason: string }[],
): string {
  const shown = rejected.slice(0, 3).map((item) => `${item.document}: ${item.reason}`);
  return `${shown.join("; ")}${rejected.length > 3 ? `; +${rejected.length - 3}` : ""}`;
}

/** `read  2 aws-account-authorization-details, 1 prowler-ocsf`; `--verbose` has a line per document. */
function readAs(analysis: Analysis, verbose: boolean): readonly string[] {
  if (verbose)
    return analysis.inputs.map(
      (input) => `read  ${visible(input.document)} as ${input.kind} (${input.role})`,
    );
  const kinds = new Map<string, number>();
  for (const input of analysis.inputs) kinds.set(input.kind, (kinds.get(input.kind) ?? 0) + 1);
  return [
    `read  ${[...kinds]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, number]) => `${number} ${kind}`)
      .join(", ")}`,
  ];
}
