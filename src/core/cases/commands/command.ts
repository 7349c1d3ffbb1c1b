import type { Role } from "../../accountability/index.js";
import type { Asked } from "../events/authority-events.js";
import type { DisputeGround } from "../events/dispute-events.js";
import type { Place } from "../events/envelope.js";
import type { Retest } from "../events/verification-events.js";
import type { Cause } from "../events/work-events.js";
import type { PersonId } from "../person.js";
import type { FollowUpName, Plan } from "../plan.js";

/** Only by the product. */
export type SystemCommand =
  | { readonly kind: "open"; readonly plan: Plan }
  | { readonly kind: "redecide"; readonly plan: Plan }
  | { readonly kind: "verify"; readonly retest: Retest }
  | { readonly kind: "mirror"; readonly system: string; readonly key: string; readonly status: string }
  /** Somebody has left: what they hold is released at once. */
  | { readonly kind: "strip"; readonly person: PersonId }
  /** Carries out what `due` says: `notice` is its id. */
  | { readonly kind: "tick"; readonly notice: string };

export type WorkCommand =
  | ({ readonly kind: "claim" } & Place)
  | ({ readonly kind: "assign"; readonly person: PersonId } & Place)
  | ({ readonly kind: "give-back" } & Place)
  | ({ readonly kind: "start" } & Place)
  | { readonly kind: "finish-contain"; readonly text: string }
  | { readonly kind: "finish-trace"; readonly causes: readonly Cause[] }
  | { readonly kind: "sign-cause-unknown"; readonly reason: string }
  | { readonly kind: "finish-fix"; readonly item: string; readonly text: string }
  | { readonly kind: "attest"; readonly step: string; readonly text: string }
  | { readonly kind: "finish-duty"; readonly clock: string; readonly text: string }
  | { readonly kind: "finish-follow-up"; readonly name: FollowUpName; readonly evidence: string }
  | { readonly kind: "waive-follow-up"; readonly name: FollowUpName; readonly reason: string };

export type AuthorityCommand =
  | {
      readonly kind: "request";
      readonly asked: Asked;
      readonly reason: string;
      /** ISO instant. */
      readonly until: string;
    }
  | { readonly kind: "approve"; readonly approval: string; readonly until?: string }
  | { readonly kind: "refuse"; readonly approval: string; readonly reason: string }
  | { readonly kind: "withdraw"; readonly approval: string }
  | {
      readonly kind: "sign-risk";
      readonly approval: string;
      readonly reason: string;
      readonly compensating: readonly string[];
      readonly until?: string;
    }
  | { readonly kind: "break-glass"; readonly step: string; readonly reason: string }
  | {
      readonly kind: "review-glass";
      readonly glass: string;
      readonly justified: boolean;
      readonly reason: string;
    };

export type CommanderCommand =
  | { readonly kind: "declare-incident"; readonly reason: string }
  | { readonly kind: "appoint-commander"; readonly person: PersonId; readonly until: string }
  | { readonly kind: "hand-over"; readonly to: PersonId }
  | { readonly kind: "accept-hand-over" }
  | { readonly kind: "end-term" }
  | {
      readonly kind: "order";
      readonly to: Role;
      readonly person?: PersonId;
      readonly action: string;
      readonly step?: string;
      /** ISO instant; absent: the policy's limit of silence from now. */
      readonly answerBy?: string;
    }
  | { readonly kind: "acknowledge-order"; readonly order: string }
  | { readonly kind: "refuse-order"; readonly order: string; readonly reason: string }
  | { readonly kind: "finish-order"; readonly order: string; readonly text: string }
  | { readonly kind: "withdraw-order"; readonly order: string };

export type DisputeCommand =
  | {
      readonly kind: "dispute";
      readonly ground: DisputeGround;
      readonly reason: string;
      readonly place?: Place;
      readonly should?: Role;
      readonly evidence?: string;
    }
  | {
      readonly kind: "answer-dispute";
      readonly dispute: string;
      readonly upheld: boolean;
      readonly reason: string;
      readonly person?: PersonId;
    };

export type ClosingCommand =
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "close"; readonly reason: string }
  | { readonly kind: "reopen"; readonly reason: string };

export type Command =
  SystemCommand | WorkCommand | AuthorityCommand | CommanderCommand | DisputeCommand | ClosingCommand;

export type CommandKind = Command["kind"];
