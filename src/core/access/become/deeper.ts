import { anyOf, type MissingFact, type Principal, type Tri } from "../../estate/index.js";
import { rewriteRules, takeoverRules } from "./escalations/identity-rules.js";
import { attachableBy } from "./gains.js";
import type { Handles } from "./handles.js";
import { mutableRole, type BecomeModel } from "./model.js";
import { creationsOf } from "./newcomer.js";
import { isWidest } from "./one-rewriting.js";
import { hasNamedApart } from "./names.js";
import { trustWouldAdmit, type Access } from "./one-step-access.js";
import { mightDo, type Power } from "./power.js";
import { rewritingOf, type Asked, type Rewriting } from "./one-rewriting.js";

interface Search {
  readonly model: BecomeModel;
  readonly handles: Handles;
  readonly freed: (rewriting: Rewriting) => readonly Rewriting[];
  /** Something as wide as the account is held already: then only identities `apart` are of interest. */
  readonly wide: boolean;
  readonly apart: (index: number) => boolean;
}

/** How many rewritings one walk strings together, and how many questions one actor may cost. */
const mostSteps = 3;
const mostQuestions = 20_000;

/**
 * What rights gained by one rewriting make possible in turn: a group joined gives the right to attach a policy, a role
 * within its boundary may rewrite one that has none, or create it. Breadth first; what the limits leave out is unknown.
 */
export function deeperOf(
  search: Search,
  held: Power,
  first: readonly Rewriting[],
  access: ReadonlyMap<number, Access>,
): readonly Rewriting[] {
  const { model, handles, freed } = search;
  const found: Rewriting[] = [];
  const full = new Set(first.flatMap((item) => (isFull(item) ? [keyOf(item)] : [])));
  const seen = new Set(first.map(keyOf));
  const groups = held.as.account === undefined ? [] : handles.groups(held.as.account);
  const budget = { left: mostQuestions };
  // Where nothing is proven nothing deeper is either: what is as wide as the account then leaves nothing to find.
  const proven = first.some(({ verdict }) => verdict === true);
  const isBroad = (item: Rewriting): boolean =>
    isWidest(item) || (!proven && item.gains === "full" && !item.limited);
  let wide = search.wide || first.some(isBroad);
  // As wide as the account, and yet a limit spares names: whoever is that wide creates somebody of such a name, once.
  let spared = !hasNamedApart(model.estate);
  let layer: readonly Rewriting[] = first;
  for (let step = 1; step < mostSteps && layer.length > 0; step += 1) {
    const next: Rewriting[] = [];
    const keep = (item: Rewriting): void => {
      if (seen.has(keyOf(item)) || full.has(keyOf({ ...item, gains: "full" }))) return;
      seen.add(keyOf(item));
      if (isFull(item)) full.add(keyOf(item));
      next.push(item);
      if (isBroad(item)) wide = true;
    };
    for (const before of layer) {
      const power = before.power();
      if (!wide || (!spared && isBroad(before))) {
        if (wide) spared = true;
        for (const item of creationsOf(model, before.actor, power, groups, before)) keep(item);
      }
      for (const item of rewritesWith({ ...search, wide }, held, before, access, budget))
        for (const each of [item, ...freed(item)]) keep(each);
    }
    found.push(...next);
    layer = next;
  }
  const cut = budget.left < 0 || (layer.length > 0 && layer.some((item) => item.limited && !wide));
  const [start] = first;
  return cut && !wide && start !== undefined ? [...found, beyond(model, start)] : found;
}

const isFull = (item: Rewriting): boolean => item.gains === "full" && item.verdict === true && !item.limited;

/** Two rewritings that lead to the same rights. */
function keyOf(item: Rewriting): string {
  const gains = item.gains === "full" ? "full" : (item.asked.at(-1)?.resource ?? "");
  const lifts = item.limited ? "limited" : "free";
  return `${item.as.id}|${item.as.boundary?.arn ?? ""}|${gains}|${lifts}|${String(item.verdict)}`;
}

function* rewritesWith(
  { model, handles, wide, apart }: Search,
  held: Power,
  before: Rewriting,
  access: ReadonlyMap<number, Access>,
  budget: { left: number },
): Generator<Rewriting> {
  const { account } = held.as;
  if (account === undefined) return;
  const power = before.power();
  const able = (action: string, resource: string): Tri => {
    budget.left -= 1;
    return power.may(action, resource);
  };
  const self = model.index(held.as.id);
  const members = model
    .members(account)
    .filter((index) => model.kind(index) !== "root" && (!wide || apart(index)));
  if (members.length === 0) return;
  for (const rule of rewriteRules) {
    if (!mightDo(power, rule.action) && !mightDo(held, rule.action)) continue;
    for (const index of members) {
      const identity = model.principal(index);
      if (identity === undefined) continue;
      for (const { resource, gains } of handles.of(rule, identity)) {
        if (budget.left < 0) return;
        const later = able(rule.action, resource);
        const now = later === true || !mightDo(held, rule.action) ? false : held.may(rule.action, resource);
        const right = anyOf([later, now]);
        if (right === false) continue;
        const mine = index === self || index === before.identity || access.has(index);
        // Both from what it holds itself: found without the rewriting.
        if (now !== false && later === false && mine && index !== before.identity) continue;
        const way = mine
          ? { verdict: access.get(index)?.verdict ?? (true as const), asks: [] }
          : wayInto(model, before.as, identity, able);
        if (way === undefined) continue;
        const source = later === false ? held : power;
        const all = gains === "full" ? attachableBy(model, source, rule.action, resource) : gains;
        const sure = right === true && way.verdict === true && before.verdict === true;
        yield rewritingOf(model, {
          actor: before.actor,
          identity: index,
          as: identity,
          via: rule.id,
          asked: [...before.asked, { action: rule.action, resource }, ...way.asks],
          verdict: sure ? true : "unknown",
          missing: before.missing,
          gains: all,
          before,
        });
      }
    }
  }
}

/** How somebody who holds these rights as `from` becomes `to` in one step. */
function wayInto(
  model: BecomeModel,
  from: Principal,
  to: Principal,
  able: (action: string, resource: string) => Tri,
): { readonly verdict: true | "unknown"; readonly asks: readonly Asked[] } | undefined {
  let best: { verdict: true | "unknown"; asks: readonly Asked[] } | undefined;
  const offer = (action: string, admitted: Tri): void => {
    if (admitted === false || best?.verdict === true) return;
    const right = able(action, to.id);
    if (right === false) return;
    const verdict = right === true && admitted === true ? true : "unknown";
    if (best === undefined || verdict === true) best = { verdict, asks: [{ action, resource: to.id }] };
  };
  if (to.kind === "role") offer("sts:AssumeRole", trustWouldAdmit(to, from));
  for (const rule of takeoverRules) {
    const [action] = rule.actions;
    if (action === undefined || rule.actions.length > 1 || rule.when === "inactive-key") continue;
    if (rule.target === to.kind && (to.kind === "user" || mutableRole(to))) offer(action, true);
  }
  return best;
}

/** Walks that the limits of the search left out: whatever nothing forbids in the account is unknown. */
function beyond(model: BecomeModel, start: Rewriting): Rewriting {
  const actor = model.principal(start.actor);
  const fact: MissingFact = {
    key: `complexity|rewritings|${model.id(start.actor)}`,
    fact: `what ${actor?.name ?? model.id(start.actor)} attains by more than ${mostSteps} rewritings in a row, or by those beyond the first ${mostQuestions} that were tried`,
    collect: "take away its right to rewrite identities, or analyse its account by itself",
  };
  const { boundary: _, ...bare } = start.as;
  return rewritingOf(model, {
    ...start,
    as: bare,
    verdict: "unknown",
    missing: [...start.missing, fact],
    gains: "full",
    lifted: { inline: true, attached: true, boundary: true },
  });
}
