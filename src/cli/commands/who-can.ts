import type { AskFlags } from "../run-ask.js";
import { withServer } from "../client/flags.js";
import { withInputs, withOutput, example, type AddCommand } from "./command.js";

export const whoCan: AddCommand = (program, io, done) => {
  const command = withServer(withInputs(program.command("who-can <action> <resource>")))
    .description(
      "Every identity that can, by which path and under which condition; who almost can, and what stops them",
    )
    .option("--all", "every identity");
  withOutput(command, "table, json")
    .addHelpText(
      "after",
      example("remit who-can s3:PutBucketPolicy arn:aws:s3:::acme-exports --estate gaad.json"),
    )
    .action(async (action: string, resource: string, flags: AskFlags) => {
      const { runWhoCan } = await import("../run-ask.js");
      done(await runWhoCan(action, resource, flags, io));
    });
};
