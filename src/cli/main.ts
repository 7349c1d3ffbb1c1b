import { CommanderError, type Command } from "commander";
import { withConfigFile } from "./config-file.js";
import { processConsole, type Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import { finishFault } from "./outcome.js";
import { createProgram } from "./program.js";

/**
 * Runs one command line (without `node` and the script) and resolves to its exit code: 0 completed, 1 a condition
 * failed, 2 wrong usage or nothing readable, 3 some input was rejected, 4 internal fault. Never throws.
 */
export async function main(argv: readonly string[], io: Console = processConsole): Promise<number> {
  let exit: ExitCode | undefined;
  let help = "";
  let configured: Console;
  try {
    configured = await withConfigFile(io);
  } catch (error) {
    return finishFault(io, error);
  }
  const program = createProgram(configured, (code) => {
    exit = code;
  });
  for (const command of withCommands(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => {
        help += text;
      },
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.max(60, Math.min(100, io.columns ?? 100)),
    });
  }
  try {
    if (argv[0] === "--version" || argv[0] === "-V") {
      const { versionText } = await import("../app/index.js");
      await io.out(`${await versionText()}\n`);
      return 0;
    }
    if (argv.length === 0) throw fault("usage", "no command was given");
    await program.parseAsync([...argv], { from: "user" });
    return exit ?? 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) return finishFault(io, error);
    if (error.exitCode === 0) {
      await io.out(help);
      return 0;
    }
    return finishFault(io, usageFault(error, program));
  }
}

/** A command and everything below it: `db export` is a command of `db`. */
const withCommands = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap((each) => withCommands(each)),
];

/** commander's own words, in the house form: lower case, backticks. */
function usageFault(error: CommanderError, program: Command): Error {
  const message = error.message
    .replace(/^error: /, "")
    .replace(/'([^']*)'/g, "`$1`")
    .replaceAll("\n", " ");
  const shown = program.createHelp().visibleCommands(program);
  const commands = shown.map((command) => command.name()).join(", ");
  return fault(
    "usage",
    error.code === "commander.unknownCommand" ? `${message}; there are ${commands}` : message,
  );
}
