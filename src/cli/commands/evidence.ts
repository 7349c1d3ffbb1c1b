import type { EvidenceFlags } from "../run-evidence.js";
import { withServer } from "../client/flags.js";
import { withInputs, example, type AddCommand } from "./command.js";

export const evidence: AddCommand = (program, io, done) => {
  withServer(withInputs(program.command("evidence [case]")))
    .description("A case as a folder that an auditor can verify offline: decision, proof, digests, manifest")
    .option("--out <folder>", "a new folder; it is there whole or not at all")
    .option("--verify <folder>", "check such a folder; exit 1 names the file that was changed")
    .option("--seal <digest>", "with `--verify`: the seal that was written down when it was made")
    .option("--class <name>", "as for analyze")
    .option("--format <name>", "table, json", "table")
    .addHelpText(
      "after",
      example("remit evidence R-7K2Q --out evidence/R-7K2Q", "remit evidence --verify evidence/R-7K2Q"),
    )
    .action(async (id: string | undefined, flags: EvidenceFlags) => {
      const { runEvidence } = await import("../run-evidence.js");
      done(await runEvidence(id, flags, io));
    });
};
