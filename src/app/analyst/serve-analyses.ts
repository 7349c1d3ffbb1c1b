import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Analysis } from "../../core/decision/index.js";
import { createAnalyst } from "./analyst.js";
import type { HeldReply, HeldRequest } from "./request.js";

/** The other end of the process: its parent. */
export interface Commissioner {
  readonly say: (reply: HeldReply) => void;
  readonly onAsked: (heard: (request: HeldRequest) => void) => void;
  /** Settles when the parent is gone. */
  readonly gone: Promise<void>;
}

/**
 * Analyses one request after the other, until the parent is gone. `render`: the document as `remit analyze` writes it;
 * `enter` makes a folder the one that relative paths are read in.
 */
export async function serveAnalyses(
  parent: Commissioner,
  {
    render,
    enter,
    secretKey,
  }: {
    readonly render: (analysis: Analysis) => string;
    readonly enter: (folder: string) => void;
    readonly secretKey: string | undefined;
  },
): Promise<void> {
  const analyst = createAnalyst();
  let last: Promise<void> = Promise.resolve();
  parent.onAsked(({ id, folder, estateKey, estate, findings, catalogue, now, watched, out, rowsOut }) => {
    last = last.then(async () => {
      try {
        enter(folder);
        const { analysis, asked } = await analyst.analyse(
          {
            estate,
            findings,
            ...(catalogue === undefined ? {} : { catalogue }),
            ...(secretKey === undefined ? {} : { secretKey }),
            ...(rowsOut === undefined ? {} : { rowsOut }),
            watched,
            now: new Date(now).toISOString(),
            includeConfiguration: false,
          },
          estateKey,
        );
        if (analysis.inputs.every(({ role }) => role === "catalogue" || role === "policy"))
          throw new Error("nothing could be read");
        await writeFile(join(folder, out), render(analysis), { mode: 0o600 });
        const holds = analyst.holds();
        parent.say({ kind: "analysed", id, asked, ...(holds === undefined ? {} : { holds }) });
      } catch (error) {
        const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
        parent.say({ kind: "failed", id, message });
      }
    });
  });
  parent.say({ kind: "ready" });
  await parent.gone;
  await last;
}
