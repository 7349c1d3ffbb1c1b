import type { Command } from "commander";
import type { DoorFlags } from "./door.js";

export interface ClientFlags extends DoorFlags {
  readonly format?: string;
  readonly out?: string;
}

/** Where the installation is that a command works with. */
export const withDoor = (command: Command): Command =>
  command
    .option("--server <url>", "of an installation that is served (REMIT_SERVER)")
    .option("--token-file <file>", "whose token is sent; else REMIT_TOKEN; `-` is standard input")
    .option("--home <folder>", "without a server: of the embedded database (REMIT_HOME, `.remit`)");
