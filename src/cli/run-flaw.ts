import { progressOf, widthFor, type Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import { checkInputs, type InputFlags } from "./inputs.js";
import type { ServerFlags } from "./client/flags.js";
import { finish, rejectedOutcome } from "./outcome.js";
import { deliver } from "./output.js";
import { reasonsOf } from "./run-analyze.js";
import { flawOnServer, isForServer } from "./run-on-server.js";
import { rememberedInputs } from "./run-playbook.js";
import { visible } from "./visible.js";

export interface FlawFlags extends InputFlags, ServerFlags {
  readonly format?: string;
  readonly out?: string;
  readonly all?: boolean;
}

/** `remit flaw ID`: one flaw over the whole estate; the same inputs again, or those of the last `analyze` here. */
export async function runFlaw(id: string, flags: FlawFlags, io: Console): Promise<ExitCode> {
  if (isForServer(flags)) return flawOnServer(id, flags, io);
  const format = flags.format ?? "table";
  if (format !== "table" && format !== "json" && format !== "markdown" && format !== "html")
    throw fault("unknown-format", `\`${format}\``);
  const inputs = checkInputs(await rememberedInputs(flags, io), io);
  const progress = progressOf(io);
  const [{ askFlaw }, report] = await Promise.all([import("../app/index.js"), import("../report/index.js")]);
  const asked = await askFlaw(id, {
    ...inputs,
    includeConfiguration: false,
    onProgress: progress.show,
    onNotice: (text) => {
      progress.clear();
      io.err(`note  ${visible(text)}\n`);
    },
  }).finally(progress.clear);
  if (asked.kind === "nothing-readable") throw fault("nothing-readable", reasonsOf(asked.rejected));
  if (asked.kind === "bad-question") throw fault("bad-question", asked.message);
  const { document } = asked;
  const text = {
    table: () => report.renderFlaw(document, widthFor(io), flags.all === true),
    json: () => report.renderJson(document),
    markdown: () => report.renderFlawMarkdown(document),
    html: () => report.renderFlawHtml(document),
  }[format]();
  await deliver(io, text, flags.out);
  return finish(io, rejectedOutcome(document.rejected));
}
