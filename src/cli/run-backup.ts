import { resolve } from "node:path";
import type { BackupDocument } from "../contract/index.js";
import { tableOrJson } from "./client/format.js";
import type { Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import { homeOf, inStore, placeOf } from "./installation.js";
import { finish } from "./outcome.js";
import { deliver } from "./output.js";
import { checkOf, type TransferFlags } from "./run-transfer.js";

export interface BackupFlags extends TransferFlags {
  readonly withKey?: boolean;
}

/** `remit db backup [FOLDER]`: whole or not at all. */
export async function runBackup(
  folder: string | undefined,
  flags: BackupFlags,
  io: Console,
): Promise<ExitCode> {
  const format = tableOrJson(flags.format);
  const { backupFolder, backupInstallation } = await import("../app/index.js");
  const place = placeOf(flags, io);
  const target = folder === undefined ? backupFolder(place) : resolve(folder);
  const made = await inStore(() => backupInstallation(place, target, flags.withKey === true));
  if (made === undefined) throw fault("no-installation", `\`${homeOf(flags, io)}\``);
  const { manifest, keyFile } = made;
  const included = manifest.files.some(({ path }) => path === "secret.key");
  const document: BackupDocument = {
    schema: "remit.backup-report/1",
    done: "backed-up",
    folder: target,
    kind: manifest.kind,
    createdAt: manifest.createdAt,
    ...sizeOf(manifest.files),
    key: included
      ? "included"
      : keyFile !== undefined
        ? "apart"
        : place.secret === undefined
          ? "none"
          : "stated",
    ...(keyFile === undefined || included ? {} : { keyFile }),
  };
  return told(document, format, flags, io);
}

/** `remit db restore FOLDER`: into an empty place. */
export async function runRestore(folder: string, flags: BackupFlags, io: Console): Promise<ExitCode> {
  const format = tableOrJson(flags.format);
  const { restoreInstallation } = await import("../app/index.js");
  const { kind, createdAt, files, bytes, ledger, key } = await inStore(() =>
    restoreInstallation(placeOf(flags, io), resolve(folder)),
  );
  const document: BackupDocument = {
    schema: "remit.backup-report/1",
    done: "restored",
    folder: resolve(folder),
    kind,
    ...(createdAt === undefined ? {} : { createdAt }),
    files,
    bytes,
    key,
    ledger: checkOf(ledger),
  };
  return told(document, format, flags, io);
}

const sizeOf = (files: readonly { readonly bytes: number }[]) => ({
  files: files.length,
  bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
});

async function told(
  document: BackupDocument,
  format: "table" | "json",
  flags: BackupFlags,
  io: Console,
): Promise<ExitCode> {
  const { renderBackup, renderJson } = await import("../report/index.js");
  await deliver(io, format === "json" ? renderJson(document) : renderBackup(document), flags.out);
  return finish(io, [{ exit: 0, reason: document.done === "restored" ? "restored" : "backed up" }]);
}
