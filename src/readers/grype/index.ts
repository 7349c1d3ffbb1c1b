import { observedTime, severityOf, type FindingDraft, type Muting } from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation, TranslatedRow } from "../findings-reader.js";
import {
  flawDraft,
  flawIds,
  imageArtifact,
  namedArtifact,
  scoreOf,
  scoreOfVector,
  type Artifact,
} from "../flaws/index.js";
import { isObject, member, objects, strings, text, type JsonObject } from "../json-value.js";

/** Packages whose location is the database of the package manager: it tells nothing apart. */
const systemPackages = new Set(["deb", "rpm", "apk", "alpm", "portage"]);

/** Grype's JSON report. */
export const grype: FindingsReader = {
  kind: "grype",
  title: "Grype report (JSON)",
  form: "json",
  about: {
    versions: "0.7 and later",
    envelopes: "one object with `matches`",
    reads: [
      "`matches`: id with the ids of related flaws, package, package URL, path, mending versions, severity, score, EPSS, known exploitation",
      "`ignoredMatches`: muted, with the rule or VEX statement that hides them",
      "`source`: image with digests, or folder; `descriptor.timestamp`",
    ],
    ignores: ["how a match was found", "licences, layers, references"],
  },
  recognises: (record) =>
    Array.isArray(member(record, "matches")) &&
    (text(member(record, "descriptor"), "name") === "grype" || isObject(member(record, "source"))),
  translate,
};

function translate(record: JsonObject): FindingTranslation {
  const artifact = artifactOf(member(record, "source"));
  const observed = observedTime(member(member(record, "descriptor"), "timestamp"));
  const rowsOf = (list: string): TranslatedRow[] =>
    objects(member(record, list)).map((match, index) => {
      const draft = draftOf(match, artifact, mutingOf(match));
      const pointer = `/${list}/${index}`;
      return draft === undefined
        ? { pointer, reason: "`vulnerability.id` is missing: the flaw has no name" }
        : { pointer, drafts: [{ ...draft, observedAt: observed?.at }] };
    });
  return { rows: [...rowsOf("matches"), ...rowsOf("ignoredMatches")] };
}

function draftOf(
  match: JsonObject,
  artifact: Artifact,
  muting: Muting | undefined,
): FindingDraft | undefined {
  const flaw = member(match, "vulnerability");
  const id = text(flaw, "id");
  if (id === undefined) return undefined;
  const related = objects(member(match, "relatedVulnerabilities"));
  const ids = flawIds(
    id,
    related.map((each) => text(each, "id")),
  );
  const found = member(match, "artifact");
  const fix = member(flaw, "fix");
  const type = text(found, "type") ?? "";
  const paths = objects(member(found, "locations")).flatMap((each) => text(each, "path") ?? []);
  const epss = objects(member(flaw, "epss"))[0];
  const exploited = objects(member(flaw, "knownExploited")).length > 0;
  return flawDraft({
    tool: "grype",
    ids,
    resource: artifact.resource,
    artifact: artifact.artifact,
    package: text(found, "name"),
    purl: text(found, "purl"),
    installed: text(found, "version"),
    fixed: strings(member(fix, "versions")).filter((version) => version !== ""),
    places: systemPackages.has(type) ? [] : paths,
    severity: severityOf(text(flaw, "severity")),
    cvss: scoreIn(flaw) ?? related.map(scoreIn).find((score) => score !== undefined),
    ...epssOf(epss),
    ...(exploited ? { exploited } : {}),
    ...(muting === undefined ? {} : { result: "muted", muting }),
    detail: text(fix, "state") === "wont-fix" ? "its distributor will not mend it" : undefined,
    quality: artifact.quality,
  });
}

function epssOf(entry: JsonObject | undefined) {
  const score = member(entry, "epss");
  if (typeof score !== "number" || score < 0 || score > 1) return {};
  const percentile = member(entry, "percentile");
  const date = text(entry, "date");
  return {
    epss: {
      score,
      ...(typeof percentile === "number" ? { percentile } : {}),
      ...(date === undefined ? {} : { date }),
    },
  };
}

/** The highest base score of the newest version that is given. */
function scoreIn(flaw: unknown): number | undefined {
  const scores = objects(member(flaw, "cvss")).flatMap((each) => {
    const score =
      scoreOf(member(member(each, "metrics"), "baseScore")) ?? scoreOfVector(text(each, "vector"));
    return score === undefined ? [] : [{ score, version: text(each, "version") ?? "" }];
  });
  const newest = scores
    .map((each) => each.version)
    .sort()
    .at(-1);
  const own = scores.filter((each) => each.version === newest).map((each) => each.score);
  return own.length === 0 ? undefined : Math.max(...own);
}

function mutingOf(match: JsonObject): Muting | undefined {
  const rules = objects(member(match, "appliedIgnoreRules"));
  const [rule] = rules;
  if (rule === undefined) return undefined;
  const status = text(rule, "vex-status");
  const said = [status, text(rule, "vex-justification"), text(rule, "reason")].filter(
    (part) => part !== undefined,
  );
  return {
    source: status === undefined ? "tool" : "vex",
    reason: said.length > 0 ? said.join(": ") : "an ignore rule of the scanner",
  };
}

function artifactOf(source: unknown): Artifact {
  const target = member(source, "target");
  const type = text(source, "type") ?? "";
  if (type !== "image")
    return namedArtifact(
      type === "" || type === "unknown" ? "directory" : type,
      typeof target === "string" ? target : "",
    );
  const digests = [
    text(target, "imageID") ?? "",
    text(target, "manifestDigest") ?? "",
    ...strings(member(target, "repoDigests")),
  ].flatMap((each) => /sha256:[0-9a-f]{64}/.exec(each)?.[0] ?? []);
  return imageArtifact(text(target, "userInput") ?? "", digests);
}
