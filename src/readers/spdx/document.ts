import { observedTime, toolRule, type FindingDraft, type ObservedTime } from "../../core/findings/index.js";
import { flawDraft, flawIdIn, flawIds, own } from "../flaws/index.js";

export interface SpdxReference {
  readonly category: string;
  readonly type: string;
  readonly locator: string;
}

export interface SpdxPackage {
  readonly name: string;
  readonly version?: string;
  readonly references: readonly SpdxReference[];
}

export interface SpdxDocument {
  readonly name: string;
  readonly created: ObservedTime | undefined;
}

/** Kinds of references of category SECURITY that say something about a flaw (SPDX 2.3, F.2). */
const aboutFlaws = new Set(["advisory", "fix", "url", "swid"]);

export const isSecurity = (reference: SpdxReference): boolean => /^SECURITY$/i.test(reference.category);

/**
 * A reference of category SECURITY. An advisory is a flaw that the document names for the package; a CPE only names the
 * package for scanners and is no finding. What mends it (`fix`) and other addresses say nothing for certain.
 */
export function referenceDraft(
  document: SpdxDocument,
  found: SpdxPackage,
  reference: SpdxReference,
): FindingDraft {
  const purl = found.references.find((each) => each.type === "purl")?.locator;
  const resource = own("application", document.name, document.name);
  const flaw = flawIdIn(reference.locator);
  if (reference.type === "advisory" && flaw !== undefined)
    return flawDraft({
      tool: "spdx",
      ids: flawIds(flaw),
      resource,
      package: found.name,
      purl,
      installed: found.version,
      severity: "unknown",
      detail: reference.locator,
      observed: document.created,
    });
  const unclear = aboutFlaws.has(reference.type);
  return {
    tool: "spdx",
    provider: resource.provider,
    check: toolRule("spdx", {
      id: `reference ${reference.type}`,
      title: unclear ? "security reference" : "package identifier",
      class: "vulnerability",
      subLocator: found.name,
    }),
    resource,
    result: unclear ? "manual" : "not-applicable",
    severity: "unknown",
    title: `${reference.type} of ${found.name}`,
    detail: reference.locator,
    nativeIds: [],
    tags: {},
    observedAt: document.created?.at,
    instance: reference.locator,
    quality: [],
  };
}

export const createdAt = (text: unknown): ObservedTime | undefined => observedTime(text);
