import type { ClientFlags } from "../client/flags.js";
import { withDoor } from "../client/flags.js";
import type { IssueFlags } from "../run-token.js";
import { example, withOutput, type AddCommand } from "./command.js";

export const token: AddCommand = (program, io, done) => {
  const command = program
    .command("token")
    .description("Tokens by which people and programs use an installation")
    .addHelpText("after", example("remit token issue l.meyer --out l.meyer.token"));
  withDoor(command.command("issue <person>"))
    .description("For a person of the catalogue; the secret is shown once")
    .option("--scopes <names>", "read, act, import, admin; joined by `,`", "read,act")
    .option("--name <text>", "what it is for", "command line")
    .option("--expires <time>", "when it ends by itself")
    .option("--out <file>", "a new file that only you can read; else standard output")
    .addHelpText("after", example("remit token issue l.meyer --scopes read,act --out l.meyer.token"))
    .action(async (person: string, flags: IssueFlags) => {
      const { runIssue } = await import("../run-token.js");
      done(await runIssue(person, flags, io));
    });
  withDoor(withOutput(command.command("list"), "table, json"))
    .description("All of them, without their secrets; those that have ended, too")
    .addHelpText("after", example("remit token list"))
    .action(async (flags: ClientFlags) => {
      const { runTokens } = await import("../run-token.js");
      done(await runTokens(flags, io));
    });
  withDoor(command.command("revoke <id>"))
    .description("Ends one at once")
    .addHelpText("after", example("remit token revoke 0d5c1c0e-9a4e-4a55-8f4e-2d8f7a1d3c11"))
    .action(async (id: string, flags: ClientFlags) => {
      const { runRevoke } = await import("../run-token.js");
      done(await runRevoke(id, flags, io));
    });
};
