import type { AccountId, Origin, ResourceId } from "../estate/index.js";
import type { NamedResource } from "./canonical-resource.js";
import type { DataQuality } from "./data-quality.js";
import type { Muting, OwnerHint, SecretDetail, VulnerabilityDetail } from "./details.js";
import type { Severity } from "./severity.js";
import type { Weakness } from "./weakness.js";

/**
 * What a row of a tool says. `fail`: seen failing. `pass`: seen passing, the proof of a fix. `manual`: the tool
 * cannot tell. `muted`: failing, and hidden by a decision made in the tool, without owner or expiry. `stale`: no
 * longer refreshed by the tool (ASFF ARCHIVED), which is not a fix. `not-applicable`: nothing to judge.
 */
export type FindingResult = "fail" | "pass" | "manual" | "muted" | "stale" | "not-applicable";

/** What a reader makes of one resource of one record, in the tool's own words. */
export interface FindingDraft {
  /** `prowler`, `security-hub`, `guardduty`, `inspector`, `trivy`, … lower case. */
  readonly tool: string;
  /** `aws`, `azure`, `gcp`, `kubernetes`, … lower case. */
  readonly provider: string;
  readonly check: CheckName;
  readonly resource: NamedResource;
  readonly accountName?: string | undefined;
  readonly result: FindingResult;
  readonly severity: Severity;
  readonly title: string;
  /** The sentence about this resource; secrets are masked by `normaliseFinding`. */
  readonly detail: string;
  readonly nativeIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly observedAt?: string | undefined;
  readonly firstSeenAt?: string | undefined;
  /** Tells findings of one check on one resource apart that are one exposure: the package of a CVE. */
  readonly instance?: string | undefined;
  readonly quality: readonly DataQuality[];
  readonly ownerHints?: readonly OwnerHint[] | undefined;
  readonly vulnerability?: VulnerabilityDetail | undefined;
  readonly secret?: SecretDetail | undefined;
  /** Set where `result` is `muted` and the document says why. */
  readonly muting?: Muting | undefined;
}

/** How a tool names what it checks. */
export type CheckName =
  | { readonly kind: "prowler"; readonly id: string }
  | { readonly kind: "security-hub"; readonly control: string }
  | { readonly kind: "vulnerability"; readonly id: string }
  /** The tool's own rule that asks what a check of Prowler asks, for the same provider: they merge. */
  | { readonly kind: "equivalent"; readonly id: string; readonly prowler: string }
  /** The tool's own rule, with the weakness it stands for where the reader knows it. */
  | { readonly kind: "rule"; readonly id: string; readonly weakness: Weakness; readonly subLocator?: string };

/** The normalised record (findings.md 1.4), without its place in a document. */
export interface Finding {
  /** sha256 of (tool, provider, check, account, region, resource, sub-locator, instance). Never of severity or words. */
  readonly fingerprint: string;
  readonly tool: string;
  readonly provider: string;
  /** Present id of the check; a former id of the same check gives the same finding. */
  readonly check: string;
  readonly account?: AccountId;
  readonly accountName?: string;
  /** Absent for settings that exist once per account. */
  readonly region?: string;
  readonly resource: ResourceId;
  readonly resourceName: string;
  readonly resourceKind: string;
  /** Which part of the resource: access key, ports, policy, CVE; `""` when the whole. */
  readonly subLocator: string;
  readonly weakness: Weakness;
  readonly result: FindingResult;
  readonly severity: Severity;
  readonly title: string;
  readonly detail: string;
  readonly nativeIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly observedAt?: string;
  readonly firstSeenAt?: string;
  readonly quality: readonly DataQuality[];
  /** Whom the tool names; tags are apart. */
  readonly ownerHints?: readonly OwnerHint[];
  readonly vulnerability?: VulnerabilityDetail;
  readonly secret?: SecretDetail;
  readonly muting?: Muting;
}

export interface FindingRow extends Finding {
  readonly origin: Origin;
}

/** A row that passed: what verification needs of it, and nothing more. */
export interface SeenPassing {
  readonly tool: string;
  readonly provider: string;
  readonly check: string;
  readonly resource: ResourceId;
  readonly subLocator: string;
  /** As in the finding; account-level settings are judged per region. */
  readonly region?: string;
  readonly weakness: string;
  readonly observedAt?: string;
  readonly origin: Origin;
}
