import type { Origin } from "./provenance.js";

/** `Action` or `NotAction`, `Resource` or `NotResource`: the patterns and whether they are negated. */
export interface PatternList {
  readonly negated: boolean;
  readonly patterns: readonly string[];
}

/** `Principal` or `NotPrincipal`. `any` is `"*"` or `{"AWS":"*"}`. */
export interface PrincipalElement {
  readonly negated: boolean;
  readonly any: boolean;
  readonly aws: readonly string[];
  readonly service: readonly string[];
  readonly federated: readonly string[];
  readonly canonicalUser: readonly string[];
}

/** One `Operator: { key: values }` entry; operator as written, e.g. `ForAnyValue:StringLikeIfExists`. */
export interface ConditionClause {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  /** Pointer inside the policy document: `/Statement/2`, or `/Statement` for a single object. */
  readonly pointer: string;
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  readonly action: PatternList;
  /** Absent in trust policies (the resource is the role itself). */
  readonly resource?: PatternList;
  readonly principal?: PrincipalElement;
  readonly conditions: readonly ConditionClause[];
}

export interface PolicyDocument {
  /** `2012-10-17` or `2008-10-17`; policy variables work only in the former. */
  readonly version: string;
  readonly statements: readonly Statement[];
}

/** A policy document where it stands. */
export interface PolicyUse {
  /** Policy name, e.g. `deploy`, `AdministratorAccess`, `bucket policy`. */
  readonly name: string;
  readonly document: PolicyDocument;
  /** Points at the document (its `Statement` member is `/Statement` below it). */
  readonly origin: Origin;
}

/** A managed policy with all its versions: `iam:SetDefaultPolicyVersion` can bring an old one back. */
export interface ManagedPolicy {
  readonly arn: string;
  readonly name: string;
  readonly awsManaged: boolean;
  readonly versions: readonly {
    readonly id: string;
    readonly isDefault: boolean;
    readonly use: PolicyUse;
    /** Where other documents hold the same text; kept for policies of AWS only. */
    readonly copies?: readonly Origin[];
  }[];
}
