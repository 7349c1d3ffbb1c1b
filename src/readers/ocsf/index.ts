import {
  isPlaceholder,
  observedTime,
  severityOf,
  severityOfOcsf,
  type DataQuality,
  type FindingDraft,
  type NamedResource,
  type OwnerHint,
} from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation } from "../findings-reader.js";
import { member, objects, strings, text, type JsonObject } from "../json-value.js";
import { ocsfCheck } from "./check.js";
import { ocsfResult } from "./result.js";
import { ocsfFlaws } from "./vulnerabilities.js";

/** Security, Vulnerability, Compliance, Detection, Data Security and Application Security Posture Finding. */
const classes = new Set([2001, 2002, 2003, 2004, 2006, 2007]);

/** Findings of any product in the Open Cybersecurity Schema Framework; Prowler's own are read before. */
export const ocsf: FindingsReader = {
  kind: "ocsf",
  title: "OCSF findings of any product",
  form: "json",
  about: {
    versions:
      "OCSF 1.0 to 1.6; Security, Vulnerability, Compliance, Detection, Data Security and Application Security Posture Finding; Security Hub (`Findings Imported V2`, `GetFindingsV2`)",
    envelopes: 'list; JSON lines; `{"Findings": […]}`; EventBridge `detail.findings`; single objects',
    reads: [
      "rule: `compliance.control`, `metadata.event_code`, `finding_info.analytic`, types or title; the product as tool",
      "`compliance.status_id`, `status_id`, `activity_id`; severity; first and last seen",
      "every resource with its owner (a hint) and tags, `cloud.account` and `cloud.region`",
      "every vulnerability with its packages or places in code, as rows of their own",
    ],
    ignores: ["remediation, evidences, related events, enrichments, observables"],
    fixture:
      "Security Hub and posture classes: written from the published schema, as no licensed sample exists",
  },
  recognises(record) {
    const uid = member(record, "class_uid");
    const named = typeof uid === "number" && classes.has(uid);
    const info = member(record, "finding_info") ?? member(record, "finding");
    return named && typeof info === "object" && typeof member(record, "metadata") === "object";
  },
  translate,
};

function translate(record: JsonObject): FindingTranslation {
  const found = ocsfCheck(record);
  if ("reason" in found) return found;
  const info = member(record, "finding_info") ?? member(record, "finding");
  const resources = resourcesOf(record);
  if (resources.length === 0)
    return { reason: "neither `resources` nor an application: the finding names no resource" };
  const [result, flags] = ocsfResult(record);
  const time = (...names: readonly string[]) =>
    names
      .flatMap((name) => [
        member(info, `${name}_dt`),
        member(info, name),
        member(record, `${name}_dt`),
        member(record, name),
      ])
      .map(observedTime)
      .find((each) => each !== undefined);
  const seen = time("last_seen_time", "modified_time", "time");
  const quality: DataQuality[] = [...flags];
  if (seen?.zoneAssumed === true) quality.push("zone-assumed");
  const byId = severityOfOcsf(member(record, "severity_id"));
  const ids = [text(info, "uid"), text(member(record, "metadata"), "uid")];
  const shared = {
    tool: found.tool,
    check: found.check,
    accountName: text(member(member(record, "cloud"), "account"), "name"),
    result,
    severity: byId === "unknown" ? severityOf(text(record, "severity")) : byId,
    title: text(info, "title") ?? text(record, "message") ?? "",
    detail: text(info, "desc") ?? text(record, "status_detail") ?? text(record, "message") ?? "",
    nativeIds: [...new Set(ids.filter((id) => id !== undefined && !isPlaceholder(id)))] as string[],
    observedAt: seen?.at,
    firstSeenAt: time("first_seen_time", "created_time")?.at,
    quality,
  };
  const flaws = ocsfFlaws(record);
  const drafts = resources.flatMap(({ resource, tags, owners }): FindingDraft[] => {
    const of = { ...shared, provider: resource.provider, resource, tags, ownerHints: owners };
    if (flaws.length === 0)
      return [
        {
          ...of,
          quality: found.guessed && found.check.kind === "rule" ? [...quality, "unknown-check"] : quality,
        },
      ];
    return flaws.map((flaw) => ({
      ...of,
      check: { kind: "vulnerability", id: flaw.id },
      title: flaw.title,
      severity: flaw.severity === undefined ? shared.severity : severityOf(flaw.severity),
      instance: flaw.instance,
      vulnerability: flaw.detail,
    }));
  });
  return { drafts };
}

interface Concerned {
  readonly resource: NamedResource;
  readonly tags: Readonly<Record<string, string>>;
  readonly owners: readonly OwnerHint[];
}

function resourcesOf(record: JsonObject): readonly Concerned[] {
  const cloud = member(record, "cloud");
  const account = text(member(cloud, "account"), "uid");
  const provider = text(cloud, "provider")?.toLowerCase();
  const listed = objects(member(record, "resources") ?? member(record, "resource"));
  const concerned = listed.flatMap((resource): Concerned[] => {
    const rawId = text(resource, "uid") ?? text(resource, "name");
    if (rawId === undefined) return [];
    const of = rawId.startsWith("arn:") ? "aws" : provider;
    return [
      {
        resource: {
          provider: of ?? "other",
          rawId,
          rawType: text(resource, "type"),
          name: text(resource, "name"),
          rawAccount: text(member(resource, "account"), "uid") ?? account,
          region: text(resource, "region") ?? text(cloud, "region"),
          partition: text(resource, "cloud_partition"),
          namespace: text(resource, "namespace"),
        },
        tags: tagsOf(resource),
        owners: ownersOf(resource),
      },
    ];
  });
  if (concerned.length > 0) return concerned;
  // Posture of an application: the application is what is concerned.
  const application = member(record, "application");
  const rawId = text(application, "uid") ?? text(application, "name");
  if (rawId === undefined) return [];
  const name = text(application, "name");
  return [
    {
      resource: {
        provider: "application",
        rawId,
        rawType: "application",
        name: name ?? rawId,
        rawAccount: account,
      },
      tags: {},
      owners: ownersOf(application),
    },
  ];
}

/** `tags: [{name, value}]` since 1.2; `labels: ["key:value"]` before. */
function tagsOf(resource: JsonObject): Readonly<Record<string, string>> {
  const labels = strings(member(resource, "labels")).flatMap((label): [string, string][] => {
    const cut = label.search(/[:=]/);
    return cut > 0 ? [[label.slice(0, cut), label.slice(cut + 1)]] : [];
  });
  const tags = objects(member(resource, "tags")).flatMap((tag): [string, string][] => {
    const name = text(tag, "name") ?? text(tag, "key");
    const value = text(tag, "value") ?? strings(member(tag, "values"))[0];
    return name === undefined ? [] : [[name, value ?? ""]];
  });
  return Object.fromEntries([...labels, ...tags]);
}

function ownersOf(thing: unknown): readonly OwnerHint[] {
  const owner = member(thing, "owner");
  const who = text(owner, "email_addr") ?? text(owner, "name") ?? text(owner, "uid");
  return who === undefined ? [] : [{ kind: "contact", who, about: "owner of the resource" }];
}
