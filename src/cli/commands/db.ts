import type { TransferFlags } from "../run-transfer.js";
import { example, withOutput, type AddCommand } from "./command.js";

const home = ["--home <folder>", "of the embedded database (REMIT_HOME, `.remit`)"] as const;

export const db: AddCommand = (program, io, done) => {
  const database = program
    .command("db")
    .description("An installation as one file: to keep, and to move between databases")
    .addHelpText(
      "after",
      example("remit db export all.remit", "REMIT_DATABASE_URL=postgres://… remit db import all.remit"),
    );
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
};
