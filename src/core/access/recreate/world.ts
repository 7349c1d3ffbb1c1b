import type { PrincipalId } from "../../estate/index.js";
import type { Become, BecomeEdge, Closure, Entry } from "../become.js";
import type { AccessEngine } from "../engine.js";
import { keyOf, membersOf, without, type Members } from "./members.js";
import { symbolicEntries } from "./symbolic-entry.js";

/** What one analysis asks again and again about identities, answered once. Holds no state that a question changes. */
export interface World {
  readonly become: Become;
  readonly engine: AccessEngine;
  readonly size: number;
  /** Everyone who can end up as one of `targets` without passing through `lifted`; memoised by target set. */
  closure(targets: Members, lifted: Members): Closure;
  entries(member: number): readonly Entry[];
  /** Edges by which identities outside `lifted` rewrite an identity, their own included. */
  rewrites(lifted: Members): readonly Rewrite[];
  name(index: number): PrincipalId;
}

export interface Rewrite {
  readonly from: number;
  readonly edge: BecomeEdge;
}

/**
 * Actions that change what an identity may do, with whom they are asked on. Whoever holds one of them on an identity
 * attains everything inside that identity's envelope (recreation.md 2, post-mutation reach).
 */
const rewritingActions = {
  role: ["iam:PutRolePolicy", "iam:AttachRolePolicy"],
  user: ["iam:PutUserPolicy", "iam:AttachUserPolicy"],
  group: ["iam:PutGroupPolicy", "iam:AttachGroupPolicy"],
  policy: ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"],
} as const;

export function createWorld(become: Become): World {
  const { engine } = become;
  const size = engine.actors.length;
  const closures = new Map<string, Closure>();
  const entries = new Map<number, readonly Entry[]>();
  const rewrites = new Map<string, readonly Rewrite[]>();
  const name = (index: number): PrincipalId => {
    const found = engine.actors[index];
    if (found === undefined) throw new RangeError(`no actor has the index ${index}`);
    return found;
  };
  return {
    become,
    engine,
    size,
    name,
    closure(targets, lifted) {
      const key = `${keyOf(targets)}|${keyOf(lifted)}`;
      let found = closures.get(key);
      if (found === undefined) closures.set(key, (found = become.closure([...targets], lifted)));
      return found;
    },
    entries(member) {
      let found = entries.get(member);
      if (found === undefined) {
        const principal = name(member);
        const own = become.entriesOf(principal);
        entries.set(member, (found = own.length > 0 ? own : symbolicEntries(engine.estate, principal)));
      }
      return found;
    },
    rewrites(lifted) {
      const key = keyOf(lifted);
      let found = rewrites.get(key);
      if (found === undefined) rewrites.set(key, (found = findRewrites(become, lifted)));
      return found;
    },
  };
}

function findRewrites(become: Become, lifted: Members): readonly Rewrite[] {
  const { engine } = become;
  const targets = {
    role: engine.estate.principals
      .filter((item) => item.kind === "role" && item.immutable === undefined)
      .map((item) => item.id),
    user: engine.estate.principals.filter((item) => item.kind === "user").map((item) => item.id),
    group: engine.estate.principals.filter((item) => item.kind === "group").map((item) => item.id),
    policy: engine.estate.managedPolicies.filter((item) => !item.awsManaged).map((item) => item.arn),
  };
  const holders = new Set<number>();
  for (const kind of ["role", "user", "group", "policy"] as const) {
    if (targets[kind].length === 0) continue;
    for (const action of rewritingActions[kind]) {
      for (const witness of engine.holdersOnTargets(action, targets[kind])) holders.add(witness.holder);
    }
  }
  const outside = [...without(membersOf(holders, engine.actors.length), lifted)];
  return outside.flatMap((from) => {
    const principal = engine.actors[from];
    if (principal === undefined) return [];
    return become
      .edgesFrom(principal)
      .filter((edge) => edge.mutates)
      .filter((edge) => {
        const to = engine.indexOf(edge.to);
        return to !== undefined && !lifted.has(to);
      })
      .map((edge) => ({ from, edge }));
  });
}
