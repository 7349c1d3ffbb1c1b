import { observedTime, severityOf, type FindingDraft } from "../../core/findings/index.js";
import { codeDraft } from "../code-checks/index.js";
import type {
  FindingsReader,
  FindingTranslation,
  TranslatedRow,
  TranslationContext,
} from "../findings-reader.js";
import { clusterObject, flawDraft, flawIds, scoreOf } from "../flaws/index.js";
import { member, objects, strings, text, type JsonObject } from "../json-value.js";
import { secretDrafts } from "../secrets/index.js";
import { misconfigurationId } from "../trivy/index.js";

/**
 * Reports that the operator of Trivy keeps as objects of the cluster, as `kubectl get -o json` writes them: one, a list,
 * or `{"kind": "List", "items": […]}`.
 */
export const trivyOperator: FindingsReader = {
  kind: "trivy-operator",
  title: "Trivy operator reports (Kubernetes objects)",
  form: "json",
  // It may have looked at one namespace, workload or folder only, and does not say so.
  asserts: "nothing",
  about: {
    versions: "aquasecurity.github.io/v1alpha1",
    envelopes: 'one object; list; `{"kind": "List", "items": […]}`; JSON lines',
    reads: [
      "`VulnerabilityReport`, `ClusterVulnerabilityReport`: flaws by package of the workload's image",
      "`ConfigAuditReport`, `ClusterConfigAuditReport`, `RbacAssessmentReport`, `InfraAssessmentReport` and their cluster forms: failed and passed checks",
      "`ExposedSecretReport`: rule and file",
      "kind, name and namespace of the workload from the labels",
    ],
    ignores: [
      "`SbomReport` (no finding)",
      "`ClusterComplianceReport` (sums of the others)",
      "matches around a secret",
    ],
  },
  recognises: (record) =>
    (text(record, "apiVersion") ?? "").startsWith("aquasecurity.github.io/") ||
    (text(record, "kind") === "List" && objects(member(record, "items")).some(isReport)),
  translate(record, context) {
    if (text(record, "kind") !== "List") return report(record, "", context);
    const rows = objects(member(record, "items")).flatMap((item, index): readonly TranslatedRow[] => {
      const pointer = `/items/${index}`;
      if (!isReport(item)) return [{ pointer, reason: "the item is no report of the Trivy operator" }];
      const translated = report(item, pointer, context);
      return "rows" in translated
        ? translated.rows
        : "reason" in translated
          ? [{ pointer, reason: translated.reason }]
          : [];
    });
    return { rows };
  },
};

type RowContent = { readonly drafts: readonly FindingDraft[] } | { readonly reason: string };

const isReport = (item: JsonObject): boolean =>
  (text(item, "apiVersion") ?? "").startsWith("aquasecurity.github.io/");

function report(record: JsonObject, base: string, context: TranslationContext): FindingTranslation {
  const kind = text(record, "kind") ?? "";
  const body = member(record, "report");
  const labels = member(member(record, "metadata"), "labels");
  const label = (name: string): string | undefined => text(labels, `trivy-operator.${name}`);
  const metadata = member(record, "metadata");
  const resource = clusterObject(
    label("resource.kind") ?? "object",
    label("resource.name") ?? text(metadata, "name") ?? "",
    label("resource.namespace") ?? text(metadata, "namespace"),
  );
  const container = label("container.name");
  const artifact = member(body, "artifact");
  const image = [text(member(body, "registry"), "server"), text(artifact, "repository")]
    .filter((part) => part !== undefined)
    .join("/");
  const tag = text(artifact, "tag");
  const digest = text(artifact, "digest");
  const observed = observedTime(member(body, "updateTimestamp"));
  const rowsOf = (list: string, row: (entry: JsonObject) => RowContent): TranslatedRow[] =>
    objects(member(body, list)).map((entry, index) => ({
      pointer: `${base}/report/${list}/${index}`,
      ...row(entry),
    }));
  if (/VulnerabilityReport$/.test(kind)) {
    return {
      rows: rowsOf("vulnerabilities", (entry) => {
        const id = text(entry, "vulnerabilityID");
        if (id === undefined) return { reason: "`vulnerabilityID` is missing: the flaw has no name" };
        const fixed = text(entry, "fixedVersion");
        return {
          drafts: [
            flawDraft({
              tool: "trivy",
              ids: flawIds(id),
              resource,
              artifact: {
                name: tag === undefined ? image : `${image}:${tag}`,
                digests: digest === undefined ? [] : [digest],
              },
              package: text(entry, "resource"),
              purl: text(entry, "packagePURL"),
              installed: text(entry, "installedVersion"),
              fixed: fixed === undefined ? [] : fixed.split(/,\s*/),
              // Two containers of one pod may hold the same package.
              places: [container ?? "", text(entry, "packagePath") ?? text(entry, "target") ?? ""].filter(
                (part) => part !== "",
              ),
              severity: severityOf(text(entry, "severity")),
              cvss: scoreOf(member(entry, "score")),
              title: text(entry, "title"),
              observed,
            }),
          ],
        };
      }),
    };
  }
  if (/(ConfigAudit|RbacAssessment|InfraAssessment)Report$/.test(kind)) {
    return {
      rows: rowsOf("checks", (entry) => {
        const id = text(entry, "checkID");
        if (id === undefined) return { reason: "`checkID` is missing: the check has no name" };
        const success = member(entry, "success");
        return {
          drafts: [
            codeDraft({
              tool: "trivy",
              rule: misconfigurationId(id),
              title: text(entry, "title") ?? id,
              detail: strings(member(entry, "messages")).join(" ") || undefined,
              resource,
              result: success === true ? "pass" : success === false ? "fail" : "manual",
              severity: severityOf(text(entry, "severity")),
              observed,
              ...(typeof success === "boolean" ? {} : { quality: ["unknown-status"] }),
            }),
          ],
        };
      }),
    };
  }
  if (/ExposedSecretReport$/.test(kind)) {
    return {
      rows: rowsOf("secrets", (entry) => ({
        drafts: secretDrafts(
          {
            tool: "trivy",
            rule: text(entry, "ruleID") ?? "secret",
            title: text(entry, "title") ?? "secret",
            file: [container, text(entry, "target")].filter((part) => part !== undefined).join(":"),
            resource,
            severity: severityOf(text(entry, "severity")),
            observed,
          },
          context.hmac,
        ),
      })),
    };
  }
  if (/(Sbom|Compliance)Report$/.test(kind)) return { rows: [] };
  return { reason: `\`${kind.slice(0, 60)}\` is no report of the Trivy operator that is read` };
}
