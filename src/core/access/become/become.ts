import type { AccountId, PrincipalId } from "../../estate/index.js";
import type { Become, BecomeEdge, Closure, Entry, Reach } from "../become.js";
import type { AccessEngine, AccessSet } from "../engine.js";
import type { AccessPolicy } from "../sanction.js";
import type { ActorSet } from "../engine.js";
import { accountsReached } from "./account-reach.js";
import { administratorsOf, privilegesOf } from "./administrators.js";
import { createCompute } from "./compute.js";
import { closeOver } from "./closure.js";
import { closeOverRight, obtaining, type Obtaining } from "./obtaining.js";
import { entriesFor } from "./entries/entries.js";
import { stepsAfterRewriting, stepsOut, type Forward } from "./forward.js";
import { createModel } from "./model.js";
import { createNativeSteps } from "./native-steps.js";
import type { Parts } from "./step-types.js";
import { isConfined } from "./confined.js";
import { createRewritings } from "./rewriting.js";
import { reachOf } from "./reach.js";

/** `Become`, and the closed question that formulas ask. */
export interface BecomeQuestions extends Become {
  /**
   * Everyone who can end up doing `action` on `resource`: by right, or after rewriting an identity inside its envelope,
   * closed over become edges. Walks of actors that rewrite begin with the edge that does (`mutates`).
   */
  obtainers(action: string, resource: string, stopAt?: ActorSet): Closure;
  /** The members of `obtainers` but for those in `stopAt`, one by one; `closure` is this one's, remembered by the caller. */
  obtaining(
    action: string,
    resource: string,
    stopAt: ActorSet,
    closure: (targets: readonly number[]) => Closure,
  ): Obtaining;
}

/** Answers about turning into somebody else, over one engine view. Everything costly is computed when first asked. */
export function createBecome(engine: AccessEngine, policy: AccessPolicy): BecomeQuestions {
  const model = createModel(engine, policy);
  const parts: Parts = {
    model,
    compute: createCompute(model),
    rewritings: createRewritings(model),
    native: createNativeSteps(model),
  };
  const administrators = new Map<AccountId, AccessSet>();
  const entries = new Map<PrincipalId, readonly Entry[]>();
  const edges = new Map<PrincipalId, readonly BecomeEdge[]>();
  const administratorsIn = (account: AccountId): AccessSet => {
    let found = administrators.get(account);
    if (found === undefined) {
      found = administratorsOf(parts, account);
      administrators.set(account, found);
    }
    return found;
  };
  const isAdministrator = (principal: PrincipalId): true | "unknown" | false => {
    const index = model.index(principal);
    const account = index === undefined ? undefined : model.account(index);
    if (index === undefined || account === undefined) return false;
    const set = administratorsIn(account);
    return set.allowed.has(index) ? true : set.unknown.has(index) ? "unknown" : false;
  };
  const changesItself = (principal: PrincipalId): boolean => {
    const index = model.index(principal);
    if (index === undefined) return false;
    return (
      parts.rewritings.of(index).some(({ identity }) => identity === index) ||
      engine.verdict(principal, "iam:UpdateAssumeRolePolicy", principal) !== false
    );
  };
  const stepsOf = (from: number): readonly Forward[] => [
    ...stepsOut(parts, from),
    ...stepsAfterRewriting(parts, from),
  ];
  return {
    engine,
    entriesOf(principal) {
      let found = entries.get(principal);
      if (found === undefined) {
        found = entriesFor({ model, isAdministrator, changesItself }, principal);
        entries.set(principal, found);
      }
      return found;
    },
    edgesFrom(principal) {
      let found = edges.get(principal);
      if (found === undefined) {
        const index = model.index(principal);
        found =
          index === undefined ? [] : [...stepsOut(parts, index)].flatMap((step) => step.hop()).sort(byTarget);
        edges.set(principal, found);
      }
      return found;
    },
    closure: (targets, stopAt) =>
      closeOver(
        parts,
        targets.map((member) => ({ member, rank: 0, hop: () => [] })),
        stopAt,
      ),
    obtainers: (action, resource, stopAt) => closeOverRight(engine, parts, action, resource, stopAt),
    obtaining: (action, resource, stopAt, closure) =>
      obtaining(engine, parts, action, resource, stopAt, closure),
    reach: (principal): Reach => reachOf(parts, principal, administratorsIn, stepsOf),
    accountsReached: (principal) => accountsReached(parts, principal, stepsOf),
    confined: (account) => isConfined(model, account),
    administrators: administratorsIn,
    privileges: (principal) => privilegesOf(parts, principal),
  };
}

const byTarget = (a: BecomeEdge, b: BecomeEdge): number =>
  a.to < b.to ? -1 : a.to > b.to ? 1 : a.via < b.via ? -1 : a.via > b.via ? 1 : 0;
