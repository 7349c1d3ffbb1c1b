import {
  maskText,
  observedTime,
  severityOf,
  toolRule,
  type FindingDraft,
  type NamedResource,
  type VulnerabilityDetail,
} from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation, TranslatedRow } from "../findings-reader.js";
import { isObject, member, objects, text, type JsonObject } from "../json-value.js";

/** What `wizcli` wrote about a folder, an image or code of infrastructure. */
export const wizCli: FindingsReader = {
  kind: "wiz-cli",
  title: "Wiz CLI scans",
  form: "json",
  about: {
    versions: "results of `wizcli dir scan`, `docker scan` and `iac scan`",
    envelopes: "one object per scan; list; JSON lines",
    reads: [
      "vulnerabilities of `libraries`, `osPackages` and `applications`: CVE, component, versions, exploit, file",
      "`ruleMatches`: a row for each match, by file, line and resource",
      "`secrets`: kind, file and line; the value is not in the file",
    ],
    ignores: [
      "policies and verdicts: what Wiz would block is no statement about the finding",
      "data findings",
    ],
  },
  asserts: "nothing",
  recognises: (record) =>
    isObject(member(record, "scanOriginResource")) &&
    /^CICD/.test(text(member(record, "result"), "__typename") ?? ""),
  translate,
};

interface Scan {
  readonly origin: string;
  readonly at: string | undefined;
}

function translate(record: JsonObject): FindingTranslation {
  const result = member(record, "result");
  const scan: Scan = {
    // Scans of infrastructure code are named by their time: such a name tells nothing of the code.
    origin: (text(member(record, "scanOriginResource"), "name") ?? "scan").replace(
      / \d{4}-\d{2}-\d{2}T\S+$/,
      "",
    ),
    at: observedTime(member(record, "createdAt"))?.at,
  };
  const rows: TranslatedRow[] = [];
  for (const group of ["osPackages", "libraries", "applications"]) {
    for (const [at, component] of objects(member(result, group)).entries()) {
      for (const [index, flaw] of objects(member(component, "vulnerabilities")).entries()) {
        const pointer = `/result/${group}/${at}/vulnerabilities/${index}`;
        rows.push({ pointer, ...vulnerability(scan, component, flaw) });
      }
    }
  }
  for (const [at, rule] of objects(member(result, "ruleMatches")).entries()) {
    for (const [index, match] of objects(member(rule, "matches")).entries())
      rows.push({
        pointer: `/result/ruleMatches/${at}/matches/${index}`,
        drafts: [ruleMatch(scan, rule, match)],
      });
  }
  for (const [index, secret] of objects(member(result, "secrets")).entries())
    rows.push({ pointer: `/result/secrets/${index}`, drafts: [foundSecret(scan, secret)] });
  return { rows };
}

const file = (scan: Scan, path: string | undefined): NamedResource => ({
  provider: "code",
  rawId: path ?? scan.origin,
  rawType: path === undefined ? "scan" : "file",
  name: path ?? scan.origin,
  rawAccount: scan.origin,
});

const shared = (scan: Scan) => ({
  tool: "wiz",
  provider: "code",
  result: "fail" as const,
  nativeIds: [],
  tags: {},
  observedAt: scan.at,
});

function vulnerability(
  scan: Scan,
  component: JsonObject,
  flaw: JsonObject,
): { readonly drafts: readonly FindingDraft[] } | { readonly reason: string } {
  const cve = text(flaw, "name");
  if (cve === undefined) return { reason: "`name` is missing: the row names no vulnerability" };
  const name = text(component, "name");
  const path = text(component, "path");
  const installed = text(component, "version");
  const fixed = text(flaw, "fixedVersion");
  const score = member(flaw, "score");
  const detail: VulnerabilityDetail = {
    ids: [cve],
    ...(name === undefined ? {} : { package: name }),
    ...(installed === undefined ? {} : { installed }),
    fixed: fixed === undefined ? [] : [fixed],
    ...(typeof score === "number" ? { cvss: score } : {}),
    ...(member(flaw, "hasCisaKevExploit") === true ? { exploited: true } : {}),
    ...(path === undefined ? {} : { places: [path] }),
  };
  const draft: FindingDraft = {
    ...shared(scan),
    check: { kind: "vulnerability", id: cve },
    resource: file(scan, path),
    severity: severityOf(text(flaw, "severity")),
    title: cve,
    detail: [name, installed, text(flaw, "description")].filter((part) => part !== undefined).join(" "),
    instance: name,
    quality: [],
    vulnerability: detail,
  };
  return { drafts: [draft] };
}

function ruleMatch(scan: Scan, rule: JsonObject, match: JsonObject): FindingDraft {
  const of = member(rule, "rule");
  const title = text(of, "name") ?? "rule";
  const where = text(match, "resourceName");
  return {
    ...shared(scan),
    // Lines move with every change: the resource in the file tells matches apart.
    check: toolRule("wiz", {
      id: text(of, "id") ?? title,
      title,
      subLocator: where === undefined ? undefined : maskText(where, 300),
    }),
    resource: file(scan, text(match, "fileName")),
    severity: severityOf(text(rule, "severity")),
    title,
    detail: text(match, "found") ?? "",
    quality: ["unknown-check"],
  };
}

function foundSecret(scan: Scan, secret: JsonObject): FindingDraft {
  const kind = text(secret, "type") ?? "SECRET";
  const line = member(secret, "lineNumber");
  const at = typeof line === "number" ? `line ${line}` : "";
  const rule = { id: `secret ${kind}`, title: `${kind.toLowerCase().replaceAll("_", " ")} in code` };
  return {
    ...shared(scan),
    check: toolRule("wiz", { ...rule, class: "credential", subLocator: at }),
    resource: file(scan, text(secret, "path")),
    severity: "unknown",
    title: rule.title,
    detail: text(secret, "description") ?? "",
    quality: [],
  };
}
