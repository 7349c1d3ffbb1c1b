import type { MissingFact } from "../../estate/index.js";
import type { Path, Recreation } from "../recreation.js";

/** A path that decides `possible` or `unknown`: one actor, band 0 to 2, not sanctioned (recreation.md 3). */
export const counts = (path: Path): boolean => path.band <= 2 && path.colluding !== true && !path.governed;

export interface VerdictParts {
  readonly paths: readonly Path[];
  /** Facts without which nobody can say that there is no further way. */
  readonly layers: readonly MissingFact[];
  /** What `none` stands on and is not there: the resource itself, its kind, a right to ask about. */
  readonly ground: readonly MissingFact[];
  readonly sharedCauses: readonly string[];
  /** Derived formulas know the writers, not what is immutable: never `none`. */
  readonly derived: boolean;
}

/**
 * Precedence: possible, unknown, governed, none (interfaces.md, "Verdicts"). An unknown that could only add a governed
 * path leaves the verdict alone.
 */
export function verdictOf({
  paths,
  layers,
  ground,
  sharedCauses,
  derived,
}: VerdictParts): Pick<Recreation, "verdict" | "band" | "basis"> {
  const counted = paths.filter(counts);
  const proven = counted.filter((path) => path.verdict === true);
  if (proven.length > 0) return { verdict: "possible", band: worst(proven), basis: [] };
  if (counted.length > 0) return { verdict: "unknown", band: worst(counted), basis: [] };
  if (layers.length > 0) return { verdict: "unknown", basis: [] };
  const remaining = paths.filter((path) => path.governed && path.verdict === true);
  const expected = sharedCauses.length > 0 || remaining.some((path) => path.band === 3);
  const sanctioned = remaining.some((path) => path.band === 4);
  if (expected || sanctioned) {
    return {
      verdict: "governed",
      band: expected ? 3 : 4,
      basis: [...(expected ? (["expected"] as const) : []), ...(sanctioned ? (["sanctioned"] as const) : [])],
    };
  }
  if (derived || ground.length > 0) return { verdict: "unknown", basis: [] };
  return { verdict: "none", basis: ["floor"] };
}

const worst = (paths: readonly Path[]): Path["band"] =>
  paths.reduce<Path["band"]>((band, path) => (path.band < band ? path.band : band), 4);

/**
 * Facts by the thing that is missing: where a named policy of the organisation was not read, `the policies of the
 * account` is the same gap told from further away, and is settled by the policy.
 */
export function namedFacts(facts: readonly MissingFact[]): readonly MissingFact[] {
  return facts.some(isNamedPolicy) ? facts.filter((fact) => !isPolicySet(fact)) : facts;
}

const isNamedPolicy = (fact: MissingFact): boolean => fact.key.startsWith("organization-policy|");
const isPolicySet = (fact: MissingFact): boolean => /^[sr]cp\|/.test(fact.key);

/** What each missing fact would decide: the words of first-minute.md 1 for either answer. */
export function decidedBy(parts: VerdictParts, facts: readonly MissingFact[]): Recreation["wouldDecide"] {
  const sets = facts.filter(isPolicySet);
  return facts.map((fact) => ({
    fact,
    ...effectOf(parts, isNamedPolicy(fact) ? [fact, ...sets] : [fact]),
  }));
}

/** The same for all facts at once: asked where no single one decides. */
export function decidedTogether(
  parts: VerdictParts,
  facts: readonly MissingFact[],
): NonNullable<Recreation["togetherDecide"]> | undefined {
  return namedFacts(facts).length < 2 ? undefined : effectOf(parts, facts);
}

function effectOf(
  parts: VerdictParts,
  facts: readonly MissingFact[],
): { readonly ifTrue: string; readonly ifFalse: string } {
  const keys = new Set(facts.map((fact) => fact.key));
  return {
    ifTrue: wordOf(verdictOf({ ...parts, ...assuming(parts, keys, true) })),
    ifFalse: wordOf(verdictOf({ ...parts, ...assuming(parts, keys, false) })),
  };
}

/** True: the facts turn out so that the ways which wait for them alone open. False: those ways are gone. */
function assuming(
  { paths, layers, ground }: VerdictParts,
  keys: ReadonlySet<string>,
  holds: boolean,
): Pick<VerdictParts, "paths" | "layers" | "ground"> {
  const waits = (path: Path): boolean => path.missing.some((item) => keys.has(item.key));
  const settled = holds
    ? paths.map((path) => {
        if (!waits(path)) return path;
        const missing = path.missing.filter((item) => !keys.has(item.key));
        return missing.length === 0 ? { ...path, verdict: true as const, missing } : { ...path, missing };
      })
    : paths.filter((path) => !waits(path));
  const open = (facts: readonly MissingFact[]) => facts.filter((item) => !keys.has(item.key));
  return { paths: settled, layers: open(layers), ground: open(ground) };
}

export function wordOf(answer: Pick<Recreation, "verdict" | "band" | "basis">): string {
  switch (answer.verdict) {
    case "possible":
      return answer.band === 0 ? "yes, by itself" : answer.band === 1 ? "yes, from outside" : "yes";
    case "unknown":
      return "still unknown";
    case "governed":
      return answer.basis.includes("expected") ? "only admins" : "governed";
    case "none":
      return "cannot";
  }
}
