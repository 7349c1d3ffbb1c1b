import { problem, type OwnerProblem } from "./owner-problem.js";
import type { NamedOwner } from "./named-owners.js";
import { rounded } from "./explain-owner.js";
import type { Inference, RankedCandidate } from "./infer-owner.js";

/** Below this nobody is named (ownership.md 6b): a name shown is a claim. */
export const leastScore = 0.6;
/** From here on, and alone, a candidate is the owner until somebody says otherwise; below they are a proposal. */
export const certainScore = 0.85;
/** Two candidates closer than this are both asked. */
export const closeMargin = 0.15;

/** An owner that evidence makes likely, and what they have been seen acting as. */
export interface LikelyOwner extends NamedOwner {
  readonly signIns: readonly string[];
}

export interface LikelyOwners {
  readonly owners: readonly LikelyOwner[];
  readonly problem?: OwnerProblem;
  /** Of a proposal: whom to ask, at most two, best first. */
  readonly ask?: readonly string[];
}

/**
 * Decides over the ranked candidates (ownership.md 6b): at 0.85 or more and clear of the next, the owner; from 0.60, or
 * with the next one close, a proposal, and the two best are asked; below nobody.
 */
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
  const owners = chosen.map(ownerOf);
  if (!close && first.score >= certainScore - 1e-9) return { owners };
  const asked = second === undefined ? [first] : [first, second];
  return {
    owners,
    ask: asked.map(({ candidate }) => candidate.shown),
    problem: problem(
      "unconfirmed",
      close
        ? `${wordsOf(first)} and ${wordsOf(second)} are close: ask both, and confirm one in the catalogue`
        : `${wordsOf(first)} is likely and not certain: ask ${asked.length === 1 ? "them" : `them and ${wordsOf(asked[1] ?? first)}`}, and confirm one in the catalogue`,
    ),
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
