import type {
  EstateFacts,
  ManagedPolicy,
  MissingFact,
  Origin,
  PolicyUse,
  Principal,
} from "../core/estate/index.js";
import { coverageKey, emptyFacts } from "../core/estate/index.js";
import { versionNumber } from "./aws-iam/identity.js";
import { mergeAccounts, settleAccounts } from "./merge/accounts.js";
import { joinReportKeys, mergeCredentials, byName, nameIndex, resolveHolders } from "./merge/credentials.js";
import { mergeDirectories } from "./merge/directories.js";
import { compare, laterOf } from "./merge/newer.js";
import { adoptParts, mergeOrganizations, normaliseOrganization } from "./merge/organizations.js";
import { createConflicts, laterWhole, type Conflicts } from "./merge/pick.js";
import { mergePrincipals, resolveNamed } from "./merge/principals.js";
import { mergeResources } from "./merge/resources.js";

/**
 * Unites the facts of all documents. What two documents say alike is kept once; where they differ the later one
 * is kept and the difference recorded; where nothing tells which is later, the fact becomes unknown. Every list
 * is sorted, so the order of the files does not matter.
 */
export function mergeFacts(readings: readonly Partial<EstateFacts>[]): EstateFacts {
  const conflicts = createConflicts();
  const all = <Name extends keyof EstateFacts>(name: Name): EstateFacts[Name][number][] =>
    readings.flatMap((facts) => (facts[name] ?? []) as EstateFacts[Name][number][]);
  const merged = uniteAll(
    resolveNamed(all("principals")),
    (item) => item.id,
    (a, b) => mergePrincipals(a, b, conflicts),
  );
  const principals = resolveGroups(merged);
  const users = nameIndex(principals, "user");
  const known = new Set<string>(principals.map((item) => item.id));
  const held = resolveHolders(all("credentials"), users, known);
  const credentials = uniteAll(
    held,
    (item) => item.id,
    (a, b) => mergeCredentials(a, b, conflicts),
  );
  const managedPolicies = uniteAll(
    all("managedPolicies"),
    (item) => item.arn,
    (a, b) => mergeManagedPolicies(a, b, conflicts),
  );
  const organizations = uniteAll(
    all("organizations").map((item) => normaliseOrganization(item, conflicts)),
    (item) => item.id,
    (a, b) => mergeOrganizations(a, b, conflicts),
  );
  const keep = <Item>(item: Item): Item => item;
  const whole = <Item extends { readonly origin: Origin }>(
    list: readonly Item[],
    key: (item: Item) => string,
  ): readonly Item[] => uniteAll(list, key, (a, b) => laterWhole(a, b, key(a), conflicts));
  const facts: EstateFacts = {
    ...emptyFacts,
    documents: uniteAll(all("documents"), (item) => `${item.path}|${item.digest}`, keep),
    accounts: uniteAll(
      all("accounts"),
      (item) => item.id,
      (a, b) => mergeAccounts(a, b, conflicts),
    ),
    organizations: adoptParts(organizations, conflicts),
    principals,
    managedPolicies,
    credentials: joinReportKeys(credentials, conflicts),
    providers: uniteAll(
      all("providers"),
      (item) => item.id,
      (a, b) => ({ ...a, ...b, clientIds: [...new Set([...a.clientIds, ...b.clientIds])].sort() }),
    ),
    permissionSets: uniteAll(
      all("permissionSets"),
      (item) => item.arn,
      (a, b) => ({ ...a, ...b, managed: [...new Set([...a.managed, ...b.managed])].sort() }),
    ),
    assignments: uniteAll(
      all("assignments"),
      (item) => `${item.account}|${item.permissionSet}|${item.principalKind}|${item.principal}`,
      keep,
    ),
    trusts: whole(all("trusts"), (item) => item.id),
    grants: whole(all("grants"), (item) => item.id),
    resources: uniteAll(
      all("resources"),
      (item) => item.id,
      (a, b) => mergeResources(a, b, conflicts),
    ),
    workloads: whole(all("workloads"), (item) => item.id),
    consents: whole(all("consents"), (item) => item.id),
    links: uniteAll(all("links"), (item) => `${item.kind}|${item.from}|${item.to}|${item.at ?? ""}`, keep),
    pipelines: whole(all("pipelines"), (item) => item.id),
    definitions: uniteAll(
      all("definitions"),
      (item) => `${item.tool}|${item.address}|${item.status}|${item.origin.source.path}`,
      keep,
    ),
    events: uniteAll(all("events"), (item) => item.id, keep),
    incidents: whole(all("incidents"), (item) => item.id),
    closures: whole(all("closures"), (item) => `${item.accessPathKey}|${item.closedAt}`),
    guardrails: whole(all("guardrails"), (item) => `${item.id}|${item.resource}`),
    exposures: whole(all("exposures"), (item) => item.id),
    codeOwners: uniteAll(
      all("codeOwners"),
      (item) => `${item.repository ?? ""}|${item.origin.source.path}`,
      keep,
    ),
    ...mergeDirectories({
      people: all("people"),
      teams: all("teams"),
      ownerships: all("ownerships"),
      shifts: all("shifts"),
      onCallServices: all("onCallServices"),
    }),
  };
  const gaps = danglingReferences(facts);
  const coverage = uniteAll(all("coverage"), (item) => coverageKey(item.topic, item.scope), keep);
  const doubtful = doubtfulAccounts(facts, conflicts, gaps);
  const settled = settleAccounts(facts.accounts, facts.organizations, conflicts);
  return {
    ...facts,
    accounts: settled.accounts,
    coverage: coverage.filter((item) => {
      if (!settled.stands(item)) return false;
      if (item.topic === "iam") return !doubtful.has(item.scope);
      return item.topic !== "resource-policy" || !conflicts.unsettled.has(item.scope);
    }),
    conflicts: uniteAll<MissingFact>(
      [...all("conflicts"), ...conflicts.list, ...settled.conflicts, ...gaps.map((gap) => gap.missing)],
      (item) => item.key,
      keep,
    ),
  };
}

/** Unites items of one key in order of appearance and sorts by key. Linear but for the sort. */
function uniteAll<Item>(
  list: readonly Item[],
  key: (item: Item) => string,
  merge: (a: Item, b: Item) => Item,
): readonly Item[] {
  const byKey = new Map<string, Item>();
  for (const item of list) {
    const id = key(item);
    const other = byKey.get(id);
    byKey.set(id, other === undefined ? item : merge(other, item));
  }
  return [...byKey].sort(([a], [b]) => compare(a, b)).map(([, item]) => item);
}

/** AWS changes its managed policies, so exports of two accounts may hold different versions: the later one is true. */
function mergeManagedPolicies(a: ManagedPolicy, b: ManagedPolicy, conflicts: Conflicts): ManagedPolicy {
  const versions = new Map(a.versions.map((version) => [version.id, version]));
  let defaultId = a.versions.find((version) => version.isDefault)?.id;
  for (const version of b.versions) {
    const other = versions.get(version.id);
    if (other === undefined) versions.set(version.id, version);
    else if (a.awsManaged && sameText(other.use, version.use))
      versions.set(version.id, { ...other, copies: [...(other.copies ?? []), version.use.origin] });
    if (!version.isDefault || version.id === defaultId) continue;
    const standing = versions.get(defaultId ?? "");
    const later = standing === undefined ? "second" : laterOf(standing.use.origin, version.use.origin);
    const greater = versionNumber(version.id) > versionNumber(defaultId ?? "");
    if (standing !== undefined && !a.awsManaged)
      conflicts.add(a.arn, "default version", standing.use.origin, version.use.origin, later !== "same");
    if (later === "second" || (later === "same" && greater)) defaultId = version.id;
  }
  const list = [...versions.values()].map((version) => ({ ...version, isDefault: version.id === defaultId }));
  return {
    ...a,
    versions: list.sort((x, y) => versionNumber(x.id) - versionNumber(y.id) || compare(x.id, y.id)),
  };
}

const sameText = (a: PolicyUse, b: PolicyUse): boolean =>
  JSON.stringify(a.document) === JSON.stringify(b.document);

/** A user's groups are listed by name; one that came with another page gets its real ARN here. */
function resolveGroups(principals: readonly Principal[]): readonly Principal[] {
  const known = new Set<string>(principals.map((item) => item.id));
  const groups = nameIndex(principals, "group");
  return principals.map((item) => {
    if (item.groups.every((group) => known.has(group))) return item;
    return {
      ...item,
      groups: [
        ...new Set(
          item.groups.map((group) => (known.has(group) ? group : (groups.get(byName(group)) ?? group))),
        ),
      ].sort(),
    };
  });
}

interface Gap {
  readonly account: string;
  readonly missing: MissingFact;
}

/**
 * A group or customer policy that is named and not listed proves that an export is not whole, whatever it says of
 * itself: a page in the middle is missing, or it was filtered.
 */
function danglingReferences(facts: EstateFacts): readonly Gap[] {
  const principals = new Set<string>(facts.principals.map((item) => item.id));
  const policies = new Set(facts.managedPolicies.map((item) => item.arn));
  const gaps: Gap[] = [];
  const gap = (account: string, what: string, arn: string): void => {
    gaps.push({
      account,
      missing: {
        key: `iam|${arn}`,
        fact: `${what} \`${arn}\`, which is named but not part of any document`,
        collect: "aws iam get-account-authorization-details",
      },
    });
  };
  for (const item of facts.principals) {
    const account = item.account;
    if (account === undefined || item.provider !== "aws") continue;
    for (const group of item.groups) if (!principals.has(group)) gap(account, "group", group);
    const named = item.boundary === undefined ? item.attached : [...item.attached, item.boundary];
    for (const { arn } of named) if (!policies.has(arn) && !isAwsManaged(arn)) gap(account, "policy", arn);
  }
  return gaps;
}

const isAwsManaged = (arn: string): boolean => arn.split(":")[4] === "aws";

function doubtfulAccounts(
  facts: EstateFacts,
  conflicts: Conflicts,
  gaps: readonly Gap[],
): ReadonlySet<string> {
  const doubtful = new Set(gaps.map((gap) => gap.account));
  if (conflicts.unsettled.size === 0) return doubtful;
  for (const item of facts.principals)
    if (item.account !== undefined && conflicts.unsettled.has(item.id)) doubtful.add(item.account);
  for (const item of facts.managedPolicies) {
    const account = item.arn.split(":")[4] ?? "";
    if (conflicts.unsettled.has(item.arn)) doubtful.add(`aws:${account}`);
  }
  return doubtful;
}
