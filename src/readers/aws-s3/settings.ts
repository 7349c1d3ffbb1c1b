import type { JsonValue } from "../../core/estate/index.js";
import {
  booleanOf,
  isRecord,
  listOf,
  pick,
  textOf,
  type Place,
  type ResourceDraft,
} from "../drafting/index.js";

export const accessBlockFlags = [
  "BlockPublicAcls",
  "IgnorePublicAcls",
  "BlockPublicPolicy",
  "RestrictPublicBuckets",
] as const;

/** Sets the four flags. The answer that there is no configuration means that all four are off (S3, GetPublicAccessBlock). */
export function setAccessBlock(
  resource: ResourceDraft,
  prefix: string,
  block: unknown,
  place: Place,
): boolean {
  if (block === "none") {
    for (const flag of accessBlockFlags) resource.set(`${prefix}${flag}`, false, place);
    return true;
  }
  if (!isRecord(block)) return false;
  let found = false;
  for (const flag of accessBlockFlags) {
    const value = booleanOf(pick(block, flag));
    if (value === undefined) continue;
    found = true;
    resource.set(`${prefix}${flag}`, value, place.at(flag));
  }
  return found;
}

const publicGroups: Readonly<Record<string, string>> = {
  "http://acs.amazonaws.com/groups/global/AllUsers": "AllUsers",
  "http://acs.amazonaws.com/groups/global/AuthenticatedUsers": "AuthenticatedUsers",
};

/**
 * The grants of an ACL that anybody can use, as `GROUP:PERMISSION`; empty when the ACL has none. Undefined when
 * the list is not one of grants.
 */
export function publicGrants(grants: unknown): readonly string[] | undefined {
  if (!Array.isArray(grants)) return undefined;
  const found = listOf(grants).flatMap((grant): string[] => {
    if (!isRecord(grant)) return [];
    const grantee = pick(grant, "Grantee");
    const uri = isRecord(grantee) ? textOf(pick(grantee, "URI", "uri")) : undefined;
    // AWS Config writes the group as a bare word.
    const word =
      typeof grantee === "string" ? grantee : isRecord(grantee) ? textOf(pick(grantee, "id")) : undefined;
    const group =
      uri !== undefined
        ? publicGroups[uri]
        : word === "AllUsers" || word === "AuthenticatedUsers"
          ? word
          : undefined;
    const permission = textOf(pick(grant, "Permission"));
    return group === undefined || permission === undefined ? [] : [`${group}:${permissionName(permission)}`];
  });
  return [...new Set(found)].sort();
}

/** Config writes `FullControl`, `ReadAcp` for `FULL_CONTROL`, `READ_ACP`. */
const permissionName = (text: string): string =>
  /^[A-Z_]+$/.test(text) ? text : text.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase();

/** `BucketOwnerEnforced` and the like from `OwnershipControls`, `Rules` or the word itself. */
export function ownershipOf(value: unknown): JsonValue | undefined {
  if (typeof value === "string") return value;
  const controls = isRecord(value) ? (pick(value, "OwnershipControls") ?? value) : undefined;
  const rules = isRecord(controls) ? listOf(pick(controls, "Rules")) : listOf(value);
  const first = rules.find(isRecord);
  return first === undefined ? undefined : textOf(pick(first, "ObjectOwnership"));
}
