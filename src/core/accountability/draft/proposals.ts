import type { AccessEngine } from "../../access/index.js";
import type { OwnershipScope } from "../answerable.js";
import type { EstateIndex } from "../estate-index.js";
import { rounded } from "../explain-owner.js";
import { holderResolver } from "../holder.js";
import { inferOwner, type RankedCandidate } from "../infer-owner.js";
import { closeMargin, leastScore } from "../likely-owners.js";
import type { Role } from "../role.js";
import { placeOf, type Roster } from "./people.js";
import type { Proposal, Reason } from "./types.js";

/** Candidates shown for one duty, and the least that is worth showing at all. */
const mostShown = 3;
const leastShown = 0.1;

export type Propose = (role: Role, about: OwnershipScope) => readonly Proposal[];

/** Proposals after the evidence of ownership.md 6b: the best first; only one that stands out is written. */
export function proposer(index: EstateIndex, engine: AccessEngine, roster: Roster, now: string): Propose {
  const context = { index, engine, catalogue: undefined, resolve: holderResolver(undefined, now), now };
  return (role, about) => {
    const ranked = inferOwner(context, role, about, undefined).ranked.filter(
      ({ score }) => score >= leastShown,
    );
    const [first, second] = ranked;
    const clear =
      first !== undefined &&
      first.score >= leastScore - 1e-9 &&
      (second === undefined || first.score - second.score >= closeMargin - 1e-9);
    return ranked.slice(0, mostShown).map((candidate, at) => {
      const holder = roster.idOf(candidate.candidate);
      const written = clear && at === 0;
      if (written) roster.carries(holder, role);
      return { holder, confidence: rounded(candidate.score), written, reasons: reasonsOf(candidate) };
    });
  };
}

const reasonsOf = ({ evidence }: RankedCandidate): readonly Reason[] =>
  evidence
    .filter(({ counted }) => counted)
    .map(({ sighting, weight }) => ({
      text: `${sighting.source} (${rounded(weight).toFixed(2)}): ${sighting.raw}`,
      place: placeOf(sighting.evidence),
    }));
