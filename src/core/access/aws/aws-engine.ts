import { accountOfArn } from "../../estate/index.js";
import type { AccountId, Estate, PolicyUse, PrincipalId } from "../../estate/index.js";
import { hasWildcard } from "../glob.js";
import type { AccessDecision, AccessEngine, AccessSet, Envelope, Overlay } from "../engine.js";
import type { ActionDictionary } from "./action-dictionary.js";
import { actorOf, listActors } from "./actors.js";
import type { Lens } from "./collector.js";
import { explain } from "./explain.js";
import { holdingsOf } from "./held.js";
import { holdersOnTargets } from "./holders.js";
import { examine, heldView, verdictOf, type IdentityView } from "./judge.js";
import type { ManagedPolicyReference } from "./managed-policies.js";
import type { Actor, Question } from "./model.js";
import { nearMisses } from "./near-misses.js";
import { chainOf, type Chain, type Chains } from "./organization.js";
import { createTouch, mergeOverlays, overlaid } from "./overlay.js";
import { wellKnownRcpServices } from "./services.js";
import { indexStatements } from "./statement-index.js";
import { questionOf } from "./target.js";
import type { Compiled, Touched } from "./compiled.js";
import { whoCan } from "./who-can.js";
import { witnessesOf } from "./witnesses.js";

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
}

export function createAwsEngine(
  estate: Estate,
  native: ReadonlyMap<PrincipalId, readonly PolicyUse[]>,
  options: AwsEngineOptions,
): AccessEngine {
  const { list, index, ours } = listActors(estate);
  const holdings = holdingsOf(estate, options.managedPolicies, native);
  const chains = chainsOf(estate, ours, options.actions?.rcpServices ?? wellKnownRcpServices);
  const compiled: Compiled = {
    actors: list,
    actorIndex: index,
    index: indexStatements(list, holdings),
    byAccount: byAccount(list),
    roots: indicesOf(list, ({ kind }) => kind === "root"),
    outside: indicesOf(
      list,
      ({ kind }) => kind !== "root" && kind !== "user" && kind !== "role" && kind !== "native",
    ),
  };
  const base: Base = {
    estate,
    compiled,
    lens: { estate, holdings, chains, ...(options.now === undefined ? {} : { now: options.now }) },
    touch: createTouch(list, holdings),
  };
  return view(base, {});
}

function view(base: Base, overlay: Overlay): AccessEngine {
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
  const answers = bounded<AccessSet>(256);
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
    for (const witness of witnessesOf(compiled.index, action, resource)) {
      const decision = decideOn(actor, action, witness, identity);
      if (decision.verdict === true) return decision;
      if (best === undefined || (best.verdict === false && decision.verdict === "unknown")) best = decision;
    }
    return best ?? decideOn(actor, action, resource, identity);
  };
  const who = (action: string, resource: string): AccessSet =>
    answers(`${action} ${resource}`, () => {
      if (!hasWildcard(resource) || resource === "*")
        return whoCan(compiled, lens, ask(action, resource), touchedNow());
      const sets = witnessesOf(compiled.index, action, resource).map((witness) =>
        whoCan(compiled, lens, ask(action, witness), touchedNow()),
      );
      const [first, ...rest] = sets;
      if (first === undefined) return whoCan(compiled, lens, ask(action, resource), touchedNow());
      const allowed = rest.reduce((sum, set) => sum.or(set.allowed), first.allowed);
      return {
        allowed,
        unknown: rest.reduce((sum, set) => sum.or(set.unknown), first.unknown).minus(allowed),
      };
    });

  const { index } = compiled;
  return {
    estate,
    actors: compiled.actors.map(({ id }) => id),
    indexOf: (principal) => compiled.actorIndex.get(principal),
    whoCan: who,
    decide(principal, action, resource) {
      const actor = actorAt(principal);
      return actor === undefined
        ? nobody(principal, action, resource)
        : decideAs(actor, action, resource, heldView);
    },
    nearMisses: (action, resource, limit) => {
      const [witness = resource] = witnessesOf(index, action, resource);
      return nearMisses(compiled, lens, ask(action, witness), touchedNow(), limit);
    },
    holdersOnTargets: (action, targets) =>
      holdersOnTargets(compiled, lens, ask, touchedNow(), action, targets),
    targetsOf(principal, action, targets) {
      const actor = actorAt(principal);
      if (actor === undefined) return [];
      const found: { target: string; verdict: true | "unknown" }[] = [];
      for (const target of targets) {
        const { verdict } = verdictOf(examine(lens, ask(action, target), actor));
        if (verdict !== false) found.push({ target, verdict });
      }
      return found;
    },
    envelope(principal, lifted = {}): Envelope {
      const identity: IdentityView = {
        kind: "rewritten",
        inline: lifted.inline !== true,
        attached: lifted.attached !== true,
        boundary: lifted.boundary !== true,
      };
      const actor = actorAt(principal);
      const decide = (action: string, resource: string): AccessDecision =>
        actor === undefined
          ? nobody(principal, action, resource)
          : decideAs(actor, action, resource, identity);
      return {
        may: (action, resource) => decide(action, resource).verdict,
        decide,
      };
    },
    newcomer(principal): Envelope {
      const actor = actorOf(principal);
      const identity: IdentityView = { kind: "rewritten", inline: true, attached: true, boundary: true };
      const decide = (action: string, resource: string): AccessDecision =>
        decideAs(actor, action, resource, identity);
      return { may: (action, resource) => decide(action, resource).verdict, decide };
    },
    accountOf: (resource) => accountOfArn(resource) ?? ask("s3:GetObject", resource).target.account,
    withOverlay: (next) => view(base, mergeOverlays(overlay, next)),
    stats: {
      statements: index.heldStatements,
      distinctStatements: index.statements.length,
      documents: index.documents.length,
    },
  };
}

function chainsOf(estate: Estate, ours: ReadonlySet<AccountId>, rcpServices: readonly string[]): Chains {
  const known = { scp: new Map<string, Chain>(), rcp: new Map<string, Chain>() };
  return {
    of(account, type) {
      let chain = known[type].get(account);
      if (chain === undefined) known[type].set(account, (chain = chainOf(estate, account, type)));
      return chain;
    },
    rcpServices: new Set(rcpServices),
    ours,
  };
}

/** Questions about the same resource share what was worked out for it. */
function createQuestions(
  estate: Estate,
  removed: ReadonlySet<string> | undefined,
): (action: string, resource: string) => Question {
  const byAction = bounded<ReturnType<typeof questionsOf>>(64);
  const questionsOf = (action: string): ((resource: string) => Question) => {
    const memo = new Map<string, boolean>();
    const questions = bounded<Question>(4096);
    return (resource) => questions(resource, () => questionOf(estate, action, resource, removed, memo));
  };
  return (action, resource) => byAction(action, () => questionsOf(action))(resource);
}

/** Remembers up to `limit` values, then starts again: memory stays flat however many questions are asked. */
function bounded<Value>(limit: number): (key: string, make: () => Value) => Value {
  const known = new Map<string, Value>();
  return (key, make) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = make();
    if (known.size >= limit) known.clear();
    known.set(key, value);
    return value;
  };
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
