import { findingStateNames } from "./finding-words.js";
import { oneOf, switchedOn, word, type Raw } from "../api/search-params.js";

const read = (raw: Raw) => ({
  q: word(raw.q),
  tool: word(raw.tool),
  weakness: word(raw.weakness),
  state: oneOf(raw.state, findingStateNames),
  muted: oneOf(raw.muted, ["true", "unowned"]),
  repeat: switchedOn(raw.repeat),
  imports: switchedOn(raw.imports),
});

export type FindingsSearch = Partial<ReturnType<typeof read>>;

export const findingsSearch: (raw: Raw) => FindingsSearch = read;
