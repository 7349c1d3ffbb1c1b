import type { CheckReference, FindingCounts } from "../core/findings/index.js";
import type { SourceLimits } from "./findings-source/index.js";
import type { JsonStreamLimits } from "./json-stream/index.js";

export interface LoadFindingsOptions {
  readonly reference: CheckReference;
  /** Called about once per megabyte. */
  readonly onProgress?: (progress: {
    readonly path: string;
    readonly bytes: number;
    readonly rows: number;
  }) => void;
  readonly limits?: Partial<JsonStreamLimits>;
  readonly sourceLimits?: Partial<SourceLimits>;
  /** Hand out the rows themselves, for who keeps them between imports: they cost memory. */
  readonly keepRows?: boolean;
  /**
   * Key of the installation (`secretKeyOf`): equal secrets found in different runs match under it. Absent: they match
   * within the run, and no HMAC is handed out.
   */
  readonly secretKey?: Uint8Array;
}

/** One file as it was read. */
export interface FindingsInput {
  readonly path: string;
  /** sha256, hex, of the raw bytes; of the unpacked bytes for a file in an archive; `""` where it could not be opened. */
  readonly digest: string;
  /** `prowler-ocsf`, `asff`, both joined by `+`, `empty-list`, or `unknown`. */
  readonly kind: string;
  readonly bytes: number;
  /** Rows of the file by bucket; rejected ones included. */
  readonly counts: FindingCounts;
  /** Read to its end. A file that was cut yields its whole rows and vouches for nothing. */
  readonly complete: boolean;
  /** Entries that are no findings but weight for them: of KEV and EPSS. */
  readonly facts?: number;
  /** Time of the newest row. */
  readonly observedAt?: string;
  /** The path of an equal file that was read before: its rows are counted there, not here. */
  readonly sameAs?: string;
}
