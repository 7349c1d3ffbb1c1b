import type { PrincipalId } from "../../estate/index.js";
import type { Actor } from "./model.js";
import type { StatementIndex } from "./statement-index.js";
import type { Witnesses } from "./witnesses.js";

/** The estate as the engine asks it; nothing in it changes afterwards. */
export interface Compiled {
  readonly actors: readonly Actor[];
  readonly actorIndex: ReadonlyMap<PrincipalId, number>;
  readonly index: StatementIndex;
  readonly witnesses: Witnesses;
  /** Actors of one kind and account share a number. */
  readonly classOf: Uint32Array;
  /** Users, roles and the root of each account. */
  readonly byAccount: ReadonlyMap<string, readonly number[]>;
  readonly roots: readonly number[];
  readonly rootsOf: ReadonlyMap<string, readonly number[]>;
  /** Strangers, services, federated subjects: whoever only documents name. */
  readonly outside: readonly number[];
}

/** Actors that an overlay touches: never decided in bulk. */
export interface Touched {
  readonly disabled: ReadonlySet<number>;
  readonly changed: ReadonlySet<number> | "all";
  /** Those that the overlay itself touches; `changed` holds the rewritten ones too. */
  readonly own: ReadonlySet<number>;
  /** Actors that hold other documents than those that were indexed: each is judged, whatever the index says of it. */
  readonly rewritten: ReadonlySet<number>;
}
