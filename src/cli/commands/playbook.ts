import type { PlaybookFlags } from "../run-playbook.js";
import { withServer } from "../client/flags.js";
import { withInputs, example, type AddCommand } from "./command.js";

export const playbook: AddCommand = (program, io, done) => {
  withServer(withInputs(program.command("playbook [case]")))
    .description(
      "Who does what, in which order, and how each step is checked: of a case, or of a workload before",
    )
    .option("--workload <name>", "as if it were in strange hands now, before it is")
    .option("--format <name>", "markdown, json", "markdown")
    .option("--out <path>", "write there instead of to standard output, whole or not at all")
    .addHelpText(
      "after",
      example(
        "remit playbook R-7K2Q",
        "remit playbook --workload billing --estate gaad.json --catalogue remit.yaml",
      ),
    )
    .action(async (id: string | undefined, flags: PlaybookFlags) => {
      const { runPlaybook } = await import("../run-playbook.js");
      done(await runPlaybook(id, flags, io));
    });
};
