import type { Standing } from "../person.js";
import type { CasePolicy } from "../case-policy.js";

/** Who acts, when, and what everybody whom the move concerns is in this case. Time and ids come from outside. */
export interface CommandContext {
  readonly case: string;
  /** ISO instant. */
  readonly now: string;
  /** The person who acts, or the job of the product that does. */
  readonly by: Standing | { readonly job: string };
  /** Standing of the other people whom the move names: assignee, commander, whom an order asks. */
  readonly people: readonly Standing[];
  readonly policy: CasePolicy;
}
