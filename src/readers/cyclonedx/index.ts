import type { FindingsReader, FormatDescription, TextFindingsReader } from "../findings-reader.js";
import { text } from "../json-value.js";
import { translateBom } from "./bom.js";
import { bomOfXml } from "./from-xml.js";
import { parseXml } from "./xml.js";

const about: Omit<FormatDescription, "versions" | "envelopes"> = {
  reads: [
    "`vulnerabilities`: one row for each flaw, split by `affects`; ids and references, ratings, affected and unaffected versions, recommendation",
    "components, nested ones too, with package URLs; the component of `metadata` as the resource",
    "`analysis`: `not_affected` and `false_positive` are muted with their reason, and mute what scanners see of the same product; `resolved` passes; `in_triage` stays open in a bill of components",
  ],
  ignores: [
    "components without a flaw",
    "services, compositions, licences, CWE ids",
    "BOM-Links to documents that are not there: kept as names",
  ],
};

/** CycloneDX with flaws or exploitability statements, in JSON. */
export const cycloneDx: FindingsReader = {
  kind: "cyclonedx",
  title: "CycloneDX document",
  form: "json",
  about: { ...about, versions: "1.2 to 1.6", envelopes: "one object with `bomFormat`" },
  recognises: (record) => text(record, "bomFormat") === "CycloneDX",
  translate: translateBom,
};

/** The same in XML. */
export const cycloneDxXml: TextFindingsReader = {
  kind: "cyclonedx",
  title: "CycloneDX document (XML)",
  form: "text",
  about: {
    ...about,
    versions: "1.2 to 1.6, with the extension for flaws of 1.2 and 1.3",
    envelopes: "one XML document `bom`; document types are refused",
  },
  recognises: (head) => /<(?:\w+:)?bom\b[^>]*cyclonedx\.org\/schema\/bom\//.test(head),
  translate(source) {
    const root = parseXml(source);
    if ("reason" in root) return root;
    const translated = translateBom(bomOfXml(root));
    // JSON Pointers of the translated document lead nowhere in the XML.
    return "rows" in translated
      ? { ...translated, rows: translated.rows.map((row) => ({ ...row, pointer: "" })) }
      : translated;
  },
};
