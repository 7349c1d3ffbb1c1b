import { riskSigners } from "../approvals.js";
import type { Place } from "../events/envelope.js";
import type { CaseFact } from "../events/event.js";
import type { PersonId, Standing } from "../person.js";
import { firstOf, refuse, type Check } from "../refusal.js";
import type { CaseState, Work } from "../state.js";
import {
  activePerson,
  caseOpen,
  hatAmong,
  hatsOf,
  isRefusal,
  namedFor,
  notYours,
  type Acting,
} from "./acting.js";
import { made, type Move } from "./move.js";
import { assignersOf, isFinished, placeText, rolesFor, traceEnded, workOf } from "./places.js";
import { nameCheck, textCheck } from "./text-checks.js";
import type { Cause } from "../events/work-events.js";

/** Fixer and risk signer are two people, whichever comes first (PR.AA-05, AC-5). The trace is no fix. */
export function notSigner(state: CaseState, place: Place, person: PersonId, now: string): Check {
  return place.track !== "trace" && riskSigners(state, now).includes(person)
    ? refuse(
        "fixer-not-signer",
        `\`${person}\` signed the residual risk of this case`,
        "somebody else makes the fix while the signature holds",
        { people: namedFor(state, rolesFor(state, place), [person]) },
      )
    : undefined;
}

const notFinished = (state: CaseState, work: Work): Check =>
  isFinished(work)
    ? refuse(
        "said-once",
        `${placeText(state, work)} is said to be done since ${work.finishedAt ?? ""}`,
        "the next snapshot verifies it; nothing is left to do here",
      )
    : undefined;

const notTaken = (state: CaseState, work: Work, person: PersonId): Check =>
  work.person !== undefined && work.person !== person
    ? refuse(
        "said-once",
        `\`${work.person}\` holds ${placeText(state, work)} since ${work.since ?? ""}`,
        "ask them to give it back, or whoever answers for it to assign it to you",
        { people: [work.person] },
      )
    : undefined;

const placed = ({ track, item }: Place): Place => (item === undefined ? { track } : { track, item });

export function claim(state: CaseState, place: Place, acting: Acting): Move {
  const work = workOf(state, place);
  if (isRefusal(work)) return work;
  const roles = rolesFor(state, place);
  const as = hatAmong(acting, roles);
  if (as === undefined) return notYours(state, acting, roles, placeText(state, place));
  const stop = firstOf(
    caseOpen(state),
    notFinished(state, work),
    notTaken(state, work, acting.person),
    work.person === acting.person
      ? refuse("said-once", `${placeText(state, place)} is yours already`, "start it")
      : undefined,
    notSigner(state, place, acting.person, acting.now),
  );
  return stop ?? made(as, { kind: "claimed", ...placed(place), person: acting.person });
}

export function assign(state: CaseState, place: Place, person: PersonId, acting: Acting): Move {
  const work = workOf(state, place);
  if (isRefusal(work)) return work;
  const assigners = assignersOf(state, place);
  const as = hatAmong(acting, assigners);
  if (as === undefined) {
    // R72: a commander orders; who answers for the work stays who they are.
    return acting.hats.includes("IC")
      ? refuse(
          "accountable-stays",
          `a commander orders and does not move ${placeText(state, place)}`,
          "give an order to the role that answers for it",
          { roles: assigners },
        )
      : notYours(state, acting, assigners, `who does ${placeText(state, place)}`);
  }
  const standing = activePerson(acting, person);
  if (isRefusal(standing)) return standing;
  const stop = firstOf(
    caseOpen(state),
    notFinished(state, work),
    mayDo(state, place, standing, acting.now),
    work.person === person
      ? refuse("said-once", `${placeText(state, place)} is theirs already`, "nothing is left to do here")
      : undefined,
    work.declined.includes(person)
      ? refuse(
          "not-theirs",
          `\`${person}\` said that ${placeText(state, place)} is not theirs`,
          "answer the dispute first, or name somebody else",
          { people: namedFor(state, rolesFor(state, place), work.declined) },
        )
      : undefined,
    notSigner(state, place, person, acting.now),
  );
  const from = work.person === undefined ? {} : { from: work.person };
  return stop ?? made(as, { kind: "assigned", ...placed(place), person, ...from });
}

/** Work goes to who holds a role that the decision names for it, so that no owner set ever shrinks (R16, R24). */
export function mayDo(state: CaseState, place: Place, standing: Standing, now: string): Check {
  const roles = rolesFor(state, place);
  const hats = hatsOf(standing, state, now);
  return roles.some((role) => hats.includes(role))
    ? undefined
    : refuse(
        "accountable-stays",
        `\`${standing.person}\` holds none of ${roles.join(", ")}`,
        `name somebody who does for ${placeText(state, place)}`,
        { roles, people: namedFor(state, roles) },
      );
}

export function giveBack(state: CaseState, place: Place, acting: Acting): Move {
  const work = workOf(state, place);
  if (isRefusal(work)) return work;
  const stop = firstOf(caseOpen(state), notFinished(state, work), isHolder(state, work, acting));
  if (stop !== undefined) return stop;
  const as = hatAmong(acting, [...rolesFor(state, place), "MEMBER"]) ?? "MEMBER";
  return made(as, { kind: "released", ...placed(place), person: acting.person, because: "given-back" });
}

const isHolder = (state: CaseState, work: Work, acting: Acting): Check =>
  work.person === acting.person
    ? undefined
    : refuse(
        "role-needed",
        work.person === undefined
          ? `nobody has taken ${placeText(state, work)}`
          : `\`${work.person}\` holds ${placeText(state, work)}`,
        work.person === undefined
          ? "claim it first"
          : "ask them, or whoever answers for it to assign it to you",
        { people: work.person === undefined ? [] : [work.person] },
      );

/** Starting what nobody has taken takes it. */
export function start(state: CaseState, place: Place, acting: Acting): Move {
  const ready = workable(state, place, acting);
  if (isRefusal(ready)) return ready;
  if (ready.work.startedAt !== undefined)
    return refuse("said-once", `${placeText(state, place)} was started already`, "finish it when it is done");
  return made(ready.as, ...ready.taking, { kind: "started", ...placed(place) });
}

interface Workable {
  readonly work: Work;
  readonly as: Exclude<ReturnType<typeof hatAmong>, undefined>;
  readonly taking: readonly CaseFact[];
}

function workable(state: CaseState, place: Place, acting: Acting): Workable | ReturnType<typeof refuse> {
  const work = workOf(state, place);
  if (isRefusal(work)) return work;
  const roles = rolesFor(state, place);
  const as = hatAmong(acting, roles);
  if (as === undefined) return notYours(state, acting, roles, placeText(state, place));
  const stop = firstOf(
    caseOpen(state),
    notFinished(state, work),
    notTaken(state, work, acting.person),
    notSigner(state, place, acting.person, acting.now),
  );
  if (stop !== undefined) return stop;
  const taking: readonly CaseFact[] =
    work.person === undefined ? [{ kind: "claimed", ...placed(place), person: acting.person }] : [];
  return { work, as, taking };
}

/** Containment is said to be done; it can end before the trace starts (R32), and only a snapshot verifies it. */
export function finishContain(state: CaseState, text: string, acting: Acting): Move {
  const place: Place = { track: "contain" };
  const wrong = textCheck("text", text);
  if (wrong !== undefined) return wrong;
  const ready = workable(state, place, acting);
  return isRefusal(ready)
    ? ready
    : made(ready.as, ...ready.taking, { kind: "finished", ...placed(place), text });
}

/** R34: the fix cannot end while nobody knows, or answers for not knowing, what made the exposure possible. */
export function finishFix(state: CaseState, item: string, text: string, acting: Acting): Move {
  const place: Place = { track: "fix", item };
  const wrong = textCheck("text", text);
  if (wrong !== undefined) return wrong;
  const ready = workable(state, place, acting);
  if (isRefusal(ready)) return ready;
  if (!traceEnded(state))
    return refuse(
      "trace-before-fix",
      'the trace has neither a named cause nor a signed "cause unknown"',
      'finish the trace, or have "cause unknown" signed',
      {
        roles: rolesFor(state, { track: "trace" }),
        people: namedFor(state, rolesFor(state, { track: "trace" })),
      },
    );
  return made(ready.as, ...ready.taking, { kind: "finished", ...placed(place), text });
}

const mostCauses = 50;

/** R33: the trace ends with names. */
export function finishTrace(state: CaseState, causes: readonly Cause[], acting: Acting): Move {
  const place: Place = { track: "trace" };
  const ready = workable(state, place, acting);
  if (isRefusal(ready)) return ready;
  if (causes.length === 0 || causes.length > mostCauses)
    return refuse(
      "known-thing",
      causes.length === 0
        ? "no cause is named"
        : `${String(causes.length)} causes are more than ${String(mostCauses)}`,
      'name the role, secret, federated identity or service principal; if nobody knows, have "cause unknown" signed',
      { roles: ["RISK_SIGNER"] },
    );
  const wrong = firstOf(...causes.map(({ id }) => nameCheck("cause", id)));
  return wrong ?? made(ready.as, ...ready.taking, { kind: "traced", causes });
}

/** R34: a signer answers for a trace without a name; not somebody who traced or fixed. */
export function signCauseUnknown(state: CaseState, reason: string, acting: Acting): Move {
  const as = hatAmong(acting, ["RISK_SIGNER"]);
  if (as === undefined) return notYours(state, acting, ["RISK_SIGNER"], 'signing "cause unknown"');
  const work = state.work.find(({ track }) => track === "trace");
  const stop = firstOf(
    caseOpen(state),
    traceEnded(state)
      ? refuse("said-once", "the trace has ended already", "dispute it with counter-evidence if it is wrong")
      : undefined,
    textCheck("reason", reason),
    work?.person === acting.person || state.fixers.includes(acting.person)
      ? refuse(
          "fixer-not-signer",
          "you worked on this case, so somebody else signs that its cause is unknown",
          "ask another signer",
          { roles: ["RISK_SIGNER"], people: namedFor(state, ["RISK_SIGNER"], [acting.person]) },
        )
      : undefined,
  );
  return stop ?? made(as, { kind: "cause-unknown-signed", reason });
}
