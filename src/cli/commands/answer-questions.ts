import type { AddCommand } from "./command.js";

/** Started by `remit serve` alone, which talks to it over the channel that Node opens between the two. */
export const answerQuestions: AddCommand = (program, io, done) => {
  program.command("answer-questions <inputs>", { hidden: true }).action(async (inputs: string) => {
    const { runAnswerQuestions } = await import("../run-answer-questions.js");
    done(await runAnswerQuestions(inputs, io));
  });
};
