import type { Account, Principal, Rejection } from "../../core/estate/index.js";
import { readIdentity, readRole, type IdentityKind, type Site } from "../aws-iam/identity.js";
import type { ParsedDocument } from "../document.js";
import type { EstateReadContext, EstateReader, EstateReading } from "../estate-reader.js";
import { isObject, member, parseArnKind, text, type JsonObject } from "../json-value.js";

interface Entry {
  readonly value: JsonObject;
  readonly pointer: string;
}

/** `aws iam list-roles`, `aws iam get-role` and a bare list of roles: trust, but no permissions. */
export const rolesReader: EstateReader = {
  kind: "aws-iam-roles",
  title: "IAM roles",
  recognises: (document) => entriesOf(document, "role", "Roles", "Role").length > 0,
  read: (document, context) =>
    readIdentities(document, entriesOf(document, "role", "Roles", "Role"), context, "roles", readRole),
};

/** `aws iam list-users`, `get-user`, `list-groups`: who there is, without permissions. */
export const identityListsReader: EstateReader = {
  kind: "aws-iam-identities",
  title: "IAM users and groups",
  recognises: (document) => kindOf(document) !== undefined,
  read(document, context) {
    const kind = kindOf(document) ?? "user";
    const [list, single, entity] =
      kind === "user" ? (["Users", "User", "users"] as const) : (["Groups", "Group", "groups"] as const);
    return readIdentities(document, entriesOf(document, kind, list, single), context, entity, (value, site) =>
      readIdentity(value, kind, site),
    );
  },
};

const kindOf = (document: ParsedDocument): "user" | "group" | undefined => {
  if (entriesOf(document, "user", "Users", "User").length > 0) return "user";
  return entriesOf(document, "group", "Groups", "Group").length > 0 ? "group" : undefined;
};

/** An entry is told by its ARN, so that lists of other services under the same names are left alone. */
function entriesOf(
  document: ParsedDocument,
  kind: IdentityKind,
  list: string,
  single: string,
): readonly Entry[] {
  const { value } = document;
  const isEntry = (item: unknown): item is JsonObject =>
    isObject(item) && parseArnKind(text(item, "Arn")) === `iam:${kind}`;
  const one = member(value, single);
  if (isEntry(one)) return [{ value: one, pointer: `/${single}` }];
  const many = Array.isArray(value) ? (value as readonly unknown[]) : member(value, list);
  if (!Array.isArray(many) || !isEntry(many[0])) return [];
  const base = Array.isArray(value) ? "" : `/${list}`;
  return many.map((item: unknown, index) => ({
    value: isObject(item) ? item : {},
    pointer: `${base}/${index}`,
  }));
}

function readIdentities(
  document: ParsedDocument,
  entries: readonly Entry[],
  context: EstateReadContext,
  entity: string,
  read: (value: JsonObject, site: Site) => Principal | undefined,
): EstateReading {
  const rejected: Rejection[] = [];
  const principals: Principal[] = [];
  for (const entry of entries) {
    const principal = read(entry.value, { source: context.source, pointer: entry.pointer, rejected });
    if (principal !== undefined) principals.push(principal);
  }
  if (member(document.value, "IsTruncated") === true) {
    const reason = "the list says that more follow (`IsTruncated`)";
    rejected.push({
      document: context.source.path,
      pointer: "/IsTruncated",
      reason,
      hint: "supply the next page as well",
      used: principals.length,
    });
  }
  const origin = { source: context.source, pointer: "" };
  const accounts = new Set(principals.map((item) => item.account).filter((id) => id !== undefined));
  return {
    facts: {
      principals,
      accounts: [...accounts].sort().map((id): Account => ({ id, provider: "aws", origin })),
    },
    rejected,
    entities: { [entity]: entries.length },
  };
}
