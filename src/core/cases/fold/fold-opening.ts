import type { CaseEvent } from "../events/event.js";
import type { OpeningEvent } from "../events/opening-events.js";
import type { Plan, PlanItem } from "../plan.js";
import type { CaseState, Clock, Work } from "../state.js";
import { actorOf } from "./actor.js";

/** The first state of a case. */
export function opened(event: CaseEvent, plan: Plan): CaseState {
  return {
    id: event.case,
    sequence: event.sequence,
    head: event.hash,
    at: event.at,
    openedAt: event.at,
    since: event.at,
    sinceSequence: event.sequence,
    status: "open",
    plan,
    level: plan.level,
    recurrences: 0,
    clocks: clocksOf(plan),
    clocksOf: event.sequence,
    work: worksOf(plan, []),
    trace: { causes: [] },
    steps: [],
    followUps: plan.followUps.map(({ name }) => ({ name })),
    approvals: [],
    glass: [],
    pastTerms: [],
    orders: [],
    disputes: [],
    proven: {},
    closures: [],
    mirrors: [],
    notes: [],
    fixers: [],
    sent: [],
    handOffs: 0,
    rounds: [],
  };
}

export function foldOpening(state: CaseState, fact: OpeningEvent, event: CaseEvent): CaseState {
  switch (fact.kind) {
    case "opened":
      return state;
    case "redecided":
      return redecided(state, fact.plan);
    case "incident-declared":
      return { ...state, incident: { at: event.at, by: actorOf(event) } };
    case "noted":
      return {
        ...state,
        notes: [...state.notes, { at: event.at, person: actorOf(event), text: fact.text }],
      };
    case "mirrored": {
      const { system, key, status } = fact;
      const others = state.mirrors.filter((item) => item.system !== system || item.key !== key);
      return { ...state, mirrors: [...others, { system, key, status, at: event.at }] };
    }
  }
}

/** The state under a newer analysis. */
export function redecided(state: CaseState, plan: Plan): CaseState {
  const fresh = state.clocksOf !== state.sinceSequence;
  const listed = new Set(plan.exposures.map(({ id }) => id));
  return {
    ...state,
    // R36: an exposure that another case holds by now, through another secret or role, still has to be shown closed here.
    plan: {
      ...plan,
      exposures: [...plan.exposures, ...state.plan.exposures.filter(({ id }) => !listed.has(id))],
    },
    level: Math.max(state.level, plan.level),
    clocks: fresh ? clocksOf(plan) : clocksOf(plan).map((clock) => earlier(clock, state.clocks)),
    clocksOf: state.sinceSequence,
    work: worksOf(plan, state.work),
  };
}

export const clockId = ({ task, rule, because }: Omit<Clock, "id" | "due">): string =>
  `${task}|${rule}|${because}`;

const clocksOf = (plan: Plan): readonly Clock[] =>
  plan.clocks.map((clock) => ({ ...clock, id: clockId(clock) }));

/** A new analysis may tighten a clock; it never gives more time, and what was done stays done. */
function earlier(clock: Clock, known: readonly Clock[]): Clock {
  const before = known.find(({ id }) => id === clock.id);
  if (before === undefined) return clock;
  const due = clock.due === null || (before.due !== null && before.due < clock.due) ? before.due : clock.due;
  return { ...clock, due, ...(before.doneAt === undefined ? {} : { doneAt: before.doneAt }) };
}

/** Places of work of a plan; what was worked on keeps its people, also where an item is worded anew. */
function worksOf(plan: Plan, known: readonly Work[]): readonly Work[] {
  const track = (name: "contain" | "trace"): Work =>
    known.find((work) => work.track === name) ?? { track: name, declined: [] };
  return [
    track("contain"),
    track("trace"),
    ...plan.fix.map((item): Work => {
      const before =
        known.find((work) => work.item === item.id) ??
        known.find((work) => work.track === "fix" && isReworded(work, item, plan, known));
      return before === undefined
        ? { track: "fix", item: item.id, declined: [] }
        : { ...before, item: item.id };
    }),
  ];
}

/** The only item of its row and role, before and now: the same work in other words. */
function isReworded(work: Work, item: PlanItem, plan: Plan, known: readonly Work[]): boolean {
  const kin = kinOf(item.id);
  const alone =
    known.filter((other) => other.item !== undefined && kinOf(other.item) === kin).length === 1 &&
    plan.fix.filter((other) => kinOf(other.id) === kin).length === 1;
  return alone && work.item !== undefined && kinOf(work.item) === kin;
}

/** Row and accountable role: the id without what stands for its words. */
const kinOf = (id: string): string => id.slice(0, id.lastIndexOf(":"));
