import type { Command } from "commander";
import type { Console } from "../console.js";
import type { ExitCode } from "../errors.js";

/** Adds one command. What it does is loaded when it runs, so that help costs nothing. */
export type AddCommand = (program: Command, io: Console, done: (exit: ExitCode) => void) => void;

/** Shown under the options of a command. */
export const example = (...lines: readonly string[]): string =>
  `\nExample:\n${lines.map((line) => `  $ ${line}`).join("\n")}`;

/** The documents that every question is asked of. */
export const withInputs = (command: Command): Command =>
  command
    .option("--estate <path...>", "what exists: files, folders, patterns, `-`; recognised by content")
    .option("--findings <path...>", "what was reported: Prowler JSON-OCSF, ASFF")
    .option("--catalogue <file>", "who answers for what: remit.yaml")
    .option("--policy <file>", "limits and switches that replace those of the catalogue")
    .option("--now <time>", "the instant to decide for, instead of the clock's")
    .option("--account <id>", "twelve digits, for documents that do not name their account");

export const withOutput = (command: Command, formats: string): Command =>
  command
    .option("--format <name>", formats, "table")
    .option("--out <path>", "write there instead of to standard output, whole or not at all");
