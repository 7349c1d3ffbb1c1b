import type { FlawFlags } from "../run-flaw.js";
import { withServer } from "../client/flags.js";
import { withInputs, withOutput, example, type AddCommand } from "./command.js";

export const flaw: AddCommand = (program, io, done) => {
  const command = withServer(withInputs(program.command("flaw <id>")))
    .description(
      "One flaw (CVE, GHSA, package URL): every workload that has it, its owners, what they reach together",
    )
    .option("--all", "every place");
  withOutput(command, "table, json, markdown, html")
    .addHelpText(
      "after",
      example(
        "remit flaw CVE-2021-44228 --estate gaad.json estate.yaml --findings grype.json --catalogue remit.yaml",
      ),
    )
    .action(async (id: string, flags: FlawFlags) => {
      const { runFlaw } = await import("../run-flaw.js");
      done(await runFlaw(id, flags, io));
    });
};
