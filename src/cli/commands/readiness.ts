import type { ReadinessFlags } from "../run-readiness.js";
import { withServer } from "../client/flags.js";
import { withInputs, withOutput, example, type AddCommand } from "./command.js";

export const readiness: AddCommand = (program, io, done) => {
  const command = withServer(withInputs(program.command("readiness")))
    .description(
      "Who answers for what before an incident, and whether they can: workload × duty, gaps, fixes",
    )
    .option("--all", "every workload and gap");
  withOutput(command, "table, json, html")
    .addHelpText("after", example("remit readiness --estate gaad.json estate.yaml --catalogue remit.yaml"))
    .action(async (flags: ReadinessFlags) => {
      const { runReadiness } = await import("../run-readiness.js");
      done(await runReadiness(flags, io));
    });
};
