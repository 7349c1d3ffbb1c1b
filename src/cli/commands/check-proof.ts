import type { CheckProofFlags } from "../run-check-proof.js";
import { example, type AddCommand } from "./command.js";

export const checkProof: AddCommand = (program, io, done) => {
  program
    .command("check-proof <file>")
    .description("Verifies a proof against its documents, without the engine; exit 1 says where it fails")
    .option("--estate <path...>", "where the documents lie now; default: the paths that the proof names")
    .option("--format <name>", "table, json", "table")
    .option("--out <path>", "write there instead of to standard output, whole or not at all")
    .addHelpText("after", example("remit explain R-7K2Q --proof proof.json", "remit check-proof proof.json"))
    .action(async (file: string, flags: CheckProofFlags) => {
      const { runCheckProof } = await import("../run-check-proof.js");
      done(await runCheckProof(file, flags, io));
    });
};
