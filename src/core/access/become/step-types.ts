import type { Compute } from "./compute.js";
import type { BecomeModel } from "./model.js";
import type { NativeSteps } from "./native-steps.js";
import type { Rewritings } from "./rewriting.js";

export interface Parts {
  readonly model: BecomeModel;
  readonly compute: Compute;
  readonly rewritings: Rewritings;
  readonly native: NativeSteps;
}

export function push<Key, Item>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}
