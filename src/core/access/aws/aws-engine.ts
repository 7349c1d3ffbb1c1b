import { accountOfArn } from "../../estate/index.js";
import type { AccountId, Estate, PolicyUse, PrincipalId } from "../../estate/index.js";
import { hasWildcard } from "../glob.js";
import type { AccessDecision, AccessEngine, AccessSet, Envelope, Overlay } from "../engine.js";
import type { ActionDictionary } from "./action-dictionary.js";
import { actorOf, listActors } from "./actors.js";
import type { Lens } from "./collector.js";
import { classesOf } from "./bulk.js";
import { createConcern, limitDocuments } from "./concern.js";
import { explain } from "./explain.js";
import { holdingsOf } from "./held.js";
import { holdersOnTargets } from "./holders.js";
import { examine, heldView, type IdentityView } from "./judge.js";
import type { ManagedPolicyReference } from "./managed-policies.js";
import type { Actor, Question } from "./model.js";
import { nearMisses } from "./near-misses.js";
import { chainOf, chainText, type Chain, type Chains } from "./organization.js";
import { createTouch, mergeOverlays, overlaid } from "./overlay.js";
import { wellKnownRcpServices } from "./services.js";
import { indexStatements } from "./statement-index.js";
import { remember } from "./remember.js";
import { questionOf } from "./target.js";
import type { Compiled, Touched } from "./compiled.js";
import { whoCan } from "./who-can.js";
import { createVerdicts, rewrittenView } from "./verdicts.js";
import { createWitnesses } from "./witnesses.js";

export interface AwsEngineOptions {
  readonly actions?: ActionDictionary;
  readonly managedPolicies?: ManagedPolicyReference;
  /** ISO instant: the earliest time at which a request could still be made. */
  readonly now?: string;
}

/** What does not change under an overlay. */
interface Base {
  readonly estate: Estate;
  readonly compiled: Compiled;
  readonly lens: Lens;
  readonly touch: ReturnType<typeof createTouch>;
  readonly ids: readonly PrincipalId[];
  /** Documents whose statements limit others than who holds them. */
  readonly limits: () => ReadonlySet<string>;
}

export function createAwsEngine(
  estate: Estate,
  native: ReadonlyMap<PrincipalId, readonly PolicyUse[]>,
  options: AwsEngineOptions,
): AccessEngine {
  const { list, index: actorIndex, ours } = listActors(estate);
  const holdings = holdingsOf(estate, options.managedPolicies, native);
  const chains = chainsOf(estate, ours, options.actions?.rcpServices ?? wellKnownRcpServices);
  const index = indexStatements(list, holdings);
  const roots = indicesOf(list, ({ kind }) => kind === "root");
  const compiled: Compiled = {
    actors: list,
    actorIndex,
    index,
    witnesses: createWitnesses(index),
    classOf: classesOf(list),
    byAccount: byAccount(list),
    roots,
    rootsOf: groupRoots(list, roots),
    outside: indicesOf(
      list,
      ({ kind }) => kind !== "root" && kind !== "user" && kind !== "role" && kind !== "native",
    ),
  };
  let limits: ReadonlySet<string> | undefined;
  const base: Base = {
    estate,
    compiled,
    lens: { estate, holdings, chains, ...(options.now === undefined ? {} : { now: options.now }) },
    touch: createTouch(list, holdings),
    ids: list.map(({ id }) => id),
    limits: () => (limits ??= limitDocuments(estate)),
  };
  return view(base, {});
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
  };
  let touched: Touched | undefined;
  const touchedNow = (): Touched => (touched ??= base.touch(overlay, compiled.actorIndex));
  const ask = createQuestions(estate, overlay.removedPolicies);
  const answers = remember<AccessSet>(256);
  const verdicts = createVerdicts(compiled, lens, ask, touchedNow);
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
      const sets = compiled
        .witnesses(action, resource)
        .map((witness) => whoCan(compiled, lens, verdicts, ask(action, witness), touchedNow()));
      const [first, ...rest] = sets;
      if (first === undefined) return whoCan(compiled, lens, verdicts, ask(action, resource), touchedNow());
      const allowed = rest.reduce((sum, set) => sum.or(set.allowed), first.allowed);
      return {
        allowed,
        unknown: rest.reduce((sum, set) => sum.or(set.unknown), first.unknown).minus(allowed),
      };
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
    nearMisses: (action, resource, limit) => {
      const [witness = resource] = compiled.witnesses(action, resource);
      return nearMisses(compiled, lens, ask(action, witness), touchedNow(), limit);
    },
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
    newcomer(principal): Envelope {
      const actor = actorOf(principal);
      return {
        may: verdicts.newcomer(actor),
        decide: (action, resource) => decideAs(actor, action, resource, rewrittenView({})),
      };
    },
    accountOf: (resource) => accountOfArn(resource) ?? ask("s3:GetObject", resource).target.account,
    withOverlay: (next) => view(base, mergeOverlays(overlay, next), before ?? self),
    stats: {
      statements: index.heldStatements,
      distinctStatements: index.statements.length,
      documents: index.documents.length,
    },
  };
  return self;
}

function chainsOf(estate: Estate, ours: ReadonlySet<AccountId>, rcpServices: readonly string[]): Chains {
  const known = { scp: new Map<string, Chain>(), rcp: new Map<string, Chain>() };
  const alike = new Map<AccountId, number>();
  const uses = new Map<PolicyUse, number>();
  const texts = new Map<string, number>();
  const textOf = (chain: Chain): string => chainText(chain, (use) => numberOf(uses, use));
  return {
    of(account, type) {
      let chain = known[type].get(account);
      if (chain === undefined) known[type].set(account, (chain = chainOf(estate, account, type)));
      return chain;
    },
    alike(account) {
      let number = alike.get(account);
      if (number === undefined) {
        const text = ours.has(account)
          ? `${textOf(this.of(account, "scp"))} ${textOf(this.of(account, "rcp"))}`
          : "not ours";
        alike.set(account, (number = numberOf(texts, text)));
      }
      return number;
    },
    rcpServices: new Set(rcpServices),
    ours,
  };
}

function numberOf<Key>(numbers: Map<Key, number>, key: Key): number {
  let number = numbers.get(key);
  if (number === undefined) numbers.set(key, (number = numbers.size));
  return number;
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

function byAccount(actors: readonly Actor[]): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  actors.forEach(({ account, kind }, i) => {
    if (account === undefined || (kind !== "user" && kind !== "role" && kind !== "root")) return;
    const group = groups.get(account);
    if (group === undefined) groups.set(account, [i]);
    else group.push(i);
  });
  return groups;
}

const indicesOf = (actors: readonly Actor[], wanted: (actor: Actor) => boolean): readonly number[] =>
  actors.flatMap((actor, i) => (wanted(actor) ? [i] : []));

function groupRoots(
  actors: readonly Actor[],
  roots: readonly number[],
): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const index of roots) {
    const account = actors[index]?.account ?? "";
    groups.set(account, [...(groups.get(account) ?? []), index]);
  }
  return groups;
}
