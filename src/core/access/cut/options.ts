import type { Candidate, FixKind } from "./candidate.js";
import type { Cut } from "./solve.js";

/** A fix of one of the four kinds that every case offers where they apply (R35). */
export interface FixOption {
  readonly fix: FixKind;
  readonly candidate: Candidate;
  readonly chosen: boolean;
}

const kinds: readonly FixKind[] = ["narrow", "rotate", "ephemeral", "just-in-time"];

/** The cheapest few of each kind among the changes that were considered; the cut's own are marked. */
export function fixOptions(cut: Cut, perKind: number): readonly FixOption[] {
  const chosen = new Set(cut.parts.flatMap((part) => part.candidates.map(({ key }) => key)));
  return kinds.flatMap((fix) =>
    cut.considered
      .filter((candidate) => candidate.fix === fix)
      .sort((a, b) => Number(chosen.has(b.key)) - Number(chosen.has(a.key)))
      .slice(0, perKind)
      .map((candidate) => ({ fix, candidate, chosen: chosen.has(candidate.key) })),
  );
}

/** Why a change of a cut is interim (R37); undefined: it lasts. */
export function interimBecause(cut: Cut, part: Cut["parts"][number]): string | undefined {
  if (part.candidates.some(({ interim }) => interim))
    return "whoever may rewrite the identity can take it back";
  // Switches and code stand whoever starts; of rights and trusts a standing secret is only one step away.
  if (!part.candidates.some(({ fix }) => fix === "narrow")) return undefined;
  if (part.candidates.every(({ cause }) => cause === "setting" || cause === "guardrail")) return undefined;
  const revoked = new Set(
    cut.parts.flatMap(({ candidates }) =>
      candidates.flatMap(({ key }) => (key.startsWith("revoke|") ? [key.slice("revoke|".length)] : [])),
    ),
  );
  const keys = new Set(part.candidates.map(({ key }) => key));
  const standing = cut.ways
    .filter(({ candidates }) => candidates.some((key) => keys.has(key)))
    .map(({ way }) => way.hops[0])
    .find((hop) => hop?.cause === "secret" && !revoked.has(hop.from));
  return standing === undefined ? undefined : "a standing secret that starts the way stays";
}

/** How many of the ways that were found a change breaks. */
export const closes = (cut: Cut, part: Cut["parts"][number]): number => {
  const keys = new Set(part.candidates.map(({ key }) => key));
  return cut.ways.filter(({ candidates }) => candidates.some((key) => keys.has(key))).length;
};
