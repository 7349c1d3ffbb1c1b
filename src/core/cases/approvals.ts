import { stillHolds, type Role } from "../accountability/index.js";
import type { PersonId } from "./person.js";
import type { Approval, CaseState } from "./state.js";

/** An expired approval never suppresses: what was granted counts up to its end and not an instant longer (R62). */
export const inForce = (approval: Approval, now: string): boolean =>
  approval.state === "granted" && stillHolds(approval.until, now);

/** Signatures of residual risk that hold now. */
export const signaturesAt = (state: CaseState, now: string): readonly Approval[] =>
  state.approvals.filter((item) => item.asked.kind === "residual-risk" && inForce(item, now));

/** Compensating controls that are approved and hold now. */
export const controlsAt = (state: CaseState, now: string): readonly Approval[] =>
  state.approvals.filter((item) => item.asked.kind === "control" && inForce(item, now));

export type CaseStatus = "open" | "accepted" | "closed";

/** What a case is at a time, whether or not the end of a signature has been written down yet. */
export function statusAt(state: CaseState, now: string): CaseStatus {
  if (state.status !== "accepted") return state.status;
  return signaturesAt(state, now).length > 0 ? "accepted" : "open";
}

/** Whether a step has the agreement of a role. */
export const agreedAt = (state: CaseState, step: string, of: Role, now: string): boolean =>
  stepApprovals(state, step, of).some((item) => inForce(item, now));

/** A named authority said no: only that blocks a step (order of work). */
export const isBlocked = (state: CaseState, step: string, of: Role): boolean =>
  stepApprovals(state, step, of).at(-1)?.state === "refused";

const stepApprovals = (state: CaseState, step: string, of: Role): readonly Approval[] =>
  state.approvals.filter(
    (item) =>
      item.asked.kind === "step" &&
      item.asked.step === step &&
      item.of === of &&
      item.sequence > state.sinceSequence,
  );

/** Who signed residual risk that still holds: they make no fix meanwhile. */
export const riskSigners = (state: CaseState, now: string): readonly PersonId[] =>
  signaturesAt(state, now).flatMap(({ answeredBy }) => answeredBy ?? []);
