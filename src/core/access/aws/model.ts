import type {
  AccountId,
  MissingFact,
  PolicyDocument,
  PolicyUse,
  Principal,
  PrincipalId,
  Resource,
  Statement,
} from "../../estate/index.js";
import type { LayerVerdict } from "../engine.js";
import type { Literal } from "../condition/literal.js";

export type ActorKind =
  "user" | "role" | "root" | "service" | "federated" | "external" | "everyone" | "native";

/** Users, roles and roots: whoever acts in an account and stands among its identities. */
export const isOfAccount = (kind: ActorKind): boolean =>
  kind === "user" || kind === "role" || kind === "root";

/** An identity that can make a request. */
export interface Actor {
  readonly id: PrincipalId;
  readonly kind: ActorKind;
  readonly account?: AccountId;
  /** Absent for identities that only documents name. */
  readonly principal?: Principal;
  /** Outside SCPs and RCPs (Organizations user guide, "tasks and entities not restricted"). */
  readonly serviceLinked: boolean;
  /** Our own account, but the identity itself was not collected: what it holds is unknown. */
  readonly uncollected?: MissingFact;
}

/** A policy that applies to somebody, or the fact that one is attached whose text nobody supplied. */
export type Attachment =
  | {
      readonly kind: "use";
      readonly use: PolicyUse;
      readonly via: "inline" | "attached" | "group" | "native";
    }
  | { readonly kind: "missing"; readonly fact: MissingFact; readonly via: "attached" | "group" };

/** How a policy of a resource joins those of the caller (IAM user guide, "Policy evaluation logic"). */
export type PolicyMode =
  /** The resource has none. Other accounts cannot reach it. */
  | "none"
  /** Same account: either side allows. */
  | "additive"
  /** Same account: identity policies count only where the policy of the resource delegates to the account (KMS keys, role trust). */
  | "required";

export interface Target {
  /** What statements are matched against; `*` for actions without a resource. */
  readonly text: string;
  /** Undefined: `*` without an account, the caller's own. */
  readonly account?: AccountId;
  readonly accountMissing?: MissingFact;
  readonly region?: string;
  readonly resource?: Resource;
  /** Set when the resource is itself an identity. */
  readonly principal?: Principal;
  readonly mode: PolicyMode;
  readonly policies: readonly PolicyUse[];
  readonly policiesMissing?: MissingFact;
}

export interface Question {
  /** As asked. */
  readonly action: string;
  /** Lower case. */
  readonly folded: string;
  readonly service: string;
  readonly target: Target;
  /** Action pattern -> whether it matches; filled as the question is worked on. */
  readonly actionMemo: Map<string, boolean>;
  /** Shared document -> its statements that speak of the action. */
  readonly relevant: Map<PolicyDocument, readonly Statement[]>;
}

/** A statement that took part, where it stands. */
export interface Ref {
  readonly layer: LayerVerdict["layer"];
  readonly use: PolicyUse;
  readonly statement: Statement;
}

export interface Residual extends Literal {
  readonly ref: Ref;
}

/** One way for something to hold: all of it together. */
export interface Term {
  readonly literals: readonly Residual[];
  readonly missing: readonly MissingFact[];
  readonly refs: readonly Ref[];
}

/** Any one of the terms suffices. Empty: impossible. */
export type Terms = readonly Term[];

export interface DenyMatch {
  readonly ref: Ref;
  readonly literals: readonly Residual[];
  readonly missing: readonly MissingFact[];
}
