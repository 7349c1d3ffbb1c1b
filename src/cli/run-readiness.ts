import { progressOf, widthFor, type Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import type { ServerFlags } from "./client/flags.js";
import { checkInputs, type InputFlags } from "./inputs.js";
import { finish, rejectedOutcome } from "./outcome.js";
import { deliver } from "./output.js";
import { reasonsOf } from "./run-analyze.js";
import { isForServer, readinessOnServer } from "./run-on-server.js";
import { noticesTo, tellRejected } from "./tell.js";

export interface ReadinessFlags extends InputFlags, ServerFlags {
  readonly format?: string;
  readonly out?: string;
  readonly all?: boolean;
}

/** `remit readiness`: who answers for what before an incident, and whether they can. */
export async function runReadiness(flags: ReadinessFlags, io: Console): Promise<ExitCode> {
  if (isForServer(flags)) return readinessOnServer(flags, io);
  const format = flags.format ?? "table";
  if (format !== "table" && format !== "json" && format !== "html")
    throw fault("bad-question", `the matrix comes as table, json or html, not as \`${format}\``);
  const inputs = checkInputs(flags, io);
  const progress = progressOf(io);
  const [{ readinessOfFiles }, { renderJson, renderReadiness, renderReadinessHtml }] = await Promise.all([
    import("../app/index.js"),
    import("../report/index.js"),
  ]);
  const asked = await readinessOfFiles({
    ...inputs,
    onProgress: progress.show,
    onNotice: noticesTo(io, progress),
  }).finally(progress.clear);
  if (asked.kind === "nothing-readable") throw fault("nothing-readable", reasonsOf(asked.rejected));
  const { document } = asked;
  const text =
    format === "json"
      ? renderJson(document)
      : format === "html"
        ? renderReadinessHtml(document)
        : renderReadiness(document, widthFor(io), flags.all === true);
  await deliver(io, text, flags.out);
  await tellRejected(io, document.rejected);
  return finish(io, rejectedOutcome(document.rejected));
}
