import type { AccountId, CoverageTopic, Estate } from "../estate/index.js";

/** Principals that stand for somebody outside the estate. */
const symbolic: ReadonlySet<string> = new Set(["root", "external-account", "everyone", "service"]);

/** What only somebody inside an account can list. */
const listedFromInside: readonly CoverageTopic[] = [
  "iam",
  "access-keys",
  "console",
  "root-credentials",
  "audit-log",
];

/** Accounts whose identities or resources the estate holds: kept per snapshot, which never changes. */
const holding = new WeakMap<Estate, ReadonlySet<string>>();

function holdsThings(estate: Estate, account: AccountId): boolean {
  let known = holding.get(estate);
  if (known === undefined) {
    const own = estate.principals.filter(({ kind }) => !symbolic.has(kind));
    known = new Set([...own, ...estate.resources].flatMap((item) => item.account ?? []));
    holding.set(estate, known);
  }
  return known.has(account);
}

const supplied = (estate: Estate, account: AccountId): boolean =>
  listedFromInside.some((topic) => estate.covers(topic, account)) || holdsThings(estate, account);

/**
 * Whether an account is one of ours: a supplied organisation lists it, identities, resources or other documents were collected inside it, or the
 * estate states that it stands alone or in an organisation of ours. An account that is only named, as a vendor's is in
 * a trust or in a list of names, is somebody else's (recreation.md 3: external account, band 1).
 */
export function isOurAccount(estate: Estate, account: AccountId): boolean {
  if (estate.organizationOf(account) !== undefined || supplied(estate, account)) return true;
  const stated = estate.account(account)?.organization;
  if (stated === undefined || stated === "none") return stated === "none";
  return (
    estate.organizations.some(({ id }) => id === stated) ||
    estate.accounts.some((other) => other.organization === stated && supplied(estate, other.id))
  );
}
