import type { AskFlags } from "../run-ask.js";
import { withServer } from "../client/flags.js";
import { withInputs, withOutput, example, type AddCommand } from "./command.js";

export const reach: AddCommand = (program, io, done) => {
  const command = withServer(withInputs(program.command("reach <principal>")))
    .description("Blast radius: what an identity can become, read and change, and the tier that follows")
    .option("--all", "every resource");
  withOutput(command, "table, json")
    .addHelpText("after", example("remit reach svc-batch --estate gaad.json"))
    .action(async (principal: string, flags: AskFlags) => {
      const { runReach } = await import("../run-ask.js");
      done(await runReach(principal, flags, io));
    });
};
