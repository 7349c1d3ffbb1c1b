import type { VulnerabilityFact } from "../../core/findings/index.js";
import type { FindingsReader, FormatDescription } from "../findings-reader.js";
import { flawIds } from "../flaws/index.js";
import { member, objects, text, type JsonObject } from "../json-value.js";

const title = "CISA catalogue of known exploited vulnerabilities";
const about: Omit<FormatDescription, "envelopes"> = {
  versions: "the JSON and the CSV of cisa.gov",
  reads: ["`cveID`, `dateAdded`, `dueDate`, `knownRansomwareCampaignUse`"],
  ignores: ["vendor, product, description, CWE ids"],
};

/** CISA's catalogue of known exploited vulnerabilities: no findings, but weight for those there are. */
export const kev: FindingsReader = {
  kind: "kev",
  title,
  form: "json",
  about: { ...about, envelopes: "one object with `catalogVersion` and `vulnerabilities`" },
  recognises: (record) =>
    text(record, "catalogVersion") !== undefined && Array.isArray(member(record, "vulnerabilities")),
  translate: (record) => ({
    rows: [],
    facts: objects(member(record, "vulnerabilities")).flatMap((entry) => factOf(entry) ?? []),
  }),
};

/** The same as a table. */
export const kevTable: FindingsReader = {
  kind: "kev",
  title: `${title} (CSV)`,
  form: "table",
  about: { ...about, envelopes: "CSV" },
  recognises: (record) =>
    ["cveID", "dateAdded", "dueDate", "knownRansomwareCampaignUse"].every((column) =>
      Object.hasOwn(record, column),
    ),
  translate(record) {
    const fact = factOf(record);
    return fact === undefined ? { reason: "`cveID` names no flaw" } : { rows: [], facts: [fact] };
  },
};

function factOf(entry: JsonObject): VulnerabilityFact | undefined {
  const [id] = flawIds(text(entry, "cveID"));
  if (id === undefined) return undefined;
  const since = text(entry, "dateAdded");
  const due = text(entry, "dueDate");
  return {
    id,
    source: "kev",
    exploited: {
      ...(since === undefined ? {} : { since }),
      ...(due === undefined ? {} : { due }),
      // `Unknown` is not a no.
      ...(text(entry, "knownRansomwareCampaignUse") === "Known" ? { ransomware: true } : {}),
    },
  };
}
