import type { AccountId, ManagedPolicy, Principal, Tri } from "../../estate/index.js";
import { accountOfArn, allOf } from "../../estate/index.js";
import type { Lifted } from "../engine.js";
import { attachableBy, isAdministratorPolicy, type Gains } from "./gains.js";
import { pairRules, rewriteRules } from "./escalations/identity-rules.js";
import type { RewriteRule } from "./escalations/rule.js";
import { liftingOf } from "./lifting.js";
import { mutableRole, type BecomeModel } from "./model.js";
import { accessOf, type Access } from "./one-step-access.js";
import { documentsAllow, statementsOf, usesOf } from "./statements.js";

/**
 * An actor that can change what `identity` (itself, or one that it can become) may do. Afterwards the rights are the
 * envelope of that identity: boundary ∧ SCP ∧ ¬(denies that stay), never "admin" (recreation.md 2, post-mutation reach).
 */
export interface Rewriting {
  readonly actor: number;
  readonly identity: number;
  readonly via: string;
  /** Actions with the resource each is asked on. */
  readonly asked: readonly { readonly action: string; readonly resource: string }[];
  readonly verdict: true | "unknown";
  /** `full`, or the documents whose grants are gained. */
  readonly gains: Gains;
  /** The rewriting with which the removals that `asked` adds become possible, where this one needs some. */
  readonly before?: Rewriting;
  /** What the actor can do afterwards that it could not show before. */
  readonly may: (action: string, resource: string) => Tri;
}

export interface Rewritings {
  /** Actors with a right to rewrite anything, by account; ascending. */
  readonly candidates: (account: AccountId) => readonly number[];
  /** What one actor can rewrite so that it gains by it: itself first, then others that it can become. */
  readonly of: (actor: number) => readonly Rewriting[];
  /** What it can rewrite without being able to become it in one step: somebody who is both gains by it. */
  readonly remote: (actor: number) => readonly Rewriting[];
}

/** Most other identities looked at per actor: beyond that its own rewriting decides. */
const widest = 2000;

export function createRewritings(model: BecomeModel): Rewritings {
  const { engine, estate } = model;
  const customerPolicies = estate.managedPolicies.filter((policy) => !policy.awsManaged);
  const policiesByAccount = groupBy(customerPolicies, (policy) => accountOfArn(policy.arn));
  const groupsByAccount = groupBy(model.groups, (group) => group.account);
  const candidates = new Map<AccountId, readonly number[]>();
  const memo = new Map<number, readonly Rewriting[]>();

  const collect = (account: AccountId): readonly number[] => {
    const members = model.members(account);
    const users = members.filter((index) => model.kind(index) === "user").map(model.id);
    const roles = members.filter((index) => mutableRole(model.principal(index))).map(model.id);
    const groups = (groupsByAccount.get(account) ?? []).map(({ id }) => id);
    const policies = (policiesByAccount.get(account) ?? []).map(({ arn }) => arn);
    const found = new Set<number>();
    for (const rule of rewriteRules) {
      const targets: readonly string[] =
        rule.on === "user"
          ? users
          : rule.on === "role"
            ? roles
            : rule.on === "attached-policy"
              ? policies
              : groups;
      for (const { holder } of model.holders(rule.action, targets)) found.add(holder);
    }
    // IAM's own actions never cross accounts, and root is the floor.
    return [...found]
      .filter((index) => model.account(index) === account && model.kind(index) !== "root")
      .sort((a, b) => a - b);
  };

  const rightsOver = (identity: number, gains: Gains, lifted?: Lifted): Rewriting["may"] => {
    const envelope = engine.envelope(model.id(identity), lifted);
    return gains === "full"
      ? (action, resource) => envelope.may(action, resource)
      : (action, resource) => {
          const granted = documentsAllow(gains.uses, action, resource);
          return allOf([
            granted === false && gains.open ? "unknown" : granted,
            envelope.may(action, resource),
          ]);
        };
  };

  /** The resources that a rule is asked on to rewrite `identity`. */
  const handles = (
    rule: RewriteRule,
    identity: Principal,
  ): readonly { readonly resource: string; readonly gains: Gains }[] => {
    const account = identity.account;
    if (account === undefined) return [];
    switch (rule.on) {
      case "user":
      case "role":
        return identity.kind === rule.on && (rule.on === "user" || mutableRole(identity))
          ? [{ resource: identity.id, gains: "full" }]
          : [];
      case "group-of-user":
        return identity.groups.map((resource) => ({ resource, gains: "full" }));
      case "any-group":
        if (identity.kind !== "user") return [];
        return (groupsByAccount.get(account) ?? [])
          .filter((group) => !identity.groups.includes(group.id))
          .map((group) => ({ resource: group.id, gains: groupGains(group) }));
      case "attached-policy":
        return attachedTo(identity).map((policy) => ({
          resource: policy.arn,
          gains:
            rule.gains === "full"
              ? "full"
              : {
                  uses: policy.versions.filter((version) => !version.isDefault).map((version) => version.use),
                  open: false,
                },
        }));
    }
  };

  const attachedTo = (identity: Principal): readonly ManagedPolicy[] => {
    const carriers = [identity, ...identity.groups.flatMap((id) => estate.principal(id) ?? [])];
    const arns = new Set(carriers.flatMap((carrier) => carrier.attached.map(({ arn }) => arn)));
    return (policiesByAccount.get(identity.account) ?? []).filter((policy) => arns.has(policy.arn));
  };

  const groupGains = (group: Principal): Gains =>
    group.attached.some(({ arn }) => isAdministratorPolicy(arn))
      ? "full"
      : {
          uses: [...usesOf(estate, group)],
          open: group.attached.some(({ arn }) => estate.managedPolicy(arn) === undefined),
        };

  const attachable = (actor: number, rule: RewriteRule, resource: string): Gains =>
    attachableBy(model, actor, rule.action, resource);

  const make = (
    actor: number,
    identity: number,
    rule: RewriteRule,
    resource: string,
    gains: Gains,
    verdict: true | "unknown",
    access?: Access,
  ): Rewriting => {
    const pair =
      access === undefined
        ? undefined
        : pairRules.find((item) => item.rewrite === rule.action && item.access === access.action);
    const asked = [
      { action: rule.action, resource },
      ...(access === undefined ? [] : [{ action: access.action, resource: access.resource }]),
    ];
    let may: Rewriting["may"] | undefined;
    return {
      actor,
      identity,
      via: pair?.id ?? rule.id,
      asked,
      verdict: verdict === true && access?.verdict !== "unknown" ? true : "unknown",
      gains,
      may: (action, target) => (may ??= rightsOver(identity, gains))(action, target),
    };
  };

  /** The same rewriting after boundary or denies of the identity are taken off, where the actor can do that too. */
  const freed = (base: Rewriting): readonly Rewriting[] => {
    const identity = model.principal(base.identity);
    const lifting = identity === undefined ? undefined : liftingOf(model, base.actor, identity, base.may);
    if (lifting === undefined) return [];
    let may: Rewriting["may"] | undefined;
    return [
      {
        ...base,
        asked: [...base.asked, ...lifting.asked],
        verdict: base.verdict === true && lifting.verdict === true ? true : "unknown",
        may: (action, target) =>
          (may ??= rightsOver(base.identity, base.gains, lifting.lifted))(action, target),
        before: base,
      },
    ];
  };

  const own = (actor: number, principal: Principal): readonly Rewriting[] => {
    const found: Rewriting[] = [];
    for (const rule of rewriteRules) {
      const options = handles(rule, principal);
      if (options.length === 0) continue;
      const verdicts = new Map(
        engine
          .targetsOf(
            principal.id,
            rule.action,
            options.map(({ resource }) => resource),
          )
          .map((hit) => [hit.target, hit.verdict]),
      );
      for (const { resource, gains } of options) {
        const verdict = verdicts.get(resource);
        if (verdict === undefined) continue;
        found.push(
          make(
            actor,
            actor,
            rule,
            resource,
            gains === "full" ? attachable(actor, rule, resource) : gains,
            verdict,
          ),
        );
      }
    }
    // A group that it may both join and rewrite gives everything inside the envelope.
    const joins = found.filter(({ via }) => via === "iam-013");
    for (const rule of rewriteRules.filter((item) => item.on === "group-of-user")) {
      const groups = joins.map(({ asked }) => asked[0]?.resource ?? "");
      for (const { target, verdict } of groups.length === 0
        ? []
        : engine.targetsOf(principal.id, rule.action, groups)) {
        const rewriting = make(actor, actor, rule, target, attachable(actor, rule, target), verdict);
        found.push({
          ...rewriting,
          asked: [{ action: "iam:AddUserToGroup", resource: target }, ...rewriting.asked],
        });
      }
    }
    return found;
  };

  const others = (actor: number, principal: Principal): readonly Rewriting[] => {
    const members = near(actor, principal);
    const access = accessOf(model, principal.id, members);
    return access.size === 0 ? [] : over(actor, principal, [...access.keys()], access);
  };

  const near = (actor: number, { account }: Principal): readonly number[] =>
    account === undefined
      ? []
      : model
          .members(account)
          .filter((index) => index !== actor)
          .slice(0, widest);

  const over = (
    actor: number,
    principal: Principal,
    identities: readonly number[],
    access: ReadonlyMap<number, Access>,
  ): readonly Rewriting[] => {
    const found: Rewriting[] = [];
    for (const rule of rewriteRules) {
      if (rule.on === "any-group") continue; // joining another user to a group is the other's gain, found from the group
      const options = identities.flatMap((identity) => {
        const target = model.principal(identity);
        return target === undefined ? [] : handles(rule, target).map((option) => ({ identity, ...option }));
      });
      if (options.length === 0) continue;
      const resources = [...new Set(options.map(({ resource }) => resource))].sort();
      const hits = engine.targetsOf(principal.id, rule.action, resources);
      const verdicts = new Map(hits.map((hit) => [hit.target, hit.verdict]));
      for (const { identity, resource, gains } of options) {
        const verdict = verdicts.get(resource);
        if (verdict === undefined) continue;
        const all = gains === "full" ? attachable(actor, rule, resource) : gains;
        found.push(make(actor, identity, rule, resource, all, verdict, access.get(identity)));
      }
    }
    return found;
  };

  return {
    candidates(account) {
      let found = candidates.get(account);
      if (found === undefined) {
        found = collect(account);
        candidates.set(account, found);
      }
      return found;
    },
    of(actor) {
      let list = memo.get(actor);
      if (list === undefined) {
        const principal = model.principal(actor);
        list = [];
        if (principal !== undefined && principal.kind !== "root") {
          const self = own(actor, principal);
          // Its own envelope is as wide as its account's when nothing but SCPs limits it: others add nothing.
          const widestAlready =
            self.some((item) => item.gains === "full" && item.verdict === true) &&
            unlimited(model, actor, principal);
          list = widestAlready ? self : [...self, ...others(actor, principal)];
        }
        list = list.flatMap((item) => [item, ...freed(item)]);
        memo.set(actor, list);
      }
      return list;
    },
    remote(actor) {
      const principal = model.principal(actor);
      if (principal === undefined || model.kind(actor) === "root") return [];
      const members = near(actor, principal);
      const access = accessOf(model, principal.id, members);
      return over(
        actor,
        principal,
        members.filter((index) => !access.has(index)),
        new Map(),
      );
    },
  };
}

const unlimited = (model: BecomeModel, actor: number, principal: Principal): boolean =>
  principal.boundary === undefined &&
  ![...statementsOf(model.uses(actor))].some(({ statement }) => statement.effect === "Deny");

function groupBy<Key, Item>(
  items: readonly Item[],
  key: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const at = key(item);
    const group = groups.get(at);
    if (group === undefined) groups.set(at, [item]);
    else group.push(item);
  }
  return groups;
}
