import type { VulnerabilityFact } from "../../core/findings/index.js";
import type { FindingsReader } from "../findings-reader.js";
import { flawIds } from "../flaws/index.js";
import { member, objects, text } from "../json-value.js";

/** CISA's catalogue of known exploited vulnerabilities: no findings, but weight for those there are. */
export const kev: FindingsReader = {
  kind: "kev",
  title: "CISA catalogue of known exploited vulnerabilities",
  form: "json",
  about: {
    versions: "the JSON of cisa.gov",
    envelopes: "one object with `catalogVersion` and `vulnerabilities`",
    reads: ["`cveID`, `dateAdded`, `dueDate`, `knownRansomwareCampaignUse`"],
    ignores: ["vendor, product, description, CWE ids"],
  },
  recognises: (record) =>
    text(record, "catalogVersion") !== undefined && Array.isArray(member(record, "vulnerabilities")),
  translate(record) {
    const facts = objects(member(record, "vulnerabilities")).flatMap(
      (entry): readonly VulnerabilityFact[] => {
        const [id] = flawIds(text(entry, "cveID"));
        if (id === undefined) return [];
        const since = text(entry, "dateAdded");
        const due = text(entry, "dueDate");
        const ransomware = text(entry, "knownRansomwareCampaignUse");
        return [
          {
            id,
            source: "kev",
            exploited: {
              ...(since === undefined ? {} : { since }),
              ...(due === undefined ? {} : { due }),
              // `Unknown` is not a no.
              ...(ransomware === "Known" ? { ransomware: true } : {}),
            },
          },
        ];
      },
    );
    return { rows: [], facts };
  },
};
