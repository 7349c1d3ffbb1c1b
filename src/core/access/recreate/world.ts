import { accountOfArn, type AccountId, type PrincipalId, type Tri } from "../../estate/index.js";
import type { Become, BecomeEdge, Closure, Entry } from "../become.js";
import { rewritingEdge } from "../become/edge.js";
import { createModel, type BecomeModel } from "../become/model.js";
import type { Ability } from "../become/power.js";
import type { Rewriting } from "../become/one-rewriting.js";
import { createRewritings, type Rewritings } from "../become/rewriting.js";
import { push } from "../become/step-types.js";
import type { AccessEngine, ActorSet } from "../engine.js";
import type { AccessPolicy } from "../sanction.js";
import { createBounded, rememberBySets } from "./bounded.js";
import { canKey, type Can } from "./formula.js";
import { membersOf, type Members } from "./members.js";
import { symbolicEntries } from "./symbolic-entry.js";

/** What one analysis asks again and again about identities, answered once. Holds no state that a question changes. */
export interface World {
  readonly become: Become;
  readonly engine: AccessEngine;
  /** Everyone who can end up as one of `targets` without passing through `lifted`; memoised by both sets, up to `mostMembers`. */
  closure(targets: Members, lifted: Members): Closure;
  entries(member: number): readonly Entry[];
  /** Who rewrites an identity of the account, their own included (recreation.md 2, post-mutation reach). */
  rewrites(account: AccountId): readonly Rewrite[];
  /** Who rewrites an identity without being able to become it in one step: whoever is both gains by it. */
  remoteRewrites(account: AccountId): readonly Rewrite[];
  /** Who can by its own right; memoised by right, up to `mostMembers`. */
  whoCan(right: Can): { readonly allowed: Members; readonly unknown: Members };
  name(index: number): PrincipalId;
  /** Identities that the estate lists in the account: ascending. */
  inAccount(account: AccountId): readonly number[];
}

/** An actor that rewrites an identity, itself included, and attains what that identity's envelope allows. */
export interface Rewrite {
  readonly from: number;
  readonly to: number;
  readonly verdict: true | "unknown";
  readonly may: (action: string, resource: string) => Tri;
  /** Everything is gained by an identity that nothing of its own limits: those of one kind answer alike (but those `apart`). */
  readonly kind?: number;
  /** What `may` says under another view of the estate: what its limits leave there. */
  readonly within: (engine: AccessEngine, action: string, resource: string) => Tri;
  /** What a right that it gives rests on: conditions of denies that stay, facts that are missing. */
  readonly able: (action: string, resource: string) => Ability;
  /** The edge with its proof; put together when a path needs it. */
  readonly edge: () => BecomeEdge | undefined;
  /** What comes before that edge, where the actor first becomes the one that rewrites. */
  readonly before?: () => readonly BecomeEdge[];
  /** How the same actor becomes the identity that is rewritten, where it does not by that edge. */
  readonly after?: () => readonly BecomeEdge[];
}

interface Holders {
  readonly allowed: Members;
  readonly unknown: Members;
}

/**
 * Members of remembered closures, and of remembered answers to who-can, together: beyond it those not asked for longest
 * are worked out again. A member of a closure costs about 200 bytes, one of an answer four.
 */
const mostMembers = 2_000_000;

export function createWorld(become: Become, policy: AccessPolicy): World {
  const { engine } = become;
  const closures = rememberBySets<Closure>(mostMembers, ({ members }) => members.length + 1);
  const entries = new Map<number, readonly Entry[]>();
  const rewrites = new Map<AccountId, readonly Rewrite[]>();
  const remotes = new Map<AccountId, readonly Rewrite[]>();
  const answers = createBounded<string, Holders>(mostMembers);
  let rewriters: { readonly model: BecomeModel; readonly rewritings: Rewritings } | undefined;
  const name = (index: number): PrincipalId => {
    const found = engine.actors[index];
    if (found === undefined) throw new RangeError(`no actor has the index ${index}`);
    return found;
  };
  const known = (): { readonly model: BecomeModel; readonly rewritings: Rewritings } => {
    if (rewriters === undefined) {
      const model = createModel(engine, policy);
      rewriters = { model, rewritings: createRewritings(model) };
    }
    return rewriters;
  };
  let byAccount: Map<AccountId, number[]> | undefined;
  const listed = (): Map<AccountId, number[]> => {
    if (byAccount !== undefined) return byAccount;
    byAccount = new Map();
    for (const [index, id] of engine.actors.entries()) {
      const account = engine.estate.principal(id)?.account;
      if (account !== undefined) push(byAccount, account, index);
    }
    return byAccount;
  };
  return {
    become,
    engine,
    name,
    inAccount: (account) => listed().get(account) ?? [],
    closure: (targets, lifted) => closures(targets, lifted, () => become.closure([...targets], lifted)),
    entries(member) {
      let found = entries.get(member);
      if (found === undefined) {
        const principal = name(member);
        const own = become.entriesOf(principal);
        entries.set(member, (found = own.length > 0 ? own : symbolicEntries(engine.estate, principal)));
      }
      return found;
    },
    rewrites(account) {
      let found = rewrites.get(account);
      if (found === undefined) rewrites.set(account, (found = rewritesIn(known(), account, "of")));
      return found;
    },
    remoteRewrites(account) {
      let found = remotes.get(account);
      if (found === undefined) remotes.set(account, (found = rewritesIn(known(), account, "remote")));
      return found;
    },
    whoCan(right) {
      const key = canKey(right);
      let found = answers.get(key);
      if (found === undefined) {
        const { allowed, unknown } = engine.whoCan(right.action, right.resource);
        const own = (set: ActorSet): Members => ofAccount(engine, right, set as Members);
        found = { allowed: own(allowed), unknown: own(unknown) };
        answers.set(key, found, found.allowed.size + found.unknown.size + 1);
      }
      return found;
    },
  };
}

/** Rights on `*` that act on the caller's own account count only for identities of the account that is asked about. */
export function ofAccount(engine: AccessEngine, right: Can, members: Members): Members {
  if (right.account === undefined) return members;
  return membersOf(
    members.list().filter((index) => {
      const principal = engine.actors[index];
      if (principal === undefined) return false;
      return (engine.estate.principal(principal)?.account ?? accountOfArn(principal)) === right.account;
    }),
  );
}

function kindOf({ engine }: BecomeModel, rewriting: Rewriting): Pick<Rewrite, "kind"> {
  const { everything, fresh } = rewriting.power();
  const kind = everything && !fresh ? engine.envelopeKind?.(rewriting.as.id, rewriting.lifted) : undefined;
  return kind === undefined ? {} : { kind };
}

function rewritesIn(
  { model, rewritings }: { readonly model: BecomeModel; readonly rewritings: Rewritings },
  account: AccountId,
  which: "of" | "remote",
): readonly Rewrite[] {
  return rewritings.candidates(account).flatMap((actor) =>
    rewritings[which](actor).map((rewriting) => ({
      ...kindOf(model, rewriting),
      from: rewriting.actor,
      to: rewriting.identity,
      verdict: rewriting.verdict,
      may: rewriting.may,
      within: (engine: AccessEngine, action: string, resource: string) =>
        (rewriting.power().fresh
          ? engine.newcomer(rewriting.as)
          : engine.envelope(rewriting.as.id, rewriting.lifted)
        ).may(action, resource),
      able: (action: string, resource: string) => rewriting.power().able(action, resource),
      edge: () => rewritingEdge(model, rewriting),
    })),
  );
}
