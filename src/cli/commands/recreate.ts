import type { AskFlags } from "../run-ask.js";
import { withServer } from "../client/flags.js";
import { withInputs, withOutput, example, type AddCommand } from "./command.js";

export const recreate: AddCommand = (program, io, done) => {
  const command = withServer(withInputs(program.command("recreate")))
    .description("Who could bring an exposure back, by which credential")
    .requiredOption("--resource <id>", "ARN or name of one known resource")
    .requiredOption("--weakness <class>", "as `remit schema weakness` lists them: s3.public");
  withOutput(command, "table, json")
    .addHelpText(
      "after",
      example("remit recreate --resource arn:aws:s3:::acme-exports --weakness s3.public --estate gaad.json"),
    )
    .action(async (flags: AskFlags & { readonly resource: string; readonly weakness: string }) => {
      const { runRecreate } = await import("../run-ask.js");
      done(await runRecreate(flags, io));
    });
};
