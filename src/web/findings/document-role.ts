/** What a file is taken for by its beginning: the server reads it whole and says what it really is. */
export type DocumentRole = "estate" | "findings" | "catalogue";

/** Marks of what scanners write. They lie in the beginning of a report; an estate document has none of them. */
const findingMarks: readonly RegExp[] = [
  /"finding_info"|"class_uid"\s*:\s*200[1-4]/u, // OCSF: Prowler and others
  /"ProductArn"|"GeneratorId"/u, // ASFF: Security Hub
  /"\$schema"\s*:\s*"[^"]*sarif|"runs"\s*:\s*\[\s*\{\s*"tool"/u, // SARIF
  /"RuleID"\s*:|"StartLine"[^]*"Secret"\s*:/u, // gitleaks
  /"DetectorName"|"DetectorType"\s*:/u, // trufflehog
  /"ArtifactName"[^]*"Results"|"Vulnerabilities"\s*:\s*\[/u, // trivy
  /"check_type"\s*:|"check_id"\s*:\s*"CKV/u, // checkov
  /"CheckID"\s*[:;,]|"?CHECK_ID"?;|AUTH_METHOD;/u, // Prowler, older and CSV
  /"bomFormat"\s*:\s*"CycloneDX"|"@context"\s*:\s*"https:\/\/openvex/u,
  /"findings"\s*:\s*\[\s*\{\s*"(?:checkId|ruleId|id)"/u,
];

const catalogueMark = /^version:\s*1\s*$/mu;
const catalogueSections = /^(?:people|teams|workloads|authorities|accounts):/mu;

/** `head`: the first 64 KB as text. Pure, so that a test can hold it against every document of the examples. */
export function roleOf(name: string, head: string): DocumentRole {
  if (/\.ya?ml$/iu.test(name) && catalogueMark.test(head) && catalogueSections.test(head)) return "catalogue";
  return findingMarks.some((mark) => mark.test(head)) ? "findings" : "estate";
}
