import type { Role } from "../../accountability/index.js";
import { isInTerm } from "../commands/acting.js";
import type { Place } from "../events/envelope.js";
import { samePlace } from "../fold/fold-work.js";
import type { PersonId } from "../person.js";
import type { CaseState } from "../state.js";

/**
 * Whom an unanswered question climbs to: those who answer for the role, the account's runtime authority, the lead of
 * the case, the commander (ownership 6b). Never the security team by default. Each person once.
 */
export function ladderOf(state: CaseState, role: Role, now: string): readonly PersonId[] {
  const { plan, commander } = state;
  const of = (wanted: Role): readonly PersonId[] =>
    plan.owners.find((owner) => owner.role === wanted)?.people ?? [];
  const commands = commander !== undefined && isInTerm(state, commander.person, now);
  return [
    ...new Set([
      ...of(role),
      ...of("RUNTIME_OWNER"),
      ...(plan.lead === "not decided yet" ? [] : of(plan.lead)),
      ...(commands ? [commander.person] : of("IC")),
    ]),
  ];
}

/** Whether somebody says that this work is not theirs, and nobody has answered: the fallback holds its clock. */
export const isDisputed = (state: CaseState, place: Place): boolean =>
  state.disputes.some(
    (item) =>
      item.ground === "not-mine" &&
      item.answer === undefined &&
      item.place !== undefined &&
      samePlace(item.place, place),
  );

/** Who holds the clock of some work now: who took it, else the role's first, else the fallback of the plane. */
export function clockHolders(
  state: CaseState,
  place: Place | undefined,
  role: Role,
  now: string,
): readonly PersonId[] {
  if (place === undefined) return ladderOf(state, role, now).slice(0, 1);
  const work = state.work.find((item) => samePlace(item, place));
  if (work?.person !== undefined && !isDisputed(state, place)) return [work.person];
  const declined = work?.declined ?? [];
  const ladder = ladderOf(state, isDisputed(state, place) ? "RUNTIME_OWNER" : role, now);
  return ladder.filter((person) => !declined.includes(person)).slice(0, 1);
}
