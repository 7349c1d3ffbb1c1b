import type { HeldRequest } from "../app/index.js";
import { widthFor, type Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import { checkInputs } from "./inputs.js";

/** Holds an estate and analyses what the installation hands over, until it is gone. */
export async function runHoldAnalyses(io: Console): Promise<ExitCode> {
  if (process.send === undefined) throw fault("usage", "`hold-analyses` is started by an installation");
  const [{ serveAnalyses }, { renderFormat }] = await Promise.all([
    import("../app/index.js"),
    import("../report/index.js"),
  ]);
  const { secretKey } = checkInputs({}, io);
  await serveAnalyses(
    {
      say: (reply) => process.send?.(reply),
      onAsked: (heard) => {
        process.on("message", (message) => {
          heard(message as HeldRequest);
        });
      },
      gone: new Promise((done) => {
        process.once("disconnect", () => {
          done();
        });
      }),
    },
    {
      render: (analysis) =>
        renderFormat("json", analysis, { width: widthFor(io), colour: false, all: false, verbose: false }),
      enter: (folder) => {
        process.chdir(folder);
      },
      secretKey,
    },
  );
  return 0;
}
