import type { PrincipalId } from "../../estate/index.js";
import { createBecome, type BecomeQuestions } from "../become/become.js";
import type { BecomeEdge } from "../become.js";
import { overlayOfChanges } from "../change/overlay.js";
import type { AccessEngine } from "../engine.js";
import { edgeHop } from "../recreate/hop.js";
import { distinctFacts } from "../recreate/path.js";
import type { Hop } from "../recreation.js";
import type { AccessPolicy } from "../sanction.js";
import { createPlaces } from "./located.js";
import { distinct, hopCandidates, type CutProblem } from "./problem.js";
import { createUse, type UsedAccess } from "./use.js";
import { wayKey, type Way } from "./way.js";

/** A walk that has to be broken: from one identity to another, or to a right. */
export interface Walk {
  readonly target: string;
  readonly edges: readonly BecomeEdge[];
  readonly verdict: true | "unknown";
  /** What the identity at the end does, where it is a right that it holds and not what it has become. */
  readonly right?: { readonly actor: PrincipalId; readonly action: string; readonly resource: string };
}

/** That nobody gets from somewhere to somewhere: `walks` says which ways are open in an estate. */
export interface ReachCut {
  readonly engine: AccessEngine;
  readonly policy: AccessPolicy;
  readonly walks: (become: BecomeQuestions) => readonly Walk[];
  readonly used?: readonly UsedAccess[];
}

export function reachProblem({ engine, policy, walks, used }: ReachCut): CutProblem {
  const { estate } = engine;
  const ground = {
    estate,
    places: createPlaces(estate),
    use: createUse(estate, used ?? []),
    sanctions: policy.sanctions,
  };
  return {
    ground,
    lifted: new Set(),
    ask(changes) {
      const { overlay, applied } = overlayOfChanges(estate, changes);
      const view = changes.length === 0 ? engine : engine.withOverlay(overlay);
      const under = { ...policy, sanctions: [...policy.sanctions, ...applied.sanctions] };
      const ways = walks(createBecome(view, under)).map((walk) => wayOfWalk(view, walk));
      return {
        ways,
        more: 0,
        verdict: ways.some(({ verdict }) => verdict === true)
          ? "possible"
          : ways.length > 0
            ? "unknown"
            : "none",
        basis: [],
        missing: distinctFacts(ways.flatMap(({ missing }) => missing)),
        engine: view,
        unapplied: applied.unapplied.map(({ reason }) => reason),
      };
    },
    candidates: (way) => distinct(hopCandidates(ground, way, () => [])),
  };
}

function wayOfWalk(engine: AccessEngine, { target, edges, verdict, right }: Walk): Way {
  const hops = [...edges.map(edgeHop), ...(right === undefined ? [] : rightHops(engine, right))];
  return {
    key: wayKey(target, hops),
    hops,
    because: edges.map(({ via }) => via).join(" > "),
    verdict,
    missing: edges.flatMap(({ missing }) => missing),
    of: target,
    entered: false,
  };
}

/** Attained by rewriting, a right rests on no statement yet: then there is no hop to cut. */
function rightHops(
  engine: AccessEngine,
  { actor, action, resource }: NonNullable<Walk["right"]>,
): readonly Hop[] {
  const { verdict, grants } = engine.decide(actor, action, resource);
  return verdict === false
    ? []
    : [
        {
          from: actor,
          to: resource,
          via: `may ${action}`,
          action,
          asks: [{ action, resource }],
          evidence: grants.slice(0, 3),
          cause: "grant",
        },
      ];
}
