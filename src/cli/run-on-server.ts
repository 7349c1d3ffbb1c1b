import { readFile } from "node:fs/promises";
import type { ReadinessDocument } from "../contract/index.js";
import type { Analysis } from "../core/decision/index.js";
import type { Rejection } from "../core/estate/index.js";
import { ask } from "./client/call.js";
import { throughDoor } from "./client/door.js";
import type { ServerFlags } from "./client/flags.js";
import { askBytes, askText } from "./client/bytes.js";
import { untar, type PackedFile } from "./client/untar.js";
import { usesColour, widthFor, type Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import type { InputFlags } from "./inputs.js";
import { finish, rejectedOutcome } from "./outcome.js";
import { deliver } from "./output.js";
import { caseIdOf, readCase } from "./run-cases.js";
import { tellRejected } from "./tell.js";

/** A question to what an installation knows, instead of to files. */
export interface OnServerFlags extends ServerFlags, InputFlags {
  readonly format?: string;
  readonly out?: string;
  readonly all?: boolean;
  readonly verbose?: boolean;
}

/** Whether the question goes to a server. What it knows came in by `remit import`, never with the question. */
export function isForServer(flags: ServerFlags & InputFlags): boolean {
  if (flags.server === undefined) return false;
  const own = (["estate", "findings", "catalogue", "policy", "now", "account"] as const).find(
    (name) => flags[name] !== undefined,
  );
  if (own !== undefined)
    throw fault(
      "usage",
      `\`--${own}\` and \`--server\`: bring documents with \`remit import\`, then ask without`,
    );
  return true;
}

/** As many as the API gives. */
const most = 1000;
const usual = 50;
/** The estate is read for the question. */
const patience = 600_000;

const limitOf = ({ all, format }: OnServerFlags) => ({
  limit: String(all === true || format === "json" ? most : usual),
});

export async function whoCanOnServer(
  action: string,
  resource: string,
  flags: OnServerFlags,
  io: Console,
): Promise<ExitCode> {
  const [{ whoCan }, report] = await Promise.all([import("../api/index.js"), import("../report/index.js")]);
  const query = { action, resource, ...limitOf(flags) };
  const { body } = await throughDoor(flags, io, (door) => ask(door, whoCan, { query, patience }));
  return told(body, flags, io, { table: () => report.renderWhoCan(body, widthFor(io)) });
}

export async function reachOnServer(principal: string, flags: OnServerFlags, io: Console): Promise<ExitCode> {
  const [{ reach }, report] = await Promise.all([import("../api/index.js"), import("../report/index.js")]);
  const query = { principal, ...limitOf(flags) };
  const { body } = await throughDoor(flags, io, (door) => ask(door, reach, { query, patience }));
  return told(body, flags, io, { table: () => report.renderReach(body, widthFor(io)) });
}

export async function readinessOnServer(flags: OnServerFlags, io: Console): Promise<ExitCode> {
  const [{ readiness }, report] = await Promise.all([
    import("../api/index.js"),
    import("../report/index.js"),
  ]);
  const { body } = await throughDoor(flags, io, (door) => ask(door, readiness, { patience }));
  return told(body, flags, io, {
    table: () => report.renderReadiness(body, widthFor(io), flags.all === true),
    html: () => report.renderReadinessHtml(body),
  });
}

export async function cutOnServer(
  typed: string | undefined,
  flags: OnServerFlags & { readonly change?: string },
  io: Console,
): Promise<ExitCode> {
  if (typed === undefined)
    throw fault("usage", "over a server `cut` takes one case; `--all` is asked of files");
  const id = caseIdOf(typed);
  const [{ cutCase }, report] = await Promise.all([import("../api/index.js"), import("../report/index.js")]);
  const { body } = await throughDoor(flags, io, (door) => ask(door, cutCase, { params: { id }, patience }));
  if (flags.change !== undefined) await deliver(io, report.renderJson(body.changeDocument), flags.change);
  return told(body, flags, io, {
    table: () => report.renderCut(body, { width: widthFor(io), verbose: flags.verbose === true }),
    markdown: () => report.renderCutMarkdown(body),
  });
}

export async function whatIfOnServer(
  flags: OnServerFlags & { readonly change: string; readonly case?: string },
  io: Console,
): Promise<ExitCode> {
  if (flags.case === undefined)
    throw fault("usage", "over a server `what-if` takes the case that the change is for: `--case R-7K2Q`");
  const id = caseIdOf(flags.case);
  const [{ whatIfCase }, report] = await Promise.all([
    import("../api/index.js"),
    import("../report/index.js"),
  ]);
  const change = await changeOf(flags.change);
  const { body } = await throughDoor(flags, io, (door) =>
    ask(door, whatIfCase, { params: { id }, body: change, patience }),
  );
  const { document } = body;
  return told(document, flags, io, {
    table: () => report.renderWhatIf(document, widthFor(io), flags.all === true),
    markdown: () => report.renderWhatIfMarkdown(document, flags.all === true),
  });
}

export async function recreateOnServer(
  flags: OnServerFlags & { readonly resource: string; readonly weakness: string },
  io: Console,
): Promise<ExitCode> {
  const [{ recreate }, report] = await Promise.all([import("../api/index.js"), import("../report/index.js")]);
  const { resource, weakness } = flags;
  const { body } = await throughDoor(flags, io, (door) =>
    ask(door, recreate, { query: { resource, weakness }, patience }),
  );
  return told(body, flags, io, { table: () => report.renderRecreate(body, widthFor(io)) });
}

export async function flawOnServer(id: string, flags: OnServerFlags, io: Console): Promise<ExitCode> {
  const [{ flaw }, report] = await Promise.all([import("../api/index.js"), import("../report/index.js")]);
  const { body } = await throughDoor(flags, io, (door) => ask(door, flaw, { query: { id }, patience }));
  return told(body, flags, io, {
    table: () => report.renderFlaw(body, widthFor(io), flags.all === true),
    markdown: () => report.renderFlawMarkdown(body),
    html: () => report.renderFlawHtml(body),
  });
}

/** The last analysis of an installation; `analyze` goes on with it as with one of files. */
export async function analysisOnServer(flags: OnServerFlags, io: Console): Promise<Analysis> {
  const { getAnalysis } = await import("../api/index.js");
  return (await throughDoor(flags, io, (door) => ask(door, getAnalysis, { patience }))).body;
}

/** What the gate is asked of; what it stands for is said where it is not everything. */
export async function readinessForGate(flags: OnServerFlags, io: Console): Promise<ReadinessDocument> {
  const { readiness } = await import("../api/index.js");
  const { body } = await throughDoor(flags, io, (door) => ask(door, readiness, { patience }));
  if (body.narrowed === true) io.err("note  only what your teams answer for: the token sees no more\n");
  return body;
}

/** The files of the bundle that the server makes of a case. */
export async function evidenceOnServer(
  typed: string,
  flags: OnServerFlags,
  io: Console,
): Promise<readonly PackedFile[]> {
  const { caseEvidence } = await import("../api/index.js");
  const path = caseEvidence.path.replace("{id}", caseIdOf(typed));
  const files = untar(await throughDoor(flags, io, (door) => askBytes(door, path)));
  if (files === undefined) throw fault("not-remit", "the answer is no bundle of evidence");
  return files;
}

/** YAML or JSON; what it says is checked by the server. */
async function changeOf(path: string): Promise<object> {
  const { parse } = await import("yaml");
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw fault("bad-change", `\`${path}\` cannot be read`, error);
  });
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw fault("bad-change", `\`${path}\` is no YAML`, error);
  }
  if (typeof value !== "object" || value === null) throw fault("bad-change", `\`${path}\` holds no change`);
  return value;
}

/** `explain`: the decision as the API has it, or the page that the server writes. */
export async function explainOnServer(typed: string, flags: OnServerFlags, io: Console): Promise<ExitCode> {
  const id = caseIdOf(typed);
  const format = flags.format ?? "table";
  if (format === "json") {
    const { renderJson } = await import("../report/index.js");
    const { body } = await throughDoor(flags, io, (door) => readCase(door, id));
    await deliver(io, renderJson(body.decided), flags.out);
    return finish(io, [{ exit: 0, reason: "completed" }]);
  }
  if (format !== "table" && format !== "markdown" && format !== "html")
    throw fault("unknown-format", `\`${format}\``);
  const { caseReport } = await import("../api/index.js");
  // The terminal reads the page as it is written for tickets.
  const as = format === "html" ? "html" : "markdown";
  return paper(caseReport.path, { id, as }, flags, io);
}

/** `playbook`: as the server writes it. */
export async function playbookOnServer(
  typed: string | undefined,
  flags: OnServerFlags & { readonly workload?: string },
  io: Console,
): Promise<ExitCode> {
  if (typed === undefined || flags.workload !== undefined)
    throw fault("usage", "over a server `playbook` takes one case; `--workload` is asked of files");
  if (flags.format !== undefined && flags.format !== "markdown")
    throw fault("bad-question", `over a server a playbook comes as markdown, not as \`${flags.format}\``);
  const { casePlaybook } = await import("../api/index.js");
  return paper(casePlaybook.path, { id: caseIdOf(typed) }, flags, io);
}

async function paper(
  path: string,
  { id, as }: { readonly id: string; readonly as?: string },
  flags: OnServerFlags,
  io: Console,
): Promise<ExitCode> {
  const address = `${path.replace("{id}", id)}${as === undefined ? "" : `?as=${as}`}`;
  const { visible } = await import("../report/index.js");
  const text = await throughDoor(flags, io, (door) => askText(door, address));
  const safe = usesColour(io) ? text.split("\n").map(visible).join("\n") : text;
  await deliver(io, safe, flags.out);
  return finish(io, [{ exit: 0, reason: "completed" }]);
}

/** The document in the form that was asked for. */
async function told(
  document: { readonly rejected: readonly Rejection[] },
  { format = "table", out }: OnServerFlags,
  io: Console,
  forms: Readonly<Record<string, () => string>>,
): Promise<ExitCode> {
  const { renderJson } = await import("../report/index.js");
  const form =
    format === "json" ? () => renderJson(document) : Object.hasOwn(forms, format) ? forms[format] : undefined;
  if (form === undefined)
    throw fault(
      "bad-question",
      `over a server the answer comes as ${Object.keys(forms).join(", ")} or json, not as \`${format}\``,
    );
  await deliver(io, form(), out);
  await tellRejected(io, document.rejected);
  return finish(io, rejectedOutcome(document.rejected));
}
