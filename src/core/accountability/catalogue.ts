import type { Origin, Tri } from "../estate/index.js";
import type { Sanction } from "../access/index.js";
import type { Role } from "./role.js";

/** A person who can be answerable. `principals`: what they sign in as (globs, `#` separates a session name). */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly leftAt?: string;
  readonly manager?: string;
  readonly principals: readonly string[];
  readonly origin: Origin;
}

export interface Team {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly scope?: string;
  readonly head?: string;
  /** People, and teams inside this one. */
  readonly members: readonly string[];
  readonly onCall?: { readonly ical?: string };
  readonly origin: Origin;
}

export interface CatalogueAccount {
  readonly id: string;
  readonly name?: string;
  readonly owner?: string;
  readonly runtimeAuthority?: string;
  readonly accessDecisions?: string;
  readonly regulated: Tri;
  readonly environment?: "production" | "test";
  readonly origin: Origin;
}

/** The owner of one control plane of a workload (R43). */
export interface PlaneOwner {
  readonly owner: string;
  readonly deputy?: string;
}

export interface WorkloadEntry {
  readonly id: string;
  readonly match: {
    readonly resources: readonly string[];
    readonly principals: readonly string[];
    readonly repositories: readonly string[];
  };
  readonly facts: {
    readonly customerFacing: Tri;
    readonly privileged: Tri;
    readonly dataClass?: string;
    readonly mission?: "low" | "medium" | "high";
    readonly agentic: Tri;
  };
  readonly planes: {
    readonly build?: PlaneOwner;
    readonly runtime?: PlaneOwner;
    readonly incident?: PlaneOwner;
  };
  readonly workloadIdentity?: string;
  readonly shared?: { readonly builtBy?: string; readonly tenants: readonly string[] };
  readonly outsourced?: string;
  readonly origin: Origin;
}

export interface WorkloadIdentityEntry {
  readonly principal: string;
  readonly owner: string;
  readonly deputy?: string;
  readonly proof: "spiffe" | "oidc" | "held";
  /** ISO day of the last access review, and who gave it (R53). */
  readonly reviewedAt?: string;
  readonly reviewedBy?: string;
  /** ISO day from which on nothing uses it any more: it has to be gone. */
  readonly offboardedAt?: string;
  readonly origin: Origin;
}

export type AuthorityKind =
  "revoke" | "compensating-control" | "residual-risk" | "privilege-change" | "emergency";

/** `scope`: `PROVIDER:ACCOUNT`, `workload:ID`, `resource:PATTERN` or `*`. `until`: ISO date. */
export interface AuthorityGrant {
  readonly kind: AuthorityKind;
  readonly credential?: "access-key" | "oauth-app" | "trust" | "session" | "sas" | "password";
  readonly scope: string;
  readonly holder: string;
  readonly deputy?: string;
  readonly until: string;
  readonly origin: Origin;
}

export interface ThirdParty {
  readonly id: string;
  readonly kind: "vendor" | "outsourced" | "open-source" | "affiliate" | "we-are-vendor";
  readonly manager?: string;
  readonly contract?:
    { readonly mustPatchWithin?: string; readonly notice?: string; readonly clause?: string } | "none";
  readonly technical?: { readonly owner: string; readonly lever: string; readonly telemetry?: string };
  readonly match: {
    readonly accounts: readonly string[];
    readonly purls: readonly string[];
    readonly apps: readonly string[];
    readonly issuers: readonly string[];
  };
  readonly origin: Origin;
}

export interface IntendedExposure {
  readonly resource: string;
  readonly weakness: string;
  readonly reason: string;
  readonly approvedBy: string;
  readonly until: string;
  readonly origin: Origin;
}

export interface RuleOverride {
  readonly rule: string;
  readonly enabled: boolean;
  readonly reason: string;
  readonly origin: Origin;
}

/** A deadline that the organisation set itself. */
export interface OwnDeadline {
  readonly task: "triage" | "contain" | "fix" | "notify";
  readonly withinHours: number;
  /** Kinds of case; empty: all. */
  readonly kinds: readonly ("posture" | "flaw" | "secret" | "identity")[];
  /** Facts that have to be proven so, by name. */
  readonly when: Readonly<Record<string, boolean>>;
  readonly reason: string;
}

/** Switches and limits; defaults in `policy.ts`. Durations in hours unless named otherwise. */
export interface CataloguePolicy {
  readonly regulated: Tri;
  /** Rule books of deadlines, by id; the product's own posture clock always runs beside them. */
  readonly deadlines: readonly string[];
  readonly ownDeadlines: readonly OwnDeadline[];
  readonly commanderMaxDomains: number;
  readonly shortLivedHours: number;
  readonly patchOwnershipAlone: boolean;
  readonly sharedCause: number;
  readonly jitMaxHours: number;
  /** Estate data older than the findings by more than this: no verdict is better than unknown (days). */
  readonly maxEstateAgeDays: number;
}

export interface Catalogue {
  readonly policy: CataloguePolicy;
  readonly people: readonly Person[];
  readonly teams: readonly Team[];
  readonly accounts: readonly CatalogueAccount[];
  readonly workloads: readonly WorkloadEntry[];
  readonly workloadIdentities: readonly WorkloadIdentityEntry[];
  readonly authorities: readonly AuthorityGrant[];
  readonly commanders: readonly {
    readonly person: string;
    readonly deputy?: string;
    readonly origin?: Origin;
  }[];
  readonly thirdParties: readonly ThirdParty[];
  readonly sanctioned: readonly (Sanction & { readonly origin: Origin })[];
  readonly intended: readonly IntendedExposure[];
  readonly overrides: {
    readonly rules: readonly RuleOverride[];
    readonly weaknessActions: Readonly<Record<string, readonly string[]>>;
    /** Why, per weakness of `weaknessActions`. */
    readonly weaknessReasons?: Readonly<Record<string, string>>;
  };
}
