import type { BackupFlags } from "../run-backup.js";
import type { TransferFlags } from "../run-transfer.js";
import { example, withOutput, type AddCommand } from "./command.js";

const home = ["--home <folder>", "of the embedded database (REMIT_HOME, `.remit`)"] as const;

export const db: AddCommand = (program, io, done) => {
  const database = program
    .command("db")
    .description("An installation to keep, to bring back, and to move between databases")
    .addHelpText(
      "after",
      example("remit db backup", "remit db restore .remit/backups/backup-20261122T120000 --home fresh"),
    );
  withOutput(database.command("backup [folder]"), "table, json")
    .description("A copy that `restore` brings back; below the installation where no folder is named")
    .option(...home)
    .option("--with-key", "the key of the folder, too: whoever has the backup can read everything then")
    .addHelpText("after", example("remit db backup /srv/backups/remit-monday"))
    .action(async (folder: string | undefined, flags: BackupFlags) => {
      const { runBackup } = await import("../run-backup.js");
      done(await runBackup(folder, flags, io));
    });
  withOutput(database.command("restore <folder>"), "table, json")
    .description("Into an empty place, after every file, the key and the ledger were checked")
    .option(...home)
    .addHelpText("after", example("remit db restore /srv/backups/remit-monday --home /var/lib/remit"))
    .action(async (folder: string, flags: BackupFlags) => {
      const { runRestore } = await import("../run-backup.js");
      done(await runRestore(folder, flags, io));
    });
  withOutput(database.command("export <file>"), "table, json")
    .description("Everything, as of one moment; what is sealed stays sealed")
    .option(...home)
    .addHelpText("after", example("remit db export all.remit"))
    .action(async (file: string, flags: TransferFlags) => {
      const { runExport } = await import("../run-transfer.js");
      done(await runExport(file, flags, io));
    });
  withOutput(database.command("import <file>"), "table, json")
    .description("Into an empty database, whole or not at all; counts, sums and ledger are verified")
    .option(...home)
    .addHelpText("after", example("remit db import all.remit --home /var/lib/remit"))
    .action(async (file: string, flags: TransferFlags) => {
      const { runImport } = await import("../run-transfer.js");
      done(await runImport(file, flags, io));
    });
  database
    .command("rotate-key")
    .description("Seals everything again under a new key")
    .option("--to <file>", "its first line is the new master key; without it only the data key is new")
    .option(...home)
    .addHelpText("after", example("remit db rotate-key --to new.key"))
    .action(async (flags: { readonly home?: string; readonly to?: string }) => {
      const { runRotateKey } = await import("../run-rotate-key.js");
      done(await runRotateKey(flags, io));
    });
};
