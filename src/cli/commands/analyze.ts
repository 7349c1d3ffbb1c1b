import { Option } from "commander";
import type { AnalyzeFlags } from "../run-analyze.js";
import { withServer } from "../client/flags.js";
import { withInputs, withOutput, example, type AddCommand } from "./command.js";

export const analyze: AddCommand = (program, io, done) => {
  const command = withServer(withInputs(program.command("analyze")))
    .description("Cases with owners, proofs and verdicts: the main job")
    .option("--baseline <file>", "an earlier --format json: only what is new counts")
    .option(
      "--fail-on <condition>",
      "exit 1 when it holds: possible, unknown, new, tier>=2, band<=1, severity>=high; & joins, `,` separates",
    )
    .option("--class <name>", "`configuration`: plain settings become cases too")
    .option("--all", "every case, unknown and rejection on its own line")
    .option("--verbose", "every route, weight of evidence and authority; a line per document read")
    // For the store of an installation, which asks for it itself.
    .addOption(new Option("--rows-out <file>").hideHelp())
    .addOption(new Option("--watched <file>").hideHelp());
  withOutput(command, "table, json, markdown, html")
    .addHelpText(
      "after",
      example(
        "remit analyze --estate gaad.json s3.json --findings prowler.ocsf.json --fail-on 'possible&tier>=2'",
      ),
    )
    .action(async (flags: AnalyzeFlags) => {
      const { runAnalyze } = await import("../run-analyze.js");
      done(await runAnalyze(flags, io));
    });
};
