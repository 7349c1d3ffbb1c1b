import { withDoor } from "../client/flags.js";
import type { EraseFlags } from "../run-people.js";
import { example, withOutput, type AddCommand } from "./command.js";

export const people: AddCommand = (program, io, done) => {
  const line = 'remit people erase x.left --reason "asked for it on 3 November"';
  const command = program
    .command("people")
    .description("The names behind the pseudonyms of the ledger")
    .addHelpText("after", example(line));
  withDoor(withOutput(command.command("erase <person>"), "table, json"))
    .description("For good: the ledger stays whole, and who it was can no longer be found out")
    .requiredOption("--reason <text>", "kept in the ledger: say it without the name")
    .option("--preview", "changes nothing: says what would go and what would be left")
    .addHelpText("after", example(line))
    .action(async (person: string, flags: EraseFlags) => {
      const { runErase } = await import("../run-people.js");
      done(await runErase(person, flags, io));
    });
};
