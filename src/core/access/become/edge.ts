import type { Evidence, MissingFact, Tri } from "../../estate/index.js";
import type { BecomeEdge, Certainty } from "../become.js";
import type { AccessDecision, AccessEngine } from "../engine.js";
import type { BecomeModel } from "./model.js";
import type { Rewriting } from "./one-rewriting.js";
import type { Ability } from "./power.js";

export interface Ask {
  readonly action: string;
  readonly resource: string;
}

export interface EdgeSketch {
  readonly from: number;
  readonly to: number;
  readonly via: string;
  readonly asks: readonly Ask[];
  readonly assumption?: string;
  readonly condition?: string;
  readonly missing?: readonly MissingFact[];
  readonly evidence?: readonly Evidence[];
  readonly mutates?: boolean;
  /** The actor holds the asked rights only after this: they are judged by the envelope, not by its grants. */
  readonly after?: Rewriting;
  readonly verdict?: true | "unknown";
  /** The asked compute is in no document: a resource policy of it is no doubt (the grants alone decide). */
  readonly unlisted?: boolean;
}

/** Asks the engine for each right of a sketch and puts the proof together. Undefined when one is refused. */
export function proveEdge(model: BecomeModel, sketch: EdgeSketch): BecomeEdge | undefined {
  const { engine } = model;
  const decisions: AccessDecision[] = [];
  /** Of rights held only after a rewriting: what stays of the limits. */
  const limits: Ability[] = [];
  let verdict: true | "unknown" = sketch.verdict ?? true;
  for (const { action, resource } of sketch.asks) {
    if (sketch.after !== undefined) {
      const may = sketch.after.may(action, resource);
      if (may === false) return undefined;
      if (may === "unknown") verdict = "unknown";
      limits.push(sketch.after.power().able(action, resource));
      continue;
    }
    const decision = engine.decide(model.id(sketch.from), action, resource);
    if (decision.verdict === false) return undefined;
    const settled =
      sketch.unlisted === true &&
      decision.grants.length > 0 &&
      decision.missing.every(({ key }) => key === `resource-policy|${resource}`);
    if (decision.verdict === "unknown" && !settled) verdict = "unknown";
    decisions.push(settled ? { ...decision, missing: [] } : decision);
  }
  const missing = unique(
    [...(sketch.missing ?? []), ...[...decisions, ...limits].flatMap((found) => found.missing)],
    ({ key }) => key,
  );
  const words = [
    ...(sketch.condition === undefined ? [] : [sketch.condition]),
    ...[...decisions, ...limits].flatMap(({ residual }) =>
      residual.map((item) => (item.kind === "escape" ? `unless ${item.text}` : `only with ${item.text}`)),
    ),
  ];
  const certainty: Certainty = sketch.assumption === undefined ? "certain" : "conditional";
  return {
    from: model.id(sketch.from),
    to: model.id(sketch.to),
    via: sketch.via,
    actions: [...new Set(sketch.asks.map(({ action }) => action))],
    ...asksOf(sketch.asks),
    certainty,
    ...(sketch.assumption === undefined ? {} : { assumption: sketch.assumption }),
    ...(words.length === 0 ? {} : { condition: [...new Set(words)].sort().join("; ") }),
    verdict,
    missing,
    evidence: unique(
      [...decisions.flatMap((decision) => decision.grants), ...(sketch.evidence ?? [])],
      (item) => `${item.digest}#${item.pointer ?? ""}#${item.inner ?? ""}#${item.line ?? ""}`,
    ),
    mutates: sketch.mutates ?? false,
  };
}

const asksOf = (asks: readonly Ask[]): Pick<BecomeEdge, "asks"> =>
  asks.length === 0 ? {} : { asks: asks.map(({ action, resource }) => ({ action, resource })) };

const gained = new WeakMap<BecomeEdge, Rewriting>();

/**
 * Whether an actor can do `action` on `resource` once it has taken an edge that rewrites: whatever the envelope of the
 * rewritten identity allows (boundary ∧ SCP ∧ ¬denies that stay), or only what the group or policy version that it
 * gains says. For edges that rewrite nothing: what the identity at their end holds now.
 */
export function attainable(engine: AccessEngine, edge: BecomeEdge, action: string, resource: string): Tri {
  const rewriting = gained.get(edge);
  if (rewriting !== undefined) return rewriting.may(action, resource);
  return edge.mutates
    ? engine.envelope(edge.to).may(action, resource)
    : engine.verdict(edge.to, action, resource);
}

/** A copy of a rewriting edge gains what the original gains. */
export function keepGains(original: BecomeEdge, copy: BecomeEdge): BecomeEdge {
  const rewriting = gained.get(original);
  if (rewriting !== undefined) gained.set(copy, rewriting);
  return copy;
}

/** The edge of a rewriting itself: from the actor to the identity whose rights it changes. */
export function rewritingEdge(model: BecomeModel, rewriting: Rewriting): BecomeEdge | undefined {
  // What the actor holds itself comes first; the rest it holds only after that.
  let before = rewriting.before;
  while (before?.before !== undefined) before = before.before;
  // Removals may be rights that only the rewriting gives: those are proven by its envelope, not by a grant.
  const later = before === undefined ? [] : rewriting.asked.slice(before.asked.length);
  const bare = proveEdge(model, {
    from: rewriting.actor,
    to: rewriting.identity,
    via: rewriting.via,
    asks: before === undefined ? rewriting.asked : before.asked,
    mutates: true,
    verdict: rewriting.verdict,
    missing: rewriting.missing,
  });
  const worded =
    bare === undefined || rewriting.words === undefined ? bare : { ...bare, words: rewriting.words };
  const edge =
    worded === undefined || later.length === 0
      ? worded
      : {
          ...worded,
          actions: [...new Set([...worded.actions, ...later.map(({ action }) => action)])],
          ...asksOf(rewriting.asked),
          condition: [worded.condition, `after ${later.map(({ action }) => action).join(" and ")}`]
            .flatMap((text) => text ?? [])
            .join("; "),
        };
  if (edge !== undefined) gained.set(edge, rewriting);
  return edge;
}

export function unique<Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] {
  const seen = new Map<string, Item>();
  for (const item of items) if (!seen.has(key(item))) seen.set(key(item), item);
  return [...seen.values()];
}

/** The proof of a step that the set questions found; when the single question disagrees, the doubt is shown. */
export function edgeOrDoubt(model: BecomeModel, sketch: EdgeSketch): BecomeEdge {
  const edge = proveEdge(model, sketch);
  if (edge !== undefined) return edge;
  return {
    from: model.id(sketch.from),
    to: model.id(sketch.to),
    via: sketch.via,
    actions: [...new Set(sketch.asks.map(({ action }) => action))],
    ...asksOf(sketch.asks),
    certainty: sketch.assumption === undefined ? "certain" : "conditional",
    ...(sketch.assumption === undefined ? {} : { assumption: sketch.assumption }),
    condition: "could not be proven again",
    verdict: "unknown",
    missing: sketch.missing ?? [],
    evidence: sketch.evidence ?? [],
    mutates: sketch.mutates ?? false,
  };
}
