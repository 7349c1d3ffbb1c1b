import { accountOfArn, awsAccount, type AccountId, type PrincipalId } from "../../estate/index.js";
import type { BecomeModel } from "./model.js";
import { hasUnread } from "./power.js";
import { mutableRole } from "./model.js";
import { coversAction, statementsOf } from "./statements.js";

/** Identities of one account as rules ask about them; ids are sorted, as actor indices follow them. */
export interface AccountTargets {
  readonly users: readonly PrincipalId[];
  readonly mutableRoles: readonly PrincipalId[];
  /** Roles that a service may hold. */
  readonly serviceRoles: readonly PrincipalId[];
}

export interface NearTargets {
  of: (account: AccountId) => AccountTargets;
  /**
   * Those of sorted `targets` of which any grant of the identity may speak for the action: all that it is allowed on
   * by its own policies are among them.
   */
  spoken: (identity: number, action: string, targets: readonly PrincipalId[]) => readonly PrincipalId[];
  /** Roles whose trust could let in whoever has that id in the account, whatever its grants; not in order. */
  admitting: (account: AccountId | undefined, id: PrincipalId) => ReadonlySet<PrincipalId>;
  /** Roles whose trust could let in somebody of the account; not in order. */
  trusting: (account: AccountId) => Iterable<PrincipalId>;
  /** Roles that the identity could be allowed to assume: by its policies, or because their trust names it. */
  assumable: (identity: number) => readonly PrincipalId[];
}

const known = new WeakMap<BecomeModel, NearTargets>();

export function nearTargets(model: BecomeModel): NearTargets {
  let found = known.get(model);
  if (found === undefined) known.set(model, (found = createNearTargets(model)));
  return found;
}

function createNearTargets(model: BecomeModel): NearTargets {
  const accounts = new Map<AccountId, AccountTargets>();
  const granted = new Set<string>(model.estate.grants.map(({ holder }) => holder));
  const trusts = rolesByTrusted(model);
  /** Whose grants are not all in its policies: nothing is left out for it. */
  const isOpen = (identity: number): boolean => {
    const principal = model.principal(identity);
    if (principal === undefined || principal.provider !== "aws") return true;
    return (
      principal.kind === "root" ||
      granted.has(principal.id) ||
      principal.groups.some((group) => granted.has(group)) ||
      hasUnread(model, principal)
    );
  };
  /** Texts before the first wildcard or variable, of all that the identity's grants speak of for the action. */
  const prefixesOf = (identity: number, action: string): readonly string[] => {
    if (isOpen(identity)) return [""];
    const prefixes = new Set<string>();
    for (const { statement } of statementsOf(model.uses(identity))) {
      if (statement.effect !== "Allow" || !coversAction(statement, action)) continue;
      if (statement.resource === undefined || statement.resource.negated) return [""];
      for (const pattern of statement.resource.patterns) prefixes.add(pattern.split(/[*?$]/, 1)[0] ?? "");
    }
    return [...prefixes];
  };
  const near: NearTargets = {
    of(account) {
      let found = accounts.get(account);
      if (found === undefined) {
        const members = model.members(account);
        const ids = (wanted: (index: number) => boolean): readonly PrincipalId[] =>
          members.filter(wanted).map(model.id);
        found = {
          users: ids((index) => model.kind(index) === "user"),
          mutableRoles: ids((index) => mutableRole(model.principal(index))),
          serviceRoles: ids((index) => model.services(index).length > 0),
        };
        accounts.set(account, found);
      }
      return found;
    },
    spoken: (identity, action, targets) => within(targets, prefixesOf(identity, action)),
    admitting: (account, id) =>
      new Set([
        ...trusts.anyone,
        ...(trusts.byName.get(id) ?? []),
        ...(account === undefined ? [] : (trusts.byAccount.get(account) ?? [])),
      ]),
    *trusting(account) {
      yield* trusts.anyone;
      yield* trusts.byAccount.get(account) ?? [];
    },
    assumable(identity) {
      const principal = model.principal(identity);
      if (principal === undefined || principal.provider !== "aws") return trusts.all;
      const own = model.account(identity);
      const named = trusts.byName.get(principal.id) ?? [];
      const inside = own === undefined ? [] : (trusts.byAccount.get(own) ?? []);
      const found = new Set<PrincipalId>([...trusts.anyone, ...named]);
      for (const role of within(inside, prefixesOf(identity, "sts:AssumeRole"))) found.add(role);
      return [...found].sort();
    },
  };
  return near;
}

/** The part of a sorted list that begins with one of the prefixes. */
function within(sorted: readonly PrincipalId[], prefixes: readonly string[]): readonly PrincipalId[] {
  if (prefixes.length === 0) return [];
  if (prefixes.includes("")) return sorted;
  const found = new Set<PrincipalId>();
  for (const prefix of prefixes) {
    for (let at = lowerBound(sorted, prefix); at < sorted.length; at++) {
      const target = sorted[at];
      if (target?.startsWith(prefix) !== true) break;
      found.add(target);
    }
  }
  return [...found].sort();
}

function lowerBound(list: readonly string[], text: string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? "") < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

function push(groups: Map<string, PrincipalId[]>, key: string, role: PrincipalId): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [role]);
  else group.push(role);
}

interface Trusted {
  readonly all: readonly PrincipalId[];
  /** By account that a trust names, as a whole or by somebody of it. */
  readonly byAccount: ReadonlyMap<AccountId, readonly PrincipalId[]>;
  /** By identity: whom a trust names needs no grant of its own inside the account. */
  readonly byName: ReadonlyMap<string, readonly PrincipalId[]>;
  /** Whose trust is not known, lets in anyone, or names somebody in a way that is not told apart here. */
  readonly anyone: readonly PrincipalId[];
}

function rolesByTrusted(model: BecomeModel): Trusted {
  const all: PrincipalId[] = [];
  const byAccount = new Map<AccountId, PrincipalId[]>();
  const byName = new Map<string, PrincipalId[]>();
  const anyone: PrincipalId[] = [];
  for (const index of model.identities) {
    if (model.kind(index) !== "role") continue;
    const id = model.id(index);
    all.push(id);
    const trust = model.principal(index)?.trustPolicy?.document.statements;
    const accounts = new Set<AccountId>();
    let open = trust === undefined;
    for (const { effect, principal } of trust ?? []) {
      if (effect === "Deny" || principal === undefined) continue;
      if (principal.any || principal.negated) open = true;
      for (const text of principal.aws) {
        const account = /^\d{12}$/.test(text) ? awsAccount(text) : accountOfArn(text);
        if (account === undefined || text.includes(":sts:") || /[*?]/.test(text)) open = true;
        else accounts.add(account);
      }
    }
    if (open) {
      anyone.push(id);
      continue;
    }
    for (const account of accounts) push(byAccount, account, id);
    const names = new Set((trust ?? []).flatMap(({ principal }) => principal?.aws ?? []));
    for (const name of names) push(byName, name, id);
  }
  return { all, byAccount, byName, anyone };
}
