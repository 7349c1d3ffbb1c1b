import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { link, open, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { progressOf, widthFor, type Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import type { ServerFlags } from "./client/flags.js";
import { checkInputs } from "./inputs.js";
import { finish, rejectedOutcome } from "./outcome.js";
import { reasonsOf } from "./run-analyze.js";
import { draftFromServer, isForServer } from "./run-on-server.js";
import { noticesTo, tellRejected } from "./tell.js";

export interface InitFlags extends ServerFlags {
  readonly estate?: readonly string[];
  readonly now?: string;
  readonly account?: string;
  readonly format?: string;
  readonly out?: string;
}

/** `remit init`: a catalogue for people to confirm. It writes a new file or nothing. */
export async function runInit(flags: InitFlags, io: Console): Promise<ExitCode> {
  const format = flags.format ?? "yaml";
  if (format !== "yaml" && format !== "json")
    throw fault("bad-question", `the draft comes as yaml or json, not as \`${format}\``);
  const served = isForServer(flags);
  // JSON is for programs: it goes to a file only where one is named.
  const path = flags.out ?? (format === "json" ? "-" : "remit.yaml");
  if (path !== "-" && existsSync(path)) throw fault("file-exists", `\`${path}\``);
  const document = served ? await draftFromServer(flags, io) : await draftFromFiles(flags, io);
  const report = await import("../report/index.js");
  const kinds = [...new Set(document.inputs.map(({ kind }) => kind))].sort();
  const text =
    format === "json"
      ? report.renderJson(document)
      : report.renderDraft(document.draft, document.generatedAt.slice(0, 10), kinds);
  if (path === "-") await io.out(text);
  else {
    await writeNew(path, text);
    const next = served
      ? `remit import --catalogue ${path} --server ${flags.server ?? ""}`
      : `remit readiness --estate ${(flags.estate ?? []).join(" ")} --catalogue ${path}`;
    await io.out(report.renderDraftSummary(document.draft, path, next, widthFor(io)));
  }
  await tellRejected(io, document.rejected);
  return finish(io, rejectedOutcome(document.rejected));
}

async function draftFromFiles(flags: InitFlags, io: Console) {
  const inputs = checkInputs(flags, io);
  if (inputs.estate.length === 0) throw fault("no-estate");
  const progress = progressOf(io);
  const { draftOfFiles } = await import("../app/index.js");
  const asked = await draftOfFiles({
    estate: inputs.estate,
    now: inputs.now,
    ...(inputs.account === undefined ? {} : { account: inputs.account }),
    onProgress: progress.show,
    onNotice: noticesTo(io, progress),
  }).finally(progress.clear);
  if (asked.kind === "nothing-readable") throw fault("nothing-readable", reasonsOf(asked.rejected));
  return asked.document;
}

/** Whole or not at all, and never over a file: the name is given only where nobody has it. */
async function writeNew(path: string, text: string): Promise<void> {
  const aside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    const file = await open(aside, "wx");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(aside, path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "EEXIST") throw fault("file-exists", `\`${path}\``, error);
    throw fault("cannot-write", `\`${path}\`${code === "" ? "" : ` (${code})`}`, error);
  } finally {
    await rm(aside, { force: true });
  }
}
