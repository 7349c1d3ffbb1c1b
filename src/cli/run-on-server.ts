import { readFile } from "node:fs/promises";
import type { CutDocument, DraftDocument, ReadinessDocument } from "../contract/index.js";
import type { OwnerExplanation } from "../core/accountability/index.js";
import type { Analysis, PlaybookDocument, WhatIfDocument } from "../core/decision/index.js";
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

/** Of one case, or of every one that comes back. */
export async function cutFromServer(
  typed: string | undefined,
  flags: OnServerFlags,
  io: Console,
): Promise<CutDocument> {
  const { cutAll, cutCase } = await import("../api/index.js");
  const { body } = await throughDoor(flags, io, (door) =>
    typed === undefined
      ? ask(door, cutAll, { patience })
      : ask(door, cutCase, { params: { id: caseIdOf(typed) }, patience }),
  );
  return body;
}

/** Over everything; with `--case` whoever sees that case alone may ask it too. */
export async function whatIfFromServer(
  flags: OnServerFlags & { readonly change: string; readonly case?: string },
  io: Console,
): Promise<WhatIfDocument> {
  const { whatIf, whatIfCase } = await import("../api/index.js");
  const id = flags.case === undefined ? undefined : caseIdOf(flags.case);
  const body = await changeOf(flags.change);
  return throughDoor(flags, io, async (door) =>
    id === undefined
      ? (await ask(door, whatIf, { body, patience })).body
      : (await ask(door, whatIfCase, { params: { id }, body, patience })).body.document,
  );
}

/** Of a case, or of a workload before anything happened. */
export async function playbookFromServer(
  typed: string | undefined,
  flags: OnServerFlags & { readonly workload?: string },
  io: Console,
): Promise<PlaybookDocument> {
  const { casePlaybook, workloadPlaybook } = await import("../api/index.js");
  const { workload } = flags;
  const { body } = await throughDoor(flags, io, (door) =>
    workload === undefined
      ? ask(door, casePlaybook, { params: { id: caseIdOf(typed ?? "") }, query: { as: "json" }, patience })
      : ask(door, workloadPlaybook, { query: { workload }, patience }),
  );
  return body;
}

export async function draftFromServer(flags: OnServerFlags, io: Console): Promise<DraftDocument> {
  const { draftCatalogue } = await import("../api/index.js");
  return (await throughDoor(flags, io, (door) => ask(door, draftCatalogue, { patience }))).body;
}

/** Why the owners of cases are their owners, as the server works it out. */
export async function ownersFromServer(
  ids: readonly string[],
  flags: OnServerFlags,
  io: Console,
): Promise<ReadonlyMap<string, readonly OwnerExplanation[]>> {
  if (ids.length === 0) return new Map();
  const { explainOwners } = await import("../api/index.js");
  const query = { cases: ids.join(",") };
  const { body } = await throughDoor(flags, io, (door) => ask(door, explainOwners, { query, patience }));
  return new Map(body.items.map((item) => [item.case, item.owners]));
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

/** `explain`: the decision in force, and why the owners are its owners. */
export async function explainOnServer(typed: string, flags: OnServerFlags, io: Console): Promise<ExitCode> {
  const id = caseIdOf(typed);
  const format = flags.format ?? "table";
  const report = await import("../report/index.js");
  if (!["table", "json", "markdown", "html"].includes(format))
    throw fault(report.laterFormats.includes(format) ? "later-format" : "unknown-format", `\`${format}\``);
  if (format === "json") {
    const { body } = await throughDoor(flags, io, (door) => readCase(door, id));
    await deliver(io, report.renderJson(body.decided), flags.out);
    return finish(io, [{ exit: 0, reason: "completed" }]);
  }
  const verbose = flags.verbose === true;
  const { caseReport, explainCase } = await import("../api/index.js");
  if (format === "html") {
    const query = `?as=html&owners=true${verbose ? "" : "&brief=true"}`;
    const page = await throughDoor(flags, io, (door) =>
      askText(door, `${caseReport.path.replace("{id}", id)}${query}`),
    );
    await deliver(io, page, flags.out);
    return finish(io, [{ exit: 0, reason: "completed" }]);
  }
  const { body } = await throughDoor(flags, io, (door) =>
    ask(door, explainCase, { params: { id }, patience }),
  );
  const { decided, decidedAt, folder, owners } = body;
  if (owners.length === 0)
    io.err("note  why these owners: not told, the documents do not show this case any more\n");
  const of = { generatedAt: decidedAt, inputs: [] };
  const text =
    format === "markdown"
      ? report.renderPageMarkdown(report.pageOf(decided, of, { verbose, owners, folder }))
      : report.renderExplain(decided, of, {
          width: widthFor(io),
          colour: usesColour(io) && flags.out === undefined,
          verbose,
          owners,
          folder,
        });
  await deliver(io, text, flags.out);
  return finish(io, [{ exit: 0, reason: "completed" }]);
}

/** The proof of a case, as the server's bundle of evidence has it. */
export async function proofFromServer(typed: string, flags: OnServerFlags, io: Console): Promise<string> {
  const found = (await evidenceOnServer(typed, flags, io)).find(({ name }) => name === "proof.json");
  if (found === undefined) throw fault("not-remit", "the bundle of evidence has no proof");
  return found.text;
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
