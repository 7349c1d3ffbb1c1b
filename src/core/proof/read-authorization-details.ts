import { accountIn, addIdentity, type Draft, type Identity } from "./directory.js";
import { policyAt, type Policy } from "./policy.js";
import { isFields, itemsOf, stringOf, type Citation, type Fields } from "./raw-document.js";

/**
 * `aws iam get-account-authorization-details`, one answer or the parts of it (IAM API reference,
 * GetAccountAuthorizationDetails). Group lists hold names; boundaries are `{PermissionsBoundaryArn}`.
 */
export function readAuthorizationDetails(value: unknown, at: Citation, draft: Draft): boolean {
  if (!isFields(value)) return false;
  const lists = ["UserDetailList", "RoleDetailList", "GroupDetailList"] as const;
  const policies = itemsOf(value["Policies"]).some((item) => isFields(item) && "PolicyVersionList" in item);
  if (!lists.some((list) => Array.isArray(value[list])) && !policies) return false;
  const groups = new Map<string, string>();
  itemsOf(value["GroupDetailList"]).forEach((item) => {
    if (!isFields(item)) return;
    const [name, arn] = [stringOf(item["GroupName"]), stringOf(item["Arn"])];
    if (name !== undefined && arn !== undefined) groups.set(`${accountIn(arn) ?? ""} ${name}`, arn);
  });
  for (const [list, kind] of [
    ["UserDetailList", "user"],
    ["RoleDetailList", "role"],
    ["GroupDetailList", "group"],
  ] as const)
    itemsOf(value[list]).forEach((item, index) => {
      const place = { ...at, pointer: `${at.pointer ?? ""}/${list}/${index}` };
      const identity = isFields(item) ? identityOf(item, kind, place, groups) : undefined;
      if (identity !== undefined) addIdentity(draft, identity);
    });
  itemsOf(value["Policies"]).forEach((item, index) => {
    if (!isFields(item)) return;
    const arn = stringOf(item["Arn"]);
    if (arn === undefined) return;
    const versions = itemsOf(item["PolicyVersionList"]);
    const standing = versions.findIndex(
      (version) =>
        isFields(version) &&
        (version["IsDefaultVersion"] === true || version["VersionId"] === item["DefaultVersionId"]),
    );
    const version = versions[standing];
    const pointer = `${at.pointer ?? ""}/Policies/${index}/PolicyVersionList/${standing}/Document`;
    draft.managed.set(arn, isFields(version) ? policyAt(version["Document"], { ...at, pointer }) : undefined);
  });
  return true;
}

const inlineLists = { user: "UserPolicyList", role: "RolePolicyList", group: "GroupPolicyList" } as const;

function identityOf(
  item: Fields,
  kind: Identity["kind"],
  at: Citation,
  groups: ReadonlyMap<string, string>,
): Identity | undefined {
  const arn = stringOf(item["Arn"]);
  const account = arn === undefined ? undefined : accountIn(arn);
  if (arn === undefined || account === undefined) return undefined;
  const pointer = at.pointer ?? "";
  const list = inlineLists[kind];
  const boundary = item["PermissionsBoundary"];
  const trust = item["AssumeRolePolicyDocument"];
  // Most identities are never asked about: their policies are opened when they are.
  let inline: Identity["inline"] | undefined;
  let opened: { readonly policy: Policy | undefined } | undefined;
  return {
    arn,
    kind,
    account,
    at,
    name:
      stringOf(item["UserName"] ?? item["RoleName"] ?? item["GroupName"]) ??
      arn.slice(arn.lastIndexOf("/") + 1),
    uniqueId: stringOf(item["UserId"] ?? item["RoleId"]),
    tags: tagsOf(item["Tags"]),
    get inline() {
      return (inline ??= itemsOf(item[list]).map((entry, index): Policy | undefined =>
        isFields(entry)
          ? policyAt(entry["PolicyDocument"], {
              ...at,
              pointer: `${pointer}/${list}/${index}/PolicyDocument`,
            })
          : undefined,
      ));
    },
    attached: itemsOf(item["AttachedManagedPolicies"]).flatMap((entry) =>
      isFields(entry) ? (stringOf(entry["PolicyArn"]) ?? []) : [],
    ),
    groups: itemsOf(item["GroupList"]).map(
      (name) => groups.get(`${account} ${String(name)}`) ?? `?${String(name)}`,
    ),
    boundary: isFields(boundary) ? stringOf(boundary["PermissionsBoundaryArn"]) : undefined,
    get trust() {
      return (opened ??= {
        policy:
          trust === undefined
            ? undefined
            : policyAt(trust, { ...at, pointer: `${pointer}/AssumeRolePolicyDocument` }),
      }).policy;
    },
    instanceProfiles: itemsOf(item["InstanceProfileList"]).flatMap((entry) =>
      isFields(entry) ? (stringOf(entry["Arn"]) ?? stringOf(entry["InstanceProfileName"]) ?? []) : [],
    ),
  };
}

/** `[{Key, Value}]`, or an object. */
export function tagsOf(value: unknown): Readonly<Record<string, string>> {
  if (isFields(value))
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, text]) => (typeof text === "string" ? [[key, text]] : [])),
    );
  return Object.fromEntries(
    itemsOf(value).flatMap((tag) => {
      const key = isFields(tag) ? stringOf(tag["Key"] ?? tag["TagKey"]) : undefined;
      const text = isFields(tag) ? stringOf(tag["Value"] ?? tag["TagValue"]) : undefined;
      return key === undefined || text === undefined ? [] : [[key, text]];
    }),
  );
}
