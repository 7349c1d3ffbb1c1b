import type { Command } from "commander";
import { withDoor } from "../client/flags.js";
import { moveVerbs } from "../moves/verbs.js";
import type { MoveInput } from "../moves/move-input.js";
import type { ListFlags, ShowFlags } from "../run-cases.js";
import type { MoveFlags } from "../run-move.js";
import { example, withOutput, type AddCommand } from "./command.js";

export const cases: AddCommand = (program, io, done) => {
  const command = program
    .command("cases")
    .description("Cases that live: who has taken what, and the moves in them")
    .addHelpText(
      "after",
      example("remit cases list --server https://remit.example", "remit cases claim R-6K4V contain"),
    );
  listing(withDoor(withOutput(command.command("list"), "table, json"))).action(async (flags: ListFlags) => {
    const { runList } = await import("../run-cases.js");
    done(await runList(flags, io));
  });
  withDoor(withOutput(command.command("show <case>"), "table, json"))
    .description("One case: tracks, agreements, orders, what is proven, what comes next")
    .option("--events", "everything that happened in it, too")
    .addHelpText("after", example("remit cases show R-6K4V"))
    .action(async (id: string, flags: ShowFlags) => {
      const { runShow } = await import("../run-cases.js");
      done(await runShow(id, flags, io));
    });
  for (const verb of moveVerbs) {
    const [name = "", ...args] = verb.usage.split(" ");
    const move = withDoor(withOutput(command.command([name, "<case>", ...args].join(" ")), "table, json"))
      .description(verb.about)
      .option("--seen <n>", "number of the case that you saw: refused where it has moved on since")
      .option("--key <text>", "Idempotency-Key: given again, the move is carried out once");
    for (const [flags, about] of verb.options) move.option(flags, about);
    move.addHelpText("after", example(`remit cases ${verb.example}`)).action(async (...given: unknown[]) => {
      const [id, ...rest] = given.slice(0, args.length + 1) as (string | undefined)[];
      const flags = given[args.length + 1] as MoveFlags & MoveInput["flags"];
      const { runMove } = await import("../run-move.js");
      done(await runMove(verb, id ?? "", rest, flags, io));
    });
  }
};

const listing = (command: Command): Command =>
  command
    .description("The cases, the most pressing first")
    .option("--status <word>", "open, accepted, closed")
    .option("--verdict <word>", "possible, unknown, governed, none")
    .option("--kind <word>", "posture, flaw, secret, identity")
    .option("--tier <n>", "0 to 3")
    .option("--lead <role>", "who leads the fix")
    .option("--account <id>", "of the exposure, as `aws:222222222222`")
    .option("--mine", "only whose containment you have taken")
    .option("--due-before <time>", "a clock of theirs ends before it")
    .option("--limit <n>", "cases of a page, at most 1000", "1000")
    .option("--after <cursor>", "the page after the one that named it")
    .option("--all", "every page")
    .addHelpText("after", example("remit cases list", "remit cases list --verdict possible --tier 3"));
