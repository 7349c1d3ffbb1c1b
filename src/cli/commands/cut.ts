import type { CutFlags } from "../run-cut.js";
import { withServer } from "../client/flags.js";
import { withInputs, withOutput, example, type AddCommand } from "./command.js";

export const cut: AddCommand = (program, io, done) => {
  const command = withServer(withInputs(program.command("cut [case]")))
    .description("The least that has to change so that nobody ungoverned brings it back, by owner")
    .option("--all", "over all cases that come back: the changes that end most of them first")
    .option("--verbose", "policy diffs and Terraform too")
    .option("--change <file>", "write the changes as a document for `remit what-if`");
  withOutput(command, "table, json, markdown")
    .addHelpText("after", example("remit cut R-7K2Q", "remit cut --all --change changes.json"))
    .action(async (id: string | undefined, flags: CutFlags) => {
      const { runCut } = await import("../run-cut.js");
      done(await runCut(id, flags, io));
    });
};
