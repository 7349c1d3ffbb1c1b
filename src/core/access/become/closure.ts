import {
  accountOfArn,
  awsAccount,
  type AccountId,
  type Resource,
  type ResourceId,
} from "../../estate/index.js";
import type { BecomeEdge, Closure } from "../become.js";
import type { AccessEngine, ActorSet } from "../engine.js";
import { rewritingEdge } from "./edge.js";
import { stepsInto } from "./backward.js";
import { rankOf, type Found, type Rank } from "./found.js";
import type { BecomeModel } from "./model.js";
import type { Parts } from "./step-types.js";

interface Reached {
  readonly rank: Rank;
  /** The member after this one; undefined at a target. */
  readonly next?: number;
  readonly hop: () => readonly BecomeEdge[];
}

/** A member that starts the closure: a target, or an actor whose first edges make it one. */
export interface Seed {
  readonly member: number;
  readonly rank: Rank;
  readonly hop: () => readonly BecomeEdge[];
}

/**
 * Backward reachability in order of doubt: first everyone proven and certain, then with an assumption, then with a
 * missing fact. So a member's walk is the least doubtful one, and among those the shortest. Semi-naive: each round asks
 * only about the members that are new.
 */
export function closeOver(parts: Parts, seeds: readonly Seed[], stopAt: ActorSet | undefined): Closure {
  const reached = new Map<number, Reached>();
  const waiting: Reached[][] = [[], [], [], []];
  const holders: number[][] = [[], [], [], []];
  const frontierAt: Set<number>[] = [new Set(), new Set(), new Set(), new Set()];
  const wait = (rank: Rank, holder: number, entry: Reached): void => {
    waiting[rank]?.push(entry);
    holders[rank]?.push(holder);
  };
  for (const seed of [...seeds].sort((a, b) => a.rank - b.rank || a.member - b.member)) {
    wait(seed.rank, seed.member, { rank: seed.rank, hop: seed.hop });
  }
  for (const rank of [0, 1, 2, 3] as const) {
    let frontier: number[] = [];
    const take = (holder: number, entry: Reached): void => {
      if (reached.has(holder)) return;
      reached.set(holder, entry);
      if (stopAt?.has(holder) !== true) frontier.push(holder);
    };
    for (const [at, entry] of (waiting[rank] ?? []).entries()) take(holders[rank]?.[at] ?? -1, entry);
    while (frontier.length > 0) {
      const asked = frontier.sort((a, b) => a - b);
      for (const index of asked) frontierAt[rank]?.add(index);
      frontier = [];
      const steps = [...stepsInto(parts, asked, (holder) => reached.has(holder))].filter(
        ({ holder }) => !reached.has(holder),
      );
      for (const step of steps.sort(order)) {
        const through = reached.get(step.target);
        const total = (step.rank | rank) as Rank;
        if (through === undefined) continue;
        const entry: Reached = { rank: total, next: step.target, hop: step.hop };
        if (total === rank) take(step.holder, entry);
        else wait(total, step.holder, entry);
      }
    }
  }
  const members = [...reached.keys()].sort((a, b) => a - b);
  const walks = new Map<number, readonly BecomeEdge[]>();
  return {
    members,
    walk(member) {
      let walk = walks.get(member);
      if (walk === undefined) {
        const edges: BecomeEdge[] = [];
        for (let at: number | undefined = member; at !== undefined; at = reached.get(at)?.next)
          edges.push(...(reached.get(at)?.hop() ?? []));
        walk = edges;
        walks.set(member, walk);
      }
      return walk;
    },
    verdictOf: (member) => ((reached.get(member)?.rank ?? 2) & 2 ? "unknown" : true),
  };
}

const order = (a: Found, b: Found): number => a.rank - b.rank || a.holder - b.holder || a.target - b.target;

/**
 * The starting set for "who can end up doing `action` on `resource`": who holds it, and who holds it after rewriting
 * itself or an identity that it can become (post-mutation reach, recreation.md 2).
 */
export function seedsFor(
  engine: AccessEngine,
  parts: Parts,
  action: string,
  resource: string,
): readonly Seed[] {
  const { model, rewritings } = parts;
  const direct = engine.whoCan(action, resource);
  const seeds: Seed[] = [];
  for (const member of direct.allowed)
    if (model.isIdentity(member)) seeds.push({ member, rank: 0, hop: () => [] });
  for (const member of direct.unknown)
    if (model.isIdentity(member)) seeds.push({ member, rank: 2, hop: () => [] });
  for (const account of accountsNear(engine, parts, resource)) {
    for (const actor of rewritings.candidates(account)) {
      if (direct.allowed.has(actor)) continue;
      let best: Seed | undefined;
      for (const rewriting of rewritings.of(actor)) {
        if (best !== undefined && best.rank <= rankOf(rewriting.verdict, false)) continue;
        const may = rewriting.may(action, resource);
        if (may === false) continue;
        const rank = rankOf(may === true && rewriting.verdict === true ? true : "unknown", false);
        if (best !== undefined && best.rank <= rank) continue;
        best = {
          member: actor,
          rank,
          hop: () => [rewritingEdge(model, rewriting)].flatMap((edge) => edge ?? []),
        };
        if (rank === 0) break;
      }
      if (best !== undefined) seeds.push(best);
    }
  }
  return seeds;
}

/**
 * Accounts whose identities could be allowed on the resource: its own, and those that its policy names. Every account
 * where the owner or the policy is unknown, or the policy speaks of anyone.
 */
export function accountsNear(engine: AccessEngine, { model }: Parts, resource: string): readonly AccountId[] {
  const all = accountsOf(model);
  const owner = engine.accountOf(resource);
  if (owner === undefined) return all;
  const near = new Set<AccountId>([owner]);
  const held = holderOf(model, resource);
  for (const use of held?.policies?.values() ?? []) {
    for (const { principal, effect } of use.document.statements) {
      if (effect === "Deny" || principal === undefined) continue;
      if (principal.any || principal.negated || principal.aws.includes("*")) return all;
      for (const text of principal.aws) {
        const account = accountOfArn(text) ?? (/^\d{12}$/.test(text) ? awsAccount(text) : undefined);
        if (account !== undefined) near.add(account);
      }
    }
  }
  return all.filter((account) => near.has(account));
}

const accounts = new WeakMap<BecomeModel, readonly AccountId[]>();

function accountsOf(model: BecomeModel): readonly AccountId[] {
  let found = accounts.get(model);
  if (found === undefined) {
    found = [...new Set(model.identities.flatMap((index) => model.account(index) ?? []))].sort();
    accounts.set(model, found);
  }
  return found;
}

/** The resource itself or what contains it, the widest first: `arn:aws:s3:::exports` for `arn:aws:s3:::exports/a`. */
function holderOf({ estate }: BecomeModel, resource: string): Resource | undefined {
  for (let at = resource.indexOf("/"); at >= 0; at = resource.indexOf("/", at + 1)) {
    const found = estate.resource(resource.slice(0, at) as ResourceId);
    if (found !== undefined) return found;
  }
  return estate.resource(resource as ResourceId);
}
