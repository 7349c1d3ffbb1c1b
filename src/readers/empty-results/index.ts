import type { FindingsReader } from "../findings-reader.js";
import { member } from "../json-value.js";

/** What tfsec, OSV-Scanner and others write when they found nothing: no sign of which of them ran. */
export const emptyResults: FindingsReader = {
  kind: "empty-results",
  title: "empty results of an unnamed tool",
  form: "json",
  asserts: "nothing",
  about: {
    versions: "any",
    envelopes: '`{"results": []}` or `{"results": null}`, without any other member',
    reads: ["that a tool ran and found nothing"],
    ignores: ["which tool it was: the file does not say"],
  },
  recognises(record) {
    const results = member(record, "results");
    const none = results === null || (Array.isArray(results) && results.length === 0);
    return none && Object.keys(record).length === 1;
  },
  translate: () => ({ rows: [] }),
};
