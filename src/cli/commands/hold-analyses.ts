import type { AddCommand } from "./command.js";

/** Started by an installation alone, which talks to it over the channel that Node opens between the two. */
export const holdAnalyses: AddCommand = (program, io, done) => {
  program.command("hold-analyses", { hidden: true }).action(async () => {
    const { runHoldAnalyses } = await import("../run-hold-analyses.js");
    done(await runHoldAnalyses(io));
  });
};
