import type { JsonValue } from "../../core/estate/index.js";

export type JsonRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

export const booleanOf = (value: unknown): boolean | undefined =>
  typeof value === "boolean" ? value : undefined;

export const numberOf = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

export const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as unknown[]) : [];

export const textsOf = (value: unknown): readonly string[] =>
  listOf(value).filter((item): item is string => typeof item === "string" && item !== "");

const own = (record: JsonRecord, name: string): boolean => Object.prototype.hasOwnProperty.call(record, name);

/**
 * The member `name`, whether the service writes it `PolicyText`, `policyText` or (AWS Config) in the other case:
 * keys inside a `configuration` are PascalCase or camelCase by service.
 */
export function pick(record: JsonRecord, ...names: readonly string[]): unknown {
  for (const name of names) {
    const lower = name.charAt(0).toLowerCase() + name.slice(1);
    const upper = name.charAt(0).toUpperCase() + name.slice(1);
    for (const key of [name, lower, upper]) if (own(record, key)) return record[key];
  }
  return undefined;
}

/** Parses JSON; undefined when the text is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const maxDepth = 64;

/** A copy as plain JSON: what JSON cannot say (dates, undefined) becomes text or is left out. */
export function toJson(value: unknown, depth = 0): JsonValue {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (depth >= maxDepth) return "…";
  if (Array.isArray(value)) return value.map((item) => toJson(item, depth + 1));
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(entries.map(([key, item]) => [key, toJson(item, depth + 1)]));
  }
  return null;
}

/** `Tags` in any of the four spellings of AWS: `[{Key,Value}]`, `[{key,value}]`, `[{TagKey,TagValue}]`, `{k: v}`. */
export function tagsOf(value: unknown): Readonly<Record<string, string>> {
  const pairs: [string, string][] = [];
  if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) if (typeof item === "string") pairs.push([key, item]);
  }
  for (const item of listOf(value)) {
    if (!isRecord(item)) continue;
    const key = textOf(pick(item, "Key", "TagKey"));
    const text = pick(item, "Value", "TagValue");
    if (key !== undefined) pairs.push([key, typeof text === "string" ? text : ""]);
  }
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** Epoch seconds (CLI v1), or ISO text, as ISO 8601. Anything else is undefined. */
export function timeOf(value: unknown): string | undefined {
  if (typeof value === "number" && value > 0 && value < 1e11) return new Date(value * 1000).toISOString();
  if (typeof value !== "string" || value === "") return undefined;
  const spaced = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.test(value) ? `${value.replace(" ", "T")}Z` : value;
  const zoned = /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(spaced) ? `${spaced}Z` : spaced;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** The services whose actions a policy names (`s3`, `kms`; `*` for all), from any written form. Empty when it is none. */
export function policyServices(policy: unknown): ReadonlySet<string> {
  const document =
    typeof policy === "string" ? (parseJson(policy) ?? parseJson(percentDecoded(policy))) : policy;
  const services = new Set<string>();
  if (!isRecord(document)) return services;
  const raw = document["Statement"];
  for (const statement of Array.isArray(raw) ? listOf(raw) : [raw]) {
    if (!isRecord(statement)) continue;
    const actions = statement["Action"] ?? statement["NotAction"];
    for (const action of typeof actions === "string" ? [actions] : textsOf(actions)) {
      services.add((action.split(":")[0] ?? action).toLowerCase());
    }
  }
  return services;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
