import type { Plan } from "../plan.js";

/** An analysis found the root cause: the case begins. */
export interface Opened {
  readonly kind: "opened";
  readonly plan: Plan;
}

/** A newer analysis decided the same case again. */
export interface Redecided {
  readonly kind: "redecided";
  readonly plan: Plan;
}

/** People say that this is an incident; the next analysis takes it as a fact (D7). */
export interface IncidentDeclared {
  readonly kind: "incident-declared";
  readonly reason: string;
}

export interface Noted {
  readonly kind: "noted";
  readonly text: string;
}

/** What a ticket elsewhere says. It is kept and shown, and changes nothing (R40). */
export interface Mirrored {
  readonly kind: "mirrored";
  readonly system: string;
  readonly key: string;
  readonly status: string;
}

export type OpeningEvent = Opened | Redecided | IncidentDeclared | Noted | Mirrored;
