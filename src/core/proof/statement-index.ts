import type { Directory, Identity } from "./directory.js";
import { heldBy } from "./held.js";
import type { Policy, Statement } from "./policy.js";
import type { Actor } from "./ruling.js";
import { wildcardMatches } from "./wildcard.js";

/** An Allow statement and the policy that it stands in. */
export interface Standing {
  readonly policy: Policy;
  readonly statement: Statement;
}

/** Allow statements by the actions that they name, and who holds each policy: a scan costs its candidates only. */
export interface Index {
  /** Those that might speak of an action, each once. */
  readonly speakingOf: (action: string) => Iterable<Standing>;
  readonly holders: (policy: Policy) => readonly string[];
  /** Identities with a policy that nobody supplied. */
  readonly unread: ReadonlySet<string>;
  readonly ofAccount: (account: string) => readonly Identity[];
}

const indexes = new WeakMap<Directory, Index>();

export function indexOf(directory: Directory): Index {
  let found = indexes.get(directory);
  if (found === undefined) indexes.set(directory, (found = build(directory)));
  return found;
}

function build(directory: Directory): Index {
  const plain = new Map<string, Standing[]>();
  const wild = new Map<string, Standing[]>();
  const others: Standing[] = [];
  const holders = new Map<Policy, string[]>();
  const accounts = new Map<string, Identity[]>();
  const unread = new Set<string>();
  for (const identity of directory.identities.values()) {
    push(accounts, identity.account, identity);
    if (identity.kind === "group") continue;
    for (const { policy } of heldBy(directory, actorFor(identity))) {
      if (policy === undefined) {
        unread.add(identity.arn);
        continue;
      }
      const known = holders.get(policy);
      if (known !== undefined) {
        if (known.at(-1) !== identity.arn) known.push(identity.arn);
        continue;
      }
      holders.set(policy, [identity.arn]);
      for (const statement of policy.statements) {
        if (statement.deny) continue;
        const standing = { policy, statement };
        if (statement.notActions) others.push(standing);
        else
          for (const action of statement.actions) push(/[*?]/.test(action) ? wild : plain, action, standing);
      }
    }
  }
  return {
    *speakingOf(action) {
      const lists = [plain.get(action) ?? [], others];
      for (const [pattern, list] of wild) if (wildcardMatches(pattern, action)) lists.push(list);
      const seen = new Set<Statement>();
      for (const list of lists)
        for (const standing of list) {
          if (seen.has(standing.statement)) continue;
          seen.add(standing.statement);
          yield standing;
        }
    },
    holders: (policy) => holders.get(policy) ?? [],
    unread,
    ofAccount: (account) => accounts.get(account) ?? [],
  };
}

function push<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

const actorFor = (identity: Identity): Actor => ({
  arn: identity.arn,
  kind: identity.kind === "user" ? "user" : "role",
  account: identity.account,
  identity,
});
