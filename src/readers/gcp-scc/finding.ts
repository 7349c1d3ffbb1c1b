import {
  observedTime,
  severityOf,
  type DataQuality,
  type FindingDraft,
  type FindingResult,
  type OwnerHint,
} from "../../core/findings/index.js";
import type { FindingTranslation } from "../findings-reader.js";
import { isObject, member, objects, text, type JsonObject } from "../json-value.js";
import { sccCheck } from "./categories.js";

/** One finding, with the description of its resource that the API and notifications put beside it. */
export function sccFinding(finding: JsonObject, beside: unknown): FindingTranslation {
  const category = text(finding, "category");
  if (category === undefined) return { reason: "`category` is missing: the finding names no rule" };
  const described = [beside, member(finding, "resource")].filter(isObject);
  const properties = member(finding, "sourceProperties");
  // 8 of 22 real samples carry the name only in the description of the resource.
  const resource =
    text(finding, "resourceName") ??
    described.map((each) => text(each, "name")).find((name) => name !== undefined);
  if (resource === undefined) return { reason: "neither `resourceName` nor `resource.name` is there" };
  const of = (camel: string, snake: string): string | undefined =>
    described.map((each) => text(each, camel) ?? text(each, snake)).find((found) => found !== undefined);
  const { check, known } = sccCheck(category, text(finding, "findingClass"));
  const cve = text(member(member(finding, "vulnerability"), "cve"), "id");
  const quality: DataQuality[] = known || cve !== undefined ? [] : ["unknown-check"];
  const [result, flags] = resultOf(finding);
  quality.push(...flags);
  const draft: FindingDraft = {
    tool: "gcp-scc",
    provider: "gcp",
    check: cve === undefined ? check : { kind: "vulnerability", id: cve },
    resource: {
      provider: "gcp",
      rawId: resource,
      rawType: of("type", "type")?.replace(/^google\.(cloud\.)?/, ""),
      name: of("displayName", "display_name") ?? text(finding, "assetDisplayName"),
      // The display name of a project is its id; its name ends in its number.
      rawAccount:
        of("projectDisplayName", "project_display_name") ??
        text(properties, "ProjectId") ??
        text(member(properties, "properties"), "project_id") ??
        projectIn(of("projectName", "project_name")) ??
        projectIn(text(finding, "canonicalName")),
      region: /\/locations\/([a-z0-9-]+)\/findings\//.exec(text(finding, "name") ?? "")?.[1],
    },
    result,
    severity: severityOf(
      text(finding, "severity") ?? text(properties, "SeverityLevel") ?? text(properties, "detectionPriority"),
    ),
    title: category,
    detail: text(finding, "description") ?? text(properties, "Explanation") ?? "",
    // Two names of one finding: of the organisation and of the project.
    nativeIds: [text(finding, "name"), text(finding, "canonicalName")].filter((id) => id !== undefined),
    tags: {},
    // The time of the last change of state, not of the last scan.
    observedAt: observedTime(member(finding, "eventTime"))?.at,
    firstSeenAt: observedTime(member(finding, "createTime"))?.at,
    quality,
    ownerHints: contacts(finding),
  };
  return { drafts: [draft] };
}

/**
 * INACTIVE says that the detector no longer reports it: mended, or the resource is gone, or somebody said so. That is
 * no proof of a fix. MUTED is a decision made in Security Command Center.
 */
function resultOf(finding: JsonObject): readonly [FindingResult, readonly DataQuality[]] {
  const state = text(finding, "state");
  if (state === "INACTIVE") return ["stale", []];
  if (text(finding, "mute") === "MUTED") return ["muted", []];
  return state === "ACTIVE" ? ["fail", []] : ["fail", ["unknown-status"]];
}

/** Essential contacts, by what they are contacted for: `{"SECURITY": {"contacts": [{"email": …}]}}`. */
function contacts(finding: JsonObject): readonly OwnerHint[] {
  const groups = member(finding, "contacts");
  if (!isObject(groups)) return [];
  return Object.entries(groups)
    .flatMap(([about, group]) =>
      objects(member(group, "contacts")).flatMap((each): OwnerHint[] => {
        const who = text(each, "email");
        return who === undefined ? [] : [{ kind: "contact", who, about: about.toLowerCase() }];
      }),
    )
    .sort((a, b) => (a.who < b.who ? -1 : a.who > b.who ? 1 : 0));
}

const projectIn = (name: string | undefined): string | undefined => /projects\/([^/]+)/.exec(name ?? "")?.[1];
