import type {
  Account,
  CoverageFact,
  CoverageTopic,
  MissingFact,
  Organization,
} from "../../core/estate/index.js";
import { accountKind } from "../aws-account/index.js";
import type { Conflicts } from "./pick.js";

/** Unites what documents say about an account. An alias is a name only where nobody gave another. */
export function mergeAccounts(first: Account, second: Account, conflicts: Conflicts): Account {
  const given = [first, second].filter((item) => item.name !== undefined);
  const name = (given.find((item) => item.origin.source.kind !== accountKind) ?? given[0])?.name;
  const { name: _name, organization: _organization, ...rest } = { ...second, ...first };
  const organization = organizationOf(first, second, conflicts);
  return {
    ...rest,
    ...(name === undefined ? {} : { name }),
    ...(organization === undefined ? {} : { organization }),
  };
}

const what = "organisation";

/** The key of the conflict that says that the organisation of an account is disputed. */
export const organizationDispute = (account: string): string => `conflict|${account}|${what}`;

function organizationOf(first: Account, second: Account, conflicts: Conflicts): string | undefined {
  if (conflicts.disputed(first.id, what)) return undefined;
  const [a, b] = [first.organization, second.organization];
  if (a === undefined || b === undefined || a === b) return a ?? b;
  conflicts.add(first.id, what, first.origin, second.origin, false);
  return undefined;
}

/** Topics of which nothing may be called known while it is disputed whether an account is in an organisation. */
const organizationTopics: ReadonlySet<CoverageTopic> = new Set([
  "organization",
  "scp",
  "rcp",
  "org-s3-policy",
  "declarative-policies",
]);

export interface SettledAccounts {
  readonly accounts: readonly Account[];
  readonly conflicts: readonly MissingFact[];
  /** Whether a coverage fact may stand. */
  stands(fact: Pick<CoverageFact, "topic" | "scope">): boolean;
}

/**
 * An account cannot stand alone and be listed in an organisation: neither is believed, or a guard rail would be
 * called absent on the word of a document that may be old.
 */
export function settleAccounts(
  accounts: readonly Account[],
  organizations: readonly Organization[],
  disputes: Pick<Conflicts, "disputed">,
): SettledAccounts {
  const members = new Map<string, Organization>();
  for (const item of organizations) {
    if (item.managementAccount !== undefined) members.set(item.managementAccount, item);
    for (const node of item.nodes) if (node.kind === "account") members.set(`aws:${node.id}`, item);
  }
  const doubtful = new Set(
    accounts.filter((item) => disputes.disputed(item.id, what)).map((item): string => item.id),
  );
  const conflicts: MissingFact[] = [];
  const settled = accounts.map((item): Account => {
    const organization = members.get(item.id);
    if (item.organization !== "none" || organization === undefined) return item;
    doubtful.add(item.id);
    const { organization: _none, ...rest } = item;
    conflicts.push({
      key: organizationDispute(item.id),
      fact: `${what} of \`${item.id}\`: \`${item.origin.source.path}\` says that it stands alone, \`${organization.origin.source.path}\` lists it, neither is believed`,
      collect: "aws organizations describe-organization",
    });
    return rest;
  });
  return {
    accounts: settled,
    conflicts,
    stands: ({ topic, scope }) => !organizationTopics.has(topic) || !doubtful.has(scope),
  };
}
