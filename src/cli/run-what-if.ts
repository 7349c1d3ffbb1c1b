import type { WhatIfDocument } from "../core/decision/index.js";
import { progressOf, widthFor, type Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import type { ServerFlags } from "./client/flags.js";
import { checkInputs, type InputFlags } from "./inputs.js";
import { finish, rejectedOutcome, type Outcome } from "./outcome.js";
import { deliver } from "./output.js";
import { reasonsOf } from "./run-analyze.js";
import { isForServer, whatIfFromServer } from "./run-on-server.js";

export interface WhatIfFlags extends InputFlags, ServerFlags {
  readonly change: string;
  /** Over a server: the case that the change is for. */
  readonly case?: string;
  readonly format?: string;
  readonly out?: string;
  readonly all?: boolean;
  readonly failOn?: string;
}

const formats = ["table", "json", "markdown"] as const;
const conditions = ["worse", "breaks", "gained"] as const;

/** `remit what-if --change FILE`. */
export async function runWhatIf(flags: WhatIfFlags, io: Console): Promise<ExitCode> {
  const served = isForServer(flags);
  if (!served && flags.case !== undefined)
    throw fault("usage", "`--case` goes with `--server`: files are asked about as a whole");
  const format = formats.find((name) => name === (flags.format ?? "table"));
  if (format === undefined)
    throw fault(
      "bad-question",
      `the answer comes as table, json or markdown, not as \`${flags.format ?? ""}\``,
    );
  const wanted = (flags.failOn ?? "").split(",").filter((text) => text !== "");
  const odd = wanted.find((text) => !conditions.some((name) => name === text));
  if (odd !== undefined)
    throw fault("bad-question", `\`--fail-on ${odd}\` is not known: use ${conditions.join(", ")}`);
  const document = served ? await whatIfFromServer(flags, io) : await whatIfOfFiles(flags, io);
  const report = await import("../report/index.js");
  const text =
    format === "json"
      ? report.renderJson(document)
      : format === "markdown"
        ? report.renderWhatIfMarkdown(document, flags.all === true)
        : report.renderWhatIf(document, widthFor(io), flags.all === true);
  await deliver(io, text, flags.out);
  return finish(io, [...failedOutcomes(document, wanted), ...rejectedOutcome(document.rejected)]);
}

async function whatIfOfFiles(flags: WhatIfFlags, io: Console): Promise<WhatIfDocument> {
  const inputs = checkInputs(flags, io);
  if (inputs.estate.length === 0) throw fault("no-estate");
  const progress = progressOf(io);
  const { askWhatIf } = await import("../app/index.js");
  const asked = await askWhatIf({ ...inputs, change: flags.change, onProgress: progress.show }).finally(
    progress.clear,
  );
  if (asked.kind === "nothing-readable") throw fault("nothing-readable", reasonsOf(asked.rejected));
  if (asked.kind === "bad-change") throw fault("bad-change", placesOf(asked.rejected));
  return asked.document;
}

function failedOutcomes(document: WhatIfDocument, wanted: readonly string[]): readonly Outcome[] {
  const found: Readonly<Record<(typeof conditions)[number], number>> = {
    worse: document.verdicts.filter(({ effect }) => effect === "worse").length + document.newExposures.length,
    breaks: document.broken.length,
    gained: document.access.gained.length,
  };
  return conditions.flatMap((name) =>
    wanted.includes(name) && found[name] > 0
      ? [{ exit: 1 as const, reason: `\`${name}\` holds: ${String(found[name])}` }]
      : [],
  );
}

/** Each fault of a change document with its place. */
function placesOf(
  rejected: readonly {
    readonly document: string;
    readonly pointer?: string;
    readonly line?: number;
    readonly reason: string;
    readonly hint?: string;
  }[],
): string {
  const shown = rejected.slice(0, 3).map(({ document, pointer, line, reason, hint }) => {
    const place = line === undefined ? (pointer ?? "") : ` line ${String(line)}`;
    return `${document}${place}: ${reason}${hint === undefined ? "" : ` (${hint})`}`;
  });
  return `${shown.join("; ")}${rejected.length > 3 ? `; +${String(rejected.length - 3)}` : ""}`;
}
