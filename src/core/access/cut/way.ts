import { principalId, type MissingFact } from "../../estate/index.js";
import type { Become } from "../become.js";
import { entryHop } from "../recreate/hop.js";
import { shortDigest } from "../recreate/digest.js";
import { counts } from "../recreate/verdict.js";
import type { Hop, Path } from "../recreation.js";

/** One derivation that has to be broken: a way back, or a way into an identity. */
export interface Way {
  /** Of what it rests on: another statement for the same step is another way. */
  readonly key: string;
  readonly hops: readonly Hop[];
  readonly because: string;
  readonly verdict: true | "unknown";
  readonly missing: readonly MissingFact[];
  /** What it is a way to: index of the question, or the key of a shared cause. */
  readonly of: number | string;
  /** Address of the code that sets it. */
  readonly code?: string;
  /** The first hop is how somebody comes in; else it is a step like the others. */
  readonly entered: boolean;
  /**
   * The engine itself leaves it open, and no document would settle it: it has to be closed before anybody can be told that
   * nobody can.
   */
  readonly must?: true;
}

export function wayOf(path: Path, of: Way["of"]): Way {
  return {
    key: wayKey(of, path.hops),
    hops: path.hops,
    because: path.because,
    verdict: path.verdict,
    missing: path.missing,
    of,
    ...(path.leg === "drift" ? { code: path.code?.address ?? path.starter } : {}),
    entered: path.leg !== "drift",
    ...(path.verdict === "unknown" && !path.missing.some(isFetchable) ? { must: true as const } : {}),
  };
}

/** A fact that a command fetches; others are settled by changing something, or by nothing. */
const isFetchable = ({ collect }: MissingFact): boolean =>
  /^(aws|remit|gh|gcloud|az|kubectl|terraform|list|export|git)\b/.test(collect);

export const wayKey = (of: Way["of"], hops: readonly Hop[]): string =>
  shortDigest(
    String(of),
    ...hops.map(
      (hop) =>
        `${hop.from} ${hop.to} ${hop.via} ${hop.evidence
          .map(
            (item) => `${item.digest}#${item.pointer ?? ""}#${item.inner ?? ""}#${String(item.line ?? "")}`,
          )
          .join(" ")}`,
    ),
  );

/** Ways that count against a verdict of `none` or `governed`. */
export const countedWays = (paths: readonly Path[], of: Way["of"]): readonly Way[] =>
  paths.filter(counts).map((path) => wayOf(path, of));

/**
 * Whether somebody gets there by rewriting several identities in turn, or by lifting what stands above its account first, is
 * left open by the engine, and no document would settle it. Each of its entries, with its rights to rewrite, is a way that
 * has to be closed.
 */
export function openWays(become: Become, missing: readonly MissingFact[], of: Way["of"]): readonly Way[] {
  const { estate } = become.engine;
  return missing.flatMap((fact): readonly Way[] => {
    const principal = principalId(fact.key.slice(fact.key.indexOf("|") + 1));
    if (isFetchable(fact) || estate.principal(principal) === undefined) return [];
    const rights = become.privileges(principal);
    const hop: Hop = {
      from: principal,
      to: estate.principal(principal)?.account ?? principal,
      via: "may rewrite identities",
      asks: rights.map(({ action }) => ({ action, resource: "*" })),
      evidence: rights.map(({ evidence }) => evidence),
      cause: "grant",
    };
    return become
      .entriesOf(principal)
      .filter(({ band }) => band <= 2)
      .map((entry): Way => {
        const hops = [entryHop(estate, entry), hop];
        return {
          key: wayKey(of, hops),
          hops,
          because: fact.fact,
          verdict: "unknown",
          missing: [fact],
          of,
          entered: true,
          must: true,
        };
      });
  });
}
