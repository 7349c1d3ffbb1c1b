import type { InitFlags } from "../run-init.js";
import { withServer } from "../client/flags.js";
import { example, type AddCommand } from "./command.js";

export const init: AddCommand = (program, io, done) => {
  withServer(program.command("init"))
    .description(
      "Drafts a catalogue from what documents say: tags, CODEOWNERS, directories, Backstage, Kubernetes, audit logs",
    )
    .option("--estate <path...>", "what exists: files, folders, patterns, `-`; recognised by content")
    .option("--now <time>", "the instant to decide for, instead of the clock's")
    .option("--account <id>", "twelve digits, for documents that do not name their account")
    .option("--format <name>", "yaml, json", "yaml")
    .option(
      "--out <path>",
      "write there instead of to remit.yaml, `-` for standard output; never over a file",
    )
    .addHelpText("after", example("remit init --estate gaad.json CODEOWNERS catalog-info.yaml people.csv"))
    .action(async (flags: InitFlags) => {
      const { runInit } = await import("../run-init.js");
      done(await runInit(flags, io));
    });
};
