import type { WhatIfFlags } from "../run-what-if.js";
import { withServer } from "../client/flags.js";
import { withInputs, withOutput, example, type AddCommand } from "./command.js";

export const whatIf: AddCommand = (program, io, done) => {
  const command = withServer(withInputs(program.command("what-if")))
    .description(
      "The same analysis after a proposed change: what flips, who loses and gains what, what breaks",
    )
    .requiredOption("--change <file>", "a change document, or `terraform show -json PLAN`")
    .option("--case <id>", "with `--server`: for a case that you see, where you may not ask about everything")
    .option("--all", "every row")
    .option("--fail-on <condition>", "exit 1 when it holds: worse, breaks, gained; `,` separates");
  withOutput(command, "table, json, markdown")
    .addHelpText("after", example("remit what-if --change change.yaml --estate gaad.json s3.json"))
    .action(async (flags: WhatIfFlags) => {
      const { runWhatIf } = await import("../run-what-if.js");
      done(await runWhatIf(flags, io));
    });
};
