import type {
  FindingsReader,
  FindingTranslation,
  FormatDescription,
  TextFindingsReader,
  TranslatedRow,
} from "../findings-reader.js";
import { member, objects, text, type JsonObject } from "../json-value.js";
import { createdAt, isSecurity, referenceDraft, type SpdxPackage } from "./document.js";
import { tagValueRows } from "./tag-value.js";

const about: Omit<FormatDescription, "envelopes"> = {
  versions: "2.2 and 2.3; 3.0 is refused",
  reads: [
    "`externalRefs` of category SECURITY: an `advisory` that names a CVE or GHSA is a flaw of the package",
    "a CPE is an identifier: counted as not applicable; other addresses as not to be judged",
    "package URL and version, name and time of the document",
  ],
  ignores: ["packages without such a reference", "files, snippets, licences, relationships"],
};

/** SPDX in JSON. */
export const spdx: FindingsReader = {
  kind: "spdx",
  title: "SPDX document",
  form: "json",
  about: { ...about, envelopes: "one object with `spdxVersion`" },
  recognises: (record) =>
    text(record, "spdxVersion") !== undefined ||
    (text(record, "@context") ?? "").startsWith("https://spdx.org/rdf/"),
  translate,
};

/** SPDX as tag-value text. */
export const spdxTagValue: TextFindingsReader = {
  kind: "spdx",
  title: "SPDX document (tag-value)",
  form: "text",
  about: { ...about, envelopes: "text that starts with `SPDXVersion:`" },
  recognises: (head) => /^\s*(?:#[^\n]*\n\s*)*SPDXVersion:\s*SPDX-/.test(head),
  translate(source) {
    const version = /^SPDXVersion:\s*(\S+)/m.exec(source)?.[1] ?? "";
    const refused = unsupported(version);
    if (refused !== undefined) return refused;
    const rows = tagValueRows(source);
    return "reason" in rows ? rows : { rows };
  },
};

function translate(record: JsonObject): FindingTranslation {
  const refused = unsupported(text(record, "spdxVersion") ?? "SPDX-3.0");
  if (refused !== undefined) return refused;
  const document = {
    name: text(record, "name") ?? "unknown",
    created: createdAt(member(member(record, "creationInfo"), "created")),
  };
  const rows = objects(member(record, "packages")).flatMap((each, index) => {
    const version = text(each, "versionInfo");
    const found: SpdxPackage = {
      name: text(each, "name") ?? "unknown",
      ...(version === undefined ? {} : { version }),
      references: objects(member(each, "externalRefs")).map((reference) => ({
        category: text(reference, "referenceCategory") ?? "",
        type: text(reference, "referenceType") ?? "",
        locator: text(reference, "referenceLocator") ?? "",
      })),
    };
    return found.references.flatMap((reference, number): readonly TranslatedRow[] =>
      isSecurity(reference)
        ? [
            {
              pointer: `/packages/${index}/externalRefs/${number}`,
              drafts: [referenceDraft(document, found, reference)],
            },
          ]
        : [],
    );
  });
  return { rows };
}

const unsupported = (version: string): { readonly reason: string } | undefined =>
  /^SPDX-2\.[0-3]$/.test(version)
    ? undefined
    : { reason: `\`spdxVersion\` is \`${version.slice(0, 20)}\`: SPDX 2.2 and 2.3 are read` };
