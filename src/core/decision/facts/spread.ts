import type { Become } from "../../access/index.js";
import type { Catalogue } from "../../accountability/index.js";
import type { AccountId, Estate, PrincipalId, Tri } from "../../estate/index.js";
import { nameOf } from "../names.js";
import { accountsOfGrants } from "./native-rights.js";

/** How far beyond its own account an identity gets: the same for every case that it starts. */
export interface Spread {
  /** Accounts of all that it surely can become, its own included. */
  readonly accounts: ReadonlySet<AccountId>;
  /** Those of `accounts` in which it, or what it becomes, manages permissions. Not asked where it stays in one. */
  readonly governed: ReadonlySet<AccountId>;
  /** Other accounts in which it reads data itself, through the resources that the estate knows. */
  readonly data: ReadonlySet<AccountId>;
}

export const spreadOf = (become: Become, estate: Estate, id: PrincipalId): Spread =>
  spreads(become, id, () => find(become, estate, id));

/** Whether one of these identities reaches administration of, or data in, an account with another owner (tier 3). */
export function crossing(
  ids: readonly PrincipalId[],
  { become, estate, catalogue }: { become: Become; estate: Estate; catalogue: Catalogue | undefined },
): { readonly value: Tri; readonly text: string } {
  const owners = new Map(
    (catalogue?.accounts ?? []).flatMap(({ id, owner }) =>
      owner === undefined ? [] : [[id, owner] as const],
    ),
  );
  let open: string | undefined;
  for (const id of ids) {
    const home = estate.principal(id)?.account;
    if (home === undefined) continue;
    const { accounts, data } = spreadOf(become, estate, id);
    for (const account of [...new Set([...accounts, ...data])].sort()) {
      if (account === home) continue;
      const [own, other] = [owners.get(home), owners.get(account)];
      if (own === undefined || other === undefined) open ??= account;
      else if (own !== other) return { value: true, text: `reaches ${nameOf(account)}, owned by ${other}` };
    }
  }
  return open === undefined
    ? { value: false, text: "" }
    : { value: "unknown", text: `reaches ${nameOf(open)}, and no document says who owns it` };
}

export type Privileges = ReturnType<Become["privileges"]>;

/** Permissions-management rights of an identity. */
export const privilegesOf = (become: Become, id: PrincipalId): Privileges =>
  privileges(become, id, () => become.privileges(id));

const spreads = perIdentity<Spread>();
const privileges = perIdentity<Privileges>();

/** Tied to the engine that answers, and so to the analysis: one value for each identity that cases ask about. */
function perIdentity<Value>(): (become: Become, id: PrincipalId, make: () => Value) => Value {
  const known = new WeakMap<Become, Map<PrincipalId, Value>>();
  return (become, id, make) => {
    let values = known.get(become);
    if (values === undefined) known.set(become, (values = new Map<PrincipalId, Value>()));
    let value = values.get(id);
    if (value === undefined) values.set(id, (value = make()));
    return value;
  };
}

function find(become: Become, estate: Estate, id: PrincipalId): Spread {
  const home = estate.principal(id)?.account;
  const data = new Set([...accountsOfData(become, estate, id), ...accountsOfGrants(estate, id, "all")]);
  // Whom it becomes at home is not asked: nothing there leads to another account.
  if (home !== undefined && estate.grants.length === 0 && become.confined(home))
    return { accounts: new Set([home]), governed: new Set(), data };
  let own: readonly PrincipalId[] | undefined;
  const becomes = (): readonly PrincipalId[] =>
    (own ??= [
      id,
      ...become.reach(id).becomes.flatMap((item) => (item.verdict === true ? item.principal : [])),
    ]);
  let governed: ReadonlySet<AccountId> | undefined;
  return {
    accounts: become.accountsReached?.(id) ?? new Set(byAccount(estate, becomes()).keys()),
    data,
    // Asked of everybody that it becomes, and so only for whoever wants to know.
    get governed() {
      return (governed ??= governedBy(become, estate, becomes()));
    },
  };
}

function governedBy(become: Become, estate: Estate, own: readonly PrincipalId[]): ReadonlySet<AccountId> {
  const within = byAccount(estate, own);
  const governed = new Set<AccountId>();
  if (within.size >= 2)
    for (const [account, principals] of within)
      if (principals.some((principal) => privilegesOf(become, principal).length > 0)) governed.add(account);
  const stated = own.flatMap((principal) => accountsOfGrants(estate, principal, "permissions"));
  if (new Set([...governed, ...stated]).size >= 2) for (const account of stated) governed.add(account);
  return governed;
}

function byAccount(
  estate: Estate,
  principals: readonly PrincipalId[],
): ReadonlyMap<AccountId, readonly PrincipalId[]> {
  const within = new Map<AccountId, PrincipalId[]>();
  for (const principal of principals) {
    const account = estate.principal(principal)?.account;
    if (account === undefined) continue;
    const list = within.get(account);
    if (list === undefined) within.set(account, [principal]);
    else list.push(principal);
  }
  return within;
}

function accountsOfData(become: Become, estate: Estate, id: PrincipalId): ReadonlySet<AccountId> {
  const principal = estate.principal(id);
  const home = principal?.account;
  const accounts = new Set<AccountId>();
  if (principal === undefined || home === undefined) return accounts;
  for (const { action, targets, open } of dataOf(estate)) {
    // Beside those whose policy speaks of somebody else nothing of another AWS account is ever sure to be read.
    const asked = principal.provider === "aws" ? open : targets;
    for (const [account, own] of asked) {
      if (account === home || accounts.has(account)) continue;
      if (become.engine.targetsOf(id, action, own).some(({ verdict }) => verdict === true))
        accounts.add(account);
    }
  }
  return accounts;
}

/** What data is read by, and where it lies: targets by account. */
interface Data {
  readonly action: string;
  readonly targets: ReadonlyMap<AccountId, readonly string[]>;
  /** Those that have a policy of their own which allows anybody anything, or are no resources of AWS. */
  readonly open: ReadonlyMap<AccountId, readonly string[]>;
}

const tables = new WeakMap<Estate, readonly Data[]>();

function dataOf(estate: Estate): readonly Data[] {
  let found = tables.get(estate);
  if (found === undefined) {
    const byKind = new Map(
      Object.entries(readActions).map(([kind, action]) => [
        kind,
        { action, targets: new Map<AccountId, string[]>(), open: new Map<AccountId, string[]>() },
      ]),
    );
    for (const { id, kind, account, policies } of estate.resources) {
      const data = byKind.get(kind);
      if (data === undefined || account === undefined) continue;
      const target = kind === "s3:bucket" ? `${id}/*` : id;
      const allows = [...(policies?.values() ?? [])].some(({ document }) =>
        document.statements.some(({ effect }) => effect === "Allow"),
      );
      for (const list of allows || kind.startsWith("azure:") ? [data.targets, data.open] : [data.targets]) {
        const own = list.get(account);
        if (own === undefined) list.set(account, [target]);
        else own.push(target);
      }
    }
    tables.set(estate, (found = [...byKind.values()]));
  }
  return found;
}

const readActions: Readonly<Record<string, string>> = {
  "s3:bucket": "s3:GetObject",
  "secretsmanager:secret": "secretsmanager:GetSecretValue",
  "azure:storage-account": "Microsoft.Storage/storageAccounts/listKeys/action",
  "azure:key-vault": "Microsoft.KeyVault/vaults/secrets/read",
};
