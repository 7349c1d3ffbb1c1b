import {
  observedTime,
  type FindingResult,
  type Muting,
  type NamedResource,
  type Severity,
} from "../../core/findings/index.js";
import { codeDraft } from "../code-checks/index.js";
import type { FindingsReader, FindingTranslation, TranslatedRow } from "../findings-reader.js";
import { clusterObject } from "../flaws/index.js";
import { member, objects, text, type JsonObject } from "../json-value.js";

/** Kubescape's JSON, version 2 of its format: controls by resource. */
export const kubescape: FindingsReader = {
  kind: "kubescape",
  title: "Kubescape report (JSON)",
  form: "json",
  // It may have looked at one namespace, workload or folder only, and does not say so.
  asserts: "nothing",
  about: {
    versions: "2.x and 3.x (`--format-version v2`)",
    envelopes: "one object with `results` and `summaryDetails`",
    reads: [
      "controls of each resource: failed, passed, skipped (by hand); excepted ones are muted",
      "kind, name and namespace of the object, name of the cluster, severity from the score of the control",
    ],
    ignores: [
      "paths to mend, attack tracks, scores of compliance",
      "controls that concern nothing in the cluster",
    ],
  },
  recognises: (record) =>
    Object.hasOwn(record, "summaryDetails") &&
    (Object.hasOwn(record, "results") || Object.hasOwn(record, "resources")),
  translate,
};

function translate(record: JsonObject): FindingTranslation {
  const objectsById = new Map(
    objects(member(record, "resources")).map((each) => [
      text(each, "resourceID") ?? "",
      member(each, "object"),
    ]),
  );
  const controls = member(member(record, "summaryDetails"), "controls");
  const cluster =
    text(record, "clusterName") ?? text(member(member(record, "metadata"), "contextMetadata"), "clusterName");
  const generated = text(record, "generationTime");
  const observed = generated?.startsWith("0001-") === true ? undefined : observedTime(generated);
  const rows = objects(member(record, "results")).flatMap((result, number) => {
    const id = text(result, "resourceID") ?? "";
    const resource = objectOf(id, objectsById.get(id), cluster);
    return objects(member(result, "controls")).map((control, index): TranslatedRow => {
      const pointer = `/results/${number}/controls/${index}`;
      const rule = text(control, "controlID");
      if (rule === undefined) return { pointer, reason: "`controlID` is missing: the control has no name" };
      return {
        pointer,
        drafts: [
          codeDraft({
            tool: "kubescape",
            rule,
            title: text(control, "name") ?? rule,
            resource,
            ...resultOf(control),
            severity: severityOfFactor(member(member(controls, rule), "scoreFactor")),
            observed,
          }),
        ],
      };
    });
  });
  return { rows };
}

function resultOf(control: JsonObject): { result: FindingResult; muting?: Muting } {
  const status = member(control, "status");
  const word = typeof status === "string" ? status : text(status, "status");
  const detail = text(status, "subStatus") ?? "";
  if (detail === "w/exceptions" || word === "excluded")
    return { result: "muted", muting: { source: "tool", reason: "an exception of the scanner" } };
  if (word === "passed") return { result: detail === "irrelevant" ? "not-applicable" : "pass" };
  return { result: word === "failed" ? "fail" : "manual" };
}

/** Kubescape's own steps of the score of a control. */
function severityOfFactor(factor: unknown): Severity {
  if (typeof factor !== "number" || factor <= 0) return "unknown";
  return factor >= 9 ? "critical" : factor >= 7 ? "high" : factor >= 4 ? "medium" : "low";
}

/** The object itself, else its id: `path=…/api=apps/v1/NAMESPACE/Deployment/nginx`. */
function objectOf(id: string, object: unknown, cluster: string | undefined): NamedResource {
  const [name = id, kind = "object", namespace] = id
    .replace(/^path=[^/]*\//, "")
    .split("/")
    .reverse();
  const metadata = member(object, "metadata");
  return clusterObject(
    text(object, "kind") ?? kind,
    text(metadata, "name") ?? text(object, "name") ?? name,
    text(metadata, "namespace") ?? text(object, "namespace") ?? namespace,
    cluster,
  );
}
