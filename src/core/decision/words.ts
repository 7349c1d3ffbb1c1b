import type { Band, Path, Recreation, Verdict } from "../access/index.js";
import type { CaseKind } from "./analysis.js";

/** The eight words of first-minute.md, section 1. Nothing else is ever shown under COMES BACK. */
export type ComesBack = (typeof comesBackOrder)[number];

/** As lists have them: band 0, 1, 2, shared cause, unknown, 3, 4, none. */
export const comesBackOrder = [
  "yes, by itself",
  "yes, from outside",
  "yes",
  "shared cause",
  "unknown",
  "only admins",
  "governed",
  "cannot",
] as const;

/** The word for a verdict; `possible` is told apart by the band of its worst path. */
export function comesBackWords(
  kind: CaseKind,
  verdict: Verdict,
  band: Band | undefined,
  basis: readonly string[],
  isPopulation: boolean,
): ComesBack {
  if (isPopulation && kind === "identity" && verdict !== "unknown") return "shared cause";
  switch (verdict) {
    case "possible":
      return band === 0 ? "yes, by itself" : band === 1 ? "yes, from outside" : "yes";
    case "unknown":
      return "unknown";
    case "governed":
      return basis.includes("expected") ? "only admins" : "governed";
    case "none":
      return "cannot";
  }
}

/** A path that counts towards the verdict: proven, by one actor, from an entry of band 0 to 2 (recreation.md 3). */
export const isCounted = (path: Path): boolean =>
  path.verdict === true && path.band <= 2 && !path.governed && path.colluding !== true;

/**
 * The clause of the BECAUSE column. `shared` names the shared case that stands behind an `only admins` row:
 * its id and how many identities it holds.
 */
export function becauseClause(
  recreation: Pick<Recreation, "verdict" | "basis" | "missing"> & Partial<Pick<Recreation, "certificate">>,
  worst: Pick<Path, "because"> | undefined,
  shared: { readonly case: string; readonly members: number } | undefined,
): string {
  switch (recreation.verdict) {
    case "possible":
      return worst?.because ?? "";
    case "unknown": {
      const [first, ...rest] = recreation.missing;
      if (first === undefined) return "a fact is missing";
      const more = rest.length === 0 ? "" : ` (+${String(rest.length)})`;
      if (/^(which|whether) /.test(first.fact)) return `not known: ${first.fact}${more}`;
      const [what = ""] = first.fact.split(" of ");
      const verb = / and |s$/.test(what) ? "were" : "was";
      return `${first.fact} ${verb} not supplied${more}`;
    }
    case "governed":
      if (shared !== undefined) return `nobody but the ${String(shared.members)} of ${shared.case}`;
      return worst?.because ?? "only sanctioned and proven routes";
    case "none":
      // What makes it immutable is the formula's own sentence: `encrypted: it cannot be shared with everybody`.
      if (recreation.basis.includes("immutable") || recreation.basis.includes("gone"))
        return recreation.certificate?.layers[0] ?? "it cannot be set on this resource";
      return "only the account root and organisation management";
  }
}
