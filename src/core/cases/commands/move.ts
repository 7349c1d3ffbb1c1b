import type { CaseFact } from "../events/event.js";
import type { Hat } from "../person.js";
import type { Refusal } from "../refusal.js";

/** What a command comes to: facts to append, in order, and the hat that it was done in; or why not. */
export type Move = { readonly facts: readonly CaseFact[]; readonly as: Hat } | Refusal;

export const made = (as: Hat, ...facts: readonly CaseFact[]): Move => ({ facts, as });
