import { randomUUID } from "node:crypto";
import type { CaseEvent, CaseState } from "../core/cases/index.js";
import type { MoveDocument } from "../contract/index.js";
import { call } from "./client/call.js";
import { throughDoor } from "./client/door.js";
import type { ClientFlags } from "./client/flags.js";
import { tableOrJson } from "./client/format.js";
import { problemFault } from "./client/problem-fault.js";
import { usesColour, widthFor, type Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import type { MoveInput } from "./moves/move-input.js";
import type { MoveVerb } from "./moves/move.js";
import { finish } from "./outcome.js";
import { deliver } from "./output.js";
import { caseIdOf, readCase } from "./run-cases.js";

export interface MoveFlags extends ClientFlags {
  /** Idempotency-Key; absent: one of its own. */
  readonly key?: string;
  /** Sequence of the case that the caller saw; absent: the one that is there now. */
  readonly seen?: string;
}

/** A verb of `remit cases`: 0 it was done; 1 a rule forbids it, or somebody else was first. */
export async function runMove(
  verb: MoveVerb,
  typed: string,
  args: MoveInput["args"],
  flags: MoveFlags & MoveInput["flags"],
  io: Console,
): Promise<ExitCode> {
  const format = tableOrJson(flags.format);
  const id = caseIdOf(typed);
  const key = flags.key ?? randomUUID();
  if (!/^[\x21-\x7e]{8,200}$/.test(key))
    throw fault("usage", `\`--key ${key}\`: give 8 to 200 characters without spaces`);
  const seen = seenOf(flags.seen);
  const [{ actOnCaseRoute }, report] = await Promise.all([
    import("../api/index.js"),
    import("../report/index.js"),
  ]);
  const done = await throughDoor(flags, io, async (door) => {
    const { body: before, etag } = await readCase(door, id);
    const command = verb.command({ args, flags, state: before.state });
    const answer = await call(door, actOnCaseRoute, {
      params: { id },
      headers: { "idempotency-key": key, ...ifMatch(seen ?? etag) },
      body: command,
    });
    return { answer, kind: command.kind };
  });
  const { answer, kind } = done;
  const common = { schema: "remit.move/1", case: id, move: kind, key } as const;
  let document: MoveDocument;
  let after: { readonly state: CaseState; readonly events: readonly CaseEvent[] } | undefined;
  if (answer.kind === "answered") {
    const { events } = answer.body;
    const { state } = answer.body.case;
    after = { state, events };
    const { sequence, status } = state;
    document = { ...common, done: true, sequence, status, events: events.map((event) => ({ ...event })) };
  } else {
    const { rule, detail, title, todo, roles, people } = answer.problem;
    // Only a rule of the cases is an answer; everything else is that there is none.
    if (rule === undefined) throw problemFault(answer.problem);
    document = {
      ...common,
      done: false,
      refused: {
        rule,
        text: detail ?? title,
        ...(todo === undefined ? {} : { todo }),
        ...(roles === undefined ? {} : { roles }),
        ...(people === undefined ? {} : { people }),
      },
    };
  }
  const text =
    format === "json"
      ? report.renderJson(document)
      : report.renderMove(document, after, { width: widthFor(io), colour: usesColour(io), now: io.now() });
  await deliver(io, text, flags.out);
  if (document.refused?.rule === "active-person" && isOperator(flags, io))
    io.err(
      "note  this was asked as the operator, whom the catalogue does not know: `remit token issue PERSON --out FILE`, then `--token-file FILE`\n",
    );
  return finish(
    io,
    document.done
      ? [{ exit: 0, reason: "done" }]
      : [{ exit: 1, reason: `refused by \`${document.refused?.rule ?? ""}\`` }],
  );
}

/** Nobody was named: at home that is whoever has the folder. */
const isOperator = ({ server, tokenFile }: MoveFlags, { env }: Console): boolean =>
  server === undefined && tokenFile === undefined && (env["REMIT_TOKEN"] ?? "") === "";

function seenOf(typed: string | undefined): string | undefined {
  if (typed === undefined) return undefined;
  if (!/^\d{1,12}$/.test(typed))
    throw fault("usage", `\`--seen ${typed}\`: give the number that \`cases show\` names`);
  return `"${typed}"`;
}

const ifMatch = (etag: string | undefined): Readonly<Record<string, string>> =>
  etag === undefined ? {} : { "if-match": etag };
