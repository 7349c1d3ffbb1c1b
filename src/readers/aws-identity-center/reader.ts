import { awsAccount, principalId } from "../../core/estate/index.js";
import type {
  Account,
  Origin,
  PermissionSet,
  PermissionSetAssignment,
  Principal,
  Rejection,
} from "../../core/estate/index.js";
import { readRole } from "../aws-iam/identity.js";
import type { ParsedDocument } from "../document.js";
import type { EstateReadContext, EstateReader, EstateReading } from "../estate-reader.js";
import { isObject, items, member, objects, strings, text, type JsonObject } from "../json-value.js";

/**
 * IAM Identity Center: `sso-admin` permission sets and assignments, `identitystore` users and groups, each list
 * under the name the API gives it, one or several to a document. The roles it makes in the accounts come with the
 * accounts' own documents; only the permission set can change them.
 */
export const identityCenterReader: EstateReader = {
  kind: "aws-identity-center",
  title: "Identity Center",
  recognises: (document) =>
    isCenter(document.value) || assignmentsOf(document).length > 0 || isRoleList(document.value),
  read: (document, context) =>
    isRoleList(document.value) ? readReservedRoles(document.value, context) : readCenter(document, context),
};

const isPermissionSet = (value: unknown): value is JsonObject =>
  text(value, "PermissionSetArn")?.startsWith("arn:") === true;

/** A bare list of nothing but the roles that Identity Center made, as inventories write it. */
function isRoleList(value: unknown): value is readonly JsonObject[] {
  const made = (item: unknown): boolean =>
    text(item, "Arn")?.includes(":role/aws-reserved/sso.amazonaws.com/") === true;
  return Array.isArray(value) && value.length > 0 && value.every(made);
}

function readReservedRoles(roles: readonly JsonObject[], context: EstateReadContext): EstateReading {
  const rejected: Rejection[] = [];
  const principals = roles.flatMap((value, index): Principal[] => {
    const role = readRole(value, { source: context.source, pointer: `/${index}`, rejected });
    return role === undefined ? [] : [role];
  });
  return { facts: { principals }, rejected, entities: { roles: roles.length } };
}

function isCenter(value: unknown): boolean {
  if (!isObject(value)) return false;
  const first = (key: string): unknown => items(member(value, key))[0];
  return (
    isPermissionSet(member(value, "PermissionSet")) ||
    isPermissionSet(first("PermissionSets")) ||
    text(first("Instances"), "InstanceArn")?.includes(":sso:") === true ||
    text(first("Users"), "IdentityStoreId") !== undefined ||
    text(first("Groups"), "IdentityStoreId") !== undefined
  );
}

/** `AccountAssignments` of the API, or the bare list that inventories write. */
function assignmentsOf(document: ParsedDocument): readonly { value: JsonObject; pointer: string }[] {
  const named = member(document.value, "AccountAssignments");
  const list = Array.isArray(document.value) ? (document.value as readonly unknown[]) : named;
  const isAssignment = (value: unknown): value is JsonObject =>
    isPermissionSet(value) && text(value, "AccountId") !== undefined;
  if (!Array.isArray(list) || !isAssignment(list[0])) return [];
  const base = Array.isArray(document.value) ? "" : "/AccountAssignments";
  return list.map((value: unknown, index) => ({
    value: isObject(value) ? value : {},
    pointer: `${base}/${index}`,
  }));
}

function readCenter(document: ParsedDocument, context: EstateReadContext): EstateReading {
  const rejected: Rejection[] = [];
  const { value } = document;
  const at = (pointer: string): Origin => ({ source: context.source, pointer });
  const list = (key: string): readonly { item: JsonObject; pointer: string }[] =>
    objects(member(value, key)).map((item, index) => ({ item, pointer: `/${key}/${index}` }));
  const single = member(value, "PermissionSet");
  const sets = [
    ...list("PermissionSets"),
    ...(isObject(single) ? [{ item: single, pointer: "/PermissionSet" }] : []),
  ];
  const permissionSets = sets.flatMap(({ item, pointer }): PermissionSet[] => {
    const set = readPermissionSet(item, at(pointer));
    if (set === undefined)
      rejected.push({
        document: context.source.path,
        pointer,
        reason: "a permission set without `PermissionSetArn` or `Name`",
      });
    return set === undefined ? [] : [set];
  });
  const users = list("Users").filter(({ item }) => text(item, "UserId") !== undefined);
  const groups = list("Groups").filter(({ item }) => text(item, "GroupId") !== undefined);
  const principals = [
    ...users.map(({ item, pointer }) => directoryPrincipal(item, "user", at(pointer))),
    ...groups.map(({ item, pointer }) => directoryPrincipal(item, "group", at(pointer))),
  ];
  const assignments = assignmentsOf(document).flatMap((entry): PermissionSetAssignment[] => {
    const assignment = readAssignment(entry.value, at(entry.pointer));
    if (assignment === undefined)
      rejected.push({
        document: context.source.path,
        pointer: entry.pointer,
        reason: "an assignment without account, permission set or principal",
      });
    return assignment === undefined ? [] : [assignment];
  });
  const accounts = [...new Set(assignments.map((item) => item.account))].sort();
  const counts = {
    instances: list("Instances").length,
    permissionSets: sets.length,
    users: users.length,
    groups: groups.length,
    assignments: assignmentsOf(document).length,
  };
  return {
    facts: {
      permissionSets,
      principals,
      assignments,
      accounts: accounts.map((id): Account => ({ id, provider: "aws", origin: at("") })),
    },
    rejected,
    entities: Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
  };
}

function readPermissionSet(value: JsonObject, origin: Origin): PermissionSet | undefined {
  const arn = text(value, "PermissionSetArn");
  const name = text(value, "Name");
  if (arn === undefined || name === undefined) return undefined;
  const attached = objects(member(value, "AttachedManagedPolicies")).map((item) => text(item, "Arn"));
  const customer = objects(member(value, "CustomerManagedPolicyReferences")).map((item) =>
    text(item, "Name"),
  );
  const sessionDuration = text(value, "SessionDuration");
  return {
    arn,
    name,
    managed: [...strings(attached), ...strings(customer)].sort(),
    ...(sessionDuration === undefined ? {} : { sessionDuration }),
    origin,
  };
}

/** `PrincipalType` and `PrincipalId` of the API; `UserId` or `GroupId` where a tool reshaped it. */
function readAssignment(value: JsonObject, origin: Origin): PermissionSetAssignment | undefined {
  const permissionSet = text(value, "PermissionSetArn");
  const account = text(value, "AccountId");
  const group = text(value, "GroupId");
  const principal = text(value, "PrincipalId") ?? text(value, "UserId") ?? group;
  if (
    permissionSet === undefined ||
    principal === undefined ||
    account === undefined ||
    !/^\d{12}$/.test(account)
  )
    return undefined;
  const principalKind =
    text(value, "PrincipalType") === "GROUP" ||
    (group !== undefined && text(value, "PrincipalType") === undefined)
      ? "group"
      : "user";
  return {
    permissionSet,
    account: awsAccount(account),
    principalKind,
    principal,
    actor: principalId(`aws-sso:${principalKind}/${principal}`),
    origin,
  };
}

function directoryPrincipal(value: JsonObject, kind: "user" | "group", origin: Origin): Principal {
  const id = text(value, kind === "user" ? "UserId" : "GroupId") ?? "";
  return {
    id: principalId(`aws-sso:${kind}/${id}`),
    kind: kind === "user" ? "person" : "group",
    provider: "aws-sso",
    name: text(value, "UserName") ?? text(value, "DisplayName") ?? id,
    uniqueId: id,
    tags: {},
    inline: [],
    attached: [],
    groups: [],
    instanceProfiles: [],
    origin,
  };
}
