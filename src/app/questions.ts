import {
  createAccessEngine,
  createBecome,
  type AccessPolicy,
  type BecomeEdge,
  type BecomeQuestions,
  type EngineOptions,
  type Entry,
} from "../core/access/index.js";
import type { Catalogue } from "../core/accountability/index.js";
import type { Estate, PrincipalId } from "../core/estate/index.js";

export interface QuestionSetting {
  readonly engine: EngineOptions;
  readonly catalogue: Catalogue | undefined;
  readonly now: string;
}

/** The same limits that the analysis uses, so that a question never contradicts it. */
export function policyOf({ catalogue, now }: QuestionSetting): AccessPolicy {
  return {
    now,
    sanctions: catalogue?.sanctioned ?? [],
    sharedCause: catalogue?.policy.sharedCause ?? 0.6,
    jitMaxHours: catalogue?.policy.jitMaxHours ?? 12,
    maxRoutes: 50,
  };
}

export const becomeOf = (estate: Estate, setting: QuestionSetting): BecomeQuestions =>
  createBecome(createAccessEngine(estate, { ...setting.engine, now: setting.now }), policyOf(setting));

/** Name of an identity as people say it; the last part of its id where the estate does not hold it. */
export const nameOf = (estate: Estate, id: string): string =>
  estate.principal(id as PrincipalId)?.name ?? id.split(/[/:]/).at(-1) ?? id;

export interface Step {
  from: string;
  to: string;
  via: string;
  certainty: "certain" | "conditional";
  verdict: true | "unknown";
  assumption?: string;
  condition?: string;
  evidence: BecomeEdge["evidence"][number][];
}

/** An edge as documents show it. */
export const stepOf = (edge: BecomeEdge): Step => ({
  from: edge.from,
  to: edge.to,
  via: edge.via,
  certainty: edge.certainty,
  verdict: edge.verdict,
  ...(edge.assumption === undefined ? {} : { assumption: edge.assumption }),
  ...(edge.condition === undefined ? {} : { condition: edge.condition }),
  evidence: [...edge.evidence],
});

export const entryOf = (entry: Entry) => ({
  label: entry.label,
  kind: entry.kind,
  band: entry.band,
  starter: entry.starter,
  verdict: entry.verdict,
  certainty: entry.certainty,
  evidence: [...entry.evidence],
});

/** A name that the user typed: an id, or the name of exactly one thing. */
export type Found<Id extends string> =
  | { readonly kind: "found"; readonly id: Id }
  | { readonly kind: "ambiguous"; readonly candidates: readonly string[] }
  | { readonly kind: "none"; readonly near: readonly string[] };

export function findByName<Id extends string>(
  typed: string,
  things: readonly { readonly id: Id; readonly name: string }[],
): Found<Id> {
  const exact = things.find((thing) => thing.id === typed);
  if (exact !== undefined) return { kind: "found", id: exact.id };
  const named = things.filter((thing) => thing.name === typed);
  const [only] = named;
  if (only !== undefined && named.length === 1) return { kind: "found", id: only.id };
  if (named.length > 1) return { kind: "ambiguous", candidates: named.map((thing) => thing.id).slice(0, 8) };
  const lower = typed.toLowerCase();
  return {
    kind: "none",
    near: things
      .filter((thing) => thing.name.toLowerCase().includes(lower))
      .map((thing) => thing.name)
      .slice(0, 5),
  };
}
