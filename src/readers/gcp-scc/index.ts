import { severityOf, type FindingDraft } from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation } from "../findings-reader.js";
import { isObject, member, objects, text, type JsonObject } from "../json-value.js";
import { sccCheck } from "./categories.js";
import { sccFinding } from "./finding.js";

/** Findings of Security Command Center, in every envelope that its API, notifications and exports use. */
export const gcpScc: FindingsReader = {
  kind: "gcp-scc",
  title: "Google Security Command Center",
  form: "json",
  about: {
    versions: "API v1 and v2; log entries of Event Threat Detection",
    envelopes:
      '`{"finding": …, "resource": …}` (notification, `gcloud`); `{"listFindingsResults": […]}` (API); a message of Pub/Sub with base64 `data`; bare findings; list, JSON lines',
    reads: [
      "`category`, `findingClass`, resource (`resourceName`, else `finding.resource`, else `resource`), project",
      "`state`, `mute`, `severity` (in old files `sourceProperties.SeverityLevel`), `eventTime`, `createTime`, CVE",
      "`contacts`, as hints on owners",
    ],
    ignores: [
      "`state: INACTIVE` as a fix: it also means that the resource is gone; the finding is then unknown, not fixed",
      "`nextSteps`, `compliances`, `attackExposure`, `iamBindings`",
    ],
    fixture: "v2 names with locations: written from the API reference, as no licensed sample exists",
  },
  asserts: "nothing",
  recognises: (record) =>
    isFinding(record) ||
    isFinding(member(record, "finding")) ||
    Array.isArray(member(record, "listFindingsResults")) ||
    pubSub(record) !== undefined ||
    isDetectionLog(record),
  translate,
};

function translate(record: JsonObject): FindingTranslation {
  const inner = member(record, "finding");
  if (isObject(inner)) return sccFinding(inner, member(record, "resource"));
  if (Array.isArray(member(record, "listFindingsResults"))) {
    const rows = objects(member(record, "listFindingsResults")).map((each, index) => ({
      pointer: `/listFindingsResults/${index}`,
      ...single(translate(each)),
    }));
    return { rows, ...(text(record, "nextPageToken") === undefined ? {} : { more: "nextPageToken" }) };
  }
  const message = pubSub(record);
  if (message !== undefined) return translate(message);
  return isDetectionLog(record) ? detection(record) : sccFinding(record, undefined);
}

const single = (translation: FindingTranslation) =>
  "rows" in translation ? { reason: "a list inside a list of findings" } : translation;

function isFinding(value: unknown): boolean {
  return (
    text(value, "category") !== undefined &&
    (/\/findings\//.test(text(value, "name") ?? "") ||
      (text(value, "resourceName") ?? "").startsWith("//") ||
      member(value, "sourceProperties") !== undefined)
  );
}

/** `{"message": {"data": base64}}`, or the message itself, with a notification inside. Anything else is not ours. */
function pubSub(record: JsonObject): JsonObject | undefined {
  const data = text(member(record, "message"), "data") ?? text(record, "data");
  // `eyJ` is how base64 of a JSON object starts.
  if (data === undefined || !/^(eyJ|ewo)/.test(data) || data.length > 4_000_000) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(data, "base64").toString("utf8"));
    return isObject(value) && isFinding(member(value, "finding")) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isDetectionLog = (record: JsonObject): boolean =>
  (text(record, "logName") ?? "").includes("threatdetection.googleapis.com") &&
  text(member(member(record, "jsonPayload"), "detectionCategory"), "ruleName") !== undefined;

/** Event Threat Detection as a log entry: rule and instance, without state. */
function detection(record: JsonObject): FindingTranslation {
  const payload = member(record, "jsonPayload");
  const properties = member(payload, "properties");
  const rule = text(member(payload, "detectionCategory"), "ruleName") ?? "";
  const project =
    text(member(properties, "network"), "project") ??
    text(properties, "project_id") ??
    /^projects\/([^/]+)/.exec(text(record, "logName") ?? "")?.[1];
  const instance = text(properties, "instanceDetails");
  const draft: FindingDraft = {
    tool: "gcp-scc",
    provider: "gcp",
    check: sccCheck(rule, "THREAT").check,
    resource: {
      provider: "gcp",
      rawId:
        instance === undefined
          ? `//cloudresourcemanager.googleapis.com/projects/${project ?? ""}`
          : `//compute.googleapis.com${instance}`,
      rawType: instance === undefined ? "resourcemanager.Project" : "compute.Instance",
      rawAccount: project,
    },
    result: "fail",
    severity: severityOf(text(payload, "detectionPriority") ?? text(record, "severity")),
    title: rule.replaceAll("_", " "),
    detail: "",
    nativeIds: [text(record, "insertId")].filter((id) => id !== undefined),
    tags: {},
    quality: [],
  };
  return { drafts: [draft] };
}
