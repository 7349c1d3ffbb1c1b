import type { Command } from "commander";
import type { DoorFlags } from "./door.js";

export interface ClientFlags extends DoorFlags {
  readonly format?: string;
  readonly out?: string;
}

/** A server that is asked instead of files. */
export interface ServerFlags {
  readonly server?: string;
  readonly tokenFile?: string;
}

/** For questions that are asked of files otherwise. */
export const withServer = (command: Command): Command =>
  command
    .option("--server <url>", "ask an installation that is served, instead of files")
    .option("--token-file <file>", "with `--server`: whose token is sent; else REMIT_TOKEN");

/** Where the installation is that a command works with. */
export const withDoor = (command: Command): Command =>
  command
    .option("--server <url>", "of an installation that is served (REMIT_SERVER)")
    .option("--token-file <file>", "whose token is sent; else REMIT_TOKEN; `-` is standard input")
    .option("--home <folder>", "without a server: of the embedded database (REMIT_HOME, `.remit`)");
