import {
  anyOf,
  resourceId,
  type JsonValue,
  type PropertyFact,
  type Resource,
  type ResourceId,
} from "../estate/index.js";
import type { Tri } from "../estate/index.js";

/** How a property stands: as collected, or after a containment that is assumed. */
export type PropertyOf = (of: ResourceId, name: string) => PropertyFact | undefined;

export const strings = (value: JsonValue | undefined): readonly string[] =>
  Array.isArray(value)
    ? (value as readonly JsonValue[]).filter((item): item is string => typeof item === "string")
    : [];

export const worldRanges: ReadonlySet<string> = new Set(["0.0.0.0/0", "::/0"]);

const member = (rule: JsonValue, name: string): JsonValue | undefined =>
  typeof rule !== "object" || rule === null || Array.isArray(rule)
    ? undefined
    : (rule as { readonly [key: string]: JsonValue })[name];

export const isWorldOpen = (rule: JsonValue): boolean =>
  strings(member(rule, "cidrs")).some((range) => worldRanges.has(range));

export const rules = (value: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : [];

/**
 * Whether the internet gets to a port of an instance: it could be reached (`internetReachable`: address, route and
 * network ACL) and one of its security groups lets the internet in. The rules of a group add up, and without one that
 * fits nothing comes in (Amazon EC2 User Guide, "Security group rules"). Groups that were not collected, and the
 * addresses of prefix lists, leave it unknown.
 */
export function reachedFromInternet(instance: Resource, property: PropertyOf): Tri {
  const path = property(instance.id, "internetReachable")?.value;
  if (path === false) return false;
  const groups = property(instance.id, "securityGroups");
  if (path === undefined) return "unknown";
  const ids = strings(groups?.value);
  // An instance always has a group: where none is listed, what is said of its reach is all that is known.
  return ids.length === 0 ? true : anyOf(ids.map((id) => letsInternetIn(instance, id, property)));
}

function letsInternetIn(instance: Resource, group: string, property: PropertyOf): Tri {
  const id = group.startsWith("arn:")
    ? group
    : instance.id.replace(/:instance\/.*$/, `:security-group/${group}`);
  const ingress = property(resourceId(id), "ingress");
  if (ingress === undefined) return "unknown";
  const all = rules(ingress.value);
  if (all.some(isWorldOpen)) return true;
  return all.some((rule) => strings(member(rule, "prefixLists")).length > 0) ? "unknown" : false;
}
