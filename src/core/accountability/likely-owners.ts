import { problem, type OwnerProblem } from "./owner-problem.js";
import type { NamedOwner } from "./named-owners.js";
import { rounded } from "./explain-owner.js";
import type { Inference, RankedCandidate } from "./infer-owner.js";

/** Below this nobody is named (ownership.md 6b): a name shown is a claim. */
export const leastScore = 0.6;
/** Two candidates closer than this are both asked. */
export const closeMargin = 0.15;

/** An owner that evidence makes likely, and what they have been seen acting as. */
export interface LikelyOwner extends NamedOwner {
  readonly signIns: readonly string[];
}

export interface LikelyOwners {
  readonly owners: readonly LikelyOwner[];
  readonly problem?: OwnerProblem;
}

/** Decides over the ranked candidates: the best at 0.60 or more, with the second where it is close. */
export function likelyOwners({ ranked, raise }: Inference): LikelyOwners {
  const [first, second] = ranked;
  if (first === undefined) return { owners: [] };
  if (first.score < leastScore - 1e-9) {
    return {
      owners: [],
      problem: problem(
        "no-owner",
        `${first.candidate.shown} at ${rounded(first.score).toFixed(2)} is too little evidence (${sourcesOf(first)})${raise.length === 0 ? "" : `; would raise it: ${raise.join(", ")}`}`,
      ),
    };
  }
  const close = second !== undefined && first.score - second.score < closeMargin - 1e-9;
  const chosen = close && second.score >= leastScore - 1e-9 ? [first, second] : [first];
  return {
    owners: chosen.map(ownerOf),
    ...(close
      ? {
          problem: problem(
            "unconfirmed",
            `${wordsOf(first)} and ${wordsOf(second)} are close: confirm one in the catalogue`,
          ),
        }
      : {}),
  };
}

const wordsOf = ({ candidate, score }: RankedCandidate): string =>
  `${candidate.shown} (${rounded(score).toFixed(2)})`;

const sourcesOf = ({ evidence }: RankedCandidate): string =>
  evidence
    .filter((item) => item.counted)
    .map((item) => item.sighting.source)
    .join(" + ");

function ownerOf(ranked: RankedCandidate): LikelyOwner {
  const { candidate, evidence, known, score } = ranked;
  const [person] = known?.people ?? [];
  const name =
    known === undefined
      ? { [candidate.kind]: candidate.shown }
      : {
          ...(person === undefined ? {} : { person: person.id }),
          ...(known.team ? { team: known.id } : {}),
        };
  return {
    ...name,
    via: sourcesOf(ranked),
    confidence: rounded(score),
    evidence: evidence.filter((item) => item.counted).map((item) => item.sighting.evidence),
    people: known?.people ?? [],
    signIns: [
      ...new Set([
        ...(known?.people ?? []).flatMap((item) => item.principals),
        ...evidence.flatMap(({ sighting }) => sighting.principal ?? []),
      ]),
    ],
  };
}
