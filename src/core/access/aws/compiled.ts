import type { PrincipalId } from "../../estate/index.js";
import type { Actor } from "./model.js";
import type { StatementIndex } from "./statement-index.js";

/** The estate as the engine asks it; nothing in it changes afterwards. */
export interface Compiled {
  readonly actors: readonly Actor[];
  readonly actorIndex: ReadonlyMap<PrincipalId, number>;
  readonly index: StatementIndex;
  /** Users, roles and the root of each account. */
  readonly byAccount: ReadonlyMap<string, readonly number[]>;
  readonly roots: readonly number[];
  /** Strangers, services, federated subjects: whoever only documents name. */
  readonly outside: readonly number[];
}

/** Actors that an overlay touches: never decided in bulk. */
export interface Touched {
  readonly disabled: ReadonlySet<number>;
  readonly changed: ReadonlySet<number> | "all";
}
