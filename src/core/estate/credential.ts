import type { CredentialId, PrincipalId } from "./ids.js";
import type { Origin } from "./provenance.js";
import type { Tri } from "./tri.js";

export type CredentialKind =
  | "access-key"
  | "password"
  | "ssh-key"
  | "certificate"
  | "service-specific"
  | "hmac-key"
  | "sas"
  | "storage-key"
  | "client-secret"
  | "service-account-key"
  | "personal-access-token"
  | "oauth-grant"
  | "session"
  | "database-password";

/** A place where a copy of the secret value lies. The value itself is never kept. */
export interface CredentialCopy {
  /** `repository acme/etl`, `ci secret of acme/etl`, `lambda report-gen environment` … */
  readonly place: string;
  /** A path or line inside the place, where known. */
  readonly at?: string;
  /** Who can read it there: `public` and `leaked` start a band 1 path. */
  readonly readableBy: "public" | "leaked" | "internal" | "unknown";
  readonly origin: Origin;
}

/** A standing secret and its life. Dates are ISO 8601. */
export interface Credential {
  readonly id: CredentialId;
  readonly kind: CredentialKind;
  readonly holder: PrincipalId;
  readonly status: "active" | "inactive" | "expired" | "deleted" | "unknown";
  readonly createdAt?: string;
  readonly expiresAt?: string;
  readonly lastUsedAt?: string;
  readonly lastUsedService?: string;
  /** Rotated by a machine on a schedule (R28, R79). */
  readonly autoRotated: Tri;
  readonly copies: readonly CredentialCopy[];
  /** Workloads or principals known to use it: whom a revocation stops. */
  readonly consumers: readonly string[];
  readonly origin: Origin;
}
