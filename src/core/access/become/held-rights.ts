import { speaks, type Changed } from "./hold.js";
import { identityHits } from "./identity-hits.js";
import { mightDo } from "./power.js";
import type { Parts } from "./step-types.js";

/** What identities held together may do, some of them with changed rights. */
export interface HeldRights {
  /** Whether one of them may do it, or might. */
  readonly any: (action: string, resource: string) => boolean;
  /** Everything of the accounts that one of them, as it stands, may do it on. */
  readonly hitBy: (action: string) => ReadonlySet<string>;
  readonly speaks: (index: number, action: string) => boolean;
  /** Something is held that was not, or has rights that it had not: what was refused may be possible now. */
  readonly changed: () => void;
}

/** `held` only grows, in the order in which it is gone through. */
export function heldRights(
  parts: Parts,
  held: ReadonlySet<number>,
  powersNow: () => readonly Changed[],
): HeldRights {
  const { model } = parts;
  const hits = identityHits(parts);
  const unions = new Map<string, { readonly on: Set<string>; readonly from: Set<number> }>();
  const granted = new Set<string>();
  let refused = new Set<string>();
  const spoken = (index: number, action: string): boolean =>
    action === "sts:AssumeRole" || speaks(model, index, action);
  const hitBy = (action: string): ReadonlySet<string> => {
    let union = unions.get(action);
    if (union === undefined) unions.set(action, (union = { on: new Set<string>(), from: new Set<number>() }));
    if (union.from.size < held.size) {
      for (const index of held) {
        if (union.from.has(index)) continue;
        union.from.add(index);
        for (const target of hits.of(index, action)) union.on.add(target);
      }
    }
    return union.on;
  };
  const asTheyStand = (action: string, resource: string): boolean => {
    if (hits.covers(action, resource)) return hitBy(action).has(resource);
    for (const index of held)
      if (spoken(index, action) && model.engine.targetsOf(model.id(index), action, [resource]).length > 0)
        return true;
    return false;
  };
  return {
    hitBy,
    speaks: spoken,
    any(action, resource) {
      const key = `${action} ${resource}`;
      if (granted.has(key)) return true;
      if (refused.has(key)) return false;
      const can =
        powersNow().some(({ power }) => mightDo(power, action) && power.may(action, resource) !== false) ||
        asTheyStand(action, resource);
      (can ? granted : refused).add(key);
      return can;
    },
    changed: () => {
      refused = new Set<string>();
    },
  };
}
