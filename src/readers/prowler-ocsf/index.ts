import {
  isPlaceholder,
  observedTime,
  severityOf,
  severityOfOcsf,
  type DataQuality,
  type FindingDraft,
  type FindingResult,
} from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation } from "../findings-reader.js";
import { member, objects, text, type JsonObject } from "../json-value.js";
import { prowlerTags } from "./labels.js";

/** OCSF class Detection Finding: the same number in OCSF 1.2 (Prowler 4) and 1.4 (Prowler 5). */
const detectionFinding = 2004;

/** Prowler's `json-ocsf` output, versions 4 and 5. */
export const prowlerOcsf: FindingsReader = {
  kind: "prowler-ocsf",
  title: "Prowler findings (OCSF)",
  form: "json",
  about: {
    versions: "Prowler 4 (OCSF 1.2) and 5 (OCSF 1.4), all providers",
    envelopes: "list, as Prowler writes it; JSON lines; single objects",
    reads: [
      "check (`metadata.event_code`), resource, account, Region, tags (`labels`, `data.metadata.tags`)",
      "result (`status_code`), mute (`status`), severity, time, sentence (`status_detail`)",
      "PASS rows: the proof of a fix, and what the file vouches for",
    ],
    ignores: [
      "`finding_info.uid` as identity: it is built from resource names and repeats; it is kept as an alias",
      "`remediation`: what brings a state back is derived from the check",
    ],
  },
  recognises(record) {
    const product = member(member(record, "metadata"), "product");
    const name = text(product, "name") ?? text(product, "vendor_name") ?? "";
    return name.toLowerCase() === "prowler" && typeof member(record, "finding_info") === "object";
  },
  translate,
};

function translate(record: JsonObject): FindingTranslation {
  const check = text(member(record, "metadata"), "event_code");
  if (check === undefined) return { reason: "`metadata.event_code` is missing: the finding names no check" };
  const classUid = member(record, "class_uid");
  if (classUid !== undefined && classUid !== detectionFinding) {
    return {
      reason: `\`class_uid\` is ${JSON.stringify(classUid).slice(0, 40)}, not ${detectionFinding} (Detection Finding)`,
    };
  }
  const resources = objects(member(record, "resources"));
  if (resources.length === 0) return { reason: "`resources` is empty: the finding names no resource" };
  const shared = sharedOf(record, check);
  const account =
    text(member(member(record, "cloud"), "account"), "uid") ??
    text(member(record, "unmapped"), "provider_uid");
  return { drafts: resources.map((resource) => draftOf(record, resource, shared, account)) };
}

/** What the drafts of one record have in common. */
type Shared = Pick<
  FindingDraft,
  | "tool"
  | "provider"
  | "check"
  | "accountName"
  | "result"
  | "severity"
  | "title"
  | "detail"
  | "nativeIds"
  | "observedAt"
  | "quality"
>;

function sharedOf(record: JsonObject, check: string): Shared {
  const info = member(record, "finding_info");
  const uid = text(info, "uid");
  const quality: DataQuality[] = [];
  const [result, flags] = resultOf(record);
  quality.push(...flags);
  // Shipped samples repeat `<finding_uid>` (pitfall 1): an alias that says nothing is dropped.
  if (uid !== undefined && isPlaceholder(uid)) quality.push("placeholder-native-id");
  const time =
    observedTime(member(record, "time_dt")) ??
    observedTime(member(record, "event_time")) ??
    observedTime(member(record, "time")) ??
    observedTime(member(info, "created_time_dt")) ??
    observedTime(member(info, "created_time"));
  if (time?.zoneAssumed === true) quality.push("zone-assumed");
  const byId = severityOfOcsf(member(record, "severity_id"));
  const accountName = text(member(member(record, "cloud"), "account"), "name");
  return {
    tool: "prowler",
    provider: providerOf(record, uid),
    check: { kind: "prowler", id: check },
    accountName: accountName === undefined || isPlaceholder(accountName) ? undefined : accountName,
    result,
    severity: byId === "unknown" ? severityOf(text(record, "severity")) : byId,
    title: text(info, "title") ?? check,
    detail: text(record, "status_detail") ?? text(record, "message") ?? "",
    nativeIds: uid === undefined || isPlaceholder(uid) ? [] : [uid],
    observedAt: time?.at,
    quality,
  };
}

function draftOf(
  record: JsonObject,
  resource: JsonObject,
  shared: Shared,
  account: string | undefined,
): FindingDraft {
  const name = text(resource, "name");
  // Member by member: an object spread into one with more members gets a shape of its own from V8, which outlives it.
  return {
    tool: shared.tool,
    provider: shared.provider,
    check: shared.check,
    accountName: shared.accountName,
    result: shared.result,
    severity: shared.severity,
    title: shared.title,
    detail: shared.detail,
    nativeIds: shared.nativeIds,
    observedAt: shared.observedAt,
    quality: shared.quality,
    resource: {
      provider: shared.provider,
      rawId: text(resource, "uid") ?? name ?? "",
      rawType: text(resource, "type"),
      name,
      rawAccount: account,
      region: text(resource, "region") ?? text(member(record, "cloud"), "region"),
      partition: text(resource, "cloud_partition"),
      namespace: text(resource, "namespace"),
    },
    tags: prowlerTags(resource),
  };
}

/** Check ids are not unique over providers (`kms_key_not_publicly_accessible`); Kubernetes has no `cloud`. */
function providerOf(record: JsonObject, uid: string | undefined): string {
  const stated = text(member(record, "cloud"), "provider") ?? text(member(record, "unmapped"), "provider");
  if (stated !== undefined) return stated.toLowerCase();
  const inUid = /^prowler-([a-z0-9]+)-/.exec(uid ?? "")?.[1];
  if (inUid !== undefined) return inUid;
  const resource = objects(member(record, "resources"))[0];
  const type = text(resource, "type") ?? "";
  return text(resource, "namespace") !== undefined || /^(Kubernetes|Pod)/.test(type)
    ? "kubernetes"
    : "unknown";
}

/** `status_code` is the result, `status` the mute flag; `MUTED` as a result ended with version 4. */
function resultOf(record: JsonObject): readonly [FindingResult, readonly DataQuality[]] {
  const code = text(record, "status_code")?.toUpperCase();
  // Version 4 wrote `status_id` 3 beside `New`: the word is what it means.
  const word = text(record, "status");
  const suppressed =
    word === undefined ? member(record, "status_id") === 3 : word.toLowerCase() === "suppressed";
  switch (code) {
    case "PASS":
      return ["pass", []];
    case "FAIL":
      // A mute has neither owner nor expiry: kept apart, never taken for a fix (pitfall 4).
      return [suppressed ? "muted" : "fail", []];
    case "MUTED":
      return ["muted", []];
    case "MANUAL":
    case "INFO":
      return ["manual", []];
    default:
      return ["manual", ["unknown-status"]];
  }
}
