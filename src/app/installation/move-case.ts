import {
  decide,
  eventText,
  type CaseEvent,
  type CaseState,
  type Command,
  type CommandContext,
  type Refusal,
} from "../../core/cases/index.js";
import type { Case } from "../../core/decision/index.js";
import type { Repositories, StoredEvent } from "../../store/index.js";
import { caseRecordOf, caseRowOf } from "../cases/case-row.js";

/** What a move came to. */
export type Moved =
  | { readonly kind: "moved"; readonly state: CaseState; readonly events: readonly CaseEvent[] }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** Somebody else wrote since `expected`. */
  | { readonly kind: "changed"; readonly sequence: number }
  | { readonly kind: "key-reused" }
  /** By a policy of the installation. */
  | { readonly kind: "forbidden"; readonly policy: string }
  | { readonly kind: "no-case" };

export interface MoveRequest {
  readonly command: Command;
  readonly context: CommandContext;
  /** The decision in force from now on; absent: the one before stays. */
  readonly decided?: Case;
  /** Sequence that the caller saw; absent: the one that is there. */
  readonly expected?: number;
  readonly key?: string;
  /** The policy that forbids a move that the rules of the case would allow: the second lock. */
  readonly forbidden?: (before: CaseState) => string | undefined;
}

/** Each of these times somebody else was faster; inside a transaction the second try has the ledger to itself. */
const mostTries = 3;

/**
 * Decides a command on the case as it is, and appends what it comes to: all of it or nothing. Who did not say which
 * page they saw is not turned away because another one wrote in the same moment: it is decided again.
 */
export async function moveCase(store: Repositories, request: MoveRequest): Promise<Moved> {
  for (let tried = 1; ; tried += 1) {
    const moved = await tryMove(store, request);
    if (moved.kind !== "changed" || request.expected !== undefined || tried === mostTries) return moved;
  }
}

async function tryMove(store: Repositories, request: MoveRequest): Promise<Moved> {
  const { command, context, expected, key } = request;
  const sent = key === undefined ? undefined : { key, request: JSON.stringify(command) };
  const row = await store.cases.find(context.case);
  const held = row === undefined ? undefined : caseRecordOf(row);
  const decided = request.decided ?? held?.decided;
  if (decided === undefined) return { kind: "no-case" };
  const sequence = held?.state.sequence ?? 0;
  if (sent !== undefined) {
    // A repetition is answered as it was then, also where the case has moved on.
    const before = await store.ledger.delivered(context.case, sent);
    if (before?.kind === "key-reused") return before;
    if (before?.kind === "repeated" && held !== undefined) return repeated(held.state, before.events);
  }
  if (expected !== undefined && expected !== sequence) return { kind: "changed", sequence };
  const outcome = decide(held?.state, command, context);
  if (outcome.kind === "refused") return outcome;
  const policy = held === undefined ? undefined : request.forbidden?.(held.state);
  if (policy !== undefined) return { kind: "forbidden", policy };
  const appended = await store.ledger.append({
    stream: context.case,
    expected: sequence,
    events: outcome.events.map((event) => ({
      stream: event.case,
      sequence: event.sequence,
      kind: event.fact.kind,
      at: event.at,
      body: eventText(event) ?? "",
      previous: event.previous,
      hash: event.hash,
    })),
    ...(sent === undefined ? {} : { command: sent }),
  });
  switch (appended.kind) {
    case "key-reused":
      return appended;
    case "conflict":
      return { kind: "changed", sequence: appended.sequence };
    case "repeated":
      return repeated(outcome.state, appended.events);
    case "appended":
      // The same decision again is worth no event, and still rests on other documents: what is shown is the newest.
      if (outcome.events.length > 0 || JSON.stringify(decided) !== JSON.stringify(held?.decided))
        await store.cases.save(caseRowOf({ state: outcome.state, decided }, context.policy));
      return { kind: "moved", state: outcome.state, events: outcome.events };
  }
}

const repeated = (state: CaseState, events: readonly StoredEvent[]): Moved => ({
  kind: "moved",
  state,
  events: events.map(({ body }) => JSON.parse(body) as CaseEvent),
});
