import type { JobSettings } from "../app/index.js";
import type { Console } from "./console.js";
import { fault } from "./errors.js";
import { given } from "./installation.js";
import type { Log } from "./server-log.js";

/** What the jobs of `remit serve` and `remit worker` go by. A wrong value is a fault that names it. */
export async function jobSettings(io: Pick<Console, "env">): Promise<JobSettings> {
  const { defaultRetention, readRetention } = await import("../app/index.js");
  const text = given(io.env["REMIT_RETENTION"]);
  const retention = text === undefined ? defaultRetention : readRetention(text);
  if ("wrong" in retention)
    throw fault(
      "bad-setting",
      `REMIT_RETENTION says \`${retention.wrong}\`: write days of ${Object.keys(defaultRetention).join(", ")}, as in \`findings=90,analyses=365\``,
    );
  return { retention };
}

/** One line per job that failed. */
export const tellFailedJob =
  (log: Log) =>
  (job: string, reason: string): void => {
    log({ level: "error", message: "job failed", job, reason });
  };
