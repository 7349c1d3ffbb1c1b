import { hashOf } from "../chain/seal.js";
import { noLink } from "../chain/digest.js";
import type { CaseEvent, CaseFact } from "../events/event.js";
import { fold } from "../fold/fold.js";
import type { By } from "../person.js";
import { refuse, type Refusal } from "../refusal.js";
import type { CaseState } from "../state.js";
import { hatsOf, isRefusal, type Acting } from "./acting.js";
import type { Command } from "./command.js";
import { commandProblem } from "./command-shapes.js";
import type { CommandContext } from "./context.js";
import { masked } from "./masked.js";
import { noCase, personMove, systemMove } from "./dispatch.js";
import { lapsed } from "./system-moves.js";
import { isInstant } from "./text-checks.js";

/** Events to append, sealed and in order, and the state after them; or why not. */
export type Decided =
  | {
      readonly kind: "accepted";
      /** Empty: the command came before, or says nothing new. */
      readonly events: readonly CaseEvent[];
      readonly state: CaseState;
    }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** Far above what a case needs; beyond it a person's moves are refused, the product's own still count. */
export const mostEvents = 5000;

/**
 * What a command comes to. Pure: the same state, command and context give the same events, byte for byte. A refusal
 * changes nothing. What has ended by time is written first, so that no move rests on it.
 */
export function decide(state: CaseState | undefined, command: Command, context: CommandContext): Decided {
  if (!isInstant(context.now))
    return refused(
      refuse("readable-time", `\`${context.now}\` is no instant`, "set the clock of the machine"),
    );
  const unknown = commandProblem(command);
  if (unknown !== undefined)
    return refused(
      refuse("known-move", `this is no move of a case: ${unknown}`, "see docs/cases.md for its fields"),
    );
  // A clock that was set back gives no time back: what has ended stays ended.
  const now =
    state !== undefined && Date.parse(state.at) > Date.parse(context.now)
      ? state.at
      : new Date(Date.parse(context.now)).toISOString();
  const clock = sealed(state, context.case, now, { kind: "system", job: "clock" }, lapsedOf(state, now));
  if (isRefusal(clock)) return refused(clock);
  const acting = actingOf(clock.state, context, now);
  if (isRefusal(acting)) return refused(acting);
  const { by } = context;
  const move =
    "job" in by
      ? systemMove(clock.state, command, acting)
      : (tooLong(state) ?? personMove(clock.state, masked(command), acting));
  if (isRefusal(move)) return refused(move);
  const who: By =
    "job" in by ? { kind: "system", job: by.job } : { kind: "person", person: by.person, as: move.as };
  const done = sealed(clock.state, context.case, now, who, move.facts);
  if (isRefusal(done)) return refused(done);
  return done.state === undefined
    ? refused(noCase(context.case))
    : { kind: "accepted", events: [...clock.events, ...done.events], state: done.state };
}

const refused = (refusal: Refusal): Decided => ({ kind: "refused", refusal });

const lapsedOf = (state: CaseState | undefined, now: string): readonly CaseFact[] =>
  state === undefined ? [] : lapsed(state, now);

const tooLong = (state: CaseState | undefined): Refusal | undefined =>
  state !== undefined && state.sequence >= mostEvents
    ? refuse(
        "case-size",
        `the case has ${String(state.sequence)} events`,
        "close it; a new finding opens another",
      )
    : undefined;

interface Sealed {
  readonly state: CaseState | undefined;
  readonly events: readonly CaseEvent[];
}

/** Facts as links of the chain, and the state after them. */
function sealed(
  before: CaseState | undefined,
  id: string,
  at: string,
  by: By,
  facts: readonly CaseFact[],
): Sealed | Refusal {
  let state = before;
  const events: CaseEvent[] = [];
  for (const fact of facts) {
    const open: Omit<CaseEvent, "hash"> = {
      version: 1,
      case: id,
      sequence: (state?.sequence ?? 0) + 1,
      at,
      by,
      previous: state?.head ?? noLink,
      fact,
    };
    const hash = hashOf(open);
    if (hash === undefined)
      return refuse(
        "plain-text",
        `\`${fact.kind}\` holds a value that cannot be written in one way`,
        "send plain JSON",
      );
    const event: CaseEvent = { ...open, hash };
    events.push(event);
    state = fold(state, event);
  }
  return { state, events };
}

function actingOf(
  state: CaseState | undefined,
  { by, people, policy }: CommandContext,
  now: string,
): Acting | Refusal {
  const known = new Map(people.map((standing) => [standing.person, standing]));
  const standing = (person: string) => (!("job" in by) && by.person === person ? by : known.get(person));
  if ("job" in by) return { now, person: "", hats: [], standing, policy };
  return by.active
    ? { now, person: by.person, hats: hatsOf(by, state, now), standing, policy }
    : by.known === false
      ? refuse(
          "active-person",
          "the catalogue in force does not name you: moves are made by people whom it names",
          "move with a token of somebody of the catalogue, or have yourself put into it",
        )
      : refuse(
          "active-person",
          "you have left: nothing is yours to do here",
          "ask somebody who is still here",
        );
}
