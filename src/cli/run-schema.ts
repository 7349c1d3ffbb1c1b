import type { Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";

/** `remit schema NAME` prints a JSON Schema, `weakness` the registry; without a name, the names. */
export async function runSchema(name: string | undefined, io: Console): Promise<ExitCode> {
  const { schemaNames, schemaText } = await import("./schemas.js");
  if (name === undefined) {
    await io.out(`${schemaNames.join("\n")}\n`);
    return 0;
  }
  const text = await schemaText(name);
  if (text === undefined) throw fault("unknown-schema", `\`${name}\``);
  await io.out(text);
  return 0;
}
