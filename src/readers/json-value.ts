/** A JSON object from outside: own members only, nothing promised about their values. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An own member; never one of the prototype (`constructor`, `toString`). */
export function member(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A non-empty string member, else undefined. */
export function text(value: unknown, key: string): string | undefined {
  const found = member(value, key);
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** The items of a list; a single object stands for a list of one (documented AWS output does that). */
export function items(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

export function objects(value: unknown): readonly JsonObject[] {
  return items(value).filter(isObject);
}

export function strings(value: unknown): readonly string[] {
  return items(value).filter((item): item is string => typeof item === "string");
}

/** A member of a JSON Pointer (RFC 6901). */
export const pointerStep = (key: string | number): string =>
  `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/**
 * A point in time as ISO 8601 in UTC, from ISO text or epoch seconds (version 1 of the AWS CLI); undefined for
 * anything else, `N/A` and the like included.
 */
export function timeOf(value: unknown): string | undefined {
  if (typeof value === "number")
    return Number.isFinite(value) && Math.abs(value) < 8.64e12 ? iso(value * 1000) : undefined;
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}/.test(value)) return undefined;
  const parsed = Date.parse(value);
  return Number.isNaN(parsed) ? undefined : iso(parsed);
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString().replace(/\.000Z$/, "Z");

/** `iam:role` for `arn:aws:iam::111122223333:role/x`: service and first part of the resource of an ARN. */
export const parseArnKind = (arn: string | undefined): string | undefined => {
  const match = /^arn:[a-z-]+:([a-z0-9-]+):[a-z0-9-]*:[a-z0-9]*:([a-zA-Z-]+)[/:]/.exec(arn ?? "");
  return match === null ? undefined : `${match[1] ?? ""}:${match[2] ?? ""}`;
};
