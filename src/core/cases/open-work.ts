import type { Role } from "../accountability/index.js";
import { statusAt } from "./approvals.js";
import { endOf } from "./clocks/ends.js";
import { runningClocks } from "./clocks/notices.js";
import { openPlaces } from "./clocks/open-places.js";
import { answerersOf } from "./commands/dispute-moves.js";
import { traceEnded } from "./commands/places.js";
import type { Track } from "./events/envelope.js";
import { samePlace } from "./fold/fold-work.js";
import type { PersonId } from "./person.js";
import type { CaseState } from "./state.js";

/** Something that is still to be done in a case. */
export interface OpenDuty {
  readonly track: Track | "follow-up" | "order" | "triage" | "decide" | "notify";
  /** Id of the item of a fix, name of a follow-up, id of an order or of a clock. */
  readonly item?: string;
  /** In words. */
  readonly what: string;
  readonly role: Role;
  /** Who has it; absent: nobody took it, and it waits for the role. */
  readonly person?: PersonId;
  /** `said`: people say that it is done, and no snapshot shows it yet. */
  readonly state: "open" | "taken" | "started" | "said";
  /** ISO instant; absent where no clock runs for it. */
  readonly due?: string;
}

/** A question that somebody has to answer before a case goes on. */
export interface Awaited {
  readonly kind: "approval" | "order" | "hand-over" | "dispute" | "glass-review";
  /** As commands name it; empty of a hand-over. */
  readonly id: string;
  readonly what: string;
  readonly reason?: string;
  readonly by?: PersonId;
  readonly of?: Role;
  /** Set where one person is asked and nobody else. */
  readonly person?: PersonId;
  readonly since: string;
  readonly until?: string;
}

/** Work that nobody has finished, with the clock that runs for it. A signature in force leaves only what laws demand. */
export function openDuties(state: CaseState, now: string): readonly OpenDuty[] {
  const status = statusAt(state, now);
  if (status === "closed") return [];
  const clocks = runningClocks(state, now);
  const dueOf = (task: string): { readonly due?: string } => {
    const [first] = clocks.flatMap((clock) => (clock.task === task ? (clock.due ?? []) : [])).sort();
    return first === undefined ? {} : { due: first };
  };
  const demanded = clocks
    .filter(({ task }) => task === "triage" || task === "notify" || task === "decide")
    .flatMap((clock) =>
      openPlaces(state, clock).map(({ role }): OpenDuty => ({
        track: clock.task,
        item: clock.id,
        what: clock.because,
        role,
        state: "open",
        ...(clock.due === null ? {} : { due: clock.due }),
      })),
    );
  if (status === "accepted") return demanded;
  const work = (["contain", "trace", "fix"] as const)
    .filter((task) => isOpen(state, task))
    .flatMap((task) =>
      openPlaces(state, { task }).map(({ place, role }): OpenDuty => {
        const held = place === undefined ? undefined : state.work.find((item) => samePlace(item, place));
        return {
          track: task,
          ...(place?.item === undefined ? {} : { item: place.item }),
          what: place === undefined ? shownWords[task] : wordsOf(state, task, place.item),
          role,
          ...(held?.person === undefined ? {} : { person: held.person }),
          state:
            place === undefined
              ? "said"
              : held?.startedAt !== undefined
                ? "started"
                : held?.person === undefined
                  ? "open"
                  : "taken",
          ...dueOf(task),
        };
      }),
    );
  const followUps = state.plan.followUps
    .filter(({ required }) => required)
    .filter(({ name }) => {
      const done = state.followUps.find((item) => item.name === name);
      return done?.done === undefined && done?.waived === undefined;
    })
    .map(({ name, owner }): OpenDuty => ({
      track: "follow-up",
      item: name,
      what: followUpWords[name],
      role: owner,
      state: "open",
    }));
  const orders = state.orders
    .filter((order) => order.state === "acknowledged")
    .map(({ id, action, to, person, answeredBy }): OpenDuty => ({
      track: "order",
      item: id,
      what: action,
      role: to,
      ...((answeredBy ?? person) === undefined ? {} : { person: answeredBy ?? person ?? "" }),
      state: "started",
    }));
  return [...work, ...followUps, ...orders, ...demanded];
}

function isOpen(state: CaseState, task: Track): boolean {
  if (task === "contain") return state.proven.contained === undefined;
  if (task === "trace") return !traceEnded(state);
  return state.proven.durable === undefined && state.plan.fix.length > 0;
}

const shownWords: Readonly<Record<Track, string>> = {
  contain: "bring a snapshot that shows it contained",
  trace: "end the trace",
  fix: "bring a snapshot that shows it fixed",
};

const followUpWords = {
  accessReview: "review who has access",
  secretRotation: "rotate the secrets that it could reach",
  privilegeReduction: "take away rights that nobody needs",
} as const;

function wordsOf(state: CaseState, task: Track, item: string | undefined): string {
  const { plan } = state;
  if (task === "trace") return "find how it came about";
  if (task === "fix") return plan.fix.find(({ id }) => id === item)?.item ?? "fix it";
  const next = plan.steps.find(
    ({ id, phase }) =>
      (phase === "stop" || phase === "revoke") && !state.steps.some(({ step }) => step === id),
  );
  return next?.title ?? "contain it";
}

/** Questions without an answer. What was lapsed by the clock is none, whether or not that was written down yet. */
export function awaitedOf(state: CaseState, now: string): readonly Awaited[] {
  const glass = state.glass
    .filter(({ review }) => review === undefined)
    .map(({ id, at, person, reason, step }): Awaited => ({
      kind: "glass-review",
      id,
      what: `review the use of break-glass: ${titleOf(state, step)}`,
      reason,
      by: person,
      of: "EMERGENCY_APPROVER",
      since: at,
    }));
  if (state.status === "closed") return glass;
  const approvals = state.approvals
    .filter((item) => item.state === "requested" && Date.parse(endOf(item.until)) >= Date.parse(now))
    .map((item): Awaited => ({
      kind: "approval",
      id: item.id,
      what: item.asked.kind === "step" ? titleOf(state, item.asked.step) : item.asked.text,
      reason: item.reason,
      by: item.requester,
      of: item.of,
      since: item.requestedAt,
      until: item.until,
    }));
  const orders = state.orders
    .filter((order) => order.state === "waiting")
    .map(({ id, action, by, to, person, at, answerBy }): Awaited => ({
      kind: "order",
      id,
      what: action,
      by,
      of: to,
      ...(person === undefined ? {} : { person }),
      since: at,
      until: answerBy,
    }));
  const disputes = state.disputes
    .filter(({ answer }) => answer === undefined)
    .map((item): Awaited => {
      const [of] = answerersOf(state, item);
      return {
        kind: "dispute",
        id: item.id,
        what: groundWords[item.ground],
        reason: item.reason,
        by: item.by,
        ...(of === undefined ? {} : { of }),
        since: item.at,
      };
    });
  const handover: readonly Awaited[] =
    state.handover === undefined
      ? []
      : [
          {
            kind: "hand-over",
            id: "",
            what: "take over the command",
            ...(state.commander === undefined ? {} : { by: state.commander.person }),
            of: "IC",
            person: state.handover.to,
            since: state.handover.at,
          },
        ];
  return [...approvals, ...orders, ...handover, ...disputes, ...glass];
}

const groundWords = {
  "not-mine": "somebody says that this work is not theirs",
  "wrong-verdict": "somebody says that the verdict is wrong",
  "counter-evidence": "somebody brings evidence against it",
} as const;

const titleOf = (state: CaseState, step: string): string =>
  state.plan.steps.find(({ id }) => id === step)?.title ?? step;

/** Who answers for a role in a case: pseudonyms of people and ids of teams. */
export function answerersFor(
  { plan }: CaseState,
  role: Role,
): { readonly people: readonly PersonId[]; readonly teams: readonly string[] } {
  const found = plan.owners.find((owner) => owner.role === role);
  return { people: found?.people ?? [], teams: found?.teams ?? [] };
}
