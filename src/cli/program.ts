import { Command } from "commander";
import { analyze } from "./commands/analyze.js";
import { answerQuestions } from "./commands/answer-questions.js";
import { holdAnalyses } from "./commands/hold-analyses.js";
import { cases } from "./commands/cases.js";
import { checkProof } from "./commands/check-proof.js";
import { cut } from "./commands/cut.js";
import { db } from "./commands/db.js";
import { evidence } from "./commands/evidence.js";
import { explain } from "./commands/explain.js";
import { flaw } from "./commands/flaw.js";
import { gate } from "./commands/gate.js";
import { importDocuments } from "./commands/import.js";
import { init } from "./commands/init.js";
import { ledger } from "./commands/ledger.js";
import { people } from "./commands/people.js";
import { playbook } from "./commands/playbook.js";
import { reach } from "./commands/reach.js";
import { readiness } from "./commands/readiness.js";
import { recreate } from "./commands/recreate.js";
import { schema } from "./commands/schema.js";
import { serve } from "./commands/serve.js";
import { token } from "./commands/token.js";
import { webhooks } from "./commands/webhooks.js";
import { whatIf } from "./commands/what-if.js";
import { worker } from "./commands/worker.js";
import { whoCan } from "./commands/who-can.js";
import { example, type AddCommand } from "./commands/command.js";
import type { Console } from "./console.js";
import type { ExitCode } from "./errors.js";

/** In the order of the help. One more: one file in `commands/` and one line here. */
const commands: readonly AddCommand[] = [
  analyze,
  explain,
  checkProof,
  whoCan,
  reach,
  recreate,
  flaw,
  gate,
  readiness,
  init,
  whatIf,
  cut,
  playbook,
  evidence,
  schema,
  serve,
  worker,
  importDocuments,
  cases,
  token,
  people,
  webhooks,
  db,
  ledger,
  answerQuestions,
  holdAnalyses,
];

export function createProgram(io: Console, done: (exit: ExitCode) => void): Command {
  const program = new Command("remit")
    .description("Who owns a cloud exposure, and will it come back? With proof.")
    .option("--version", "version, and the date of the AWS action dictionary")
    .helpCommand(false)
    .addHelpText(
      "after",
      example("remit analyze --estate gaad.json organizations/ --findings prowler.ocsf.json"),
    );
  for (const add of commands) add(program, io, done);
  return program;
}
