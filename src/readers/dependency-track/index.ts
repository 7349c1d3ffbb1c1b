import { observedTime, severityOf, type Muting } from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation, TranslationContext } from "../findings-reader.js";
import { flawDraft, flawIds, own, scoreOf } from "../flaws/index.js";
import { member, objects, text, type JsonObject } from "../json-value.js";

/** Dependency-Track's Finding Packaging Format. The project stands behind the findings, so its id tells the resource. */
export const dependencyTrack: FindingsReader = {
  kind: "dependency-track-fpf",
  title: "Dependency-Track findings (FPF)",
  form: "json",
  about: {
    versions: "FPF 1.0 to 1.3",
    envelopes:
      '`{"meta": {"application": "Dependency-Track"}, "findings": […], "project": …}`; `findings` missing or null: none',
    reads: [
      "component with package URL, flaw with aliases, severity, score and EPSS",
      "`analysis`: suppressed, not affected, false positive and resolved are muted with their reason",
      "`component.project` as the resource, `meta.timestamp`",
    ],
    ignores: ["analyser identity", "the project's description and licence data"],
  },
  recognises: (record) =>
    text(member(record, "meta"), "application") === "Dependency-Track" ||
    (text(member(record, "vulnerability"), "vulnId") !== undefined &&
      member(record, "component") !== undefined),
  translate,
};

/** States of an analysis in which somebody has decided against the finding. */
const decided = new Set(["NOT_AFFECTED", "FALSE_POSITIVE", "RESOLVED"]);

function translate(record: JsonObject, context: TranslationContext): FindingTranslation {
  const flaw = member(record, "vulnerability");
  // The document itself, where it has no findings.
  if (text(member(record, "meta"), "application") !== undefined && flaw === undefined) return { rows: [] };
  const id = text(flaw, "vulnId");
  if (id === undefined) return { reason: "`vulnerability.vulnId` is missing: the flaw has no name" };
  const component = member(record, "component");
  const group = text(component, "group");
  const name = text(component, "name");
  const project = text(component, "project") ?? "unknown";
  const aliases = objects(member(flaw, "aliases")).flatMap((alias) => [
    text(alias, "cveId"),
    text(alias, "ghsaId"),
    text(alias, "osvId"),
    text(alias, "snykId"),
    text(alias, "gsdId"),
  ]);
  const score = member(flaw, "epssScore");
  const percentile = member(flaw, "epssPercentile");
  const latest = text(flaw, "patchedVersions");
  return {
    drafts: [
      flawDraft({
        tool: "dependency-track",
        ids: flawIds(id, aliases),
        resource: {
          ...own("application", `dependency-track/${project}`),
          name: text(component, "projectName") ?? project,
        },
        package: group === undefined ? name : `${group}/${name ?? ""}`,
        purl: text(component, "purl"),
        installed: text(component, "version"),
        ...(latest === undefined ? {} : { fixed: [latest] }),
        severity: severityOf(text(flaw, "severity")),
        cvss:
          scoreOf(member(flaw, "cvssV4BaseScore")) ??
          scoreOf(member(flaw, "cvssV3BaseScore")) ??
          scoreOf(member(flaw, "cvssV2BaseScore")),
        ...(typeof score === "number" && score <= 1
          ? { epss: { score, ...(typeof percentile === "number" ? { percentile } : {}) } }
          : {}),
        ...decision(member(record, "analysis")),
        title: text(flaw, "title"),
        nativeIds: [text(record, "matrix")].filter((each) => each !== undefined),
        observed: observedTime(member(member(context.envelope, "meta"), "timestamp")),
        firstSeenAt: observedTime(member(member(record, "attribution"), "attributedOn"))?.at,
      }),
    ],
  };
}

function decision(analysis: unknown): { result?: "muted"; muting?: Muting } {
  const state = text(analysis, "state") ?? text(analysis, "analysisState");
  const suppressed = member(analysis, "isSuppressed") === true;
  if (!suppressed && !decided.has(state ?? "")) return {};
  const words = [
    (state ?? "suppressed").toLowerCase().replaceAll("_", " "),
    text(analysis, "justification")?.toLowerCase().replaceAll("_", " "),
    text(analysis, "detail") ?? text(analysis, "details"),
  ].filter((part) => part !== undefined);
  return { result: "muted", muting: { source: "tool", reason: words.join(": ") } };
}
