import { openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, relative, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ImportResult } from "../api/index.js";
import type { ImportDocument } from "../contract/index.js";
import { ask } from "./client/call.js";
import { throughDoor, type Door } from "./client/door.js";
import type { ClientFlags } from "./client/flags.js";
import { tableOrJson } from "./client/format.js";
import { progressOf, widthFor, type Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import { finish, rejectedOutcome } from "./outcome.js";
import { deliver } from "./output.js";

export interface ImportFlags extends ClientFlags {
  readonly estate?: readonly string[];
  readonly findings?: readonly string[];
  readonly catalogue?: string;
  /** Names are told from there; absent: from where the command runs. */
  readonly base?: string;
  /** Stands before every name. */
  readonly under?: string;
}

interface Sent {
  readonly kind: "estate" | "findings";
  /** As it is shown in evidence: relative, with `/`. */
  readonly name: string;
  readonly bytes: number;
  readonly file: Blob;
}

/** An import analyses all that is known: a large one takes its time. */
const patience = 3_600_000;

/** `remit import`: documents into an installation, which analyses them and tests every case against them. */
export async function runImportDocuments(flags: ImportFlags, io: Console): Promise<ExitCode> {
  const format = tableOrJson(flags.format);
  const { estate = [], findings = [], catalogue } = flags;
  if (estate.length + findings.length === 0 && catalogue === undefined) throw fault("no-input");
  const nameOf = namesFrom(flags);
  const sent = [
    ...(await documentsOf("estate", estate, nameOf)),
    ...(await documentsOf("findings", findings, nameOf)),
  ];
  const progress = progressOf(io);
  progress.show(`sending ${String(sent.length)} documents`);
  const document = await throughDoor(
    flags,
    io,
    async (door): Promise<ImportDocument> => {
      // First: whoever answers for what was found is known by the catalogue that is in force then.
      const stored = catalogue === undefined ? undefined : await sendCatalogue(door, catalogue);
      const taken = sent.length === 0 ? nothing : await sendDocuments(door, sent, progress.show);
      return {
        schema: "remit.import/1",
        sent: [
          ...sent.map(({ kind, name, bytes }) => ({ kind, name, bytes })),
          ...(stored === undefined ? [] : [stored.sent]),
        ],
        ...(stored === undefined ? {} : { catalogue: stored.catalogue }),
        ...taken,
      };
    },
    { create: true },
  ).finally(progress.clear);
  const report = await import("../report/index.js");
  const text = format === "json" ? report.renderJson(document) : report.renderImport(document, widthFor(io));
  await deliver(io, text, flags.out);
  return finish(io, rejectedOutcome(document.rejected));
}

const nothing = { opened: [], redecided: [], verified: [], refused: [], rejected: [] };

type NameOf = (path: string) => string;

async function documentsOf(
  kind: Sent["kind"],
  paths: readonly string[],
  nameOf: NameOf,
): Promise<readonly Sent[]> {
  if (paths.includes("-"))
    throw fault("usage", "`-`: an installation keeps documents under their names, so give files");
  const { inputFiles } = await import("../app/index.js");
  const { files, missing } = await inputFiles(paths);
  // Half of what was asked for would be taken for all that there is.
  if (missing.length > 0) throw fault("nothing-readable", missing.map(({ reason }) => reason).join("; "));
  if (paths.length > 0 && files.length === 0)
    throw fault("nothing-readable", `no document in ${paths.map((path) => `\`${path}\``).join(", ")}`);
  return Promise.all(
    files.map(async ({ path }): Promise<Sent> => {
      const file = await openAsBlob(path).catch((error: unknown) => {
        throw fault("nothing-readable", `\`${path}\` cannot be opened`, error);
      });
      return { kind, name: nameOf(path), bytes: file.size, file };
    }),
  );
}

/**
 * The newest estate document of a name counts: what is collected anew, wherever it lies now, has to keep its name.
 * Without `--base` it is the path as it was typed, without steps upwards.
 */
function namesFrom({ base, under }: ImportFlags): NameOf {
  const prefix = under === undefined ? "" : `${under.replace(/\/+$/, "")}/`;
  return (path) => {
    const inside = relative(resolve(base ?? "."), resolve(path))
      .split("\\")
      .join("/");
    if (!inside.startsWith("../")) return prefix + inside;
    if (base !== undefined) throw fault("usage", `\`${path}\` does not lie below \`--base ${base}\``);
    return prefix + path.replace(/^(?:\.{0,2}\/)+/, "");
  };
}

/** Between two looks at how far an import is. */
const looks = [100, 200, 400, 800] as const;

/** Once the documents are stored the import goes on by itself; until it has ended it is asked how far it is. */
async function sendDocuments(door: Door, sent: readonly Sent[], show: (text: string) => void) {
  const { getImport, importDocuments } = await import("../api/index.js");
  const form = new FormData();
  for (const { kind, name, file } of sent) form.append(kind, file, name);
  const { body: taken } = await ask(door, importDocuments, {
    headers: { prefer: "respond-async" },
    body: form,
    patience,
  });
  const { id } = taken;
  const until = performance.now() + patience;
  for (let count = 0; ; count += 1) {
    const { body } = await ask(door, getImport, { params: { id } });
    if (body.result !== undefined) return toldOf(body.result);
    if (body.state === "failed") throw fault("server-fault", body.failure ?? "the import failed");
    if (performance.now() > until)
      throw fault("server-away", `${door.place} (the import \`${id}\` still goes on)`);
    show(shownProgress(body.progress));
    await sleep(looks[Math.min(count, looks.length - 1)]);
  }
}

function shownProgress(
  progress:
    { readonly phase: string; readonly done: number; readonly total?: number | undefined } | undefined,
): string {
  if (progress === undefined) return "waiting for the analysis before";
  const { phase, done, total } = progress;
  if (total === undefined) return phase;
  return `${phase}: ${done.toLocaleString("en")} of ${total.toLocaleString("en")}`;
}

function toldOf({ opened, redecided, verified, refused, rejected }: ImportResult) {
  return { opened, redecided, verified, refused, rejected: rejected.map((item) => ({ ...item })) };
}

async function sendCatalogue(door: Door, path: string) {
  const { putCatalogue } = await import("../api/index.js");
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fault("nothing-readable", `\`${path}\` cannot be read`, error);
  });
  const current = await door.send("/api/v1/catalogue", {
    headers: { authorization: `Bearer ${door.token}` },
    method: "GET",
  });
  await current.body?.cancel();
  const { body } = await ask(door, putCatalogue, {
    headers: {
      "content-type": "application/yaml",
      "if-match": current.status === 404 ? '"0"' : (current.headers.get("etag") ?? '"0"'),
    },
    raw: bytes,
    patience,
  });
  return {
    sent: { kind: "catalogue" as const, name: basename(path), bytes: bytes.length },
    catalogue: { version: body.version, notices: body.notices.map((item) => ({ ...item })) },
  };
}
