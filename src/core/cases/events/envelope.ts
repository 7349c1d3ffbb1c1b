import type { By } from "../person.js";

/** What every event carries. */
export interface Envelope {
  /** Version of the shape of this kind of event; a later one adds, never renames. */
  readonly version: 1;
  readonly case: string;
  /** 1, 2, 3, … within the case. */
  readonly sequence: number;
  /** ISO instant, never before the event before it, also when the clock of the machine was set back. */
  readonly at: string;
  readonly by: By;
  /** Hash of the event before; of the first: 64 zeros. */
  readonly previous: string;
  /** SHA-256 over the canonical form of everything else in the event; lower-case hex. */
  readonly hash: string;
}

/** Where a case is worked on: containment, tracing, or one item of the fix. */
export type Track = "contain" | "trace" | "fix";

/** A place of work: `item` is set exactly where the track is `fix`. */
export interface Place {
  readonly track: Track;
  readonly item?: string;
}
