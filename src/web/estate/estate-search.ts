import { oneOf, wholeNumber, word, type Raw } from "../api/search-params.js";

export const foundKinds = [
  "identity",
  "credential",
  "resource",
  "workload",
  "person",
  "team",
  "document",
  "case",
] as const;

const whoCan = (raw: Raw) => ({ action: word(raw.action), resource: word(raw.resource) });
const reach = (raw: Raw) => ({ principal: word(raw.principal) });
/** `age`: credentials older than so many days; `used`: not used for so many. */
const find = (raw: Raw) => ({
  q: word(raw.q),
  kind: oneOf(raw.kind, foundKinds),
  age: wholeNumber(raw.age),
  used: wholeNumber(raw.used),
});
const compare = (raw: Raw) => ({
  from: word(raw.from),
  to: word(raw.to),
  only: oneOf(raw.only, ["new", "gone", "changed"]),
});

export type WhoCanSearch = Partial<ReturnType<typeof whoCan>>;
export type ReachSearch = Partial<ReturnType<typeof reach>>;
export type FindSearch = Partial<ReturnType<typeof find>>;
export type CompareSearch = Partial<ReturnType<typeof compare>>;

export const whoCanSearch: (raw: Raw) => WhoCanSearch = whoCan;
export const reachSearch: (raw: Raw) => ReachSearch = reach;
export const findSearch: (raw: Raw) => FindSearch = find;
export const compareSearch: (raw: Raw) => CompareSearch = compare;
