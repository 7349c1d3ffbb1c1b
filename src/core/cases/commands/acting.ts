import type { AuthorityKind, Role } from "../../accountability/index.js";
import { stillHolds } from "../../accountability/index.js";
import type { CasePolicy } from "../case-policy.js";
import type { Hat, PersonId, Standing } from "../person.js";
import { refuse, type Check, type Refusal } from "../refusal.js";
import type { CaseState } from "../state.js";

/** Roles that are recorded authorities: held only through one that has not ended. */
export const authorityOf: Partial<Record<Role, AuthorityKind>> = {
  REVOKER: "revoke",
  CC_APPROVER: "compensating-control",
  RISK_SIGNER: "residual-risk",
  PRIV_APPROVER: "privilege-change",
  EMERGENCY_APPROVER: "emergency",
};

/** The person who acts, with everything that they are in this case now. */
export interface Acting {
  /** ISO instant, never before the last event. */
  readonly now: string;
  readonly person: PersonId;
  /** What they may act as; MEMBER last. */
  readonly hats: readonly Hat[];
  /** Standing of somebody whom the move names. */
  readonly standing: (person: PersonId) => Standing | undefined;
  readonly policy: CasePolicy;
}

export function hatsOf(standing: Standing, state: CaseState | undefined, now: string): readonly Hat[] {
  if (!standing.active) return [];
  const held = standing.roles.filter((role) => authorityOf[role] === undefined && role !== "IC");
  const granted = (Object.keys(authorityOf) as Role[]).filter((role) =>
    standing.authorities.some(({ kind, until }) => kind === authorityOf[role] && stillHolds(until, now)),
  );
  const commands = state?.commander !== undefined && isInTerm(state, standing.person, now);
  return [...held, ...granted, ...(commands ? (["IC"] as const) : []), "MEMBER"];
}

/** The commander's authority is time-boxed (T5). */
export const isInTerm = (state: CaseState, person: PersonId, now: string): boolean =>
  state.commander?.person === person && stillHolds(state.commander.until, now);

/** The first of `roles` that they hold, in the order of `roles`. */
export const hatAmong = (acting: Acting, roles: readonly Hat[]): Hat | undefined =>
  roles.find((role) => acting.hats.includes(role));

/** Any role at all: whoever has a part in this case. */
export const anyHat = (acting: Acting): Hat | undefined => acting.hats.find((hat) => hat !== "MEMBER");

/** Who is named for these roles in the decision, best first, without those who may not. */
export function namedFor(
  state: CaseState,
  roles: readonly Hat[],
  except: readonly PersonId[] = [],
): readonly PersonId[] {
  const found = roles.flatMap((role) => state.plan.owners.find((owner) => owner.role === role)?.people ?? []);
  return [...new Set(found)].filter((person) => !except.includes(person)).slice(0, 5);
}

const rolesOnly = (roles: readonly Hat[]): readonly Role[] =>
  roles.flatMap((role) => (role === "MEMBER" ? [] : [role]));

/** The refusal that says whose move it is. */
export const notYours = (state: CaseState, acting: Acting, roles: readonly Hat[], what: string): Refusal => {
  const named = rolesOnly(roles);
  return refuse(
    named.some((role) => authorityOf[role] !== undefined) && named.length === 1
      ? "authority-needed"
      : "role-needed",
    `${what} is for ${named.join(", ")}; you act as ${acting.hats.join(", ")}`,
    `ask somebody who holds ${named.join(" or ")}`,
    { roles: named, people: namedFor(state, roles, [acting.person]) },
  );
};

/** Somebody else whom a move names: known and still here. */
export function activePerson(acting: Acting, person: PersonId): Standing | Refusal {
  const standing = acting.standing(person);
  if (standing === undefined)
    return refuse("known-thing", `nobody is known as \`${person}\``, "name somebody of the catalogue");
  return standing.active
    ? standing
    : refuse("active-person", `\`${person}\` has left`, "name somebody who is still here");
}

export const isRefusal = (value: object): value is Refusal => "rule" in value && "todo" in value;

export function caseOpen(state: CaseState): Check {
  return state.status === "closed"
    ? refuse(
        "case-open",
        `case \`${state.id}\` is closed since ${state.closures.at(-1)?.at ?? "then"}`,
        "reopen it with a reason, or wait: it reopens by itself when a snapshot shows it open",
      )
    : undefined;
}
