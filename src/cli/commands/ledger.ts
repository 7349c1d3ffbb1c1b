import type { VerifyFlags } from "../run-transfer.js";
import { example, withOutput, type AddCommand } from "./command.js";

export const ledger: AddCommand = (program, io, done) => {
  const command = program
    .command("ledger")
    .description("The chain of everything that happened in cases")
    .addHelpText("after", example("remit ledger verify all.remit"));
  withOutput(command.command("verify [file]"), "table, json")
    .description("Recomputes it, of an export or of this installation; exit 1 at the first broken link")
    .option("--key <id...>", "keys that checkpoints may be signed with; any other one breaks it")
    .option("--home <folder>", "of the embedded database (REMIT_HOME, `.remit`)")
    .addHelpText("after", example("remit ledger verify all.remit --key 0123456789abcdef"))
    .action(async (file: string | undefined, flags: VerifyFlags) => {
      const { runVerifyLedger } = await import("../run-transfer.js");
      done(await runVerifyLedger(file, flags, io));
    });
};
