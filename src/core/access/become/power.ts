import {
  allOf,
  anyOf,
  type MissingFact,
  type PolicyUse,
  type Principal,
  type Tri,
} from "../../estate/index.js";
import type { AccessDecision, Envelope, Lifted, ResidualCondition } from "../engine.js";
import type { BecomeModel } from "./model.js";
import { coversAction, coversResource, documentsAllow, statementsOf } from "./statements.js";

/** `open`: a policy among them whose text nobody supplied, so that a missing grant is unknown. */
export type Gains = "full" | { readonly uses: readonly PolicyUse[]; readonly open: boolean };

export interface Ability {
  readonly verdict: Tri;
  readonly residual: readonly ResidualCondition[];
  readonly missing: readonly MissingFact[];
}

/** Rights that somebody has at a point of a walk, and the identity that it acts as there. */
export interface Power {
  /** May be one that does not exist yet. */
  readonly as: Principal;
  able(action: string, resource: string): Ability;
  /** The verdict of `able` alone. */
  may(action: string, resource: string): Tri;
  /** Policies whose Allow statements give the rights, or bound them; `open`: there may be rights beyond these. */
  readonly uses: readonly PolicyUse[];
  readonly open: boolean;
  /** It holds everything that `uses`, denies and organisation leave: nobody has to look at its grants. */
  readonly everything: boolean;
  /** It acts as somebody newly made, whatever the estate says about the name. */
  readonly fresh: boolean;
}

const nothing: Ability = { verdict: false, residual: [], missing: [] };
/** The verdict at once; what it rests on is worked out for whoever asks for it. */
function abilityOf(verdict: Tri, prove: () => AccessDecision | undefined): Ability {
  if (verdict === false) return nothing;
  let proven: AccessDecision | undefined;
  const proof = (): AccessDecision | undefined => (proven ??= prove());
  return {
    verdict,
    get residual() {
      return proof()?.residual ?? [];
    },
    get missing() {
      return proof()?.missing ?? [];
    },
  };
}

/** What an identity holds now. */
export function heldPower(model: BecomeModel, index: number, principal: Principal): Power {
  return {
    as: principal,
    able: (action, resource) =>
      abilityOf(model.engine.verdict(principal.id, action, resource), () =>
        model.engine.decide(principal.id, action, resource),
      ),
    may: (action, resource) => model.engine.verdict(principal.id, action, resource),
    uses: model.uses(index),
    open: hasUnread(model, principal),
    everything: false,
    fresh: false,
  };
}

/** What an identity holds once somebody rewrote it, or made it (`fresh`). */
export function gainedPower(
  model: BecomeModel,
  as: Principal,
  gains: Gains,
  lifted: Lifted,
  fresh = false,
): Power {
  const { engine } = model;
  let envelope: Envelope | undefined;
  const around = (): Envelope => (envelope ??= fresh ? engine.newcomer(as) : engine.envelope(as.id, lifted));
  const within = (action: string, resource: string): Tri => around().may(action, resource);
  const inside = (action: string, resource: string): Ability => {
    return abilityOf(within(action, resource), () => around().decide?.(action, resource));
  };
  if (gains === "full") {
    const boundary = lifted.boundary === true ? undefined : as.boundary;
    const uses = boundary === undefined ? undefined : boundaryUses(model, boundary.arn);
    return {
      as,
      able: inside,
      may: within,
      uses: uses ?? [],
      open: uses === undefined,
      everything: true,
      fresh,
    };
  }
  return {
    as,
    able(action, resource) {
      const granted = documentsAllow(gains.uses, action, resource);
      if (granted === false && !gains.open) return nothing;
      const limit = inside(action, resource);
      const verdict = allOf([granted === false ? "unknown" : granted, limit.verdict]);
      if (verdict === false) return nothing;
      return {
        verdict,
        get residual() {
          return limit.residual;
        },
        get missing() {
          return limit.missing;
        },
      };
    },
    may(action, resource) {
      const granted = documentsAllow(gains.uses, action, resource);
      if (granted === false && !gains.open) return false;
      return allOf([granted === false ? "unknown" : granted, within(action, resource)]);
    },
    uses: gains.uses,
    open: gains.open,
    everything: false,
    fresh,
  };
}

function boundaryUses({ estate }: BecomeModel, arn: string): readonly PolicyUse[] | undefined {
  const use = estate.managedPolicy(arn)?.versions.find(({ isDefault }) => isDefault)?.use;
  return use === undefined ? undefined : [use];
}

/** A cheap look before anybody is asked: no statement of the power speaks of the action. */
export function mightDo(power: Power, action: string): boolean {
  if (power.open) return true;
  for (const { statement } of statementsOf(power.uses))
    if (statement.effect === "Allow" && coversAction(statement, action)) return true;
  return false;
}

/** It carries a policy whose text is not in the estate (AWS managed: the engine may know it). */
export function hasUnread({ estate }: BecomeModel, principal: Principal): boolean {
  return [principal, ...principal.groups.map((id) => estate.principal(id))].some(
    (item) => item === undefined || item.attached.some(({ arn }) => estate.managedPolicy(arn) === undefined),
  );
}

/** Whoever has several powers uses whichever does. */
export const ableBy = (powers: readonly Power[], action: string, resource: string): Tri =>
  anyOf(powers.map((power) => power.may(action, resource)));

/** Which resources any grant of the power speaks of for the action; undefined: none. */
export function speaksOf(power: Power, action: string): ((resource: string) => boolean) | undefined {
  if (power.open) return () => true;
  const spoken = [...statementsOf(power.uses)].filter(
    ({ statement }) => statement.effect === "Allow" && coversAction(statement, action),
  );
  return spoken.length === 0
    ? undefined
    : (resource) => spoken.some(({ statement }) => coversResource(statement, resource));
}
