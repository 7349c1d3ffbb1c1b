import type { AccountId, CredentialId, PrincipalId, ResourceId } from "./ids.js";
import type { Origin } from "./provenance.js";
import type { JsonValue } from "./resource.js";

/** One audit record that changed something, e.g. a CloudTrail management event. */
export interface AuditEvent {
  readonly id: string;
  readonly at: string;
  /** `s3:PutBucketPolicy`; CloudTrail's version suffixes are stripped. */
  readonly action: string;
  readonly account?: AccountId;
  readonly region?: string;
  /** The identity whose rights were used: a role for assumed-role sessions. */
  readonly actor?: PrincipalId;
  /** The person behind it where recorded: session name, sourceIdentity or onBehalfOf. */
  readonly person?: string;
  /** `aws:access-key/AKIA…` of the call, where it is a standing key. */
  readonly credential?: string;
  /** The program that called, as it names itself; a cloud service acting for somebody by its host name. */
  readonly agent?: string;
  /** Resource or principal ids that the call named. */
  readonly targets: readonly string[];
  /** Set when the call was refused. */
  readonly error?: string;
  /** What the call set, as far as it is kept; secrets masked. */
  readonly parameters?: JsonValue;
  readonly origin: Origin;
}

export interface Incident {
  readonly id: string;
  readonly declaredAt: string;
  /** `workload:ID`, a resource or principal id, or `PROVIDER:ACCOUNT`. */
  readonly scope: string;
  readonly exploited: boolean | "unknown";
  /** What the intruder is known to have used: credential or principal ids. */
  readonly used: readonly string[];
  readonly origin: Origin;
}

/** An earlier case on the same access path that was closed (R10). */
export interface Closure {
  readonly accessPathKey: string;
  readonly closedAt: string;
  readonly signer?: string;
  readonly remaining: readonly string[];
  readonly origin: Origin;
}

/** An exposure that a person or another tool states, where no scanner reports it. */
export interface StatedExposure {
  readonly id: string;
  readonly resource: ResourceId;
  readonly account?: AccountId;
  /** Id in the registry of weaknesses (`remit schema weakness`). */
  readonly weakness: string;
  /** Which part of the resource; the credential, where the exposure is one. */
  readonly subLocator: string;
  readonly severity: "critical" | "high" | "medium" | "low" | "informational" | "unknown";
  readonly state: "open" | "fixed";
  /** The secret that is the exposure, or that it hands out. */
  readonly credential?: CredentialId;
  /** What is known of the exposure itself: `patchAvailable`, `deadlinePassed`, `kev`, `automatable` … */
  readonly facts: Readonly<Record<string, JsonValue>>;
  readonly origin: Origin;
}

/** A guard rail whose state a person or another tool states. */
export interface Guardrail {
  readonly id: string;
  readonly resource: string;
  readonly state: "on" | "off";
  readonly kind: "write" | "effect";
  readonly origin: Origin;
}

export interface IdentityProvider {
  /** ARN, or issuer for non-AWS. */
  readonly id: string;
  readonly kind: "oidc" | "saml";
  readonly account?: AccountId;
  /** Issuer without scheme, e.g. `token.actions.githubusercontent.com`. */
  readonly url?: string;
  readonly clientIds: readonly string[];
  readonly origin: Origin;
}

/** Identity Center. `managed`: ARNs or names of managed policies in the set. */
export interface PermissionSet {
  readonly arn: string;
  readonly name: string;
  readonly managed: readonly string[];
  readonly sessionDuration?: string;
  readonly origin: Origin;
}

export interface PermissionSetAssignment {
  readonly permissionSet: string;
  readonly account: AccountId;
  readonly principalKind: "user" | "group";
  /** Directory id or name. */
  readonly principal: string;
  readonly actor?: PrincipalId;
  readonly origin: Origin;
}

/** A CODEOWNERS rule that is in force, in file order. Empty owners: deliberately unowned. */
export interface CodeOwnersFile {
  readonly repository?: string;
  readonly dialect: "github" | "gitlab";
  readonly rules: readonly {
    readonly pattern: string;
    readonly owners: readonly string[];
    readonly section?: string;
    readonly optional?: boolean;
    readonly exclusion?: boolean;
    readonly line: number;
  }[];
  readonly origin: Origin;
}
