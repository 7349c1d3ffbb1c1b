import type { AccountId, PrincipalId } from "./ids.js";
import type { PolicyUse } from "./policy-document.js";
import type { Origin } from "./provenance.js";
import type { Tri } from "./tri.js";

export type PrincipalKind =
  | "user" // IAM user
  | "role"
  | "group"
  | "root" // account root
  | "service-account"
  | "managed-identity"
  | "application" // app registration, OAuth app, service principal
  | "federated-subject" // OIDC subject or subject set, e.g. `repo:acme/*`
  | "saml-subject"
  | "service" // cloud service acting for someone
  | "external-account" // an account that is not ours
  | "person"
  | "everyone";

/** An identity that can hold rights. Optional members that are absent were not collected or do not apply. */
export interface Principal {
  readonly id: PrincipalId;
  readonly kind: PrincipalKind;
  readonly provider: string;
  readonly account?: AccountId;
  readonly name: string;
  /** IAM path with both slashes, `/` at the root. */
  readonly path?: string;
  /** `AIDA…`, `AROA…`. */
  readonly uniqueId?: string;
  readonly createdAt?: string;
  readonly lastUsedAt?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly inline: readonly PolicyUse[];
  /** ARNs of attached managed policies; documents in `Estate.managedPolicies`. */
  readonly attached: readonly { readonly arn: string; readonly origin: Origin }[];
  readonly boundary?: { readonly arn: string; readonly origin: Origin };
  /** Groups of a user. */
  readonly groups: readonly PrincipalId[];
  readonly trustPolicy?: PolicyUse;
  /** Console sign-in of a user, from the credential report. */
  readonly console?: {
    readonly password: Tri;
    readonly mfa: Tri;
    readonly lastUsedAt?: string;
    readonly origin: Origin;
  };
  /** `service-linked`: nobody can change it; `aws-reserved`: only Identity Center can. */
  readonly immutable?: "service-linked" | "aws-reserved";
  /** Instance profiles that carry the role. */
  readonly instanceProfiles: readonly string[];
  readonly origin: Origin;
}
