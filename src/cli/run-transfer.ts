import { resolve } from "node:path";
import type { ArchiveReport } from "../app/index.js";
import type { DbDocument, LedgerCheckDocument } from "../contract/index.js";
import type { Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import { homeOf, inStore, placeOf } from "./installation.js";
import { finish } from "./outcome.js";
import { deliver } from "./output.js";

export interface TransferFlags {
  readonly home?: string;
  readonly format?: string;
  readonly out?: string;
}

export interface VerifyFlags extends TransferFlags {
  readonly key?: readonly string[];
}

/** `remit db export FILE`: the whole installation, as of one moment. */
export async function runExport(file: string, flags: TransferFlags, io: Console): Promise<ExitCode> {
  const format = formatOf(flags);
  const { exportInstallation } = await import("../app/index.js");
  const tables = await inStore(() => exportInstallation(placeOf(flags, io), resolve(file)));
  if (tables === undefined) throw noInstallation(flags, io);
  return told(io, format, { schema: "remit.db/1", done: "exported", file, tables: [...tables] }, flags);
}

/** `remit db import FILE`: into an empty database, whole or not at all. */
export async function runImport(file: string, flags: TransferFlags, io: Console): Promise<ExitCode> {
  const format = formatOf(flags);
  const { importInstallation } = await import("../app/index.js");
  const { tables, ledger } = await inStore(() => importInstallation(placeOf(flags, io), resolve(file)));
  const document: DbDocument = {
    schema: "remit.db/1",
    done: "imported",
    file,
    tables: [...tables],
    ledger: checkOf(ledger),
  };
  return told(io, format, document, flags);
}

/** `remit ledger verify [FILE]`: 0 whole; 1 the first event that does not hold. */
export async function runVerifyLedger(
  file: string | undefined,
  flags: VerifyFlags,
  io: Console,
): Promise<ExitCode> {
  const format = formatOf(flags);
  const [{ verifyLedgerOf }, { renderJson, renderLedgerCheck }] = await Promise.all([
    import("../app/index.js"),
    import("../report/index.js"),
  ]);
  const report = await inStore(() =>
    verifyLedgerOf(placeOf(flags, io), file === undefined ? undefined : resolve(file), flags.key),
  );
  if (report === undefined) throw noInstallation(flags, io);
  const check = checkOf(report);
  const document: LedgerCheckDocument = {
    schema: "remit.ledger-check/1",
    ...check,
    ...(file === undefined ? {} : { file }),
  };
  await deliver(io, format === "json" ? renderJson(document) : renderLedgerCheck(check), flags.out);
  return finish(
    io,
    check.broken === undefined
      ? [{ exit: 0, reason: "the ledger is whole" }]
      : [{ exit: 1, reason: `the ledger breaks at event ${String(check.broken.position)}` }],
  );
}

async function told(
  io: Console,
  format: "table" | "json",
  document: DbDocument,
  flags: TransferFlags,
): Promise<ExitCode> {
  const { renderJson, renderTransfer } = await import("../report/index.js");
  await deliver(io, format === "json" ? renderJson(document) : renderTransfer(document), flags.out);
  return finish(io, [{ exit: 0, reason: document.done }]);
}

export const checkOf = (report: ArchiveReport): Omit<LedgerCheckDocument, "schema"> =>
  report.kind === "broken"
    ? { whole: false, broken: report.at }
    : {
        whole: true,
        events: report.events,
        cases: report.cases,
        head: report.head,
        checkpoints: report.checkpoints,
        keys: [...report.keys],
        signedTo: report.signedTo,
      };

function formatOf({ format = "table" }: TransferFlags): "table" | "json" {
  if (format === "table" || format === "json") return format;
  throw fault("bad-question", `the answer comes as table or json, not as \`${format}\``);
}

const noInstallation = (flags: TransferFlags, io: Console): Error =>
  fault("no-installation", `\`${homeOf(flags, io)}\``);
