import type { JobSettings } from "../app/index.js";
import type { Console } from "./console.js";
import { fault } from "./errors.js";
import { given } from "./installation.js";
import type { Log } from "./server-log.js";

/** What the jobs of `remit serve` and `remit worker` go by. A wrong value is a fault that names it. */
export async function jobSettings(io: Pick<Console, "env">): Promise<JobSettings> {
  const { createReach, defaultRetention, readRetention, wrongAllowance } = await import("../app/index.js");
  const text = given(io.env["REMIT_RETENTION"]);
  const retention = text === undefined ? defaultRetention : readRetention(text);
  if ("wrong" in retention)
    throw fault(
      "bad-setting",
      `REMIT_RETENTION says \`${retention.wrong}\`: write days of ${Object.keys(defaultRetention).join(", ")}, as in \`findings=90,analyses=365\``,
    );
  const allowed = (given(io.env["REMIT_WEBHOOK_ALLOW"]) ?? "").split(",").map((item) => item.trim());
  const named = allowed.filter((item) => item !== "");
  const wrong = named.map(wrongAllowance).find((item) => item !== undefined);
  if (wrong !== undefined)
    throw fault(
      "bad-setting",
      `REMIT_WEBHOOK_ALLOW: ${wrong}: write networks, addresses and names, as in \`10.1.0.0/16,chat.internal\``,
    );
  return { retention, reach: createReach(named), clock: Date.now };
}

/** One line per job that failed. */
export const tellFailedJob =
  (log: Log) =>
  (job: string, reason: string): void => {
    log({ level: "error", message: "job failed", job, reason });
  };
