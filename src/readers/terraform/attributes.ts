import type { JsonValue } from "../../core/estate/index.js";
import {
  booleanOf,
  isRecord,
  listOf,
  parseJson,
  textOf,
  textsOf,
  toJson,
  type JsonRecord,
} from "../drafting/index.js";

/** The account and Region that a document's own ARNs agree on, to name what it names only by id. */
export interface Home {
  readonly partition: string;
  readonly account?: string;
  readonly region?: string;
}

/** The attributes of one resource instance, without those marked as sensitive. */
export interface Attributes {
  readonly home: Home;
  text(name: string): string | undefined;
  flag(name: string): boolean | undefined;
  number(name: string): number | undefined;
  texts(name: string): readonly string[];
  list(name: string): readonly unknown[];
  /** The first block of this name. */
  block(name: string): Attributes | undefined;
  blocks(name: string): readonly Attributes[];
  map(name: string): JsonRecord | undefined;
  /** A policy attribute as the document object; undefined when it is empty or not yet known. */
  policy(name: string): JsonValue | undefined;
  /** Whether the document states the attribute at all (null and unknown values are not stated). */
  has(name: string): boolean;
}

export type Resolve = (name: string) => string | undefined;

/**
 * `resolve` finds what another resource of the same plan will be called, where the value is not known yet; `asked`
 * is told every attribute that is looked at.
 */
export function attributesOf(
  values: JsonRecord,
  home: Home,
  resolve: Resolve = () => undefined,
  asked: (name: string) => void = () => undefined,
): Attributes {
  const own = (name: string): unknown => {
    asked(name);
    return Object.prototype.hasOwnProperty.call(values, name) ? values[name] : undefined;
  };
  const inner = (value: unknown): Attributes[] => (isRecord(value) ? [attributesOf(value, home)] : []);
  const attributes: Attributes = {
    home,
    text: (name) => textOf(own(name)) ?? resolve(name),
    flag: (name) => {
      const value = own(name);
      // State v3 keeps everything as text.
      return value === "true" ? true : value === "false" ? false : booleanOf(value);
    },
    number: (name) => {
      const value = own(name);
      const number = typeof value === "string" && value !== "" ? Number(value) : value;
      return typeof number === "number" && Number.isFinite(number) ? number : undefined;
    },
    texts: (name) => textsOf(own(name)),
    list: (name) => listOf(own(name)),
    block: (name) => attributes.blocks(name)[0],
    blocks: (name) => (isRecord(own(name)) ? inner(own(name)) : listOf(own(name)).flatMap(inner)),
    map: (name) => {
      const value = own(name);
      return isRecord(value) ? value : undefined;
    },
    policy: (name) => {
      const text = textOf(own(name));
      const parsed = text === undefined ? undefined : parseJson(text);
      return isRecord(parsed) ? toJson(parsed) : undefined;
    },
    has: (name) => own(name) !== undefined && own(name) !== null,
  };
  return attributes;
}

/** What a resource sets, and on what. */
export interface Declaration {
  /** ARN or canonical id. */
  readonly target?: string | undefined;
  /** Property names of `resource-properties.ts`; `undefined` values are left out. */
  readonly declares: Readonly<Record<string, JsonValue | undefined>>;
}

export type Declare = (attributes: Attributes) => Declaration;

export function arnOf(home: Home, service: string, resource: string, regional = true): string | undefined {
  const { partition, account, region } = home;
  if (account === undefined || (regional && region === undefined)) return undefined;
  return `arn:${partition}:${service}:${regional ? (region ?? "") : ""}:${account}:${resource}`;
}
