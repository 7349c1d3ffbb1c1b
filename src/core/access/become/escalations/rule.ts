/** What runs with the rights of a role, and how it looks in data. */
export type ComputeKind =
  | "instance"
  | "launch-template"
  | "function"
  | "task"
  | "task-definition"
  | "container-instance"
  | "stack"
  | "stack-set"
  | "project"
  | "service"
  | "job"
  | "endpoint"
  | "notebook"
  | "training-job"
  | "processing-job"
  | "pipeline"
  | "interpreter";

/** Facts about a kind of compute that a rule needs; `{account}` is replaced by the digits. */
export interface ComputeShape {
  /** Name for people: `an EC2 instance`. */
  readonly words: string;
  /** `Resource.kind` of such compute, and the kind in `inventory` coverage. */
  readonly resourceKind: string;
  /** A resource of that kind that nobody has named. */
  readonly arn: string;
  /** Service parts of the ARNs that statements about it may carry. */
  readonly arnServices: readonly string[];
}

/** An action and the resource it is asked on: compute of a kind, or anything in the account (`*`). */
export interface ComputeAction {
  readonly action: string;
  readonly on: ComputeKind | "*";
}

/**
 * Obtaining the rights of a role by making compute run with it. `new-pass-role`: the actor hands the role to
 * compute that it creates. `existing-compute`: compute that already runs with the role is made to obey.
 */
export interface ComputeRule {
  readonly id: string;
  readonly kind: "new-pass-role" | "existing-compute";
  /** Service principals, one of which the role's trust must admit. */
  readonly services: readonly string[];
  readonly passRole: boolean;
  readonly actions: readonly ComputeAction[];
  /** The compute whose existence is needed; absent when the actor creates everything. */
  readonly needs?: ComputeKind;
  /** Whether the needed compute must already run with the role (then `runsAs` decides). */
  readonly runsAsRole?: boolean;
  /** The actor also makes the instance profile: for roles that are in none. */
  readonly newProfile?: boolean;
}

/** Getting the credentials of another identity, or being let in by it. */
export interface TakeoverRule {
  readonly id: string;
  readonly kind: "takeover";
  readonly target: "user" | "role";
  readonly actions: readonly string[];
  /** What must be so about the target. */
  readonly when?: "no-password" | "password" | "two-keys" | "free-key" | "inactive-key";
}

/** Changing what an identity may do. `on`: the resource that the action is asked on. */
export interface RewriteRule {
  readonly id: string;
  readonly kind: "rewrite";
  readonly action: string;
  readonly on: "user" | "role" | "group-of-user" | "any-group" | "attached-policy";
  /** `full`: anything inside the envelope. `documents`: what known documents (group, other version) grant. */
  readonly gains: "full" | "documents";
}

/** A rewrite of another identity together with a way to become it: the published pairs. */
export interface PairRule {
  readonly id: string;
  readonly kind: "pair";
  readonly rewrite: string;
  readonly access: string;
}
