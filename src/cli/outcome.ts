import type { Console } from "./console.js";
import { isFault, type ExitCode } from "./errors.js";
import { visible } from "./visible.js";

/** How a command ended; several may hold at once. */
export interface Outcome {
  readonly exit: ExitCode;
  readonly reason: string;
}

/** interfaces.md, exit codes: when several hold, 2, 4, 1, 3, 0. */
const precedence: readonly ExitCode[] = [2, 4, 1, 3, 0];

export function worstOutcome(outcomes: readonly Outcome[]): Outcome {
  for (const exit of precedence) {
    const found = outcomes.find((outcome) => outcome.exit === exit);
    if (found !== undefined) return found;
  }
  return { exit: 0, reason: "completed" };
}

export function rejectedOutcome(rejected: readonly { readonly document: string }[]): readonly Outcome[] {
  const files = new Set(rejected.map((item) => item.document)).size;
  if (files === 0) return [];
  return [{ exit: 3, reason: `${files} ${files === 1 ? "file was" : "files were"} rejected` }];
}

/** The last line of stderr: code and reason. */
export function finish(io: Console, outcomes: readonly Outcome[]): ExitCode {
  const { exit, reason } = worstOutcome(outcomes);
  io.err(`exit ${exit}: ${visible(reason)}\n`);
  return exit;
}

/** A fault as two lines, then the exit line. Never a stack trace, unless `DEBUG` asks for it. */
export function finishFault(io: Console, error: unknown): ExitCode {
  const debug = (io.env["DEBUG"] ?? "") !== "";
  if (isFault(error)) {
    if (error.hint !== "") io.err(`remit: ${visible(error.hint)}\n`);
    if (debug && error.cause instanceof Error) io.err(`${error.cause.stack ?? ""}\n`);
    return finish(io, [{ exit: error.exit, reason: error.message }]);
  }
  const message = error instanceof Error ? error.message : String(error);
  if (debug && error instanceof Error) io.err(`${error.stack ?? ""}\n`);
  return finish(io, [
    {
      exit: 4,
      reason: `an internal fault: ${message.split("\n")[0] ?? ""}; run again with DEBUG=1 for the place`,
    },
  ]);
}
