import type { Role } from "../../accountability/index.js";
import type { Place } from "../events/envelope.js";
import { samePlace } from "../fold/fold-work.js";
import type { PlanItem, PlanLead } from "../plan.js";
import { refuse, type Refusal } from "../refusal.js";
import type { CaseState, Work } from "../state.js";

/** The work that a command names. */
export function workOf(state: CaseState, place: Place): Work | Refusal {
  const found = state.work.find((work) => samePlace(work, place));
  if (found !== undefined) return found;
  const known = state.work.flatMap(({ item }) => item ?? []);
  return place.track === "fix"
    ? refuse(
        "known-thing",
        `the fix has no item \`${place.item ?? ""}\``,
        `name one of its items: ${known.map((id) => `\`${id}\``).join(", ") || "there is none"}`,
      )
    : refuse("known-thing", `\`${place.track}\` has no items`, "leave the item out");
}

export const itemOf = (state: CaseState, place: Place): PlanItem | undefined =>
  state.plan.fix.find(({ id }) => id === place.item);

/** Who does the work of a place. Orders change nothing of it (R72). */
export function rolesFor(state: CaseState, place: Place): readonly Role[] {
  const { plan } = state;
  const named = decided(
    place.track === "contain"
      ? [plan.contain.lead, ...plan.contain.also]
      : place.track === "trace"
        ? [plan.trace.lead, ...plan.trace.also]
        : itemRoles(state, place),
  );
  // Nobody found for any of them: the fallback of the plane is the account's runtime authority (ownership 6b).
  const nobody = named.every((role) => isUnowned(state, role));
  return nobody && !named.includes("RUNTIME_OWNER") ? [...named, "RUNTIME_OWNER"] : named;
}

/** Who gives the work of a place to somebody: who answers for it, and the account's runtime authority. */
export function assignersOf(state: CaseState, place: Place): readonly Role[] {
  const { plan } = state;
  const own =
    place.track === "contain"
      ? plan.contain.lead
      : place.track === "trace"
        ? plan.trace.lead
        : itemOf(state, place)?.accountable;
  return [...new Set([...decided([own, plan.lead]), "RUNTIME_OWNER" as const])];
}

const itemRoles = (state: CaseState, place: Place): readonly Role[] => {
  const item = itemOf(state, place);
  return item === undefined ? [] : [item.accountable, ...item.responsible];
};

export const isUnowned = (state: CaseState, role: Role): boolean => {
  const owner = state.plan.owners.find((each) => each.role === role);
  return owner === undefined || (owner.people.length === 0 && owner.teams.length === 0);
};

export const decided = (roles: readonly (PlanLead | undefined)[]): readonly Role[] => [
  ...new Set(roles.flatMap((role) => (role === undefined || role === "not decided yet" ? [] : [role]))),
];

/** As people read it. */
export const placeText = (state: CaseState, place: Place): string =>
  place.track === "fix" ? `fix item \`${itemOf(state, place)?.item ?? place.item ?? ""}\`` : place.track;

export const isFinished = (work: Work): boolean => work.finishedAt !== undefined;

export const traceEnded = (state: CaseState): boolean =>
  state.trace.causes.length > 0 || state.trace.unknown !== undefined;
