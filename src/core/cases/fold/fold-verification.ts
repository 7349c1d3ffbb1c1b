import type { CaseEvent } from "../events/event.js";
import type { Outcome, Tri, VerificationEvent } from "../events/verification-events.js";
import type { CaseState, Proven, Round, Work } from "../state.js";
import { actorOf } from "./actor.js";

export function foldVerification(state: CaseState, fact: VerificationEvent, event: CaseEvent): CaseState {
  const { at } = event;
  switch (fact.kind) {
    case "verified": {
      const { snapshot, analysis, observedAt } = fact.retest;
      return {
        ...state,
        verified: { at, sequence: event.sequence, snapshot, analysis, observedAt, outcome: fact.outcome },
        proven: provenAfter(state.proven, fact.outcome, observedAt),
      };
    }
    case "closed":
      return {
        ...state,
        status: "closed",
        closures: [
          ...state.closures,
          { at, signer: actorOf(event), accessPathKey: fact.accessPathKey, reason: fact.reason },
        ],
        rounds: [...state.rounds, roundOf(state, at, "closed")],
      };
    case "reopened":
      return begunAgain(state, event, "reopened", state.proven);
    case "recurred":
      return {
        ...begunAgain(state, event, "recurred", {}),
        level: Math.max(fact.level, state.level),
        recurrences: state.recurrences + 1,
        // D14: the old trace reopens, and the cause that was named did not explain it.
        trace: { causes: [] },
      };
  }
}

function provenAfter(before: Proven, outcome: Outcome, observedAt: string): Proven {
  const since = (key: keyof Proven, value: Tri): Proven => {
    // Not known now is no proof against what was seen.
    const at = value === true ? (before[key] ?? observedAt) : value === false ? undefined : before[key];
    return at === undefined ? {} : { [key]: at };
  };
  return {
    ...since("contained", outcome.contained),
    ...since("revoked", outcome.revoked),
    ...since("fixed", outcome.fixed),
    ...since("durable", outcome.durable),
  };
}

/** Another round: what people said of the one before counts for nothing in this one. */
function begunAgain(
  state: CaseState,
  event: CaseEvent,
  by: "reopened" | "recurred",
  proven: Proven,
): CaseState {
  const { fixed: _fixed, durable: _durable, ...kept } = proven;
  const { at } = event;
  const closedBefore = state.status === "closed";
  return {
    ...state,
    status: "open",
    since: at,
    sinceSequence: event.sequence,
    proven: kept,
    steps: [],
    work: state.work.map((work) => begun(work, by === "recurred")),
    followUps: state.followUps.map(({ name }) => ({ name })),
    rounds: closedBefore ? state.rounds : [...state.rounds, roundOf(state, at, by)],
  };
}

/** A recurrence opens every track again; a reopening keeps the trace, whose answer still stands. */
function begun(work: Work, all: boolean): Work {
  if (!all && work.track === "trace") return work;
  const { startedAt: _startedAt, finishedAt: _finishedAt, finishedBy: _finishedBy, ...rest } = work;
  return rest;
}

/** What is measured of the round that ends at `ended`. */
export function roundOf(state: CaseState, ended: string, by: Round["by"]): Round {
  const contained = state.work.find(({ track }) => track === "contain")?.finishedAt;
  const fixes = state.work.filter(({ track }) => track === "fix").map((work) => work.finishedAt);
  const revokes = state.plan.steps.filter(({ phase }) => phase === "revoke");
  const revoked = revokes.map(({ id }) => state.steps.find(({ step }) => step === id)?.at);
  return {
    since: state.since,
    ended,
    by,
    proven: state.proven,
    ...said("saidContained", [contained]),
    ...said("saidRevoked", revoked),
    ...said("saidFixed", fixes),
  };
}

/** The last of several times, once all of them are there. */
function said<Key extends string>(
  key: Key,
  times: readonly (string | undefined)[],
): Partial<Record<Key, string>> {
  const known = times.flatMap((time) => time ?? []).sort();
  const last = known.at(-1);
  return last === undefined || known.length < times.length
    ? {}
    : ({ [key]: last } as Partial<Record<Key, string>>);
}
