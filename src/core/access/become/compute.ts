import type { AccountId, MissingFact, PrincipalId, Resource } from "../../estate/index.js";
import { isUnresolvedAddress } from "./arn-pattern.js";
import { computeShapes } from "./escalations/compute.js";
import { computeRules } from "./escalations/compute-rules.js";
import type { ComputeAction, ComputeKind, ComputeRule } from "./escalations/rule.js";
import { rememberWeighed } from "../aws/remember.js";
import type { TargetWitness } from "../engine.js";
import { rememberByEstate } from "./identity-facts.js";
import { createGrantPatterns, type GrantPatterns } from "./grant-patterns.js";
import type { BecomeModel } from "./model.js";
import { admits, clausesOn, isDecided, coversAction, coversResource, statementsOf } from "./statements.js";

/** An actor that holds every action of a rule on some compute of an account. */
export interface ComputeActor {
  readonly holder: number;
  /** The resource each action was asked on, in the order of the rule's actions. */
  readonly resources: readonly string[];
  readonly verdict: true | "unknown";
}

export interface Compute {
  /** Known compute that runs with the rights of a role, of the kind that the rule drives. */
  running(kind: ComputeKind, role: PrincipalId): readonly Resource[];
  /** Everything of that kind in the account is listed. */
  inventoried(kind: ComputeKind, account: AccountId): boolean;
  exists(kind: ComputeKind, account: AccountId): boolean;
  /** Identities of the account that hold the rule's actions on compute that they create or that nobody has listed. */
  actors(rule: ComputeRule, account: AccountId): ReadonlyMap<number, ComputeActor>;
  /** The same for one known resource. */
  actorsOn(rule: ComputeRule, resource: string): readonly ComputeActor[];
  /** Whether `iam:PassedToService` of the actor's own grants admits one of the services. */
  mayPassTo(actor: number, role: PrincipalId, services: readonly string[]): boolean;
}

export function unresolvedFact(resource: string): MissingFact {
  return {
    key: `resource-name|${resource}`,
    fact: `what \`${resource}\` stands for: it is an address from code, not a name that AWS knows`,
    collect: "aws iam get-account-authorization-details",
  };
}

const rememberedPatterns = rememberByEstate<GrantPatterns>();

export function createCompute(model: BecomeModel): Compute {
  const { engine, estate } = model;
  const actions = [
    ...new Set(computeRules.flatMap((rule) => rule.actions.map(({ action }) => action))),
  ].sort();
  const patterns = rememberedPatterns(estate, () => createGrantPatterns(estate, actions));
  const byRole = new Map<string, Resource[]>();
  const kinds = new Set<string>();
  for (const resource of estate.resources) {
    if (resource.account !== undefined) kinds.add(`${resource.account}/${resource.kind}`);
    const stack = resource.properties.get("serviceRole")?.value;
    const role = resource.runsAs ?? (typeof stack === "string" ? stack : undefined);
    if (role === undefined) continue;
    const key = `${resource.kind}|${role}`;
    const list = byRole.get(key);
    if (list === undefined) byRole.set(key, [resource]);
    else list.push(resource);
  }

  /** Resources that statements name for the action in that account, besides `*`. */
  const named = ({ action, on }: ComputeAction, account: AccountId): readonly string[] => {
    if (on === "*") return patterns.witnesses(action, [action.slice(0, action.indexOf(":"))], account);
    const shape = computeShapes[on];
    const type = shape.arn.split(":").slice(5).join(":").split(/[/:]/)[0];
    return patterns.witnesses(action, shape.arnServices, account, type);
  };

  const genericOf = ({ on }: ComputeAction, account: AccountId): string =>
    on === "*" ? "*" : computeShapes[on].arn.replace("{account}", account.replace(/^aws:/, ""));

  const anywhere = new Map<string, ReadonlyMap<number, ComputeActor>>();
  /** Holders of an action on `*`, in all accounts: asked once. */
  const heldAnywhere = (action: string): ReadonlyMap<number, ComputeActor> => {
    let held = anywhere.get(action);
    if (held === undefined) {
      held = heldBy(action, ["*"]);
      anywhere.set(action, held);
    }
    return held;
  };

  /** It carries a policy whose text is not in the estate (AWS managed: the engine may know it). */
  const unread = (index: number): boolean => {
    const principal = model.principal(index);
    return [principal, ...(principal?.groups ?? []).map((id) => estate.principal(id))].some(
      (item) => item?.attached.some(({ arn }) => estate.managedPolicy(arn) === undefined) === true,
    );
  };

  /** Whether anything the holder carries speaks of the action: a cheap look before the engine is asked in full. */
  const carries = (holder: number, action: string): boolean => {
    for (const { statement } of statementsOf(model.uses(holder)))
      if (statement.effect === "Allow" && coversAction(statement, action)) return true;
    return unread(holder);
  };

  /**
   * Compute that nobody has listed has no resource policy that anybody could supply: for it the holder's own grants
   * decide, and a policy of such a resource is neither a way in nor a doubt.
   */
  const ownVerdict = (holder: number, action: string, target: string): true | "unknown" | undefined => {
    if (!carries(holder, action)) return undefined;
    const verdict = engine.verdict(model.id(holder), action, target);
    if (verdict === false) return undefined;
    if (verdict === true) return true;
    const { grants, missing } = engine.decide(model.id(holder), action, target);
    if (!missing.every(({ key }) => key === `resource-policy|${target}`)) return "unknown";
    return grants.length > 0 ? true : undefined;
  };

  const heldBy = (action: string, list: readonly string[]): Map<number, ComputeActor> => {
    const held = new Map<number, ComputeActor>();
    for (const { holder, target, verdict } of model.holders(action, list)) {
      if (verdict === true) held.set(holder, { holder, resources: [target], verdict });
      else {
        const hit = best(hitsOf(holder, action, list));
        if (hit !== undefined) held.set(holder, { holder, resources: [hit.target], verdict: hit.verdict });
      }
    }
    return held;
  };

  const hitsOf = (holder: number, action: string, list: readonly string[]): readonly Hit[] =>
    !carries(holder, action)
      ? []
      : engine.targetsOf(model.id(holder), action, list).flatMap((hit) => {
          const verdict = hit.verdict === true ? true : ownVerdict(holder, action, hit.target);
          return verdict === undefined ? [] : [{ target: hit.target, verdict }];
        });

  /** Who in the account holds one action: on anything, on something that a statement names, or by a policy unread here. */
  const heldIn = (
    part: ComputeAction,
    account: AccountId,
    more: readonly string[],
  ): ReadonlyMap<number, ComputeActor> => {
    const held = new Map<number, ComputeActor>();
    const everywhere = heldAnywhere(part.action);
    for (const index of model.members(account)) {
      const actor = everywhere.get(index);
      if (actor !== undefined) held.set(index, actor);
      else if (unread(index)) {
        const hit = best(hitsOf(index, part.action, [genericOf(part, account)]));
        if (hit !== undefined)
          held.set(index, { holder: index, resources: [hit.target], verdict: hit.verdict });
      }
    }
    const targets = [...named(part, account), ...more];
    if (targets.length === 0) return held;
    for (const [holder, actor] of heldBy(part.action, targets))
      if (held.get(holder)?.verdict !== true) held.set(holder, actor);
    return held;
  };

  const joint = (
    rule: ComputeRule,
    account: AccountId,
    more: (part: ComputeAction) => readonly string[],
  ): readonly ComputeActor[] => {
    const [first, ...rest] = rule.actions.map((part) => heldIn(part, account, more(part)));
    const result: ComputeActor[] = [];
    for (const [holder, single] of first ?? []) {
      if (model.account(holder) !== account) continue;
      const others = rest.map((map) => map.get(holder));
      if (!others.every((other) => other !== undefined)) continue;
      const parts = [single, ...others];
      // Held on anything: then also on the same thing.
      const free = parts.every(({ resources, verdict }) => resources[0] === "*" && verdict === true);
      const actor =
        rest.length === 0
          ? single
          : free
            ? { holder, resources: parts.map(() => "*"), verdict: true as const }
            : agree(
                rule,
                holder,
                rule.actions.map((part) => [
                  "*",
                  genericOf(part, account),
                  ...named(part, account),
                  ...more(part),
                ]),
              );
      if (actor !== undefined) result.push(actor);
    }
    return result;
  };

  /** Actions on one kind of compute must meet on one resource; the others are asked for themselves. */
  const agree = (
    rule: ComputeRule,
    holder: number,
    lists: readonly (readonly string[])[],
  ): ComputeActor | undefined => {
    const resources: string[] = [];
    const shared = new Map<ComputeKind, Map<string, true | "unknown">>();
    let verdict: true | "unknown" = true;
    const all = [...new Set(lists.flat())].sort();
    for (const [at, { action, on }] of rule.actions.entries()) {
      if (on === "*") {
        const hit = best(hitsOf(holder, action, lists[at] ?? []));
        if (hit === undefined) return undefined;
        resources[at] = hit.target;
        if (hit.verdict !== true) verdict = "unknown";
        continue;
      }
      const hits = new Map(hitsOf(holder, action, all).map((hit) => [hit.target, hit.verdict]));
      const before = shared.get(on);
      const both = new Map<string, true | "unknown">();
      for (const [target, value] of hits) {
        const other = before === undefined ? true : before.get(target);
        if (other !== undefined) both.set(target, value === true && other === true ? true : "unknown");
      }
      if (both.size === 0) return undefined;
      shared.set(on, both);
    }
    for (const [at, { on }] of rule.actions.entries()) {
      if (on === "*") continue;
      const hit = best([...(shared.get(on) ?? [])].map(([target, value]) => ({ target, verdict: value })));
      if (hit === undefined) return undefined;
      resources[at] = hit.target;
      if (hit.verdict !== true) verdict = "unknown";
    }
    return { holder, resources, verdict };
  };

  /** A Deny of its own or of its boundary that speaks of nothing but the service (`iam:PassedToService`). */
  const passDenied = (actor: number, role: PrincipalId, service: string): boolean => {
    const boundary = model.principal(actor)?.boundary;
    const limits =
      boundary === undefined
        ? []
        : (estate.managedPolicy(boundary.arn)?.versions ?? []).filter(({ isDefault }) => isDefault);
    for (const { statement } of statementsOf([...model.uses(actor), ...limits.map(({ use }) => use)])) {
      if (
        statement.effect !== "Deny" ||
        !coversAction(statement, "iam:PassRole") ||
        !coversResource(statement, role) ||
        statement.resource?.patterns.some((pattern) => pattern.includes("${")) === true
      )
        continue;
      const clauses = clausesOn(statement, "iam:PassedToService");
      if (clauses.length !== statement.conditions.length) continue;
      if (clauses.every((clause) => isDecided(clause) && admits(clause, service))) return true;
    }
    return false;
  };

  const onOne = rememberWeighed<readonly ComputeActor[]>(mostHolders);
  const heldOnOne = rememberWeighed<ReadonlyMap<number, TargetWitness>>(mostHolders);
  const holdersOf = (action: string, resource: string): ReadonlyMap<number, TargetWitness> =>
    heldOnOne(`${action}|${resource}`, () => {
      const held = new Map(model.holders(action, [resource]).map((witness) => [witness.holder, witness]));
      return [held, held.size];
    });
  const actorsOn = (rule: ComputeRule, resource: string): readonly ComputeActor[] => {
    const account = engine.accountOf(resource);
    const digits = (account ?? "").replace(/^aws:/, "");
    if (digits === "") return [];
    const [first, ...rest] = rule.actions.map((part) =>
      holdersOf(part.action, part.on === "*" ? "*" : resource),
    );
    const result: ComputeActor[] = [];
    for (const [holder, witness] of first ?? []) {
      const others = rest.map((map) => map.get(holder));
      if (others.some((other) => other === undefined)) continue;
      const sure = [witness, ...others].every((other) => other?.verdict === true);
      result.push({
        holder,
        resources: rule.actions.map((part) => (part.on === "*" ? "*" : resource)),
        verdict: sure ? true : "unknown",
      });
    }
    return result;
  };

  const memo = new Map<string, ReadonlyMap<number, ComputeActor>>();
  return {
    running: (kind, role) => byRole.get(`${computeShapes[kind].resourceKind}|${role}`) ?? [],
    inventoried: (kind, account) =>
      estate.covers("inventory", `${account}/${computeShapes[kind].resourceKind}`),
    exists: (kind, account) => kinds.has(`${account}/${computeShapes[kind].resourceKind}`),
    actors(rule, account) {
      const key = `${rule.id}|${account}`;
      let found = memo.get(key);
      if (found === undefined) {
        const map = new Map<number, ComputeActor>();
        for (const actor of joint(rule, account, () => [])) map.set(actor.holder, actor);
        // Only then what cannot be resolved: whoever holds it elsewhere needs no doubt.
        if (rule.actions.some(({ action }) => patterns.unresolved(action, account).length > 0)) {
          const wider = joint(rule, account, (part) => patterns.unresolved(part.action, account));
          for (const actor of wider) {
            if (map.has(actor.holder)) continue;
            map.set(
              actor.holder,
              actor.resources.some(isUnresolvedAddress) ? { ...actor, verdict: "unknown" } : actor,
            );
          }
        }
        found = map;
        memo.set(key, found);
      }
      return found;
    },
    actorsOn: (rule, resource) =>
      onOne(`${rule.id}|${resource}`, () => {
        const found = actorsOn(rule, resource);
        return [found, found.length];
      }),
    mayPassTo(actor, role, all) {
      const services = all.filter((service) => !passDenied(actor, role, service));
      if (services.length === 0) return false;
      for (const { statement } of statementsOf(model.uses(actor))) {
        if (
          statement.effect !== "Allow" ||
          !coversAction(statement, "iam:PassRole") ||
          !coversResource(statement, role)
        )
          continue;
        const clauses = clausesOn(statement, "iam:PassedToService");
        if (services.some((service) => clauses.every((clause) => admits(clause, service)))) return true;
      }
      // A policy whose text is not in the estate may grant it without that limit: the engine's answer stands.
      return unread(actor);
    },
  };
}

/** Holders remembered in all: beyond it everything is forgotten and asked again. */
const mostHolders = 200_000;

type Hit = { readonly target: string; readonly verdict: true | "unknown" };

/** A proven and resolved hit before others. */
function best(hits: readonly Hit[]): Hit | undefined {
  const rank = (hit: Hit): number =>
    (hit.verdict === true ? 0 : 2) + (isUnresolvedAddress(hit.target) ? 1 : 0);
  let found: Hit | undefined;
  for (const hit of hits) if (found === undefined || rank(hit) < rank(found)) found = hit;
  return found;
}
