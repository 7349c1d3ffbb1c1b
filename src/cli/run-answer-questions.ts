import type { Asked, HeldInputs } from "../app/index.js";
import type { Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";

/** Holds an estate and answers the server's questions until the server is gone. */
export async function runAnswerQuestions(inputs: string, io: Console): Promise<ExitCode> {
  if (process.send === undefined) throw fault("usage", "`answer-questions` is started by `remit serve`");
  const { serveQuestions } = await import("../app/index.js");
  const secret = io.env["REMIT_SECRET_KEY"];
  await serveQuestions(JSON.parse(inputs) as HeldInputs, secret === "" ? undefined : secret, {
    say: (said) => process.send?.(said),
    onAsked: (heard) => {
      process.on("message", (message) => {
        heard(message as Asked);
      });
    },
    gone: new Promise((done) => {
      process.once("disconnect", () => {
        done();
      });
    }),
  });
  return 0;
}
