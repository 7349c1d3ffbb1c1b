import type { LogLine } from "../server/index.js";
import type { Console } from "./console.js";
import { fault } from "./errors.js";
import { given } from "./installation.js";

export type Log = (line: LogLine) => void;

/** Structured lines on standard error, as much as REMIT_LOG_LEVEL says; nothing secret among them. */
export async function loggerOf(io: Console): Promise<Log> {
  const { createLogger, logLevels } = await import("../server/index.js");
  const stated = given(io.env["REMIT_LOG_LEVEL"]) ?? "info";
  const level = logLevels.find((name) => name === stated);
  if (level === undefined)
    throw fault("bad-setting", `REMIT_LOG_LEVEL is \`${stated}\`: use ${logLevels.join(", ")}`);
  return createLogger({ write: io.err, now: io.now, level });
}
