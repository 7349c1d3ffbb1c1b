import type { Role } from "../accountability/index.js";
import type { PersonId } from "./person.js";
import type { RuleName } from "./rules.js";

/** A move that is not made, the rule that forbids it, and what to do instead. */
export interface Refusal {
  readonly rule: RuleName;
  /** What stands against it in this case, lower case, with the caller's words quoted. */
  readonly text: string;
  /** What to do. */
  readonly todo: string;
  /** Who can, where somebody else can: roles, and people by pseudonym. */
  readonly roles: readonly Role[];
  readonly people: readonly PersonId[];
}

/** A check's answer: nothing, or why not. */
export type Check = Refusal | undefined;

/** The first refusal of several checks, in order; later ones are not looked at. */
export function firstOf(...checks: readonly (Check | (() => Check))[]): Check {
  for (const check of checks) {
    const answer = typeof check === "function" ? check() : check;
    if (answer !== undefined) return answer;
  }
  return undefined;
}

export const refuse = (
  rule: RuleName,
  text: string,
  todo: string,
  who: { readonly roles?: readonly Role[]; readonly people?: readonly PersonId[] } = {},
): Refusal => ({ rule, text, todo, roles: who.roles ?? [], people: who.people ?? [] });
