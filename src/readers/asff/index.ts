import {
  isPlaceholder,
  observedTime,
  type CheckName,
  type DataQuality,
  type FindingDraft,
  type NamedResource,
} from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation } from "../findings-reader.js";
import { ecrImage } from "../flaws/index.js";
import { isObject, member, objects, text, type JsonObject } from "../json-value.js";
import { asffResult } from "./result.js";
import { asffSeverity } from "./severity.js";
import { asffSource } from "./source.js";
import { asffVulnerability } from "./vulnerability.js";

/**
 * The AWS Security Finding Format, as Security Hub exports it and as Prowler, Trivy and others write it. Envelopes
 * (list, `Findings`, `findings`, EventBridge `detail`, JSON lines) are the stream's business.
 */
export const asff: FindingsReader = {
  kind: "asff",
  title: "AWS Security Finding Format",
  form: "json",
  about: {
    versions:
      "2018-10-08: Security Hub CSPM, GuardDuty, Inspector, IAM Access Analyzer, Prowler `json-asff`, Trivy",
    envelopes: 'list; `{"Findings": […]}` (API); `{"findings": […]}` (EventBridge `detail`); JSON lines',
    reads: [
      "control or rule (`Compliance.SecurityControlId`, `GeneratorId`), product, every resource with its tags",
      "`Compliance.Status`, `Workflow.Status`, `RecordState` and `VerificationState`, as four different things",
      "severity, first and last observation, CVE and package of vulnerabilities",
    ],
    ignores: [
      "`Id` as identity: it is unique only together with `ProductArn`, and not even that in real files; kept as an alias",
      "`Remediation`, `ProductFields` other than the product's name and control",
    ],
  },
  recognises(record) {
    if (member(record, "Resources") === undefined || member(record, "Id") === undefined) return false;
    return ["ProductArn", "GeneratorId", "SchemaVersion", "AwsAccountId"].some(
      (key) => member(record, key) !== undefined,
    );
  },
  translate,
};

function translate(record: JsonObject): FindingTranslation {
  const source = asffSource(record);
  if ("reason" in source) return source;
  const resources = objects(member(record, "Resources"));
  if (resources.length === 0) return { reason: "`Resources` is empty: the finding names no resource" };
  const [result, flags] = asffResult(record);
  const quality: DataQuality[] = [...flags];
  const updated = observedTime(member(record, "LastObservedAt")) ?? observedTime(member(record, "UpdatedAt"));
  const seen = updated ?? observedTime(member(record, "CreatedAt"));
  const first = observedTime(member(record, "FirstObservedAt"));
  if (seen?.zoneAssumed === true) quality.push("zone-assumed");
  const id = text(record, "Id");
  // `Id` is unique only together with `ProductArn`, and not even that in real files (findings.md 0, fact 1).
  const nativeIds = id === undefined || isPlaceholder(id) ? [] : [id];
  const accountName = text(record, "AwsAccountName");
  const stated = source.check;
  const vulnerability = stated.kind === "vulnerability" ? asffVulnerability(record, stated.id) : undefined;
  const check: CheckName =
    stated.kind === "vulnerability" ? { ...stated, id: vulnerability?.ids[0] ?? stated.id } : stated;
  const shared = {
    // Set for each resource. Here already, as an object spread into one with more members gets a shape of its own
    // from V8, which outlives it.
    resource: { provider: "aws", rawId: "" },
    tags: {},
    tool: source.tool,
    provider: "aws",
    check,
    vulnerability,
    accountName,
    result,
    severity: asffSeverity(record),
    title: text(record, "Title") ?? "",
    detail: text(record, "Description") ?? "",
    nativeIds,
    observedAt: seen?.at,
    firstSeenAt: first?.at,
    instance: source.instance,
    quality,
  };
  // One finding, several resources: a row for each (pitfall 8).
  return {
    drafts: resources.map((resource): FindingDraft => {
      const build = ecrImage(text(resource, "Id") ?? "");
      const named = resourceOf(record, resource);
      const tags = tagsOf(resource);
      // One image of ECR: its repository is what stays over builds, and the digest tells the builds apart.
      return build === undefined
        ? { ...shared, resource: named, tags }
        : {
            ...shared,
            resource: { ...named, rawId: build.repository },
            tags,
            instance: `${shared.instance ?? ""}@${build.digest}`,
          };
    }),
  };
}

function resourceOf(record: JsonObject, resource: JsonObject): NamedResource {
  const named: NamedResource = {
    provider: "aws",
    rawId: text(resource, "Id") ?? "",
    rawType: text(resource, "Type"),
    rawAccount: text(record, "AwsAccountId"),
    region: text(resource, "Region") ?? text(record, "Region"),
    partition: text(resource, "Partition"),
  };
  return keyHolder(resource, named) ?? named;
}

function tagsOf(resource: JsonObject): FindingDraft["tags"] {
  const tags = member(resource, "Tags");
  if (!isObject(tags)) return {};
  return Object.fromEntries(
    Object.entries(tags).filter((tag): tag is [string, string] => typeof tag[1] === "string"),
  );
}

/** An access key is judged on the identity that holds it; GuardDuty gives its name, not its ARN. */
function keyHolder(resource: JsonObject, named: NamedResource): NamedResource | undefined {
  if (named.rawType !== "AwsIamAccessKey") return undefined;
  const key = member(member(resource, "Details"), "AwsIamAccessKey");
  const user = text(key, "PrincipalName") ?? text(key, "UserName");
  const type = text(key, "PrincipalType") ?? "";
  if (user === undefined || named.rawAccount === undefined) return undefined;
  if (type === "Root")
    return {
      ...named,
      rawId: `arn:${named.partition ?? "aws"}:iam::${named.rawAccount}:root`,
      rawType: "AwsAccount",
    };
  const rawType = type === "AssumedRole" || type === "Role" ? "AwsIamRole" : "AwsIamUser";
  return { ...named, rawId: user, rawType };
}
