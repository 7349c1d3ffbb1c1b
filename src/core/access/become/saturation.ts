import type { AccountId, Estate, PrincipalId, Resource } from "../../estate/index.js";
import type { ActorSet, Lifted } from "../engine.js";
import { concernedIn, placeOf } from "./concerned.js";
import { heldRights } from "./held-rights.js";
import { changedBy, emptyHold, isBare, namesItself, type Changed, type Hold } from "./hold.js";
import { computeRules } from "./escalations/compute-rules.js";
import { attachableBy, groupGains, type Gains } from "./gains.js";
import { obstaclesOf } from "./lifting.js";
import { mutableRole } from "./model.js";
import { creationsOf, newGroupOf } from "./newcomer.js";
import { creatingActions } from "./names.js";
import { isWidest } from "./one-rewriting.js";
import { trustWouldAdmit } from "./one-step-access.js";
import { gainedPower, mightDo, type Ability, type Power } from "./power.js";
import { apart, handlesOf, isUnread, rolesElsewhere, stepsFrom } from "./shared-steps.js";
import type { Parts } from "./step-types.js";
import { canHold, computeAssumption, takeoverFits, takeovers } from "./steps.js";

/**
 * The most that one actor can end up with: every identity that it becomes acts together with all the others, and
 * whatever one of them rewrites, sets free or creates counts for all at once, until nothing is added. It takes each
 * order of steps as possible and each doubt as granted, so "no" is certain and "yes" proves nothing (recreation.md 2).
 */
export interface Saturation {
  /** False: by no chain of becoming, rewriting and creating, however long. */
  may(action: string, resource: string): boolean;
}

const byId = new WeakMap<readonly Resource[], ReadonlyMap<string, Resource>>();

/** Resources as the documents list them, whatever an overlay says. */
function listed({ resources }: Estate): ReadonlyMap<string, Resource> {
  let found = byId.get(resources);
  if (found === undefined) byId.set(resources, (found = new Map(resources.map((item) => [item.id, item]))));
  return found;
}

/** Newcomers kept per actor; whoever makes more kinds of them than this is answered "perhaps" throughout. */
const mostNewcomers = 120;

const nouns = { user: "User", role: "Role" } as const;

export function saturate(parts: Parts, start: number, stopAt: ActorSet | undefined): Saturation {
  const { model, compute } = parts;
  const { engine, estate } = model;
  const handles = handlesOf(model);
  const holds = new Map<number, Hold>();
  const held = new Set<number>();
  const waiting = [start];
  const newcomers = new Map<string, Changed>();
  const free = { policies: new Set<string>(), groups: new Set<string>() };
  const older = new Set<string>();
  const groupUses = new Map<string, Gains>();
  let wide = false;
  let changed = true;
  let overflow = false;

  const holdOf = (index: number): Hold => {
    let hold = holds.get(index);
    if (hold === undefined) holds.set(index, (hold = emptyHold()));
    return hold;
  };
  const changedPowers = (): readonly Changed[] => {
    const powers: Changed[] = [...newcomers.values()];
    for (const index of held) {
      const hold = holds.get(index);
      const principal = model.principal(index);
      if (hold === undefined || principal === undefined) continue;
      const now = changedBy(model, index, principal, hold);
      if (now !== undefined) powers.push(now);
    }
    return powers;
  };
  let powers: readonly Changed[] = [];
  const rights = heldRights(parts, held, () => powers);
  const { any } = rights;
  const touch = (): void => {
    changed = true;
    powers = changedPowers();
    rights.changed();
  };
  const take = (index: number): void => {
    if (held.has(index) || stopAt?.has(index) === true) return;
    if (model.kind(index) === "root" && index !== start) return;
    held.add(index);
    waiting.push(index);
    touch();
  };
  const gain = (index: number, gains: Gains): void => {
    const hold = holdOf(index);
    if (hold.full) return;
    if (gains === "full") hold.full = true;
    else {
      const fresh = gains.uses.filter((use) => !hold.gained.has(use.document));
      if (fresh.length === 0 && (!gains.open || hold.open)) return;
      for (const use of fresh) hold.gained.set(use.document, use);
      if (gains.open) hold.open = true;
    }
    if (held.has(index)) touch();
    else changed = true;
  };
  const lift = (index: number, layer: keyof Lifted): void => {
    const hold = holdOf(index);
    if (hold.lifted[layer] === true) return;
    hold.lifted = { ...hold.lifted, [layer]: true };
    if (held.has(index)) touch();
    else changed = true;
  };

  /** All that it holds as if it were one identity of the account. */
  const together = (account: AccountId): Power | undefined => {
    const own = [...held].filter((index) => model.account(index) === account);
    const [first] = own.flatMap((index) => model.principal(index) ?? []);
    if (first === undefined) return undefined;
    const able = (action: string, resource: string): Ability => {
      const found: Ability[] = [];
      for (const { power } of powers) if (mightDo(power, action)) found.push(power.able(action, resource));
      for (const index of own)
        if (rights.speaks(index, action)) found.push(engine.decide(model.id(index), action, resource));
      const open = found.filter(({ verdict }) => verdict !== false);
      const [best] = open;
      if (best === undefined) return { verdict: false, residual: [], missing: [] };
      const texts = new Set(open.map(({ residual }) => JSON.stringify(residual.map(({ text }) => text))));
      return { verdict: true, residual: texts.size === 1 ? best.residual : [], missing: [] };
    };
    return {
      as: first,
      able,
      may: (action, resource) => able(action, resource).verdict,
      uses: [...own.flatMap((index) => model.uses(index)), ...powers.flatMap(({ power }) => power.uses)],
      open: powers.some(({ power }) => power.open) || own.some((index) => isUnread(model, index)),
      everything: powers.some(({ power }) => power.everything),
      fresh: false,
    };
  };
  const attach = (power: Power, action: string, resource: string): Gains => {
    const gains = attachableBy(model, power, action, resource);
    if (gains === "full" || !gains.open) return gains;
    return "full";
  };

  const forPolicies = (account: AccountId): void => {
    for (const policy of handles.policies(account)) {
      if (!free.policies.has(policy.arn) && any("iam:CreatePolicyVersion", policy.arn)) {
        free.policies.add(policy.arn);
        changed = true;
      }
      if (policy.versions.length < 2 || older.has(policy.arn)) continue;
      if (!any("iam:SetDefaultPolicyVersion", policy.arn)) continue;
      older.add(policy.arn);
      changed = true;
    }
  };
  const carried = (arns: readonly { readonly arn: string }[]): Gains => {
    if (arns.some(({ arn }) => free.policies.has(arn))) return "full";
    const uses = arns
      .filter(({ arn }) => older.has(arn))
      .flatMap(({ arn }) => (estate.managedPolicy(arn)?.versions ?? []).map(({ use }) => use));
    return { uses, open: false };
  };
  const addTo = (group: string, gains: Gains): void => {
    if (free.groups.has(group)) return;
    if (gains === "full") {
      free.groups.add(group);
      groupUses.set(group, "full");
      changed = true;
      return;
    }
    const before = groupUses.get(group);
    const known = before === undefined || before === "full" ? [] : before.uses;
    const uses = [...new Map([...known, ...gains.uses].map((use) => [use.document, use])).values()];
    if (uses.length === known.length) return;
    groupUses.set(group, { uses, open: false });
    changed = true;
  };
  const forGroups = (account: AccountId, power: Power): ReadonlySet<string> => {
    const joined = new Set<string>();
    for (const group of handles.groups(account)) {
      if (any("iam:PutGroupPolicy", group.id)) addTo(group.id, "full");
      else if (any("iam:AttachGroupPolicy", group.id))
        addTo(group.id, attach(power, "iam:AttachGroupPolicy", group.id));
      addTo(group.id, carried(group.attached));
      if (any("iam:AddUserToGroup", group.id)) joined.add(group.id);
    }
    return joined;
  };
  const forIdentity = (
    index: number,
    power: Power,
    joined: ReadonlySet<string>,
    made: Gains | undefined,
  ): void => {
    const principal = model.principal(index);
    if (principal === undefined || (principal.kind !== "user" && principal.kind !== "role")) return;
    const noun = nouns[principal.kind];
    if (principal.kind === "user" || mutableRole(principal)) {
      if (any(`iam:Put${noun}Policy`, principal.id)) gain(index, "full");
      else if (any(`iam:Attach${noun}Policy`, principal.id))
        gain(index, attach(power, `iam:Attach${noun}Policy`, principal.id));
    }
    gain(index, carried(principal.attached));
    if (principal.kind === "user") {
      if (made !== undefined) gain(index, made);
      for (const id of joined) {
        const group = estate.principal(id as PrincipalId);
        if (group !== undefined) gain(index, groupGains(estate, group));
      }
      for (const id of [...principal.groups, ...joined]) {
        const more = groupUses.get(id);
        if (more !== undefined) gain(index, more);
      }
    }
    for (const [layer, stones] of obstaclesOf(model, principal))
      if (stones.some((options) => options.some(({ action, resource }) => any(action, resource))))
        lift(index, layer);
  };
  const enters = (index: number): boolean => {
    const principal = model.principal(index);
    if (principal === undefined) return false;
    if (principal.kind === "role" && letIn(index)) return true;
    for (const rule of takeovers) {
      if (takeoverFits(model, rule, principal) === undefined) continue;
      if (rule.actions.every((action) => any(action, principal.id))) return true;
    }
    const { account } = principal;
    if (principal.kind !== "role" || account === undefined) return false;
    const digits = account.replace(/^aws:/, "");
    for (const rule of computeRules) {
      if (!canHold(model, rule, index)) continue;
      if (rule.passRole && !any("iam:PassRole", principal.id)) continue;
      const running = rule.needs === undefined ? [] : compute.running(rule.needs, principal.id);
      const places = running.map(({ id }): string => id);
      if (running.length === 0 && computeAssumption(compute, rule, principal) === false) continue;
      const fits = rule.actions.every(({ action, on }) =>
        on === "*"
          ? any(action, placeOf(on, digits))
          : [placeOf(on, digits), ...places].some((place) => any(action, place)),
      );
      if (fits) return true;
    }
    return false;
  };
  /** Into a role with rights that were changed, as far as its trust would let that identity in. */
  const letIn = (role: number): boolean => {
    const principal = model.principal(role);
    if (principal === undefined) return false;
    const trust = principal.trustPolicy?.document.statements ?? [];
    return powers.some(
      ({ power, limit }) =>
        trustWouldAdmit(principal, power.as) !== false &&
        // A trust that names the identity itself asks for no grant: what was taken off may have stood there.
        (namesItself(trust, power.as.id) ? limit : power).may("sts:AssumeRole", principal.id) !== false,
    );
  };
  const create = (power: Power): void => {
    if (!creatingActions.some(({ action }) => mightDo(power, action))) return;
    const { account } = power.as;
    const groups = account === undefined ? [] : handles.groups(account);
    const found = creationsOf(model, start, power, groups);
    for (const item of found) {
      if (item.missing.some(({ key }) => key.startsWith("complexity|"))) overflow = true;
      const last = item.asked.at(-1)?.resource ?? "";
      const key = `${item.as.id} ${item.as.boundary?.arn ?? ""} ${item.gains === "full" ? "full" : last}`;
      if (newcomers.has(key)) continue;
      if (newcomers.size >= mostNewcomers) {
        overflow = true;
        return;
      }
      newcomers.set(key, { power: item.power(), limit: gainedPower(model, item.as, "full", {}, true) });
      if (isWidest(item)) wide = true;
      touch();
    }
    // A new user in a group that is written as well, or that carries a policy which is.
    for (const group of groups) {
      const more = groupUses.get(group.id);
      if (more === undefined || !any("iam:AddUserToGroup", group.id)) continue;
      for (const { as } of found) {
        const key = `${as.id} ${as.boundary?.arn ?? ""} written ${group.id} ${more === "full" ? "full" : String(more.uses.length)}`;
        if (as.kind !== "user" || newcomers.has(key)) continue;
        const limit = gainedPower(model, as, "full", {}, true);
        newcomers.set(key, { power: gainedPower(model, as, more, {}, true), limit });
        touch();
      }
    }
  };

  /** Nothing was changed or created so far, and nothing of a group or a policy can be. */
  const isUntouched = (joined: ReadonlySet<string>, made: Gains | undefined): boolean =>
    powers.length === 0 &&
    free.policies.size + free.groups.size + older.size + groupUses.size + joined.size === 0 &&
    made === undefined;

  held.add(start);
  while (changed && !overflow) {
    changed = false;
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop())
      for (const to of stepsFrom(parts, index)) take(to);
    const accounts = [...new Set([...held].flatMap((index) => model.account(index) ?? []))].sort();
    for (const account of accounts) {
      const power = together(account);
      if (power === undefined || !account.startsWith("aws:")) continue;
      forPolicies(account);
      const joined = forGroups(account, power);
      const group = newGroupOf(model, power);
      if (group !== undefined && group.missing.length > 0) overflow = true;
      const made = group?.gains;
      const members = (
        isUntouched(joined, made) ? concernedIn(parts, account, held, rights) : model.members(account)
      ).filter((index) => stopAt?.has(index) !== true && (!wide || apart(model, index) || held.has(index)));
      for (const index of members) forIdentity(index, power, joined, made);
      for (const index of members) {
        const hold = holds.get(index);
        const principal = model.principal(index);
        if (
          held.has(index) &&
          hold?.full === true &&
          principal !== undefined &&
          isBare(model, principal, hold)
        )
          wide = true;
        if (!held.has(index) && enters(index)) take(index);
      }
      create(power);
    }
    for (const index of powers.length === 0 ? [] : rolesElsewhere(model, accounts)) {
      if (!held.has(index) && stopAt?.has(index) !== true && letIn(index)) take(index);
    }
  }

  return {
    may(action, resource) {
      if (overflow) return true;
      const direct = engine.whoCan(action, resource);
      for (const index of held) if (direct.allowed.has(index) || direct.unknown.has(index)) return true;
      if (powers.length === 0) return false;
      const policies = [...(listed(estate).get(resource)?.policies?.values() ?? [])];
      const statements = policies.flatMap(({ document }) => document.statements);
      return powers.some(
        ({ power, limit }) =>
          (namesItself(statements, power.as.id) ? limit : power).may(action, resource) !== false,
      );
    },
  };
}
