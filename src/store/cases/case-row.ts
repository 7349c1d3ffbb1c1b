import type { CaseListing } from "./case-listing.js";

/** A case as it is now: what lists show and filter, and its whole state. Worked out from its events. */
export interface CaseRow {
  readonly id: string;
  /** Of the last event that it was worked out from. */
  readonly sequence: number;
  /** `posture`, `flaw`, `secret`, `identity`. */
  readonly kind: string;
  readonly state: string;
  readonly open: boolean;
  readonly title: string;
  /** `severityRank`: 5 critical … 0 unknown. */
  readonly severity: number;
  readonly tier: number;
  readonly level: number;
  readonly verdict: string;
  /** Role token. */
  readonly lead: string;
  /** Pseudonym of who has the lead's work. */
  readonly owner?: string;
  readonly team?: string;
  readonly account?: string;
  /** The next clock that runs out. */
  readonly dueAt?: string;
  /** When time alone brings something about; absent: never. */
  readonly wakeAt?: string;
  readonly updatedAt: string;
  readonly accessPathKey?: string;
  /** JSON of the state. */
  readonly document: string;
  /** Absent: worked out when the installation is opened next. */
  readonly listing?: CaseListing;
}
