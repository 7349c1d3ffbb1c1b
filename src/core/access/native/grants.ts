import type { Estate, PolicyUse, PrincipalId } from "../../estate/index.js";

/**
 * Rights of the native estate document, of any provider, as policy documents of version `native`: patterns are globs
 * without regard to case, a condition is words that only the request decides.
 */
export function nativeGrants(estate: Estate): ReadonlyMap<PrincipalId, readonly PolicyUse[]> {
  const byHolder = new Map<PrincipalId, PolicyUse[]>();
  for (const grant of estate.grants) {
    const use: PolicyUse = {
      name:
        grant.inheritedFrom === undefined || grant.inheritedFrom === "direct"
          ? grant.id
          : `${grant.id} (${grant.inheritedFrom})`,
      document: {
        version: "native",
        statements: [
          {
            pointer: "",
            effect: grant.effect,
            action: { negated: false, patterns: grant.actions },
            resource: { negated: false, patterns: grant.resources },
            conditions:
              grant.condition === undefined ? [] : [{ operator: "native", key: grant.condition, values: [] }],
          },
        ],
      },
      origin: grant.origin,
    };
    const held = byHolder.get(grant.holder);
    if (held === undefined) byHolder.set(grant.holder, [use]);
    else held.push(use);
  }
  return byHolder;
}
