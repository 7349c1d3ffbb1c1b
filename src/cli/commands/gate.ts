import type { GateFlags } from "../run-gate.js";
import { withServer } from "../client/flags.js";
import { withInputs, withOutput, example, type AddCommand } from "./command.js";

export const gate: AddCommand = (program, io, done) => {
  const command = withServer(withInputs(program.command("gate")))
    .description("For CI: exit 1 with reasons when a release breaks the accountability policy")
    .option("--tier <number>", "gaps of workloads below it are told and stop nothing", "1")
    .option("--baseline <file>", "an earlier `remit readiness --format json`: only what is new stops");
  withOutput(command, "table, json, markdown, sarif")
    .addHelpText("after", example("remit gate --estate gaad.json estate.yaml --catalogue remit.yaml"))
    .action(async (flags: GateFlags) => {
      const { runGate } = await import("../run-gate.js");
      done(await runGate(flags, io));
    });
};
