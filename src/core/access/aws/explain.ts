import type { Evidence, MissingFact, Tri } from "../../estate/index.js";
import type { AccessDecision, Block, LayerVerdict, ResidualCondition } from "../engine.js";
import { statementEvidence } from "./evidence.js";
import { verdictOf, type Parts } from "./judge.js";
import type { Actor, DenyMatch, Question, Ref, Residual, Term, Terms } from "./model.js";
import { isAlways } from "./terms.js";

/** Writes an examination out as the decision that people and proofs read. */
export function explain(parts: Parts, question: Question, actor: Actor, resource: string): AccessDecision {
  const { verdict, terms, contradictory } = verdictOf(parts);
  const [best] = terms;
  return {
    principal: actor.id,
    action: question.action,
    resource,
    verdict,
    grants: grantsOf(terms),
    residual: best === undefined ? [] : best.literals.map(residualOf),
    layers: layersOf(parts, question, actor),
    blocks: verdict === true ? [] : blocksOf(parts, question, actor, contradictory),
    deniesChecked: parts.deniesChecked,
    missing: verdict === "unknown" ? missingOf(terms) : [],
  };
}

const granting: ReadonlySet<Ref["layer"]> = new Set(["identity", "resource", "trust", "native"]);

function grantsOf(terms: Terms): readonly Evidence[] {
  const found = new Map<string, Evidence>();
  for (const term of terms) {
    for (const { layer, use, statement } of term.refs) {
      if (!granting.has(layer)) continue;
      const evidence = statementEvidence(use, statement);
      const key = `${evidence.digest}#${evidence.pointer ?? ""}#${evidence.inner ?? ""}#${evidence.excerpt}`;
      if (!found.has(key)) found.set(key, evidence);
    }
  }
  return [...found.values()];
}

const residualOf = (literal: Residual): ResidualCondition => ({
  text: literal.text,
  kind: literal.wanted ? "require" : "escape",
  evidence: statementEvidence(literal.ref.use, literal.ref.statement),
});

function missingOf(terms: Terms): readonly MissingFact[] {
  const facts = new Map<string, MissingFact>();
  for (const term of terms) for (const fact of term.missing) facts.set(fact.key, fact);
  return [...facts.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

const truthOf = (terms: Terms): Tri =>
  isAlways(terms) || terms.some((term) => term.missing.length === 0)
    ? true
    : terms.length === 0
      ? false
      : "unknown";

function layersOf(parts: Parts, question: Question, actor: Actor): readonly LayerVerdict[] {
  const layers: LayerVerdict[] = [];
  const add = (layer: LayerVerdict["layer"], text: string, allowed: Tri): void => {
    const denied = parts.denies.some((deny) => deny.ref.layer === layer && isPlain(deny));
    const perhaps = parts.denies.some((deny) => deny.ref.layer === layer && deny.missing.length > 0);
    const verdict = denied ? false : perhaps && allowed === true ? "unknown" : allowed;
    layers.push({ layer, text: denied ? `${text}, a Deny matches` : text, verdict });
  };
  if (parts.refusal !== undefined)
    layers.push({ layer: "service-rule", text: parts.refusal, verdict: false });
  if (actor.kind === "native") {
    add("native", "grants of the estate document", truthOf(parts.identity));
    return layers;
  }
  if (actor.kind === "root")
    layers.push({ layer: "identity", text: "root user: every right of the account", verdict: true });
  else if (actor.kind === "user" || actor.kind === "role") {
    const native = parts.identity.some((term) => term.refs.some((ref) => ref.layer === "native"));
    add("identity", native ? "policies and grants it holds" : "policies it holds", truthOf(parts.identity));
    add(
      "boundary",
      parts.boundary === undefined ? "no boundary" : "permissions boundary",
      truthOf(parts.boundary ?? [plain]),
    );
    if (parts.session !== undefined) add("session", "session policy", truthOf(parts.session));
  }
  const { target } = question;
  if (target.mode !== "none") {
    const layer = target.mode === "required" && target.principal !== undefined ? "trust" : "resource";
    const name = layer === "trust" ? "trust policy" : "resource policy";
    const text =
      target.policiesMissing !== undefined
        ? `${name} not collected`
        : target.policies.length === 0
          ? `no ${name}`
          : name;
    add(layer, text, truthOf(parts.resource.any));
  }
  if (parts.scp !== undefined) add("scp", parts.scp.text, truthOf(parts.scp.terms));
  if (parts.rcp !== undefined) add("rcp", parts.rcp.text, truthOf(parts.rcp.terms));
  return layers;
}

const plain: Term = { literals: [], missing: [], refs: [] };
const isPlain = (deny: DenyMatch): boolean => deny.literals.length === 0 && deny.missing.length === 0;

const layerName: Readonly<Record<LayerVerdict["layer"], string>> = {
  identity: "identity policy",
  resource: "resource policy",
  trust: "trust policy",
  boundary: "boundary",
  session: "session policy",
  scp: "SCP",
  rcp: "RCP",
  "service-rule": "service rule",
  native: "grant",
};

/** Everything that stands in the way, service rules first, then denies, missing grants, limits, conditions. */
export function blocksOf(
  parts: Parts,
  question: Question,
  actor: Actor,
  contradictory: Terms,
): readonly Block[] {
  const blocks: Block[] = [];
  if (parts.refusal !== undefined)
    blocks.push({ layer: "service-rule", kind: "service-rule", text: parts.refusal });
  for (const deny of parts.denies) if (isPlain(deny)) blocks.push(denyBlock(deny, "explicit-deny"));
  const { target } = question;
  if (parts.grant.length === 0) {
    const inside = actor.kind === "user" || actor.kind === "role" || actor.kind === "native";
    if (inside && parts.identity.length === 0) {
      const layer = actor.kind === "native" ? "native" : "identity";
      blocks.push({ layer, kind: "no-grant", text: "no grant" });
    } else if (parts.boundary?.length === 0) blocks.push(limitBlock("boundary", question));
    else if (parts.session?.length === 0) blocks.push(limitBlock("session", question));
    else if (parts.refusal === undefined) {
      const layer = target.mode === "required" && target.principal !== undefined ? "trust" : "resource";
      const text = parts.same
        ? `the ${layerName[layer]} does not let it in`
        : `no ${layerName[layer]} lets the other account in`;
      blocks.push({ layer, kind: "no-grant", text });
    }
  }
  if (parts.scp?.terms.length === 0) blocks.push(limitBlock("scp", question));
  if (parts.rcp?.terms.length === 0) blocks.push(limitBlock("rcp", question));
  if (blocks.length === 0) {
    for (const deny of parts.denies) if (deny.missing.length === 0) blocks.push(denyBlock(deny, "condition"));
    for (const { literals } of contradictory.slice(0, 1))
      for (const literal of literals) blocks.push(conditionBlock(literal));
  }
  return dedupe(blocks);
}

function denyBlock({ ref, literals }: DenyMatch, kind: "explicit-deny" | "condition"): Block {
  const { action } = ref.statement;
  const actions = `${action.negated ? "all but " : ""}${action.patterns.slice(0, 3).join(", ")}${action.patterns.length > 3 ? " …" : ""}`;
  const when = literals.length === 0 ? "" : ` when ${literals.map((literal) => literal.text).join(" and ")}`;
  return {
    layer: ref.layer,
    kind,
    text: `${layerName[ref.layer]} ${ref.use.name} denies ${actions}${when}`,
    evidence: statementEvidence(ref.use, ref.statement),
  };
}

const limitBlock = (layer: "boundary" | "session" | "scp" | "rcp", { action }: Question): Block => ({
  layer,
  kind: "not-allowed-by-layer",
  text:
    layer === "scp"
      ? `a level of SCPs does not allow ${action}`
      : `the ${layerName[layer]} does not allow ${action}`,
});

const conditionBlock = ({ ref, text, wanted }: Residual): Block => ({
  layer: ref.layer,
  kind: "condition",
  text: `${layerName[ref.layer]} ${ref.use.name} ${wanted ? "demands" : "refuses"} ${text}`,
  evidence: statementEvidence(ref.use, ref.statement),
});

function dedupe(blocks: readonly Block[]): readonly Block[] {
  const seen = new Set<string>();
  return blocks.filter(({ text }) => !seen.has(text) && seen.add(text));
}
