import { accountOfArn, awsAccount, parseArn } from "../../core/estate/index.js";
import type {
  Account,
  AccountId,
  CoverageFact,
  ManagedPolicy,
  Origin,
  Principal,
  PrincipalId,
  Rejection,
} from "../../core/estate/index.js";
import {
  below,
  groupArn,
  readAttached,
  readBoundary,
  readIdentity,
  readInlinePolicies,
  readManagedPolicy,
  readRole,
  refuse,
  type Site,
} from "../aws-iam/identity.js";
import type { ParsedDocument } from "../document.js";
import type { EstateReadContext, EstateReader, EstateReading, Listing } from "../estate-reader.js";
import { isObject, member, strings, text, type JsonObject } from "../json-value.js";

const detailLists = ["UserDetailList", "GroupDetailList", "RoleDetailList"] as const;
type ListName = (typeof detailLists)[number] | "Policies";

/**
 * `aws iam get-account-authorization-details`: one page or all pages that the CLI put together, or several
 * pages in one file. Not in it: access keys, passwords, MFA, identity providers, the root user.
 */
export const authorizationDetailsReader: EstateReader = {
  kind: "aws-account-authorization-details",
  title: "account authorization details",
  recognises: (document) => pagesOf(document).length > 0,
  read: readDetails,
};

function pagesOf(document: ParsedDocument): readonly { page: JsonObject; pointer: string }[] {
  const { value } = document;
  const isPage = (page: unknown): page is JsonObject =>
    isObject(page) && detailLists.some((name) => Array.isArray(member(page, name)));
  if (isPage(value)) return [{ page: value, pointer: "" }];
  if (!Array.isArray(value) || !isPage(value[0])) return [];
  return value.flatMap((page, index) => (isPage(page) ? [{ page, pointer: `/${index}` }] : []));
}

function readDetails(document: ParsedDocument, context: EstateReadContext): EstateReading {
  const rejected: Rejection[] = [];
  const pages = pagesOf(document).map(({ page, pointer }) => ({
    page,
    site: { source: context.source, pointer, rejected },
  }));
  if (Array.isArray(document.value) && pages.length < document.value.length) {
    rejected.push({
      document: context.source.path,
      reason: "some entries of the file are no page of account authorization details",
    });
  }
  const groupIds = new Map<string, PrincipalId>();
  const groups = pages.flatMap(({ page, site }) => readEach(page, "GroupDetailList", site, readGroup));
  for (const group of groups) groupIds.set(`${accountPart(group.id)}/${group.name}`, group.id);
  const users = pages.flatMap(({ page, site }) =>
    readEach(page, "UserDetailList", site, (value, at) => readUser(value, at, groupIds)),
  );
  const roles = pages.flatMap(({ page, site }) => readEach(page, "RoleDetailList", site, readRole));
  const policies = pages.flatMap(({ page, site }) => readEach(page, "Policies", site, readManagedPolicy));
  const principals = [...users, ...groups, ...roles];

  const accounts = accountsOf(principals, policies, context);
  if (accounts.length === 0) {
    rejected.push({
      document: context.source.path,
      reason: "no entry names its account",
      hint: "name the account: put its twelve digits in the file name, or use `--account`",
    });
  }
  const extent = extentOf(
    pages.map(({ page }) => page),
    rejected,
    context.source.path,
  );
  const origin: Origin = { source: context.source, pointer: "" };
  return {
    facts: {
      accounts: accounts.map((id): Account => ({ id, provider: "aws", origin })),
      principals,
      managedPolicies: policies,
      coverage:
        extent === "whole" ? accounts.map((scope): CoverageFact => ({ topic: "iam", scope, origin })) : [],
    },
    rejected,
    entities: { users: users.length, groups: groups.length, roles: roles.length, policies: policies.length },
    listings: accounts.map((scope): Listing => ({ topic: "iam", scope, extent })),
  };
}

function readEach<Item>(
  page: JsonObject,
  name: ListName,
  site: Site,
  read: (value: JsonObject, at: Site) => Item | undefined,
): Item[] {
  const list = member(page, name);
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) {
    refuse(below(site, name), `\`${name}\` must be a list`);
    return [];
  }
  return list.flatMap((value: unknown, index) => {
    const at = below(site, name, index);
    if (!isObject(value)) {
      refuse(at, `an entry of \`${name}\` is not an object`);
      return [];
    }
    const item = read(value, at);
    return item === undefined ? [] : [item];
  });
}

function readGroup(value: JsonObject, site: Site): Principal | undefined {
  const identity = readIdentity(value, "group", site);
  if (identity === undefined) return undefined;
  return {
    ...identity,
    inline: readInlinePolicies(member(value, "GroupPolicyList"), below(site, "GroupPolicyList")),
    attached: readAttached(member(value, "AttachedManagedPolicies"), below(site, "AttachedManagedPolicies")),
  };
}

function readUser(
  value: JsonObject,
  site: Site,
  groupIds: ReadonlyMap<string, PrincipalId>,
): Principal | undefined {
  const identity = readIdentity(value, "user", site);
  if (identity === undefined) return undefined;
  const account = accountPart(identity.id);
  const partition = parseArn(identity.id)?.partition ?? "aws";
  // GroupList holds names; a group of another page is resolved when all pages are merged.
  const groups = strings(member(value, "GroupList")).map(
    (name) => groupIds.get(`${account}/${name}`) ?? groupArn(account, partition, name),
  );
  const boundary = readBoundary(member(value, "PermissionsBoundary"), below(site, "PermissionsBoundary"));
  return {
    ...identity,
    inline: readInlinePolicies(member(value, "UserPolicyList"), below(site, "UserPolicyList")),
    attached: readAttached(member(value, "AttachedManagedPolicies"), below(site, "AttachedManagedPolicies")),
    ...(boundary === undefined ? {} : { boundary }),
    groups: [...new Set(groups)].sort(),
  };
}

const accountPart = (arn: string): string => parseArn(arn)?.account ?? "";

function accountsOf(
  principals: readonly Principal[],
  policies: readonly ManagedPolicy[],
  context: EstateReadContext,
): readonly AccountId[] {
  const found = new Set<AccountId>();
  for (const principal of principals) if (principal.account !== undefined) found.add(principal.account);
  for (const policy of policies) {
    const account = accountOfArn(policy.arn);
    if (account !== undefined) found.add(account);
  }
  if (found.size === 0 && context.accountHint !== undefined) found.add(awsAccount(context.accountHint));
  return [...found].sort();
}

/** Whole only when every list is there (an absent list was filtered out, an empty one is empty) and nothing of it was refused. */
function extentOf(pages: readonly JsonObject[], rejected: Rejection[], path: string): Listing["extent"] {
  const missing = detailLists.filter((name) => !pages.some((page) => Array.isArray(member(page, name))));
  if (missing.length > 0) {
    rejected.push({
      document: path,
      reason: `the lists ${missing.map((name) => `\`${name}\``).join(", ")} are missing, so the account is not known in whole`,
      hint: "run `aws iam get-account-authorization-details` without `--filter`",
    });
    return "part";
  }
  if (rejected.length > 0) return "unusable";
  const open = pages.filter(hasMore).length;
  return open === pages.length || (open > 0 && open < pages.length - 1) ? "page" : "whole";
}

/** The API says `IsTruncated`; the CLI with `--max-items` leaves a `NextToken` instead. */
const hasMore = (page: JsonObject): boolean =>
  member(page, "IsTruncated") === true || text(page, "NextToken") !== undefined;
