import type { CaseState } from "../../core/cases/index.js";

type Called = (id: string) => string;

/** Where a case stands, one line per thing that moves change: label, and words. */
export function standingOf(state: CaseState, called: Called): ReadonlyMap<string, string> {
  const { status, incident, commander, work, trace, approvals, orders, disputes, steps, notes } = state;
  return new Map<string, string>([
    ["status", incident === undefined ? status : `${status}, incident declared`],
    ...(commander === undefined ? [] : [["commander", called(commander.person)] as const]),
    ...work.map(
      ({ track, item, person, startedAt, finishedAt }) =>
        [
          item === undefined
            ? track
            : `${track} F${String(state.plan.fix.findIndex(({ id }) => id === item) + 1)}`,
          person === undefined
            ? "nobody has taken it"
            : `${called(person)}${finishedAt !== undefined ? ", said done" : startedAt !== undefined ? ", in work" : ""}`,
        ] as const,
    ),
    ["cause", trace.endedAt === undefined ? "not named" : trace.causes.map(({ id }) => id).join(", ")],
    ["steps said done", String(steps.length)],
    ...approvals.map(
      ({ id, state: at, answeredBy }) =>
        [`approval ${id}`, answeredBy === undefined ? at : `${at} by ${called(answeredBy)}`] as const,
    ),
    ...orders.map(
      ({ id, state: at, person }) =>
        [`order ${id}`, `${at}, ${person === undefined ? "nobody named" : called(person)}`] as const,
    ),
    ["disputes", String(disputes.length)],
    ["notes", String(notes.length)],
  ]);
}

export interface Difference {
  readonly what: string;
  readonly then: string;
  readonly now: string;
}

/** What stands otherwise than it stood, people as `called` has them. */
export function differences(then: CaseState, now: CaseState, called: Called): readonly Difference[] {
  const [before, after] = [standingOf(then, called), standingOf(now, called)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((what) => {
    const pair = { what, then: before.get(what) ?? "–", now: after.get(what) ?? "–" };
    return pair.then === pair.now ? [] : [pair];
  });
}
