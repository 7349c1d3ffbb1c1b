import type { Role } from "../../accountability/index.js";
import type { CaseFact } from "../events/event.js";
import { firstOf, refuse } from "../refusal.js";
import type { CaseState, Dispute } from "../state.js";
import {
  activePerson,
  anyHat,
  caseOpen,
  hatAmong,
  isRefusal,
  namedFor,
  notYours,
  type Acting,
} from "./acting.js";
import { samePlace } from "../fold/fold-work.js";
import type { DisputeCommand } from "./command.js";
import { made, type Move } from "./move.js";
import { assignersOf, decided, isFinished, placeText, workOf } from "./places.js";
import { nameCheck, textCheck } from "./text-checks.js";
import { mayDo, notSigner } from "./work-moves.js";

type Raise = Extract<DisputeCommand, { readonly kind: "dispute" }>;
type Answer = Extract<DisputeCommand, { readonly kind: "answer-dispute" }>;

/** In one step, by anybody, with a reason. Until it is answered the clock runs against the fallback of the plane. */
export function dispute(state: CaseState, command: Raise, acting: Acting): Move {
  const { ground, reason, place, should, evidence } = command;
  const as = anyHat(acting) ?? "MEMBER";
  const work = place === undefined ? undefined : workOf(state, place);
  if (work !== undefined && isRefusal(work)) return work;
  const stop = firstOf(
    caseOpen(state),
    textCheck("reason", reason),
    ground === "not-mine" && work === undefined
      ? refuse(
          "known-thing",
          "what is not yours was not said",
          "name the work: contain, trace or an item of the fix",
        )
      : undefined,
    ground === "counter-evidence" ? nameCheck("evidence", evidence ?? "") : undefined,
    state.disputes.some(
      (item) => item.answer === undefined && item.by === acting.person && isSame(item, command),
    )
      ? refuse(
          "said-once",
          "you disputed the same already, and it waits for an answer",
          "wait for the answer",
        )
      : undefined,
  );
  if (stop !== undefined) return stop;
  const raised: CaseFact = {
    kind: "disputed",
    dispute: `D${String(state.disputes.length + 1)}`,
    ground,
    reason,
    ...(place === undefined ? {} : { place }),
    ...(should === undefined ? {} : { should }),
    ...(evidence === undefined ? {} : { evidence }),
  };
  const theirs = ground === "not-mine" && work?.person === acting.person && !isFinished(work);
  return theirs && place !== undefined
    ? made(as, raised, { kind: "released", ...place, person: acting.person, because: "not-theirs" })
    : made(as, raised);
}

const isSame = (item: Dispute, command: Raise): boolean =>
  item.ground === command.ground &&
  item.evidence === command.evidence &&
  (item.place === undefined || command.place === undefined
    ? item.place === command.place
    : samePlace(item.place, command.place));

/** Who answers: of work, who gives it out; of a verdict, who governs identities; of evidence, who traces. */
export function answerersOf(state: CaseState, item: Dispute): readonly Role[] {
  const { plan } = state;
  switch (item.ground) {
    case "not-mine":
      return item.place === undefined ? ["RUNTIME_OWNER"] : assignersOf(state, item.place);
    case "wrong-verdict":
      return decided(["IDGOV", "SEC_ENG", plan.fired.includes("D7") ? "SECOPS" : undefined]);
    case "counter-evidence":
      return decided([plan.trace.lead, "IDGOV", "SECOPS"]);
  }
}

export function answerDispute(state: CaseState, command: Answer, acting: Acting): Move {
  const { upheld, reason, person } = command;
  const item = state.disputes.find(({ id }) => id === command.dispute);
  if (item === undefined)
    return refuse(
      "known-thing",
      `no dispute is called \`${command.dispute}\``,
      "name one that the case shows",
    );
  const may = answerersOf(state, item);
  if (item.by === acting.person)
    return refuse("dispute-answerer", "you raised it, so somebody else answers", "wait for them", {
      roles: may,
      people: namedFor(state, may, [acting.person]),
    });
  const as = hatAmong(acting, may);
  if (as === undefined)
    return { ...notYours(state, acting, may, `\`${item.id}\``), rule: "dispute-answerer" };
  const stop = firstOf(
    caseOpen(state),
    textCheck("reason", reason),
    item.answer === undefined
      ? undefined
      : refuse("said-once", `\`${item.id}\` was answered`, "raise a new one"),
  );
  if (stop !== undefined) return stop;
  const answered: CaseFact = {
    kind: "dispute-answered",
    dispute: item.id,
    upheld,
    reason,
    ...(person === undefined ? {} : { person }),
  };
  if (person === undefined || !upheld || item.ground !== "not-mine" || item.place === undefined)
    return made(as, answered);
  return passedOn(state, item, person, answered, as, acting);
}

/** The answer names whose it is: the work goes to them at once. */
function passedOn(
  state: CaseState,
  item: Dispute,
  person: string,
  answered: CaseFact,
  as: Extract<Move, { readonly as: unknown }>["as"],
  acting: Acting,
): Move {
  const place = item.place ?? { track: "trace" };
  const work = workOf(state, place);
  if (isRefusal(work)) return work;
  const standing = activePerson(acting, person);
  if (isRefusal(standing)) return standing;
  const stop = firstOf(
    mayDo(state, place, standing, acting.now),
    work.declined.includes(person)
      ? refuse(
          "not-theirs",
          `\`${person}\` said that ${placeText(state, place)} is not theirs`,
          "name somebody else",
        )
      : undefined,
    notSigner(state, place, person, acting.now),
  );
  if (stop !== undefined) return stop;
  // Somebody took or finished it meanwhile: the answer stands, the work stays where it is.
  return work.person !== undefined || isFinished(work)
    ? made(as, answered)
    : made(as, answered, { kind: "assigned", ...place, person });
}
