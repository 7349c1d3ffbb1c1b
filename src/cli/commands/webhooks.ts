import type { ClientFlags } from "../client/flags.js";
import { withDoor } from "../client/flags.js";
import type { ResumeFlags } from "../run-webhooks.js";
import { example, withOutput, type AddCommand } from "./command.js";

export const webhooks: AddCommand = (program, io, done) => {
  const command = program
    .command("webhooks")
    .description("Who is told what happens in an installation")
    .addHelpText("after", example("remit webhooks list"));
  withDoor(withOutput(command.command("list"), "table, json"))
    .description("All of them, what they want to hear, and where nothing gets through")
    .addHelpText("after", example("remit webhooks list"))
    .action(async (flags: ClientFlags) => {
      const { runWebhooks } = await import("../run-webhooks.js");
      done(await runWebhooks(flags, io));
    });
  withDoor(command.command("resume <id>"))
    .description("Sends there again: what happened since, and what was given up while it failed")
    .option("--skip", "what was given up stays given up")
    .addHelpText("after", example("remit webhooks resume 0d5c1c0e-9a4e-4a55-8f4e-2d8f7a1d3c11"))
    .action(async (id: string, flags: ResumeFlags) => {
      const { runResume } = await import("../run-webhooks.js");
      done(await runResume(id, flags, io));
    });
};
