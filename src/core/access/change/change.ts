import type {
  ConditionClause,
  CredentialId,
  Definition,
  JsonValue,
  PolicyDocument,
  PrincipalId,
  ResourceId,
} from "../../estate/index.js";

/**
 * Names one statement where it stands. Exactly one of `principal` and `resource`, or `policy` as the ARN of a managed
 * policy. `policy`: `inline/NAME` or `trust` with a principal, the qualifier with a resource (`""` by default).
 * `grant/ID` names a right of the native estate document. `sid` or `index` (0-based, as the document had it before any change) picks the statement.
 */
export interface StatementRef {
  readonly principal?: PrincipalId;
  readonly resource?: ResourceId;
  readonly policy?: string;
  readonly sid?: string;
  readonly index?: number;
}

/** One proposed change (`remit.change/1`). Values are complete: files that a document names were read by its reader. */
export type Change =
  /** A property of a resource or account; `policy`: its resource policy (null: none). */
  | { readonly kind: "set"; readonly resource: ResourceId; readonly property: string; readonly to: JsonValue }
  /** The credential is deleted: it lets nobody in and copies of it are worth nothing. */
  | { readonly kind: "revoke"; readonly credential: CredentialId }
  /** A new value; copies of the old one are worth nothing, whoever holds it properly goes on. */
  | { readonly kind: "rotate"; readonly credential: CredentialId }
  | { readonly kind: "removeStatement"; readonly statement: StatementRef }
  /** The statement keeps only these actions or resources (a `NotAction` or `NotResource` becomes a plain list). */
  | {
      readonly kind: "narrowStatement";
      readonly statement: StatementRef;
      readonly actions?: readonly string[];
      readonly resources?: readonly string[];
    }
  | {
      readonly kind: "addCondition";
      readonly statement: StatementRef;
      readonly condition: readonly ConditionClause[];
    }
  /** Statements laid into a new inline policy of an identity, or added to the policy of a resource. */
  | {
      readonly kind: "addStatement";
      readonly principal?: PrincipalId;
      readonly resource?: ResourceId;
      readonly policy: string;
      readonly document: PolicyDocument;
    }
  | { readonly kind: "removeAttachment"; readonly principal: PrincipalId; readonly policy: string }
  | { readonly kind: "removeMembership"; readonly principal: PrincipalId; readonly group: PrincipalId }
  /** Replaces what the trust says of the same condition keys, in the statements that those keys speak of. */
  | {
      readonly kind: "tightenTrust";
      readonly role: PrincipalId;
      readonly condition: readonly ConditionClause[];
      readonly sid?: string;
      readonly index?: number;
    }
  /** Nobody of `principal` (an ARN, an account, a service, a provider, `*`) is trusted by the role any more. */
  | { readonly kind: "removeTrust"; readonly role: PrincipalId; readonly principal: string }
  | { readonly kind: "disablePrincipal"; readonly principal: PrincipalId }
  | { readonly kind: "revokeSessions"; readonly principal: PrincipalId }
  | { readonly kind: "removeConsent"; readonly app: PrincipalId; readonly scopes: readonly string[] }
  | {
      readonly kind: "addGuardrail";
      readonly type: "scp" | "rcp";
      /** `r-…`, `ou-…` or an account id. */
      readonly target: string;
      readonly name: string;
      readonly document: PolicyDocument;
    }
  /** A standing key gives way to a role that a token of `provider` enters; the key is deleted. */
  | {
      readonly kind: "federate";
      readonly credential: CredentialId;
      readonly role?: PrincipalId;
      readonly provider?: string;
      readonly condition: readonly ConditionClause[];
    }
  /** Only an approved elevation that ends by itself enters the role; standing trust and assignments go. */
  | {
      readonly kind: "justInTime";
      readonly role: PrincipalId;
      /** Who may ask: `saml:okta`, a principal id. */
      readonly from: string;
      readonly maxHours: number;
    }
  | { readonly kind: "requireMfa"; readonly principal: PrincipalId }
  /** Code that defines a resource: by address, the values that it declares afterwards (null: no longer). */
  | {
      readonly kind: "replaceCode";
      readonly address: string;
      readonly set: Readonly<Record<string, JsonValue>>;
    }
  /** What a Terraform plan will do, as its reader understood it. */
  | { readonly kind: "terraformPlan"; readonly path: string; readonly definitions: readonly Definition[] }
  | { readonly kind: "upgrade"; readonly component: string; readonly to: string }
  | { readonly kind: "pin"; readonly uses: string; readonly commit: string }
  | { readonly kind: "isolate"; readonly workload: string };

export type ChangeKind = Change["kind"];

export interface UnappliedChange {
  readonly change: Change;
  /** Lower case, quotes what the change named, says what to do. */
  readonly reason: string;
}
