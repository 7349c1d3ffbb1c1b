import type { MissingFact, PrincipalId } from "../../estate/index.js";
import type { PropertyTruth } from "../recreation.js";
import type { BecomeEdge, Certainty } from "../become.js";
import type { AccessDecision, ResidualCondition } from "../engine.js";
import { missingFact } from "./context.js";
import type { Can, Formula, Guard } from "./formula.js";
import { provenGrant, type Atom, type Solver } from "./solver.js";

/** One right used on the way: who uses it and how the starter turned into that identity. */
export interface Step {
  readonly right: Can;
  readonly actor: PrincipalId;
  readonly walk: readonly BecomeEdge[];
  /** The right is attained by rewriting `actor`; there is no statement that grants it yet. */
  readonly rewritten: boolean;
  /** The actor gives the right to itself: `decision` is about the policy that it writes. */
  readonly granted: boolean;
  readonly decision: AccessDecision | undefined;
  /** Conditions that only the request decides: of the decision, or of the limits that stay after a rewriting. */
  readonly residual: readonly ResidualCondition[];
  /** What limits the rewritten actor refuses it; whether that comes off in turn was not followed. */
  readonly leftOpen?: boolean;
  readonly missing: readonly MissingFact[];
  readonly verdict: true | "unknown";
}

/** Why one starter makes the formula true: the rights it uses, the properties and guards that let it. */
export interface Derivation {
  readonly verdict: true | "unknown";
  readonly certainty: Certainty;
  readonly steps: readonly Step[];
  readonly truths: readonly PropertyTruth[];
  readonly guardsOff: readonly Guard[];
  readonly guardsLifted: readonly Guard[];
  readonly missing: readonly MissingFact[];
}

const holds: Derivation = {
  verdict: true,
  certainty: "certain",
  steps: [],
  truths: [],
  guardsOff: [],
  guardsLifted: [],
  missing: [],
};

/** The best derivation for one starter: proven before unknown, certain before conditional, fewest hops; or none. */
export function derive(solver: Solver, formula: Formula, member: number): Derivation | undefined {
  switch (formula.kind) {
    case "can": {
      const step = stepOf(solver, solver.atom(formula), member);
      if (step === undefined) return undefined;
      return {
        ...holds,
        verdict: step.verdict,
        certainty: certaintyOf(step),
        steps: [step],
        missing: [...step.walk.flatMap((edge) => edge.missing), ...step.missing],
      };
    }
    case "is": {
      const { truth } = formula;
      if (truth.value === false) return undefined;
      return {
        ...holds,
        verdict: truth.value,
        truths: [truth],
        missing: truth.value === true ? [] : truth.missing,
      };
    }
    case "open": {
      const { guard } = formula;
      if (guard.off.value === true) return { ...holds, guardsOff: [guard] };
      if (guard.off.value === "unknown")
        return { ...holds, verdict: "unknown", truths: [guard.off], missing: guard.off.missing };
      const lifted = derive(solver, guard.lift, member);
      return lifted === undefined ? undefined : { ...lifted, guardsLifted: [guard, ...lifted.guardsLifted] };
    }
    case "all": {
      let sum: Derivation = holds;
      for (const part of formula.parts) {
        const next = derive(solver, part, member);
        if (next === undefined) return undefined;
        sum = join(sum, next);
      }
      return sum;
    }
    case "any": {
      let best: Derivation | undefined;
      for (const part of formula.parts) {
        const next = derive(solver, part, member);
        if (next !== undefined && (best === undefined || rank(next) < rank(best))) best = next;
      }
      return best;
    }
  }
}

function join(left: Derivation, right: Derivation): Derivation {
  return {
    verdict: left.verdict === true && right.verdict === true ? true : "unknown",
    certainty: left.certainty === "certain" && right.certainty === "certain" ? "certain" : "conditional",
    steps: [...left.steps, ...right.steps],
    truths: [...left.truths, ...right.truths],
    guardsOff: [...left.guardsOff, ...right.guardsOff],
    guardsLifted: [...left.guardsLifted, ...right.guardsLifted],
    missing: [...left.missing, ...right.missing],
  };
}

/** Smaller is better; hops decide last and never outweigh a verdict. */
function rank(derivation: Derivation): number {
  const hops = derivation.steps.reduce((sum, step) => sum + 1 + step.walk.length, 0);
  return (
    (derivation.verdict === true ? 0 : 2e6) +
    (derivation.certainty === "certain" ? 0 : 1e6) +
    Math.min(hops, 1e5)
  );
}

function certaintyOf(step: Step): Certainty {
  const conditional = step.walk.some((edge) => edge.certainty === "conditional") || step.residual.length > 0;
  return conditional ? "conditional" : "certain";
}

function stepOf(solver: Solver, atom: Atom, member: number): Step | undefined {
  if (!atom.possible.has(member)) return undefined;
  const { world, engine } = solver;
  const proven = atom.yes.has(member);
  const walk = (proven ? atom.proven : atom.thinkable).walk(member);
  const actor = walk.at(-1)?.to ?? world.name(member);
  const index = engine.indexOf(actor);
  const rewrite =
    index === undefined || (proven ? atom.holders : atom.possibleHolders).has(index)
      ? undefined
      : atom.rewriters.get(index);
  const edge = rewrite?.rewrite.edge();
  if (rewrite !== undefined && edge !== undefined) {
    const { residual, missing } = rewrite.rewrite.able(atom.right.action, atom.right.resource);
    const leftOpen = rewrite.rewrite.may(atom.right.action, atom.right.resource) === false;
    return {
      right: atom.right,
      actor: edge.to,
      walk: [...walk, ...(rewrite.rewrite.before?.() ?? []), edge, ...(rewrite.rewrite.after?.() ?? [])],
      rewritten: true,
      granted: false,
      decision: undefined,
      residual,
      missing: leftOpen ? [...missing, limitsInTurn(atom.right.action, edge.to)] : missing,
      leftOpen,
      verdict: proven && rewrite.verdict === true && edge.verdict === true ? true : "unknown",
    };
  }
  const { action, resource, grantedBy } = atom.right;
  const direct = engine.decide(actor, action, resource);
  const written =
    direct.verdict === true || grantedBy === undefined
      ? undefined
      : engine.decide(actor, grantedBy.action, grantedBy.resource);
  const given = written === undefined ? undefined : provenGrant(engine, atom.right, actor);
  // Some give themselves nothing: the policy as it stands is what may give it.
  const refused = written?.verdict === false || given === undefined || given.verdict === false;
  const granted = written !== undefined && (direct.verdict === false || !refused);
  const decision = granted ? written : direct;
  return {
    right: atom.right,
    actor,
    walk,
    rewritten: false,
    granted,
    decision,
    residual: [...decision.residual, ...(granted ? (given?.residual ?? []) : [])],
    missing: [...decision.missing, ...(granted ? (given?.missing ?? []) : [])],
    verdict: proven && decision.verdict === true ? true : "unknown",
  };
}

const limitsInTurn = (action: string, actor: PrincipalId): MissingFact =>
  missingFact(
    "complexity",
    `limits in turn|${actor}`,
    `whether what refuses ${action} to \`${actor}\` (boundary, denies, the policy of the resource) comes off in turn`,
    `take away the rights to rewrite \`${actor}\` and its limits`,
  );
