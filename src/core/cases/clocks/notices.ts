import type { Role } from "../../accountability/index.js";
import { statusAt } from "../approvals.js";
import type { CasePolicy } from "../case-policy.js";
import { decided } from "../commands/places.js";
import { hoursAfter } from "../commands/text-checks.js";
import { answerersOf } from "../commands/dispute-moves.js";
import type { PersonId } from "../person.js";
import type { CaseState, Clock } from "../state.js";
import { endOf } from "./ends.js";
import { clockHolders, ladderOf } from "./ladder.js";
import type { Notice } from "./notice.js";
import { openPlaces } from "./open-places.js";

/** Everything that time alone brings about in a case, past and to come, that was not carried out yet. */
export function noticesOf(state: CaseState, now: string, policy: CasePolicy): readonly Notice[] {
  const all = [
    ...lapses(state),
    ...(state.status === "closed"
      ? glass(state, now, policy)
      : [
          ...runningClocks(state, now).flatMap((clock) => ofClock(state, clock, now, policy)),
          ...silences(state, now),
          ...unanswered(state, now, policy),
          ...glass(state, now, policy),
          ...endings(state, policy),
        ]),
  ];
  return all.filter(({ id }) => !state.sent.includes(id));
}

/** Clocks that run: of work that no snapshot has shown done. A signature in force stops those of the work. */
export function runningClocks(state: CaseState, now: string): readonly Clock[] {
  const status = statusAt(state, now);
  if (status === "closed") return [];
  return state.clocks.filter((clock) => {
    if (clock.due === null || clock.doneAt !== undefined) return false;
    if (clock.task === "triage" || clock.task === "notify") return true;
    if (status === "accepted") return false;
    if (clock.task === "contain") return state.proven.contained === undefined;
    if (clock.task === "decide") return state.plan.verdict === "unknown";
    if (clock.task === "trace") return openPlaces(state, clock).length > 0;
    return state.proven.durable === undefined;
  });
}

function ofClock(state: CaseState, clock: Clock, now: string, policy: CasePolicy): readonly Notice[] {
  const { due } = clock;
  if (due === null) return [];
  const notices: Notice[] = [];
  for (const { place, role } of openPlaces(state, clock)) {
    const key = `${clock.id}|${due}${place?.item === undefined ? "" : `|${place.item}`}`;
    const to = clockHolders(state, place, role, now);
    const base = { about: clock.id, role, end: due };
    policy.remindBeforeHours.forEach((hours, index) => {
      const next = policy.remindBeforeHours[index + 1];
      const at = hoursAfter(due, -hours);
      // Only the last reminder before the end still says something new.
      const until = next === undefined ? due : hoursAfter(due, -next);
      notices.push({ ...base, id: `reminder|${key}|${String(hours)}`, kind: "reminder", at, until, to });
    });
    notices.push(
      ...climbing(`late|${key}`, "late", base, due, rungs(state, role, to, now), policy.escalateEveryHours),
    );
  }
  return notices;
}

/** Who holds the clock first, then up the ladder. */
const rungs = (
  state: CaseState,
  role: Role,
  first: readonly PersonId[],
  now: string,
): readonly (readonly PersonId[])[] => {
  const ladder = ladderOf(state, role, now).filter((person) => !first.includes(person));
  return [first, ...ladder.map((person) => [person])];
};

/** One notice per rung, `everyHours` apart; only the newest that is due says something. */
function climbing(
  key: string,
  kind: "late" | "unanswered",
  base: Pick<Notice, "about" | "role" | "end">,
  from: string,
  ladder: readonly (readonly PersonId[])[],
  everyHours: number,
): readonly Notice[] {
  return ladder.map((to, rung): Notice => {
    const last = rung === ladder.length - 1;
    return {
      ...base,
      id: `${key}|${String(rung)}`,
      kind,
      at: hoursAfter(from, rung * everyHours),
      ...(last ? {} : { until: hoursAfter(from, (rung + 1) * everyHours) }),
      to,
    };
  });
}

/** R71: an order that nobody answered; the ladder has an end, and the silence stays visible after it. */
function silences(state: CaseState, now: string): readonly Notice[] {
  return state.orders.flatMap((order): readonly Notice[] => {
    const ladder = ladderOf(state, order.to, now);
    if (order.state !== "waiting" || order.silences > ladder.length) return [];
    const next = nextOnLadder(state, order.to, order.person, now);
    return [
      {
        id: `silence|${order.id}|${String(order.silences)}`,
        kind: "silence",
        at: order.answerBy,
        about: order.id,
        role: order.to,
        to: next === undefined ? [] : [next],
        end: order.answerBy,
      },
    ];
  });
}

export function nextOnLadder(
  state: CaseState,
  role: Role,
  person: PersonId | undefined,
  now: string,
): PersonId | undefined {
  const ladder = ladderOf(state, role, now);
  return person === undefined ? ladder[0] : ladder[ladder.indexOf(person) + 1];
}

function unanswered(state: CaseState, now: string, policy: CasePolicy): readonly Notice[] {
  const climb = (
    id: string,
    role: Role,
    from: string,
    except: PersonId,
    hours: number,
  ): readonly Notice[] => {
    const ladder = ladderOf(state, role, now).filter((person) => person !== except);
    const end = hoursAfter(from, hours);
    return climbing(
      `unanswered|${id}|${from}`,
      "unanswered",
      { about: id, role, end },
      end,
      ladder.length === 0 ? [[]] : ladder.map((person) => [person]),
      hours,
    );
  };
  return [
    ...state.approvals
      .filter((item) => item.state === "requested")
      .flatMap((item) => {
        const urgent = item.of === "EMERGENCY_APPROVER";
        const hours = urgent ? policy.emergencyAnswerMinutes / 60 : policy.requestAnswerHours;
        return climb(item.id, item.of, item.requestedAt, item.requester, hours);
      }),
    ...state.disputes
      .filter((item) => item.answer === undefined)
      .flatMap((item) =>
        climb(
          item.id,
          answerersOf(state, item)[0] ?? "RUNTIME_OWNER",
          item.at,
          item.by,
          policy.disputeAnswerHours,
        ),
      ),
    ...state.orders
      .filter((item) => item.state === "refused")
      .flatMap((item) => climb(item.id, item.to, item.answeredAt ?? item.at, item.answeredBy ?? "", 0)),
  ];
}

function glass(state: CaseState, now: string, policy: CasePolicy): readonly Notice[] {
  return state.glass
    .filter(({ review }) => review === undefined)
    .flatMap((item) => {
      // Told at once, and again up the ladder until somebody reviewed it.
      const ladder = ladderOf(state, "EMERGENCY_APPROVER", now).filter((person) => person !== item.person);
      const base = {
        about: item.id,
        role: "EMERGENCY_APPROVER",
        end: hoursAfter(item.at, policy.glassReviewHours),
      } as const;
      return climbing(
        `glass|${item.id}`,
        "unanswered",
        base,
        item.at,
        ladder.length === 0 ? [[]] : ladder.map((person) => [person]),
        policy.glassReviewHours,
      );
    });
}

/** What ends soon: told to who asked and who granted, while there is time to renew it. */
function endings(state: CaseState, policy: CasePolicy): readonly Notice[] {
  return state.approvals
    .filter((item) => item.state === "granted")
    .map((item): Notice => {
      const end = endOf(item.until);
      return {
        id: `ending|${item.id}|${end}`,
        kind: "ending",
        at: hoursAfter(end, -24 * policy.announceEndDays),
        until: end,
        about: item.id,
        role: item.of,
        to: [...new Set([item.requester, item.answeredBy ?? item.requester])],
        end,
      };
    });
}

/** R62: what has ended; carried out, it becomes an event. It suppresses nothing before that either. */
function lapses(state: CaseState): readonly Notice[] {
  const ended = state.approvals
    .filter((item) => item.state === "granted" || item.state === "requested")
    .map((item): Notice => {
      const end = endOf(item.until);
      const to = [item.requester];
      return {
        id: `lapse|${item.id}|${end}`,
        kind: "lapse",
        at: after(end),
        about: item.id,
        role: item.of,
        to,
        end,
      };
    });
  const { commander } = state;
  if (commander === undefined) return ended;
  const end = endOf(commander.until);
  const role = decided([state.plan.contain.lead])[0] ?? "SECOPS";
  return [
    ...ended,
    {
      id: `lapse|term|${commander.person}|${end}`,
      kind: "lapse",
      at: after(end),
      about: "term",
      role,
      to: [commander.person],
      end,
    },
  ];
}

/** The first millisecond that an end does not cover any more. */
const after = (end: string): string => new Date(Date.parse(end) + 1).toISOString();
