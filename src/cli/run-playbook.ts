import { progressOf, type Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import type { ServerFlags } from "./client/flags.js";
import { checkInputs, type InputFlags } from "./inputs.js";
import { recallRun } from "./last-run.js";
import { finish, rejectedOutcome } from "./outcome.js";
import { deliver } from "./output.js";
import { analyzeInputs, reasonsOf } from "./run-analyze.js";
import { findCase } from "./run-explain.js";
import { isForServer, playbookFromServer } from "./run-on-server.js";
import { visible } from "./visible.js";

export interface PlaybookFlags extends InputFlags, ServerFlags {
  readonly workload?: string;
  readonly format?: string;
  readonly out?: string;
}

/** `remit playbook CASE` or `--workload NAME`: the same inputs again, or those of the last `analyze` in this folder. */
export async function runPlaybook(
  id: string | undefined,
  flags: PlaybookFlags,
  io: Console,
): Promise<ExitCode> {
  const served = isForServer(flags);
  const format = flags.format ?? "markdown";
  if (format !== "markdown" && format !== "json")
    throw fault("bad-question", `a playbook comes as markdown or json, not as \`${format}\``);
  if ((id === undefined) === (flags.workload === undefined))
    throw fault("usage", "name a case, or a workload with `--workload`");
  const document = served ? await playbookFromServer(id, flags, io) : await playbookOfFiles(id, flags, io);
  const { renderJson, renderPlaybook } = await import("../report/index.js");
  await deliver(io, format === "json" ? renderJson(document) : renderPlaybook(document), flags.out);
  return finish(io, rejectedOutcome(document.rejected));
}

async function playbookOfFiles(id: string | undefined, flags: PlaybookFlags, io: Console) {
  const inputs = await rememberedInputs(flags, io);
  return flags.workload === undefined ? ofCase(id ?? "", inputs, io) : ofWorkload(flags.workload, inputs, io);
}

/** What was given, else what the last `analyze` of this folder was asked to read. */
export async function rememberedInputs<Flags extends InputFlags>(flags: Flags, io: Console): Promise<Flags> {
  const given = (flags.estate ?? []).length + (flags.findings ?? []).length > 0;
  if (given) return flags;
  const recalled = await recallRun(io);
  if (recalled === undefined) throw fault("no-last-run");
  return { ...recalled, ...flags };
}

async function ofCase(id: string, flags: InputFlags, io: Console) {
  const analysis = await analyzeInputs(flags, io);
  const item = findCase(analysis, id);
  const { playbookOfCase } = await import("../app/index.js");
  return playbookOfCase(analysis, item);
}

async function ofWorkload(name: string, flags: InputFlags, io: Console) {
  const { playbookOfWorkload, unknownWorkload } = await import("../app/index.js");
  const progress = progressOf(io);
  const asked = await playbookOfWorkload(name, {
    ...checkInputs(flags, io),
    includeConfiguration: false,
    onProgress: progress.show,
    onNotice: (text) => {
      progress.clear();
      io.err(`note  ${visible(text)}\n`);
    },
  }).finally(progress.clear);
  if (asked.kind === "nothing-readable") throw fault("nothing-readable", reasonsOf(asked.rejected));
  if (asked.kind === "unknown-workload") throw fault("bad-question", unknownWorkload(name, asked.near));
  return asked.document;
}
