import { example, type AddCommand } from "./command.js";

export const worker: AddCommand = (program, io, done) => {
  program
    .command("worker")
    .description(
      "Jobs of an installation on PostgreSQL, in a process of its own; `remit serve` runs them too",
    )
    .addHelpText("after", example("REMIT_DATABASE_URL=postgres://… remit worker"))
    .action(async () => {
      const { runWorker } = await import("../run-worker.js");
      done(await runWorker({}, io));
    });
};
