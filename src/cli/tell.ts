import type { Rejection } from "../core/estate/index.js";
import type { Console } from "./console.js";
import { visible } from "./visible.js";

const most = 40;

/** What was not used, one line each on standard error: for commands whose answer does not list it. */
export async function tellRejected(io: Console, rejected: readonly Rejection[]): Promise<void> {
  if (rejected.length === 0) return;
  const { rejectionText } = await import("../report/index.js");
  for (const item of rejected.slice(0, most)) io.err(`rejected  ${rejectionText(item)}\n`);
  const more = rejected.length - most;
  if (more > 0) io.err(`rejected  and ${String(more)} more; \`--format json\` lists them\n`);
}

/** Lines worth knowing that are no fault, one each on standard error, past the progress line. */
export const noticesTo =
  (io: Console, progress: { clear(): void }) =>
  (text: string): void => {
    progress.clear();
    io.err(`note  ${visible(text)}\n`);
  };
