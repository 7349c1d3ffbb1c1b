import type { AccountId, MissingFact, Principal, PrincipalId, Tri } from "../../estate/index.js";
import type { AccessEngine, Lifted } from "../engine.js";
import { deeperOf } from "./deeper.js";
import { attachableBy, type Gains } from "./gains.js";
import { pairRules, rewriteRules } from "./escalations/identity-rules.js";
import type { RewriteRule } from "./escalations/rule.js";
import { createGrantPatterns, type GrantPatterns } from "./grant-patterns.js";
import { createHandles } from "./handles.js";
import { rememberByEstate } from "./identity-facts.js";
import { liftingsOf } from "./lifting.js";
import { mutableRole, type BecomeModel } from "./model.js";
import { isTreatedApart } from "./names.js";
import { creatingActions, creationsOf, isWidest, newGroupOf } from "./newcomer.js";
import { accessOf, type Access } from "./one-step-access.js";
import { gainedPower, heldPower, mightDo, type Power } from "./power.js";
import { coversAction, coversResource, statementsOf } from "./statements.js";

export interface Asked {
  readonly action: string;
  readonly resource: string;
}

/**
 * An actor that can change what `identity` (itself, or one that it can become) may do, or that makes a new one. After-
 * wards the rights are the envelope of that identity: boundary ∧ SCP ∧ ¬(denies that stay), never "admin"
 * (recreation.md 2, post-mutation reach).
 */
export interface Rewriting {
  readonly actor: number;
  /** Whom the walk goes on from: the rewritten identity; for a newcomer, which no document lists, the actor itself. */
  readonly identity: number;
  /** Who acts afterwards: the rewritten identity or the newcomer. */
  readonly as: Principal;
  readonly via: string;
  /** Actions with the resource each is asked on. */
  readonly asked: readonly Asked[];
  readonly verdict: true | "unknown";
  /** What `unknown` rests on beside the rights themselves. */
  readonly missing: readonly MissingFact[];
  /** `full`, or the documents whose grants are gained. */
  readonly gains: Gains;
  /** Something beside the organisation limits it: a boundary or a deny of its own. */
  readonly limited: boolean;
  /** The rewriting with which the rights that `asked` adds are held, where the actor does not hold them itself. */
  readonly before?: Rewriting;
  /** Layers of the identity that are taken off as well. */
  readonly lifted?: Lifted;
  /** For people, where rewriting is not the word. */
  readonly words?: string;
  readonly power: () => Power;
  /** What the actor can do afterwards that it could not show before. */
  readonly may: (action: string, resource: string) => Tri;
}

export interface Rewritings {
  /** Actors with a right to rewrite or create anything, by account; ascending. */
  readonly candidates: (account: AccountId) => readonly number[];
  /** What one actor can rewrite so that it gains by it: itself first, then others that it can become. */
  readonly of: (actor: number) => readonly Rewriting[];
  /** What it can rewrite without being able to become it in one step: somebody who is both gains by it. */
  readonly remote: (actor: number) => readonly Rewriting[];
}

const rememberedNames = rememberByEstate<GrantPatterns>();

const known = new WeakMap<AccessEngine, Rewritings>();

/** They follow from the engine alone: whoever asks about the same one shares what was worked out. */
export function createRewritings(model: BecomeModel): Rewritings {
  let rewritings = known.get(model.engine);
  if (rewritings === undefined) known.set(model.engine, (rewritings = findRewritings(model)));
  return rewritings;
}

function findRewritings(model: BecomeModel): Rewritings {
  const { engine, estate } = model;
  const handles = createHandles(model);
  const candidates = new Map<AccountId, readonly number[]>();
  const memo = new Map<number, readonly Rewriting[]>();

  const collect = (account: AccountId): readonly number[] => {
    const members = model.members(account);
    const users = members.filter((index) => model.kind(index) === "user").map(model.id);
    const roles = members.filter((index) => mutableRole(model.principal(index))).map(model.id);
    const groups = handles.groups(account).map(({ id }) => id);
    const policies = handles.policies(account).map(({ arn }) => arn);
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
    const names = rememberedNames(estate, () =>
      createGrantPatterns(
        estate,
        creatingActions.map(({ action }) => action),
      ),
    );
    const digits = account.replace(/^aws:/, "");
    for (const { action, kind } of account.startsWith("aws:") ? creatingActions : []) {
      const targets = [
        `arn:aws:iam::${digits}:${kind}/remit-new`,
        ...names.witnesses(action, ["iam"], account, kind),
      ];
      for (const { holder } of model.holders(action, targets)) found.add(holder);
    }
    // IAM's own actions never cross accounts, and root is the floor.
    return [...found]
      .filter((index) => model.account(index) === account && model.kind(index) !== "root")
      .sort((a, b) => a - b);
  };

  const make = (
    actor: number,
    identity: number,
    as: Principal,
    rule: Pick<RewriteRule, "id" | "action">,
    asks: readonly Asked[],
    gains: Gains,
    verdict: true | "unknown",
    access?: Access,
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
      missing: [],
      gains,
    });
  };

  /** The same rewriting after boundary or denies of the identity are taken off, where the actor can do that too. */
  const freed = (base: Rewriting, deep = 0): readonly Rewriting[] => {
    if (base.words !== undefined || !base.limited || deep > 2) return [];
    return liftingsOf(model, base.actor, base.as, base.may, base.lifted ?? {}).flatMap((lifting) => {
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
    const fills: { asks: readonly Asked[]; gains: Gains; verdict: true | "unknown"; group?: string }[] = [];
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
        .map(({ asks, gains, verdict }) =>
          make(actor, identity, principal, { id: "iam-013", action: "" }, asks, gains, verdict, access),
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
    const self = first.flatMap((item) => [item, ...freed(item)]);
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
    const known = [...self, ...others.flatMap((item) => [item, ...freed(item)])];
    return [
      ...known,
      ...deeperOf({ model, handles, freed, wide: wide || known.some(isWidest), apart }, held, known, access),
    ];
  };

  const apart = (index: number): boolean => {
    const principal = model.principal(index);
    return principal !== undefined && isTreatedApart(estate, principal);
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
        list = principal === undefined || principal.kind === "root" ? [] : find(actor, principal);
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
        heldPower(model, actor, principal),
        members.filter((index) => !access.has(index)),
        new Map(),
      );
    },
  };
}

/** Which resources any grant of the power speaks of for the action; undefined: none. */
function speaksOf(power: Power, action: string): ((resource: string) => boolean) | undefined {
  if (power.open) return () => true;
  const spoken = [...statementsOf(power.uses)].filter(
    ({ statement }) => statement.effect === "Allow" && coversAction(statement, action),
  );
  return spoken.length === 0
    ? undefined
    : (resource) => spoken.some(({ statement }) => coversResource(statement, resource));
}

type Made = Omit<Rewriting, "power" | "may" | "limited">;

export function rewritingOf(model: BecomeModel, made: Made): Rewriting {
  const lifted = made.lifted ?? {};
  let power: Power | undefined;
  const gained = (): Power => (power ??= gainedPower(model, made.as, made.gains, lifted));
  return {
    ...made,
    limited:
      (made.as.boundary !== undefined && lifted.boundary !== true) || deniedStill(model, made.as, lifted),
    power: gained,
    may: (action, resource) => gained().able(action, resource).verdict,
  };
}

function deniedStill(model: BecomeModel, as: Principal, lifted: Lifted): boolean {
  const index = model.index(as.id);
  if (index === undefined || (lifted.inline === true && lifted.attached === true)) return false;
  for (const { use, statement } of statementsOf(model.uses(index))) {
    if (statement.effect !== "Deny") continue;
    const off = as.inline.includes(use) ? lifted.inline : lifted.attached;
    if (off !== true) return true;
  }
  return as.attached.some(
    ({ arn }) => model.estate.managedPolicy(arn) === undefined && !/:iam::aws:/.test(arn),
  );
}
