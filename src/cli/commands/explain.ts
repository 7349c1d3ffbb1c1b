import type { ExplainFlags } from "../run-explain.js";
import { withServer } from "../client/flags.js";
import { withInputs, withOutput, example, type AddCommand } from "./command.js";

export const explain: AddCommand = (program, io, done) => {
  const command = withServer(withInputs(program.command("explain <case>")))
    .description("One case in full: path, evidence, owners, what would change it")
    .option("--class <name>", "as for analyze")
    .option(
      "--proof <file>",
      "write the proof of it there, or `-` alone to standard output, for `remit check-proof`",
    )
    .option("--verbose", "every route, weight of evidence and the authority table");
  withOutput(command, "table, json, markdown, html")
    .addHelpText(
      "after",
      example("remit explain R-7K2Q", "remit explain R-7K2Q --estate gaad.json --findings prowler.ocsf.json"),
    )
    .action(async (id: string, flags: ExplainFlags) => {
      const { runExplain } = await import("../run-explain.js");
      done(await runExplain(id, flags, io));
    });
};
