import type { FactSet } from "./facts/fact.js";

export type Tier = 0 | 1 | 2 | 3;

/**
 * The tier from proven facts, and the tier if the unknown ones turn out the worse way (R66: it never falls when
 * a risk fact is added). Tier 0 needs D10; 2 = customer-facing or privileged; 3 = both, or the path crosses into
 * an account with another owner.
 */
export function tierOf(
  facts: FactSet,
  patchOwnerAlone: boolean,
): { readonly tier: Tier; readonly ifUnknown: Tier } {
  return {
    tier: tierFrom(facts, patchOwnerAlone, (value) => value === true),
    ifUnknown: tierFrom(facts, patchOwnerAlone, (value) => value !== false),
  };
}

function tierFrom(
  facts: FactSet,
  patchOwnerAlone: boolean,
  holds: (value: boolean | "unknown") => boolean,
): Tier {
  if (patchOwnerAlone) return 0;
  const facing = holds(facts.customer_facing.value);
  const privileged = holds(facts.privileged.value);
  if ((facing && privileged) || holds(facts.crosses_owners.value)) return 3;
  return facing || privileged ? 2 : 1;
}
