import type { Rejection } from "../core/estate/index.js";
import { progressOf, widthFor, type Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import type { ServerFlags } from "./client/flags.js";
import { checkInputs, type InputFlags } from "./inputs.js";
import { finish, rejectedOutcome } from "./outcome.js";
import { deliver } from "./output.js";
import { reasonsOf } from "./run-analyze.js";
import { isForServer, reachOnServer, recreateOnServer, whoCanOnServer } from "./run-on-server.js";
import { tellRejected } from "./tell.js";

export interface AskFlags extends InputFlags, ServerFlags {
  readonly format?: string;
  readonly out?: string;
  readonly all?: boolean;
}

const shownByDefault = 50;

function prepare(flags: AskFlags, io: Console) {
  const inputs = checkInputs(flags, io);
  if (inputs.estate.length === 0) throw fault("no-estate");
  const format = flags.format ?? "table";
  if (format !== "table" && format !== "json")
    throw fault("bad-question", `the answer comes as table or json, not as \`${format}\``);
  const progress = progressOf(io);
  const limit = flags.all === true ? Infinity : format === "json" ? 10_000 : shownByDefault;
  return { options: { ...inputs, limit, onProgress: progress.show }, format, progress };
}

interface Asked<Document> {
  readonly kind: "answer";
  readonly document: Document & { readonly rejected: readonly Rejection[] };
}
type Refused =
  | {
      readonly kind: "nothing-readable";
      readonly rejected: readonly { readonly document: string; readonly reason: string }[];
    }
  | { readonly kind: "bad-question"; readonly message: string };

async function answerWith<Document>(
  asked: Asked<Document> | Refused,
  render: (document: Document) => string,
  format: string,
  out: string | undefined,
  io: Console,
): Promise<ExitCode> {
  if (asked.kind === "bad-question") throw fault("bad-question", asked.message);
  if (asked.kind === "nothing-readable") throw fault("nothing-readable", reasonsOf(asked.rejected));
  const { renderJson } = await import("../report/index.js");
  await deliver(io, format === "json" ? renderJson(asked.document) : render(asked.document), out);
  await tellRejected(io, asked.document.rejected);
  return finish(io, rejectedOutcome(asked.document.rejected));
}

export async function runWhoCan(
  action: string,
  resource: string,
  flags: AskFlags,
  io: Console,
): Promise<ExitCode> {
  if (isForServer(flags)) return whoCanOnServer(action, resource, flags, io);
  const { options, format, progress } = prepare(flags, io);
  const [{ askWhoCan }, { renderWhoCan }] = await Promise.all([
    import("../app/index.js"),
    import("../report/index.js"),
  ]);
  const asked = await askWhoCan(action, resource, options).finally(progress.clear);
  return answerWith(asked, (document) => renderWhoCan(document, widthFor(io)), format, flags.out, io);
}

export async function runReach(principal: string, flags: AskFlags, io: Console): Promise<ExitCode> {
  if (isForServer(flags)) return reachOnServer(principal, flags, io);
  const { options, format, progress } = prepare(flags, io);
  const [{ askReach }, { renderReach }] = await Promise.all([
    import("../app/index.js"),
    import("../report/index.js"),
  ]);
  const asked = await askReach(principal, options).finally(progress.clear);
  return answerWith(asked, (document) => renderReach(document, widthFor(io)), format, flags.out, io);
}

export async function runRecreate(
  flags: AskFlags & { readonly resource: string; readonly weakness: string },
  io: Console,
): Promise<ExitCode> {
  if (isForServer(flags)) return recreateOnServer(flags, io);
  const { options, format, progress } = prepare(flags, io);
  const [{ askRecreate }, { renderRecreate }] = await Promise.all([
    import("../app/index.js"),
    import("../report/index.js"),
  ]);
  const asked = await askRecreate(flags.resource, flags.weakness, options).finally(progress.clear);
  return answerWith(asked, (document) => renderRecreate(document, widthFor(io)), format, flags.out, io);
}
