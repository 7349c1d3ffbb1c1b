import type { Context } from "hono";
import type { Looker, OwnQuestion } from "../app/index.js";
import type { Caller, ServerEnv } from "./server-env.js";

/** Whoever asks about the estate and what was reported, as policies have it for this route: about everything, or about what their teams answer for. */
export interface Asker extends Looker {
  /** Absent: about everything. */
  readonly own?: OwnQuestion;
}

export function askerOf(c: Context<ServerEnv>, { person, visible, principal }: Caller): Asker {
  const whole = c.get("judge")({ own: false }).allowed;
  return whole
    ? { person, visible, whole }
    : { person, visible, whole, own: { keys: principal.keys, holders: [...principal.teams, person] } };
}

/** Said in answers that hold only what the teams of whoever asked answer for. */
export const narrowedOf = ({ whole }: Looker): { narrowed?: true } => (whole ? {} : { narrowed: true });

/** Of whom a question is asked for. */
export const ownOf = ({ own }: Asker): Pick<Asker, "own"> => (own === undefined ? {} : { own });
