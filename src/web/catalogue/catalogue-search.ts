import { oneOf, word, type Raw } from "../api/search-params.js";

const read = (raw: Raw) => ({
  section: oneOf(raw.section, ["suggestions", "problems"]),
  as: oneOf(raw.as, ["form", "file"]),
  /** Id of an entry: the file opens at its line. */
  entry: word(raw.entry),
});

export type CatalogueSearch = Partial<ReturnType<typeof read>>;

export const catalogueSearch: (raw: Raw) => CatalogueSearch = read;
