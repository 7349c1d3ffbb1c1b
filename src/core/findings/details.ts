/**
 * Whom a tool names as concerned with a resource or finding: evidence for ownership, never ownership itself.
 * `project-owner`, `security-champion`: Wiz; `governance`: Defender's governance assignment; `contact`: essential
 * contacts of Security Command Center; `assignee`: of the finding in the tool; `author`: of the commit that a secret
 * came with.
 */
export interface OwnerHint {
  readonly kind:
    "project-owner" | "security-champion" | "governance" | "contact" | "assignee" | "project" | "author";
  /** A name, address or id, as the tool writes it. */
  readonly who: string;
  /** What the tool says it is about: the project, the kind of contact, the due date. */
  readonly about?: string;
}

/** What a flaw adds to a finding: of which component, mended where, how likely to be used. */
export interface VulnerabilityDetail {
  /** All names of the flaw; the CVE first where there is one. */
  readonly ids: readonly string[];
  readonly purl?: string;
  readonly package?: string;
  readonly installed?: string;
  /** Versions that mend it; empty when the tool says there is none. */
  readonly fixed?: readonly string[];
  readonly cvss?: number;
  readonly epss?: { readonly score: number; readonly percentile?: number; readonly date?: string };
  /** Known to be exploited (CISA KEV, or the tool's word). */
  readonly exploited?: boolean;
  readonly reachable?: boolean;
  /** Files or layers that hold the component. */
  readonly places?: readonly string[];
  /** The build that was looked at; it does not tell findings apart, for the next build has the same flaw. */
  readonly artifact?: { readonly name: string; readonly digests: readonly string[] };
}

/** Why somebody hid a finding, as the document that hides it says. */
export interface Muting {
  /** `vex` a statement about exploitability; `tool` a setting or decision in the scanner. */
  readonly source: "vex" | "tool";
  readonly reason: string;
  readonly by?: string;
  readonly at?: string;
}

/** A statement about whether a product is affected by a flaw (OpenVEX, CSAF, CycloneDX). */
export interface VexStatement {
  readonly ids: readonly string[];
  readonly status: "not_affected" | "affected" | "fixed" | "under_investigation";
  /** The justification of the standard, and what is said in words beside it. */
  readonly reason?: string;
  readonly by?: string;
  readonly at?: string;
  readonly products: readonly VexProduct[];
}

export interface VexProduct {
  /** Package URL of the product; absent where it is named otherwise, and then nothing can be matched to it. */
  readonly purl?: string;
  /** Package URLs inside the product that the statement is about; empty when it is about the product itself. */
  readonly components: readonly string[];
}

/** What a found secret adds. The value itself is never kept: `hmac` matches equal ones under the key of the installation. */
export interface SecretDetail {
  /** Absent where the tool has hidden the value already. */
  readonly hmac?: string;
  /** Name of the key where the tool tells it and it is no secret: an AWS access key id. */
  readonly keyId?: string;
  /** The tool tried it and it worked, or did not. */
  readonly verified?: boolean;
  /** The identity that it belongs to, as the tool found out: an ARN. */
  readonly identity?: string;
  readonly account?: string;
  /** Other places of the same import where the same secret lies: resource and part. Sorted, whole. */
  readonly also?: readonly string[];
}

/** What KEV and EPSS say about a flaw, on any component: no finding, but weight for those there are. */
export interface VulnerabilityFact {
  readonly id: string;
  readonly source: "kev" | "epss";
  readonly exploited?: { readonly since?: string; readonly due?: string; readonly ransomware?: boolean };
  readonly epss?: { readonly score: number; readonly percentile?: number; readonly date?: string };
}
