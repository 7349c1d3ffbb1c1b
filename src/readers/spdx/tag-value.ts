import type { TranslatedRow } from "../findings-reader.js";
import { createdAt, isSecurity, referenceDraft, type SpdxPackage, type SpdxReference } from "./document.js";

const longest = 1_000_000;

/**
 * The tag-value form of SPDX 2.x: `Tag: value`, longer texts between `<text>` and `</text>`. A package begins with
 * `PackageName`.
 */
export function tagValueRows(source: string): readonly TranslatedRow[] | { readonly reason: string } {
  const lines = source.replaceAll(/<text>[\s\S]*?<\/text>/g, "").split(/\r?\n/);
  if (lines.length > longest) return { reason: `more than ${longest} lines` };
  let document = { name: "unknown", created: createdAt(undefined) };
  const packages: { name: string; version?: string; references: SpdxReference[] }[] = [];
  for (const line of lines) {
    const [, tag = "", value = ""] = /^([A-Za-z]+):\s*(.*?)\s*$/.exec(line) ?? [];
    const current = packages.at(-1);
    if (tag === "DocumentName") document = { ...document, name: value };
    else if (tag === "Created") document = { ...document, created: createdAt(value) };
    else if (tag === "PackageName") packages.push({ name: value, references: [] });
    else if (tag === "PackageVersion" && current !== undefined) current.version = value;
    else if (tag === "ExternalRef" && current !== undefined) {
      const [category = "", type = "", ...locator] = value.split(/\s+/);
      current.references.push({ category, type, locator: locator.join(" ") });
    }
  }
  return packages.flatMap((found: SpdxPackage) =>
    found.references.filter(isSecurity).map((reference): TranslatedRow => ({
      pointer: "",
      drafts: [referenceDraft(document, found, reference)],
    })),
  );
}
