import { oneOf, switchedOn, word, wholeNumber, type Raw } from "../api/search-params.js";

/** Kinds of things that the search lists; the words of the API. */
export const kinds = ["identity", "credential", "resource"] as const;

export type EstateKind = (typeof kinds)[number];

export interface WhoCanSearch {
  readonly action?: string;
  readonly resource?: string;
}

export interface ReachSearch {
  readonly principal?: string;
}

export interface FindSearch {
  readonly kind?: EstateKind;
  /** Days: credentials that are at least so old. */
  readonly age?: number;
  /** Days: credentials of which no use is known for so long. */
  readonly unused?: number;
  readonly q?: string;
}

export interface CompareSearch {
  readonly from?: string;
  readonly to?: string;
  /** Only verdicts and owners that are others. */
  readonly only?: true;
}

export const whoCanSearch = (raw: Raw): WhoCanSearch =>
  stated({ action: word(raw["action"]), resource: long(raw["resource"]) });

export const reachSearch = (raw: Raw): ReachSearch => stated({ principal: long(raw["principal"]) });

export const findSearch = (raw: Raw): FindSearch =>
  stated({
    kind: oneOf(raw["kind"], kinds),
    age: wholeNumber(raw["age"]),
    unused: wholeNumber(raw["unused"]),
    q: word(raw["q"]),
  });

export const compareSearch = (raw: Raw): CompareSearch =>
  stated({ from: digest(raw["from"]), to: digest(raw["to"]), only: switchedOn(raw["only"]) });

const long = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value.slice(0, 2000) : undefined;

const digest = (value: unknown): string | undefined =>
  typeof value === "string" && /^[0-9a-f]{64}$/.test(value) ? value : undefined;

type Stated<Value> = { readonly [Key in keyof Value]?: Exclude<Value[Key], undefined> };

const stated = <Value extends object>(value: Value): Stated<Value> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Stated<Value>;
