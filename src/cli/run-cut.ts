import type { CutDocument } from "../contract/index.js";
import { progressOf, widthFor, type Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import type { ServerFlags } from "./client/flags.js";
import { checkInputs, type InputFlags } from "./inputs.js";
import { recallRun } from "./last-run.js";
import { finish, rejectedOutcome } from "./outcome.js";
import { deliver } from "./output.js";
import { reasonsOf } from "./run-analyze.js";
import { cutFromServer, isForServer } from "./run-on-server.js";
import { noticesTo, tellRejected } from "./tell.js";
import { findCase } from "./run-explain.js";

export interface CutFlags extends InputFlags, ServerFlags {
  readonly format?: string;
  readonly out?: string;
  readonly all?: boolean;
  readonly verbose?: boolean;
  readonly change?: string;
}

/** `remit cut CASE`, `remit cut --all`: the least that has to change so that nobody ungoverned brings it back. */
export async function runCut(id: string | undefined, flags: CutFlags, io: Console): Promise<ExitCode> {
  const served = isForServer(flags);
  const format = flags.format ?? "table";
  if (!["table", "json", "markdown"].includes(format))
    throw fault("bad-question", `a cut comes as table, json or markdown, not as \`${format}\``);
  if ((id === undefined) === (flags.all !== true))
    throw fault("usage", "`cut` takes the id of one case, or `--all` for most of them");
  const document = served ? await cutFromServer(id, flags, io) : await cutOfFiles(id, flags, io);
  const report = await import("../report/index.js");
  const text =
    format === "json"
      ? report.renderJson(document)
      : format === "markdown"
        ? report.renderCutMarkdown(document)
        : report.renderCut(document, { width: widthFor(io), verbose: flags.verbose === true });
  await deliver(io, text, flags.out);
  if (flags.change !== undefined) await deliver(io, report.renderJson(document.changeDocument), flags.change);
  await tellRejected(io, document.rejected);
  return finish(io, rejectedOutcome(document.rejected));
}

async function cutOfFiles(id: string | undefined, flags: CutFlags, io: Console): Promise<CutDocument> {
  const given = (flags.estate ?? []).length + (flags.findings ?? []).length > 0;
  const recalled = given ? undefined : await recallRun(io);
  if (!given && recalled === undefined) throw fault("no-last-run");
  const inputs = checkInputs({ ...recalled, ...flags }, io);
  if (inputs.estate.length === 0) throw fault("no-estate");
  const progress = progressOf(io);
  const { casesToCut, cutFiles } = await import("../app/index.js");
  const asked = await cutFiles({
    ...inputs,
    pick: (analysis) => (id === undefined ? casesToCut(analysis) : [findCase(analysis, id)]),
    onProgress: progress.show,
    onNotice: noticesTo(io, progress),
  }).finally(progress.clear);
  if (asked.kind === "nothing-readable") throw fault("nothing-readable", reasonsOf(asked.rejected));
  return asked.document;
}
