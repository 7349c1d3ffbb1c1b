import type { AccountId, Evidence, ResourceId } from "../estate/index.js";
import type { WeaknessClass } from "./check-reference.js";
import type { FindingRow, SeenPassing } from "./finding.js";
import type { AssertedScope } from "./scope.js";
import type { Timeline } from "./timeline.js";

/**
 * `open`: seen failing. `recurred`: seen failing again after it was fixed or gone. `fixed`: seen passing. `gone`: not
 * listed any more by a scan that ran its check there. `muted-external`: hidden by a decision in the tool, without owner
 * or expiry. `accepted`: failing, and accepted until a date. `unknown`: the tool no longer refreshes it.
 */
export type FindingState = "open" | "recurred" | "fixed" | "gone" | "muted-external" | "accepted" | "unknown";

export interface Acceptance {
  /** ISO instants. */
  readonly at: string;
  readonly until: string;
  readonly by: string;
  readonly reason: string;
}

/** A finding over all imports. */
export interface FindingRecord {
  readonly fingerprint: string;
  readonly tool: string;
  readonly provider: string;
  readonly check: string;
  readonly account?: AccountId;
  readonly region?: string;
  readonly resource: ResourceId;
  readonly subLocator: string;
  readonly weakness: string;
  readonly class: WeaknessClass;
  /** The tool's own ids of it; sorted, at most 20. */
  readonly aliases: readonly string[];
  readonly timeline: Timeline;
  readonly state: FindingState;
  /** Since when it is in this state. */
  readonly since: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly recurrences: number;
  /** 0; one more for every recurrence and for being a repeat on an access path that was closed before (R10). */
  readonly level: number;
  readonly acceptance?: Acceptance;
  /** Keys of the access paths (identity, grant, target class) that led to it, when it was analysed. */
  readonly paths: readonly string[];
  /** The record on the same access path that was closed before this one was opened. */
  readonly repeats?: string;
  /** The row that was seen last, and where `fixed` the row that passed. */
  readonly evidence: readonly Evidence[];
  /** Digest of the document that last showed it failing. */
  readonly lastDocument: string;
}

/** A check that was seen passing, the last time: proof for failures that are imported later. */
export interface PassMark {
  readonly tool: string;
  readonly provider: string;
  readonly check: string;
  readonly resource: ResourceId;
  readonly region?: string;
  readonly subLocator: string;
  readonly at: string;
  readonly evidence: Evidence;
}

/** Everything that is remembered between imports. A plain value, sorted. */
export interface FindingsState {
  readonly records: readonly FindingRecord[];
  readonly passes: readonly PassMark[];
  /** sha256 of every document that was imported; the same bytes again change nothing. */
  readonly documents: readonly string[];
}

export const noFindings: FindingsState = { records: [], passes: [], documents: [] };

/** Files of one import, as `loadFindings` gives them. */
export interface FindingsImport {
  /** ISO instant of the import: the time of rows that name none. */
  readonly at: string;
  readonly documents: readonly { readonly path: string; readonly digest: string }[];
  readonly rows: readonly FindingRow[];
  readonly passing: readonly SeenPassing[];
  readonly scopes: readonly AssertedScope[];
  /** Keys of access paths by fingerprint, where the findings were analysed. */
  readonly paths?: ReadonlyMap<string, readonly string[]>;
}

export type FindingEventKind =
  "opened" | "recurred" | "fixed" | "gone" | "muted" | "unmuted" | "doubtful" | "repeat" | "acceptance-ended";

export interface FindingEvent {
  readonly kind: FindingEventKind;
  readonly fingerprint: string;
  readonly resource: ResourceId;
  readonly weakness: string;
  /** When what it tells was seen. */
  readonly at: string;
  readonly from?: FindingState;
  readonly to: FindingState;
  readonly recurrences: number;
  readonly level: number;
  /** Of `repeat`: the finding on the same access path that was closed before. */
  readonly of?: string;
}
