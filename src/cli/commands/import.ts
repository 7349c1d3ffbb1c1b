import { withDoor } from "../client/flags.js";
import type { ImportFlags } from "../run-import.js";
import { example, withOutput, type AddCommand } from "./command.js";

export const importDocuments: AddCommand = (program, io, done) => {
  withDoor(withOutput(program.command("import"), "table, json"))
    .description("Documents into an installation: analyses them, opens cases, tests every case against them")
    .option("--estate <path...>", "what exists: files, folders, patterns; the newest of a name counts")
    .option("--findings <path...>", "what was reported; every scan counts")
    .option("--catalogue <file>", "who answers for what: a new version of it, whole or not at all")
    .option("--base <folder>", "documents are named from there, not from here")
    .option(
      "--under <name>",
      "stands before every name: `--base today --under prod` keeps the names of yesterday",
    )
    .addHelpText(
      "after",
      example("remit import --estate collected/ --findings prowler.ocsf.json --catalogue remit.yaml"),
    )
    .action(async (flags: ImportFlags) => {
      const { runImportDocuments } = await import("../run-import.js");
      done(await runImportDocuments(flags, io));
    });
};
