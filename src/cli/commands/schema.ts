import { example, type AddCommand } from "./command.js";

export const schema: AddCommand = (program, io, done) => {
  program
    .command("schema [name]")
    .description("The JSON Schema of a document, or the names of all")
    .addHelpText("after", example("remit schema analysis"))
    .action(async (name: string | undefined) => {
      const { runSchema } = await import("../run-schema.js");
      done(await runSchema(name, io));
    });
};
