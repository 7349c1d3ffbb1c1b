import { observedTime } from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation, TranslationContext } from "../findings-reader.js";
import { clusterObject, imageArtifact, namedArtifact, type Artifact } from "../flaws/index.js";
import { member, objects, strings, text, type JsonObject } from "../json-value.js";
import { resultRows } from "./results.js";

export { misconfigurationId } from "./check-id.js";

/** Trivy's own JSON: of images, folders, repositories and clusters, present and former. */
export const trivy: FindingsReader = {
  kind: "trivy",
  title: "Trivy report (JSON)",
  form: "json",
  // It may have looked at one namespace, workload or folder only, and does not say so.
  asserts: "nothing",
  about: {
    versions: "schema 2; the former list of results (schema 1); `trivy k8s` reports, all and summary",
    envelopes:
      'one object with `Results`; list of results; `{"ClusterName": …, "Resources" or "Findings": […]}`',
    reads: [
      "`Vulnerabilities`: id, other ids, package, package URL, installed and mending version, severity, score, status, path",
      "`Misconfigurations`: id in one spelling over versions, block and line, `FAIL`, `PASS`, `EXCEPTION`",
      "`Secrets`: rule, file and line; `Licenses`, as plain settings",
      "`ExperimentalModifiedFindings`: muted, with the statement that hides it",
      "artifact name, digests and tags, cluster, namespace, kind and name of the object",
    ],
    ignores: [
      "packages without a flaw",
      "code and matches around a secret",
      "references, layers and CWE ids",
    ],
  },
  recognises(record) {
    if (typeof member(record, "SchemaVersion") === "number")
      return hasAny(record, ["ArtifactName", "Results"]);
    if (text(record, "ClusterName") !== undefined && hasAny(record, clusterLists)) return true;
    if (
      text(record, "Kind") !== undefined &&
      text(record, "Name") !== undefined &&
      hasAny(record, ["Results"])
    )
      return true;
    return (
      text(record, "Target") !== undefined &&
      text(record, "Type") !== undefined &&
      (hasAny(record, ["Vulnerabilities", "Misconfigurations", "Secrets", "Packages"]) ||
        text(record, "Class") !== undefined)
    );
  },
  translate,
};

const clusterLists = ["Resources", "Findings", "Vulnerabilities", "Misconfigurations"];

const hasAny = (record: JsonObject, keys: readonly string[]): boolean =>
  keys.some((key) => Object.hasOwn(record, key));

function translate(record: JsonObject, context: TranslationContext): FindingTranslation {
  if (text(record, "ClusterName") !== undefined) {
    const cluster = text(record, "ClusterName");
    return {
      rows: clusterLists.flatMap((list) =>
        objects(member(record, list)).flatMap((item, index) =>
          ofObject(item, `/${list}/${index}`, cluster, context),
        ),
      ),
    };
  }
  if (text(record, "Kind") !== undefined)
    return { rows: ofObject(record, "", text(context.envelope, "ClusterName"), context) };
  const observed = observedTime(member(record, "CreatedAt"));
  const scan = { cluster: false, observed, hmac: context.hmac };
  if (typeof member(record, "SchemaVersion") === "number")
    return {
      rows: resultRows(member(record, "Results"), "/Results", { ...scan, artifact: artifactOf(record) }),
    };
  // Schema 1: the list of results is the document, and only its targets name what was scanned.
  const inner = resultRows([record], "", { ...scan, artifact: formerArtifact(text(record, "Target") ?? "") });
  return { rows: inner.map((row) => ({ ...row, pointer: row.pointer.replace(/^\/0/, "") })) };
}

function ofObject(item: JsonObject, base: string, cluster: string | undefined, context: TranslationContext) {
  const kind = text(item, "Kind") ?? "object";
  const name = text(item, "Name") ?? "";
  const artifact: Artifact = {
    resource: clusterObject(kind, name, text(item, "Namespace"), cluster),
    quality: [],
  };
  return resultRows(member(item, "Results"), `${base}/Results`, {
    artifact,
    cluster: true,
    hmac: context.hmac,
    observed: observedTime(member(context.envelope, "CreatedAt")),
  });
}

function artifactOf(record: JsonObject): Artifact {
  const name = text(record, "ArtifactName") ?? "";
  const type = text(record, "ArtifactType") ?? "";
  const metadata = member(record, "Metadata");
  if (type === "container_image" || (type === "" && strings(member(metadata, "RepoTags")).length > 0)) {
    const digests = [...strings(member(metadata, "RepoDigests")), text(metadata, "ImageID") ?? ""];
    const shas = digests.flatMap((each) => /sha256:[0-9a-f]{64}/.exec(each)?.[0] ?? []);
    const tagged = strings(member(metadata, "RepoTags")).find((each) => each !== "");
    const target = /^(\S+) \([^)]*\)$/.exec(text(objects(member(record, "Results"))[0], "Target") ?? "")?.[1];
    return imageArtifact(name === "" ? (tagged ?? target ?? "") : name, shas);
  }
  return namedArtifact(type === "repository" ? "repository" : "directory", name);
}

/** `alpine:3.9 (alpine 3.9.4)` is an image; anything else a file of something unnamed. */
function formerArtifact(target: string): Artifact {
  const image = /^(\S+) \([^)]*\)$/.exec(target)?.[1];
  return image === undefined ? namedArtifact("directory", ".") : imageArtifact(image);
}
