import { appendFile, readFile } from "node:fs/promises";
import type { GatePolicy } from "../app/index.js";
import { progressOf, widthFor, type Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import { checkInputs, type InputFlags } from "./inputs.js";
import type { ServerFlags } from "./client/flags.js";
import { finish, rejectedOutcome, type Outcome } from "./outcome.js";
import { deliver } from "./output.js";
import { reasonsOf } from "./run-analyze.js";
import { isForServer, readinessForGate } from "./run-on-server.js";
import { noticesTo, tellRejected } from "./tell.js";

export interface GateFlags extends InputFlags, ServerFlags {
  readonly format?: string;
  readonly out?: string;
  readonly tier?: string;
  readonly baseline?: string;
}

/** `remit gate`: 0 the release may go, 1 with reasons when it may not. */
export async function runGate(flags: GateFlags, io: Console): Promise<ExitCode> {
  const format = flags.format ?? "table";
  if (format !== "table" && format !== "json" && format !== "markdown" && format !== "sarif")
    throw fault("bad-question", `the gate speaks table, json, markdown or sarif, not \`${format}\``);
  const tier = tierOf(flags.tier);
  const baseline = flags.baseline === undefined ? undefined : await baselineOf(flags.baseline);
  const [{ versionText }, report] = await Promise.all([
    import("../app/index.js"),
    import("../report/index.js"),
  ]);
  const document = await gateFrom(flags, io, {
    ...(tier === undefined ? {} : { fromTier: tier }),
    ...(baseline === undefined ? {} : { baseline }),
  });
  const version = /\d+\.\d+\.\d+/.exec(await versionText())?.[0] ?? "0";
  const text = {
    table: () => report.renderGate(document, widthFor(io)),
    json: () => report.renderJson(document),
    markdown: () => report.renderGateSummary(document),
    sarif: () => report.renderGateSarif(document, version),
  }[format]();
  await deliver(io, text, flags.out);
  await tellRejected(io, document.rejected);
  const summary = io.env["GITHUB_STEP_SUMMARY"];
  if (summary !== undefined && summary !== "") await appendFile(summary, report.renderGateSummary(document));
  const errors = document.reasons.filter(({ level }) => level === "error").length;
  const failed: readonly Outcome[] = document.pass
    ? []
    : [
        {
          exit: 1,
          reason: `the accountability policy is broken: ${String(errors)} ${errors === 1 ? "gap" : "gaps"}`,
        },
      ];
  return finish(io, [...failed, ...rejectedOutcome(document.rejected)]);
}

async function gateFrom(flags: GateFlags, io: Console, policy: GatePolicy) {
  const { gateOfFiles, gateOfReadiness } = await import("../app/index.js");
  if (isForServer(flags)) return gateOfReadiness(await readinessForGate(flags, io), policy);
  const inputs = checkInputs(flags, io);
  const progress = progressOf(io);
  const asked = await gateOfFiles({
    ...inputs,
    ...policy,
    onProgress: progress.show,
    onNotice: noticesTo(io, progress),
  }).finally(progress.clear);
  if (asked.kind === "nothing-readable") throw fault("nothing-readable", reasonsOf(asked.rejected));
  return asked.document;
}

function tierOf(text: string | undefined): 1 | 2 | 3 | undefined {
  if (text === undefined) return undefined;
  if (text === "1" || text === "2" || text === "3") return Number(text) as 1 | 2 | 3;
  throw fault("usage", `\`--tier ${text}\`: give 1, 2 or 3`);
}

/** Gaps of an earlier readiness. A file that is none stops everything: with a wrong baseline everything is new or nothing is. */
async function baselineOf(path: string) {
  const { baselineGaps } = await import("../contract/index.js");
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw fault("usage", `\`--baseline ${path}\`: ${error instanceof Error ? error.message : String(error)}`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw fault(
      "usage",
      `\`--baseline ${path}\` is not JSON: give the output of remit readiness --format json`,
    );
  }
  const parsed = baselineGaps.safeParse(json);
  if (!parsed.success)
    throw fault(
      "usage",
      `\`--baseline ${path}\` is no remit.readiness/1: give the output of remit readiness --format json`,
    );
  return parsed.data.gaps.map(({ kind, scope, duty }) => ({
    kind,
    scope,
    ...(duty === undefined ? {} : { duty }),
  }));
}
