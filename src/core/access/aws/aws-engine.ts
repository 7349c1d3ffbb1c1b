import { accountOfArn } from "../../estate/index.js";
import { emptyBitmap } from "../bitmap.js";
import type { Estate, PolicyUse, PrincipalId } from "../../estate/index.js";
import { hasWildcard } from "../glob.js";
import type { AccessDecision, AccessEngine, AccessSet, Envelope, NearMiss, Overlay } from "../engine.js";
import { actorOf } from "./actors.js";
import { compile, type AwsEngineOptions, type Base } from "./base.js";
import type { Lens } from "./collector.js";
import { createConcern } from "./concern.js";
import { explain } from "./explain.js";
import { holdersOnTargets } from "./holders.js";
import { createKinds } from "./kinds.js";
import { examine, heldView, type IdentityView } from "./judge.js";
import type { Actor, Question } from "./model.js";
import { nearMisses } from "./near-misses.js";
import { mergeOverlays, overlaid } from "./overlay.js";
import { rebased } from "./rebase.js";
import { remember } from "./remember.js";
import { createRoleSteps } from "./role-steps.js";
import { questionOf } from "./target.js";
import type { Touched } from "./compiled.js";
import { whoCan } from "./who-can.js";
import { createVerdicts, rewrittenView } from "./verdicts.js";

export function createAwsEngine(
  estate: Estate,
  native: ReadonlyMap<PrincipalId, readonly PolicyUse[]>,
  options: AwsEngineOptions,
): AccessEngine {
  return view(compile(estate, native, options), {});
}

/** `before`: the same estate without any overlay, which answers whatever the overlay does not concern. */
function view(base: Base, overlay: Overlay, before?: AccessEngine): AccessEngine {
  const { compiled } = base;
  const estate = overlaid(base.estate, overlay);
  const lens: Lens = {
    ...base.lens,
    estate,
    ...(overlay.removedStatements === undefined || overlay.removedStatements.size === 0
      ? {}
      : { removed: overlay.removedStatements }),
    ...(overlay.sessionPolicies === undefined ? {} : { sessionPolicies: overlay.sessionPolicies }),
    ...(overlay.relaxed === undefined ? {} : { relaxed: overlay.relaxed }),
  };
  let touched: Touched | undefined;
  const touchedNow = (): Touched => (touched ??= base.touch(overlay, compiled.actorIndex));
  const ask = createQuestions(estate, overlay.removedPolicies);
  const answers = remember<AccessSet>(256);
  const misses = remember<readonly NearMiss[]>(1024);
  const verdicts = createVerdicts(compiled, lens, ask, touchedNow);
  const kinds = createKinds(compiled, lens, touchedNow);
  const roleSteps = createRoleSteps(compiled, lens, verdicts, ask, touchedNow);
  const actorAt = (id: PrincipalId): Actor | undefined => {
    const index = compiled.actorIndex.get(id);
    return index === undefined || overlay.disabledPrincipals?.has(id) === true
      ? undefined
      : compiled.actors[index];
  };
  const decideOn = (
    actor: Actor,
    action: string,
    resource: string,
    identity: IdentityView,
  ): AccessDecision => {
    const question = ask(action, resource);
    return explain(examine(lens, question, actor, identity), question, actor, resource);
  };
  const decideAs = (
    actor: Actor,
    action: string,
    resource: string,
    identity: IdentityView,
  ): AccessDecision => {
    let best: AccessDecision | undefined;
    for (const witness of compiled.witnesses(action, resource)) {
      const decision = decideOn(actor, action, witness, identity);
      if (decision.verdict === true) return decision;
      if (best === undefined || (best.verdict === false && decision.verdict === "unknown")) best = decision;
    }
    return best ?? decideOn(actor, action, resource, identity);
  };
  const concerned = createConcern(overlay, touchedNow, base.limits);
  const who = (action: string, resource: string): AccessSet =>
    answers(`${action} ${resource}`, () => {
      if (
        before !== undefined &&
        !compiled.witnesses(action, resource).some((witness) => concerned(ask(action, witness)))
      )
        return before.whoCan(action, resource);
      if (!hasWildcard(resource) || resource === "*")
        return whoCan(compiled, lens, verdicts, ask(action, resource), touchedNow());
      const [first = resource, ...others] = compiled.witnesses(action, resource);
      const base = whoCan(compiled, lens, verdicts, ask(action, first), touchedNow());
      if (others.length === 0) return base;
      const proven = emptyBitmap();
      const open = emptyBitmap();
      const witnessed = holdersOnTargets(
        compiled,
        lens,
        verdicts,
        ask,
        touchedNow(),
        action,
        others,
        Number.POSITIVE_INFINITY,
      );
      for (const { holder, verdict } of witnessed) (verdict === true ? proven : open).add(holder);
      const allowed = base.allowed.or(proven);
      return { allowed, unknown: base.unknown.or(open).minus(allowed) };
    });

  const { index } = compiled;
  const self: AccessEngine = {
    estate,
    actors: base.ids,
    indexOf: (principal) => compiled.actorIndex.get(principal),
    whoCan: who,
    decide(principal, action, resource) {
      const actor = actorAt(principal);
      return actor === undefined
        ? nobody(principal, action, resource)
        : decideAs(actor, action, resource, heldView);
    },
    verdict(principal, action, resource) {
      const at = actorAt(principal) === undefined ? undefined : compiled.actorIndex.get(principal);
      return at === undefined ? false : verdicts.held(at, action, resource);
    },
    nearMisses: (action, resource, limit) =>
      misses(`${limit} ${action} ${resource}`, () => {
        const [witness = resource] = compiled.witnesses(action, resource);
        const question = ask(action, witness);
        return before !== undefined && !concerned(question)
          ? before.nearMisses(action, resource, limit)
          : nearMisses(compiled, lens, question, touchedNow(), limit);
      }),
    holdersOnTargets: (action, targets) =>
      holdersOnTargets(compiled, lens, verdicts, ask, touchedNow(), action, targets),
    targetsOf(principal, action, targets) {
      const at = actorAt(principal) === undefined ? undefined : compiled.actorIndex.get(principal);
      if (at === undefined) return [];
      const found: { target: string; verdict: true | "unknown" }[] = [];
      for (const target of targets) {
        const verdict = verdicts.heldOn(at, ask(action, target));
        if (verdict !== false) found.push({ target, verdict });
      }
      return found;
    },
    assumable(principal) {
      const at = actorAt(principal) === undefined ? undefined : compiled.actorIndex.get(principal);
      return at === undefined ? undefined : roleSteps(at);
    },
    envelope(principal, lifted = {}): Envelope {
      const identity = rewrittenView(lifted);
      const actor = actorAt(principal);
      const at = compiled.actorIndex.get(principal);
      return {
        may: (action, resource) =>
          actor === undefined || at === undefined
            ? false
            : verdicts.rewritten(at, identity, action, resource),
        decide: (action, resource) =>
          actor === undefined
            ? nobody(principal, action, resource)
            : decideAs(actor, action, resource, identity),
      };
    },
    envelopeKind(principal, lifted = {}) {
      const at = actorAt(principal) === undefined ? undefined : compiled.actorIndex.get(principal);
      return at === undefined ? undefined : kinds.kindOf(at, rewrittenView(lifted));
    },
    apart(action, resource, account) {
      const found = emptyBitmap();
      for (const witness of compiled.witnesses(action, resource)) {
        const question = ask(action, witness);
        if (!kinds.decides(question)) return undefined;
        for (const index of kinds.denied(question, account)) found.add(index);
      }
      return found;
    },
    newcomer(principal): Envelope {
      const actor = actorOf(principal);
      return {
        may: verdicts.newcomer(actor),
        decide: (action, resource) => decideAs(actor, action, resource, rewrittenView({})),
      };
    },
    accountOf: (resource) => accountOfArn(resource) ?? ask("s3:GetObject", resource).target.account,
    withOverlay({ changed, ...next }) {
      const merged = mergeOverlays(overlay, next);
      return changed === undefined
        ? view(base, merged, before ?? self)
        : view(rebased(base, changed), merged);
    },
    stats: {
      statements: index.heldStatements,
      distinctStatements: index.statements.length,
      documents: index.documents.length,
    },
  };
  return self;
}

/** Questions about the same resource share what was worked out for it. */
function createQuestions(
  estate: Estate,
  removed: ReadonlySet<string> | undefined,
): (action: string, resource: string) => Question {
  const byAction = remember<ReturnType<typeof questionsOf>>(64);
  const questionsOf = (action: string): ((resource: string) => Question) => {
    const memo = new Map<string, boolean>();
    const questions = remember<Question>(4096);
    return (resource) => questions(resource, () => questionOf(estate, action, resource, removed, memo));
  };
  return (action, resource) => byAction(action, () => questionsOf(action))(resource);
}

const nobody = (principal: PrincipalId, action: string, resource: string): AccessDecision => ({
  principal,
  action,
  resource,
  verdict: false,
  grants: [],
  residual: [],
  layers: [],
  blocks: [{ layer: "identity", kind: "no-grant", text: `no identity \`${principal}\` is known` }],
  deniesChecked: 0,
  missing: [],
});
