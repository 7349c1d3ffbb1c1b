import type { Draft, Place } from "../drafting/index.js";
import type { NativeEntry, NativeList } from "./schema.js";

/** What the translation of one entry works with. */
export interface Telling {
  readonly draft: Draft;
  /** The entry; its origin carries the entry's own `source` and `observedAt`. */
  readonly place: Place;
  /** Position in its list. */
  readonly index: number;
  /** Rejects the entry, or the member of it at `path`. */
  fault(reason: string, path?: readonly PropertyKey[]): void;
}

export type NativeTranslators = {
  readonly [List in NativeList]: (entry: NativeEntry<List>, telling: Telling) => void;
};
