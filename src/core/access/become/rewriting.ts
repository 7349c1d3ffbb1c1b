import type { AccountId, MissingFact, Principal, PrincipalId } from "../../estate/index.js";
import type { AccessEngine } from "../engine.js";
import { deeperOf } from "./deeper.js";
import { attachableBy, type Gains } from "./gains.js";
import { pairRules, rewriteRules } from "./escalations/identity-rules.js";
import type { RewriteRule } from "./escalations/rule.js";
import { candidatesIn } from "./candidates.js";
import { createHandles } from "./handles.js";
import { liftingsOf } from "./lifting.js";
import type { BecomeModel } from "./model.js";
import { isTreatedApart } from "./names.js";
import { creationsOf, newGroupOf } from "./newcomer.js";
import { isWidest, rewritingOf, type Asked, type Rewriting } from "./one-rewriting.js";
import { accessOf, type Access } from "./one-step-access.js";
import { hasUnread, heldPower, mightDo, speaksOf, type Power } from "./power.js";

export interface Rewritings {
  /** Actors with a right to rewrite or create anything, by account; ascending. */
  readonly candidates: (account: AccountId) => readonly number[];
  /** What one actor can rewrite so that it gains by it: itself first, then others that it can become. */
  readonly of: (actor: number) => readonly Rewriting[];
  /** What it can rewrite without being able to become it in one step: somebody who is both gains by it. */
  readonly remote: (actor: number) => readonly Rewriting[];
}

const known = new WeakMap<AccessEngine, Rewritings>();

/** They follow from the engine alone: whoever asks about the same one shares what was worked out. */
export function createRewritings(model: BecomeModel): Rewritings {
  let rewritings = known.get(model.engine);
  if (rewritings === undefined) known.set(model.engine, (rewritings = findRewritings(model)));
  return rewritings;
}

/** How many rewritings, near and distant, are kept over all actors; beyond, they are worked out again. */
const mostKept = 500_000;

function findRewritings(model: BecomeModel): Rewritings {
  const { engine, estate } = model;
  const handles = createHandles(model);
  const candidates = new Map<AccountId, readonly number[]>();
  const memo = new Map<number, readonly Rewriting[]>();
  const distant = new Map<number, readonly Rewriting[]>();
  let kept = 0;
  let weight = 0;

  const make = (
    actor: number,
    identity: number,
    as: Principal,
    rule: Pick<RewriteRule, "id" | "action">,
    asks: readonly Asked[],
    gains: Gains,
    verdict: true | "unknown",
    access?: Access,
    missing: readonly MissingFact[] = [],
  ): Rewriting => {
    const pair =
      access === undefined
        ? undefined
        : pairRules.find((item) => item.rewrite === rule.action && item.access === access.action);
    return rewritingOf(model, {
      actor,
      identity,
      as,
      via: pair?.id ?? rule.id,
      asked: [
        ...asks,
        ...(access === undefined ? [] : [{ action: access.action, resource: access.resource }]),
      ],
      verdict: verdict === true && access?.verdict !== "unknown" ? true : "unknown",
      missing,
      gains,
    });
  };

  /** The same rewriting after boundary or denies of the identity are taken off, where the actor can do that too. */
  const freed = (base: Rewriting, deep = 0, after: Rewriting["may"] = base.may): readonly Rewriting[] => {
    if (base.words !== undefined || !base.limited || deep > 2) return [];
    return liftingsOf(model, base.actor, base.as, after, base.lifted ?? {}).flatMap((lifting) => {
      const next = rewritingOf(model, {
        ...base,
        asked: [...base.asked, ...lifting.asked],
        verdict: base.verdict === true && lifting.verdict === true ? true : "unknown",
        lifted: lifting.lifted,
        before: base,
      });
      return [next, ...freed(next, deep + 1)];
    });
  };

  /**
   * Rights that are there and held back: whoever takes off the boundary or the deny has them, without writing any. Removal
   * is a hop of its own (recreation.md 2).
   */
  const unbound = (actor: number, identity: number, access?: Access): readonly Rewriting[] => {
    const principal = model.principal(identity);
    if (principal === undefined) return [];
    const uses = model.uses(identity).map((use) => ({
      ...use,
      document: {
        ...use.document,
        statements: use.document.statements.filter(({ effect }) => effect === "Allow"),
      },
    }));
    const rule = { id: "iam-024+", action: "" };
    const gains = { uses, open: hasUnread(model, principal) };
    // Nothing is written: before the first limit is off, the identity has what it holds now.
    const now: Rewriting["may"] = (action, resource) => engine.verdict(principal.id, action, resource);
    const base = make(actor, identity, principal, rule, [], gains, true, access);
    return freed(base, 0, now).map((item) => {
      const { before: _, ...rest } = item;
      return rest;
    });
  };

  const own = (actor: number, principal: Principal, held: Power): readonly Rewriting[] => {
    const found: Rewriting[] = [];
    for (const rule of rewriteRules) {
      if (!mightDo(held, rule.action)) continue;
      const options = handles.of(rule, principal);
      if (options.length === 0) continue;
      const verdicts = asked(
        principal.id,
        rule.action,
        options.map(({ resource }) => resource),
      );
      for (const { resource, gains } of options) {
        const verdict = verdicts.get(resource);
        if (verdict === undefined) continue;
        const all = gains === "full" ? attachableBy(model, held, rule.action, resource) : gains;
        found.push(make(actor, actor, principal, rule, [{ action: rule.action, resource }], all, verdict));
      }
    }
    return found;
  };

  /** Groups that it may both fill and put users in, itself or others: everything inside the envelope of the user. */
  const byGroup = (
    actor: number,
    held: Power,
    members: readonly { readonly identity: number; readonly access?: Access }[],
  ): readonly Rewriting[] => {
    const { account } = held.as;
    if (account === undefined || !mightDo(held, "iam:AddUserToGroup")) return [];
    const users = members.flatMap((item) => {
      const principal = model.principal(item.identity);
      return principal?.kind === "user" ? [{ ...item, principal }] : [];
    });
    if (users.length === 0) return [];
    const groups = handles.groups(account).map(({ id }) => id);
    const joins = asked(held.as.id, "iam:AddUserToGroup", groups);
    interface Fill {
      readonly asks: readonly Asked[];
      readonly gains: Gains;
      readonly verdict: true | "unknown";
      readonly group?: string;
      readonly missing?: readonly MissingFact[];
    }
    const fills: Fill[] = [];
    for (const [group, joined] of joins) {
      const join = { action: "iam:AddUserToGroup", resource: group };
      const carried = new Set(estate.principal(group as PrincipalId)?.attached.map(({ arn }) => arn));
      for (const rule of rewriteRules) {
        if (rule.on !== "group-of-user" && rule.on !== "attached-policy") continue;
        if (!mightDo(held, rule.action)) continue;
        const targets = rule.on === "group-of-user" ? [group] : [...carried];
        for (const [target, verdict] of asked(held.as.id, rule.action, targets)) {
          const gains =
            rule.gains === "full" ? attachableBy(model, held, rule.action, target) : otherVersions(target);
          fills.push({
            asks: [join, { action: rule.action, resource: target }],
            gains,
            verdict: joined === true && verdict === true ? true : "unknown",
            group,
          });
        }
      }
    }
    const made = newGroupOf(model, held);
    if (made !== undefined) fills.push({ ...made, asks: made.asked });
    return users.flatMap(({ identity, access, principal }) =>
      fills
        .filter(({ group }) => group === undefined || !principal.groups.includes(group as PrincipalId))
        .map(({ asks, gains, verdict, missing }) =>
          make(
            actor,
            identity,
            principal,
            { id: "iam-013", action: "" },
            asks,
            gains,
            verdict,
            access,
            missing,
          ),
        ),
    );
  };

  const otherVersions = (arn: string): Gains => ({
    uses: (estate.managedPolicy(arn)?.versions ?? [])
      .filter(({ isDefault }) => !isDefault)
      .map(({ use }) => use),
    open: false,
  });

  const asked = (
    actor: PrincipalId,
    action: string,
    targets: readonly string[],
  ): ReadonlyMap<string, true | "unknown"> =>
    new Map(engine.targetsOf(actor, action, targets).map((hit) => [hit.target, hit.verdict]));

  const near = (actor: number, { account }: Principal): readonly number[] =>
    account === undefined ? [] : model.members(account).filter((index) => index !== actor);

  const over = (
    actor: number,
    held: Power,
    identities: readonly number[],
    access: ReadonlyMap<number, Access>,
  ): readonly Rewriting[] => {
    const found: Rewriting[] = [];
    for (const rule of rewriteRules) {
      const spoken = speaksOf(held, rule.action);
      if (spoken === undefined) continue;
      const options = identities.flatMap((identity) => {
        const target = model.principal(identity);
        return target === undefined
          ? []
          : handles
              .of(rule, target)
              .filter(({ resource }) => spoken(resource))
              .map((option) => ({ identity, target, ...option }));
      });
      if (options.length === 0) continue;
      const resources = [...new Set(options.map(({ resource }) => resource))].sort();
      const verdicts = asked(held.as.id, rule.action, resources);
      for (const { identity, target, resource, gains } of options) {
        const verdict = verdicts.get(resource);
        if (verdict === undefined) continue;
        const all = gains === "full" ? attachableBy(model, held, rule.action, resource) : gains;
        const asks = [{ action: rule.action, resource }];
        found.push(make(actor, identity, target, rule, asks, all, verdict, access.get(identity)));
      }
    }
    return found;
  };

  const find = (actor: number, principal: Principal): readonly Rewriting[] => {
    const held = heldPower(model, actor, principal);
    const groups = principal.account === undefined ? [] : handles.groups(principal.account);
    const first = [
      ...own(actor, principal, held),
      ...byGroup(actor, held, [{ identity: actor }]),
      ...creationsOf(model, actor, held, groups),
    ];
    const self = [...first.flatMap((item) => [item, ...freed(item)]), ...unbound(actor, actor)];
    // As wide as the account itself: only who is treated apart by a limit adds anything.
    const wide = self.some(isWidest);
    const members = near(actor, principal).filter((index) => !wide || apart(index));
    const access = accessOf(model, principal.id, members);
    const others = [
      ...(access.size === 0 ? [] : over(actor, held, [...access.keys()], access)),
      ...byGroup(
        actor,
        held,
        [...access].map(([identity, way]) => ({ identity, access: way })),
      ),
    ];
    const known = [
      ...self,
      ...others.flatMap((item) => [item, ...freed(item)]),
      ...[...access].flatMap(([identity, way]) => unbound(actor, identity, way)),
    ];
    return [
      ...known,
      ...deeperOf({ model, handles, freed, wide: wide || known.some(isWidest), apart }, held, known, access),
    ];
  };

  const treated = new Map<number, boolean>();
  const apart = (index: number): boolean => {
    let found = treated.get(index);
    if (found === undefined) {
      const principal = model.principal(index);
      found = principal !== undefined && isTreatedApart(estate, principal);
      treated.set(index, found);
    }
    return found;
  };

  const findRemote = (actor: number): readonly Rewriting[] => {
    const principal = model.principal(actor);
    if (principal === undefined || model.kind(actor) === "root") return [];
    const members = near(actor, principal);
    const access = accessOf(model, principal.id, members);
    return over(
      actor,
      heldPower(model, actor, principal),
      members.filter((index) => !access.has(index)),
      new Map(),
    );
  };

  return {
    candidates(account) {
      let found = candidates.get(account);
      if (found === undefined) {
        found = candidatesIn(model, handles, account);
        candidates.set(account, found);
      }
      return found;
    },
    of(actor) {
      let list = memo.get(actor);
      if (list === undefined) {
        const principal = model.principal(actor);
        list = principal === undefined || principal.kind === "root" ? [] : find(actor, principal);
        weight += list.length + 1;
        if (weight > mostKept) {
          memo.clear();
          weight = list.length + 1;
        }
        memo.set(actor, list);
      }
      return list;
    },
    remote(actor) {
      let found = distant.get(actor);
      if (found === undefined) {
        found = findRemote(actor);
        kept += found.length;
        if (kept <= mostKept) distant.set(actor, found);
      }
      return found;
    },
  };
}
