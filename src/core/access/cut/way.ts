import type { MissingFact } from "../../estate/index.js";
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
  };
}

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
