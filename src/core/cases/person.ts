import type { AuthorityKind, Role } from "../accountability/index.js";

/** A pseudonym. Who it stands for is kept beside the ledger, where it can be erased. */
export type PersonId = string;

/** In which capacity somebody acts: a role that they hold in this case, or only as a member of the organisation. */
export type Hat = Role | "MEMBER";

/** An authority that is recorded for somebody and covers this case (R58 to R60, R63, R64). */
export interface HeldAuthority {
  readonly kind: AuthorityKind;
  /** ISO date or instant; a day holds to its end (UTC). */
  readonly until: string;
}

/** What somebody is in one case at one time, as the catalogue in force says. Values, not look-ups: core asks nobody. */
export interface Standing {
  readonly person: PersonId;
  /** False: has left, or was never there. Who has left holds nothing, whatever else is listed. */
  readonly active: boolean;
  /** False: the catalogue in force names nobody of this id. Absent: it does. */
  readonly known?: false;
  /** Held in the scope of this case, authority holders left aside. */
  readonly roles: readonly Role[];
  readonly authorities: readonly HeldAuthority[];
  /** On the roster of commanders (R70). */
  readonly commander: boolean;
}

export type By =
  | { readonly kind: "person"; readonly person: PersonId; readonly as: Hat }
  /** The product itself: an import that was verified, a clock that ran out. */
  | { readonly kind: "system"; readonly job: string };
