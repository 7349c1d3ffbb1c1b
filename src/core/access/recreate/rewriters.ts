import { allOf, resourceId, type AccountId, type PrincipalId, type Tri } from "../../estate/index.js";
import type { BecomeEdge } from "../become.js";
import type { AccessEngine, ActorSet } from "../engine.js";
import { createBounded, type Bounded } from "./bounded.js";
import type { Can } from "./formula.js";
import { common, membersOf, without, type Members } from "./members.js";
import type { Rewrite, World } from "./world.js";

export interface Rewriter {
  readonly rewrite: Rewrite;
  readonly verdict: true | "unknown";
}

/** Who attains one right by rewriting an identity, as itself or as somebody that it becomes. */
export interface Rewriters {
  get(actor: number): Rewriter | undefined;
  readonly sure: Members;
  /** The sure ones included. */
  readonly all: Members;
}

/** Rewritings of one account, those that answer every right alike taken together: access.md, classes of principals. */
interface Classes {
  readonly own: Listed;
  readonly remote: Listed;
  /** Who rewrites by `own`. */
  readonly from: Members;
  readonly results: Bounded<string, Found>;
}

interface Listed {
  readonly list: readonly Rewrite[];
  /** Class of each, and the members of each class. */
  readonly classOf: readonly number[];
  readonly first: readonly (readonly Rewrite[])[];
}

interface Found {
  readonly map: ReadonlyMap<number, Rewriter>;
  readonly sure: Members;
  readonly all: Members;
}

/** Rewriters that are remembered together per account and barrier; those not asked for longest are found again. */
const mostKept = 20_000;

/** Most rewriters at a distance that are followed one by one per right; beyond that the answer is left open. */
const mostRemote = 50;

const nobody: Rewriters = { get: () => undefined, sure: membersOf([]), all: membersOf([]) };

/**
 * Rewriting gives an identity rights in its own account; across accounts the policy of the resource would have to name
 * it, and that grant it holds already. Which rights the classes of an account attain decides who the rewriters are, so
 * the many rights that they answer alike share them.
 */
export function rewritersOf(
  world: World,
  engine: AccessEngine,
  lifted: Members,
  right: Can,
  holders: Members,
): Rewriters {
  const account = right.account ?? world.engine.accountOf(right.resource);
  if (account === undefined) return nobody;
  const classes = classesOf(world, lifted, account);
  if (classes.own.list.length + classes.remote.list.length === 0) return nobody;
  const held = common(holders, classes.from);
  const apart = apartOn(world.engine, right, account);
  const asOwn = createAnswers(classes.own, apart, (rewrite) =>
    mayAfter(world, engine, right, rewrite, false),
  );
  const asRemote = createAnswers(classes.remote, apart, (rewrite) =>
    mayAfter(world, engine, right, rewrite, true),
  );
  const key = `${asOwn.key} ${asRemote.key} ${held.list().join()}`;
  let found = apart === undefined ? undefined : classes.results.get(key);
  if (found === undefined) {
    found = findRewriters(
      world,
      lifted,
      classes,
      held,
      (at) => asOwn.of(at),
      (at) => asRemote.of(at),
    );
    if (apart !== undefined) classes.results.set(key, found, found.map.size + 1);
  }
  const { map, sure, all } = found;
  return {
    get: (actor) => (holders.has(actor) ? undefined : map.get(actor)),
    sure: without(sure, holders),
    all: without(all, holders),
  };
}

const letterOf = (value: Tri): string => (value === true ? "y" : value === false ? "n" : "u");

interface Answers {
  /** What they are, as text: equal texts, equal answers. */
  readonly key: string;
  of(at: number): Tri;
}

/** What each of the rewritings gives; one answer for a class, but for those that stand `apart`. */
function createAnswers(
  { list, classOf, first }: Listed,
  apart: ActorSet | undefined,
  may: (rewrite: Rewrite) => Tri,
): Answers {
  if (apart === undefined)
    return {
      key: "",
      of(at) {
        const rewrite = list[at];
        return rewrite === undefined ? false : may(rewrite);
      },
    };
  const own = new Map<number, Tri>();
  if (apart.size > 0)
    for (const [at, rewrite] of list.entries()) if (apart.has(rewrite.to)) own.set(at, may(rewrite));
  const shared = first.map((rewrites) => {
    const one = rewrites.find(({ to }) => !apart.has(to));
    return one === undefined ? false : may(one);
  });
  return {
    key: `${shared.map(letterOf).join("")}${[...own].map(([at, value]) => `${at}${letterOf(value)}`).join("")}`,
    of: (at) => own.get(at) ?? shared[classOf[at] ?? 0] ?? false,
  };
}

/**
 * Identities that are not answered with their kind, also where whoever writes the resource's policy gives it to itself;
 * undefined: each is asked.
 */
function apartOn(
  engine: AccessEngine,
  { action, resource, grantedBy }: Can,
  account: AccountId,
): ActorSet | undefined {
  const found = engine.apart?.(action, resource, account);
  if (found === undefined || grantedBy === undefined) return found;
  const more = engine.apart?.(grantedBy.action, grantedBy.resource, account);
  return more === undefined ? undefined : found.or(more);
}

const known = new WeakMap<World, WeakMap<Members, Map<AccountId, Classes>>>();

function classesOf(world: World, lifted: Members, account: AccountId): Classes {
  let byBarrier = known.get(world);
  if (byBarrier === undefined)
    known.set(world, (byBarrier = new WeakMap<Members, Map<AccountId, Classes>>()));
  let byAccount = byBarrier.get(lifted);
  if (byAccount === undefined) byBarrier.set(lifted, (byAccount = new Map<AccountId, Classes>()));
  let found = byAccount.get(account);
  if (found === undefined) byAccount.set(account, (found = findClasses(world, lifted, account)));
  return found;
}

function findClasses(world: World, lifted: Members, account: AccountId): Classes {
  const isFree = ({ from, to }: Rewrite): boolean => !lifted.has(from) && !lifted.has(to);
  const own = world.rewrites(account).filter(isFree);
  return {
    own: listed(own),
    remote: listed(world.remoteRewrites(account).filter(isFree)),
    from: membersOf(own.map(({ from }) => from)),
    results: createBounded<string, Found>(mostKept),
  };
}

function listed(list: readonly Rewrite[]): Listed {
  const numbers = new Map<number, number>();
  const first: Rewrite[][] = [];
  const classOf = list.map((rewrite) => {
    const { kind } = rewrite;
    const before = kind === undefined ? undefined : numbers.get(kind);
    if (before !== undefined) {
      first[before]?.push(rewrite);
      return before;
    }
    if (kind !== undefined) numbers.set(kind, first.length);
    return first.push([rewrite]) - 1;
  });
  return { list, classOf, first };
}

/** `mayOwn`, `mayRemote`: what a rewriting gives, by its place in its list. */
function findRewriters(
  world: World,
  lifted: Members,
  { own, remote }: Classes,
  holders: Members,
  mayOwn: (at: number) => Tri,
  mayRemote: (at: number) => Tri,
): Found {
  const map = new Map<number, Rewriter>();
  for (const [at, rewrite] of own.list.entries()) {
    const { from } = rewrite;
    if (holders.has(from) || map.get(from)?.verdict === true) continue;
    const given = mayOwn(at);
    if (given === false) continue;
    const verdict = given === true && rewrite.verdict === true ? true : "unknown";
    if (verdict === true || !map.has(from)) map.set(from, { rewrite, verdict });
  }
  let looked = 0;
  for (const [at, rewrite] of remote.list.entries()) {
    if (map.get(rewrite.from)?.verdict === true) continue;
    const given = mayRemote(at);
    if (given === false) continue;
    addJoint(world, lifted, rewrite, given, ++looked > mostRemote, map);
  }
  const sure = [...map].filter(([, { verdict }]) => verdict === true);
  return { map, sure: membersOf(sure.map(([actor]) => actor)), all: membersOf(map.keys()) };
}

/**
 * One actor that can become both an identity that rewrites another and that other has the other's envelope, though
 * neither alone gets there.
 */
function addJoint(
  world: World,
  lifted: Members,
  rewrite: Rewrite,
  may: true | "unknown",
  beyond: boolean,
  found: Map<number, Rewriter>,
): void {
  const asRewriter = world.closure(membersOf([rewrite.from]), lifted);
  const asOther = beyond ? undefined : world.closure(membersOf([rewrite.to]), lifted);
  const others = asOther === undefined ? undefined : new Set(asOther.members);
  for (const member of asRewriter.members) {
    if (lifted.has(member) || found.get(member)?.verdict === true) continue;
    if (others?.has(member) === false) continue;
    const sure =
      may === true &&
      rewrite.verdict === true &&
      asRewriter.verdictOf(member) === true &&
      asOther?.verdictOf(member) === true;
    if (!sure && found.has(member)) continue;
    const before = (): readonly BecomeEdge[] => asRewriter.walk(member);
    const after = (): readonly BecomeEdge[] => asOther?.walk(member) ?? [];
    found.set(member, {
      rewrite: { ...rewrite, from: member, before, after },
      verdict: sure ? true : "unknown",
    });
  }
}

/** `remote`: boundary and denies of the identity may come off in turn; what only they refuse is open. */
function mayAfter(world: World, engine: AccessEngine, right: Can, rewrite: Rewrite, remote: boolean): Tri {
  const identity = world.name(rewrite.to);
  const may = afterRewrite(world, engine, rewrite, right, identity);
  return may === false && remote ? unboundAfter(engine, right, identity) : may;
}

function unboundAfter(engine: AccessEngine, right: Can, identity: PrincipalId): "unknown" | false {
  const limits = engine.envelope(identity, { inline: true, attached: true, boundary: true });
  return limits.may(right.action, right.resource) === false ? false : "unknown";
}

/** What a rewritten identity may do; where only the resource's policy refuses and it writes that too, nobody can say. */
function afterRewrite(
  world: World,
  engine: AccessEngine,
  rewrite: Rewrite,
  right: Can,
  identity: PrincipalId,
): Tri {
  const { action, resource, grantedBy } = right;
  const standing = rewrite.may(action, resource);
  // What gave the right before containment need not give it after.
  const may =
    standing === false || engine === world.engine
      ? standing
      : allOf([standing, rewrite.within(engine, action, resource)]);
  if (may !== false || grantedBy === undefined) return may;
  if (rewrite.may(grantedBy.action, grantedBy.resource) === false) return false;
  const freed = engine.withOverlay({ removedPolicies: new Set([resourceId(grantedBy.resource)]) });
  const limits = freed.envelope(identity, { inline: true, attached: true, boundary: true });
  return limits.may(action, resource) === false ? false : "unknown";
}
