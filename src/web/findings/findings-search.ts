import { findingStateNames } from "./finding-words.js";
import { oneOf, switchedOn, word, type Raw } from "../api/search-params.js";

const read = (raw: Raw) => ({
  q: word(raw.q),
  tool: word(raw.tool),
  weakness: word(raw.weakness),
  state: oneOf(raw.state, findingStateNames),
  muted: oneOf(raw.muted, ["true", "unowned"]),
  repeat: switchedOn(raw.repeat),
  case: caseWord(raw.case),
  imports: switchedOn(raw.imports),
});

const caseWord = (value: unknown): string | undefined =>
  typeof value === "string" && /^R-[0-9A-Z]{4,32}$/.test(value) ? value : undefined;

export type FindingsSearch = Partial<ReturnType<typeof read>>;

export const findingsSearch: (raw: Raw) => FindingsSearch = read;
