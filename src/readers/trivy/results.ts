import {
  severityOf,
  toolRule,
  type FindingDraft,
  type FindingResult,
  type Muting,
  type ObservedTime,
} from "../../core/findings/index.js";
import { codeDraft } from "../code-checks/index.js";
import type { TranslatedRow, TranslationContext } from "../findings-reader.js";
import { flawDraft, flawIdIn, flawIds, scoreOf, type Artifact } from "../flaws/index.js";
import { isObject, member, objects, strings, text, type JsonObject } from "../json-value.js";
import { secretDrafts } from "../secrets/index.js";
import { misconfigurationId } from "./check-id.js";

export interface TrivyScan {
  readonly artifact: Artifact;
  /** Object of a cluster: then everything is about it. */
  readonly cluster: boolean;
  readonly observed?: ObservedTime | undefined;
  readonly hmac: TranslationContext["hmac"];
}

const lists = ["Vulnerabilities", "Misconfigurations", "Secrets", "Licenses"] as const;

/** The rows of `Results[]`: one for each flaw, failed check, secret, licence, and finding that a statement hides. */
export function resultRows(results: unknown, base: string, scan: TrivyScan): readonly TranslatedRow[] {
  return objects(results).flatMap((result, index) => {
    const at = `${base}/${index}`;
    const plain = lists.flatMap((list) =>
      objects(member(result, list)).map((entry, number): TranslatedRow => {
        const pointer = `${at}/${list}/${number}`;
        return rowOf(pointer, list, entry, result, scan);
      }),
    );
    const hidden = objects(member(result, "ExperimentalModifiedFindings")).map((entry, number) =>
      hiddenRow(`${at}/ExperimentalModifiedFindings/${number}`, entry, result, scan),
    );
    return [...plain, ...hidden];
  });
}

type List = (typeof lists)[number];

function rowOf(
  pointer: string,
  list: List,
  entry: JsonObject,
  result: JsonObject,
  scan: TrivyScan,
  muting?: Muting,
): TranslatedRow {
  switch (list) {
    case "Vulnerabilities": {
      const draft = vulnerability(entry, result, scan, muting);
      return draft === undefined
        ? { pointer, reason: "`VulnerabilityID` is missing: the flaw has no name" }
        : { pointer, drafts: [draft] };
    }
    case "Misconfigurations":
      return misconfiguration(pointer, entry, result, scan, muting);
    case "Secrets":
      return { pointer, drafts: secret(entry, result, scan, muting) };
    case "Licenses":
      return { pointer, drafts: [license(entry, result, scan, muting)] };
  }
}

/** A finding that VEX or an ignore file hides; `Type` says of which list it is. */
function hiddenRow(pointer: string, entry: JsonObject, result: JsonObject, scan: TrivyScan): TranslatedRow {
  const finding = member(entry, "Finding");
  if (!isObject(finding)) return { pointer, reason: "`Finding` is missing: nothing is said to be hidden" };
  const status = text(entry, "Status") ?? "ignored";
  const source = text(entry, "Source");
  const statement = text(entry, "Statement");
  const muting: Muting = {
    source: /vex/i.test(source ?? "") || status !== "ignored" ? "vex" : "tool",
    reason: [status, statement].filter((part) => part !== undefined && part !== "").join(": "),
    ...(source === undefined ? {} : { by: source }),
  };
  const type = text(entry, "Type") ?? "vulnerability";
  const list: List =
    type === "misconfiguration"
      ? "Misconfigurations"
      : type === "secret"
        ? "Secrets"
        : type === "license"
          ? "Licenses"
          : "Vulnerabilities";
  return rowOf(pointer, list, finding, result, scan, muting);
}

function vulnerability(
  entry: JsonObject,
  result: JsonObject,
  scan: TrivyScan,
  muting?: Muting,
): FindingDraft | undefined {
  const id = text(entry, "VulnerabilityID");
  if (id === undefined) return undefined;
  const ids = flawIds(id, [
    flawIdIn(text(entry, "PrimaryURL") ?? ""),
    ...strings(member(entry, "VendorIDs")),
  ]);
  const status = text(entry, "Status");
  const target = text(result, "Target") ?? "";
  // `debian (debian 10.8)`: schema 1 has no class, and names the system behind the image.
  const os = text(result, "Class") === "os-pkgs" || /^\S+ \([^)]*\)$/.test(target);
  const path = text(entry, "PkgPath");
  const fixed = text(entry, "FixedVersion");
  return flawDraft({
    tool: "trivy",
    ids,
    resource: scan.artifact.resource,
    artifact: scan.artifact.artifact,
    package: text(entry, "PkgName"),
    purl: text(member(entry, "PkgIdentifier"), "PURL"),
    installed: text(entry, "InstalledVersion"),
    fixed: fixed === undefined ? [] : fixed.split(/,\s*/),
    places: path !== undefined ? [path] : os || scan.cluster ? [] : [target],
    severity: severityOf(text(entry, "Severity")),
    cvss: cvssOf(entry),
    // A flaw that the distributor says is none of this package; whatever is only undecided stays open.
    result: muting !== undefined ? "muted" : status === "not_affected" ? "not-applicable" : "fail",
    muting,
    title: text(entry, "Title"),
    detail: status === undefined ? undefined : `status ${status.replaceAll("_", " ")}`,
    nativeIds: [text(entry, "Fingerprint")].filter((each) => each !== undefined),
    observed: scan.observed,
    quality: scan.artifact.quality,
  });
}

/** The score of the source that the severity came from, else NVD's, else the highest; version 3 before 2. */
function cvssOf(entry: JsonObject): number | undefined {
  const sources = member(entry, "CVSS");
  if (!isObject(sources)) return undefined;
  const scoreIn = (name: string | undefined): number | undefined => {
    const source = name === undefined ? undefined : member(sources, name);
    return scoreOf(member(source, "V40Score")) ?? scoreOf(member(source, "V3Score"));
  };
  const preferred = scoreIn(text(entry, "SeveritySource")) ?? scoreIn("nvd");
  if (preferred !== undefined) return preferred;
  const others = Object.keys(sources)
    .sort()
    .map(scoreIn)
    .filter((score) => score !== undefined);
  if (others.length > 0) return Math.max(...others);
  return scoreOf(member(member(sources, "nvd"), "V2Score"));
}

const results: Readonly<Record<string, FindingResult>> = { FAIL: "fail", PASS: "pass", EXCEPTION: "muted" };

function misconfiguration(
  pointer: string,
  entry: JsonObject,
  result: JsonObject,
  scan: TrivyScan,
  muting?: Muting,
): TranslatedRow {
  const id = text(entry, "ID") ?? text(entry, "AVDID");
  if (id === undefined) return { pointer, reason: "`ID` is missing: the check has no name" };
  const cause = member(entry, "CauseMetadata");
  const status = text(entry, "Status") ?? "FAIL";
  const line = member(cause, "StartLine");
  const excepted: Muting | undefined =
    status === "EXCEPTION" ? { source: "tool", reason: "an exception of the scanner" } : undefined;
  const known = results[status];
  return {
    pointer,
    drafts: [
      codeDraft({
        tool: "trivy",
        rule: misconfigurationId(id),
        title: text(entry, "Title") ?? id,
        detail: text(entry, "Message"),
        ...(scan.cluster ? { resource: scan.artifact.resource } : {}),
        within: scan.artifact.resource.name,
        file: text(result, "Target"),
        line: typeof line === "number" && line > 0 ? line : undefined,
        address: scan.cluster ? undefined : text(cause, "Resource"),
        result: muting !== undefined ? "muted" : (known ?? "manual"),
        muting: muting ?? excepted,
        severity: severityOf(text(entry, "Severity")),
        observed: scan.observed,
        quality: known === undefined ? [...scan.artifact.quality, "unknown-status"] : scan.artifact.quality,
      }),
    ],
  };
}

function secret(
  entry: JsonObject,
  result: JsonObject,
  scan: TrivyScan,
  muting?: Muting,
): readonly FindingDraft[] {
  const line = member(entry, "StartLine");
  const rule = text(entry, "RuleID") ?? "secret";
  // `Match` is a line of code around stars: nothing of it is kept.
  return secretDrafts(
    {
      tool: "trivy",
      rule,
      title: text(entry, "Title") ?? rule,
      file: text(result, "Target") ?? text(entry, "Target"),
      line: typeof line === "number" && line > 0 ? line : undefined,
      resource: scan.artifact.resource,
      severity: severityOf(text(entry, "Severity")),
      ...(muting === undefined ? {} : { result: "muted", muting }),
      observed: scan.observed,
    },
    scan.hmac,
  ).map((draft) => ({ ...draft, quality: [...draft.quality, ...scan.artifact.quality] }));
}

/** A licence is a rule of the house, no exposure: read, counted as a plain setting. */
function license(entry: JsonObject, result: JsonObject, scan: TrivyScan, muting?: Muting): FindingDraft {
  const name = text(entry, "Name") ?? "unknown";
  const component = text(entry, "PkgName") ?? text(entry, "FilePath") ?? text(result, "Target") ?? "";
  return {
    tool: "trivy",
    provider: scan.artifact.resource.provider,
    check: toolRule("trivy", {
      id: `license ${name}`,
      title: `licence ${name}`,
      class: "configuration",
      subLocator: component,
    }),
    resource: scan.artifact.resource,
    result: muting === undefined ? "fail" : "muted",
    severity: severityOf(text(entry, "Severity")),
    title: `licence ${name} of ${component}`,
    detail: text(entry, "Category") ?? "",
    nativeIds: [],
    tags: {},
    observedAt: scan.observed?.at,
    quality: scan.artifact.quality,
    muting,
  };
}
