import {
  observedTime,
  registered,
  severityOf,
  toolRule,
  type FindingDraft,
  type FindingResult,
  type Muting,
  type NamedResource,
} from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation } from "../findings-reader.js";
import { ecrImage, flawDraft, flawIds, scoreOf } from "../flaws/index.js";
import { isObject, member, objects, strings, text, type JsonObject } from "../json-value.js";

/** Amazon Inspector's own findings (`aws inspector2 list-findings`); through Security Hub they come as ASFF. */
export const awsInspector: FindingsReader = {
  kind: "aws-inspector2",
  title: "Amazon Inspector findings",
  form: "json",
  about: {
    versions: "Inspector 2",
    envelopes: '`{"findings": […]}`; list; EventBridge `detail`',
    reads: [
      "flaws of packages, of code, and network reachability; one row for each resource",
      "ids, packages, mending versions, score, EPSS, severity, first and last seen, tags of the resource",
      "`SUPPRESSED` as muted; `CLOSED` as no longer refreshed, for a resource that is gone is closed too",
    ],
    ignores: [
      "`exploitAvailable`: that an exploit exists is not that it was used",
      "network paths, code snippets",
    ],
  },
  recognises: (record) => /^arn:[\w-]+:inspector2:/.test(text(record, "findingArn") ?? ""),
  translate,
};

type Shared = Pick<FindingDraft, "result" | "nativeIds" | "firstSeenAt" | "muting">;

function translate(record: JsonObject): FindingTranslation {
  const resources = objects(member(record, "resources"));
  if (resources.length === 0) return { reason: "`resources` is empty: the finding names no resource" };
  const status = text(record, "status") ?? "ACTIVE";
  const result: FindingResult | undefined = (
    { ACTIVE: "fail", SUPPRESSED: "muted", CLOSED: "stale" } as Readonly<Record<string, FindingResult>>
  )[status];
  const muting: Muting | undefined =
    result === "muted" ? { source: "tool", reason: "suppressed by a filter of Inspector" } : undefined;
  const shared: Shared = {
    result: result ?? "manual",
    nativeIds: [text(record, "findingArn") ?? ""],
    firstSeenAt: observedTime(member(record, "firstObservedAt"))?.at,
    muting,
  };
  const drafts = resources.flatMap((resource) => draftOf(record, resource, shared) ?? []);
  return drafts.length < resources.length
    ? { reason: "`packageVulnerabilityDetails.vulnerabilityId` is missing: the flaw has no name" }
    : { drafts };
}

function draftOf(record: JsonObject, resource: JsonObject, shared: Shared): FindingDraft | undefined {
  const id = text(resource, "id") ?? "";
  // One image of ECR: the repository is what stays over builds, and the digest tells the builds apart.
  const build = ecrImage(id);
  const named: NamedResource = {
    provider: "aws",
    rawId: build?.repository ?? id,
    rawType: text(resource, "type"),
    rawAccount: text(record, "awsAccountId"),
    region: text(resource, "region"),
    partition: text(resource, "partition"),
  };
  const tags = member(resource, "tags");
  const observed =
    observedTime(member(record, "lastObservedAt")) ?? observedTime(member(record, "updatedAt"));
  const own = isObject(tags)
    ? Object.fromEntries(
        Object.entries(tags).filter((tag): tag is [string, string] => typeof tag[1] === "string"),
      )
    : {};
  const severity = severityOf(text(record, "severity"));
  const title = text(record, "title") ?? "";
  const plain = {
    ...shared,
    tool: "inspector",
    provider: "aws",
    resource: named,
    severity,
    title,
    detail: text(record, "description") ?? "",
    tags: own,
    observedAt: observed?.at,
    quality: [],
  };
  const type = text(record, "type");
  if (type === "NETWORK_REACHABILITY") {
    return {
      ...plain,
      check: {
        kind: "rule",
        id: "network-reachability",
        weakness: registered("ec2.open-ingress"),
        subLocator: ports(member(record, "networkReachabilityDetails")),
      },
    };
  }
  if (type === "CODE_VULNERABILITY") {
    const details = member(record, "codeVulnerabilityDetails");
    const file = member(details, "filePath");
    const id = text(details, "detectorId") ?? title;
    const line = member(file, "startLine");
    const place = `${text(file, "filePath") ?? ""}${typeof line === "number" ? `:${line}` : ""}`;
    return {
      ...plain,
      check: toolRule("inspector", {
        id,
        title: text(details, "detectorName") ?? id,
        class: "vulnerability",
        subLocator: place,
      }),
      detail: `${text(details, "detectorName") ?? title} at ${place}`,
    };
  }
  const details = member(record, "packageVulnerabilityDetails");
  const flaw = text(details, "vulnerabilityId");
  if (flaw === undefined) return undefined;
  const packages = objects(member(details, "vulnerablePackages"));
  const names = [...new Set(packages.flatMap((each) => text(each, "name") ?? []))].sort();
  const fixed = packages.flatMap((each) => text(each, "fixedInVersion") ?? []);
  const epss = member(member(record, "epss"), "score");
  const image = member(member(resource, "details"), "awsEcrContainerImage");
  const digest = text(image, "imageHash");
  const draft = flawDraft({
    ...plain,
    ids: flawIds(flaw, strings(member(details, "relatedVulnerabilities"))),
    // Joined as in the finding that Security Hub carries, so that both are one.
    package: names.join(",").slice(0, 500) || undefined,
    installed: packages.length === 1 ? text(packages[0], "version") : undefined,
    fixed: [...new Set(fixed)].filter((version) => version !== "NotAvailable"),
    cvss: scoreOf(member(record, "inspectorScore")),
    ...(typeof epss === "number" && epss >= 0 && epss <= 1 ? { epss: { score: epss } } : {}),
    ...(image === undefined
      ? {}
      : {
          artifact: {
            name: `${text(image, "repositoryName") ?? ""}:${strings(member(image, "imageTags")).join(",")}`,
            digests: digest === undefined ? [] : [digest],
          },
        }),
    observed,
  });
  return build === undefined ? draft : { ...draft, instance: `${draft.instance ?? ""}@${build.digest}` };
}

function ports(details: unknown): string {
  const range = member(details, "openPortRange");
  const begin = member(range, "begin");
  const end = member(range, "end");
  if (typeof begin !== "number" || typeof end !== "number") return "";
  if (begin === 0 && end === 65535) return "all";
  const protocol = text(details, "protocol") === "UDP" ? "udp" : "tcp";
  return `${protocol}/${begin === end ? begin : `${begin}-${end}`}`;
}
