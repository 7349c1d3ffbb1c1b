import type { Expected } from "./expected.js";

/** Secrets, infrastructure as code, clusters, SARIF. */
export const code: readonly Expected[] = [
  // checkov
  { file: "checkov/dd-checkov-report-0-vuln.json", rows: 0 },
  { file: "checkov/dd-checkov-report-1-vuln.json", rows: 1 },
  { file: "checkov/dd-checkov-report-many-vuln.json", rows: 3 },
  { file: "checkov/dd-checkov-report-severity.json", rows: 4 },
  { file: "checkov/dd-checkov2-report-0-vuln.json", rows: 0 },
  // github-secret-scanning
  {
    file: "github-secret-scanning/dd-github_secrets_detection_report_invalid.json",
    rows: 1,
    refused: /none of its 1 records/,
    why: "`{}` instead of a list: no alert, and no sign of the API",
  },
  { file: "github-secret-scanning/dd-github_secrets_detection_report_one_vul.json", rows: 1 },
  {
    file: "github-secret-scanning/dd-github_secrets_detection_report_zero_vul.json",
    rows: 0,
    kind: "empty-list",
  },
  // gitleaks
  { file: "gitleaks/dd-data_many.json", rows: 2 },
  { file: "gitleaks/dd-gitleaks8_many.json", rows: 4 },
  { file: "gitleaks/dd-issue4336.json", rows: 1 },
  {
    file: "gitleaks/dd-no_findings.json",
    rows: 0,
    refused: /only `null`/,
    why: "no sign of which tool ran, or whether it did",
  },
  { file: "gitleaks/dd-redacted_data_many.json", rows: 6 },
  { file: "gitleaks/gitleaks-empty.json", rows: 0, kind: "empty-list" },
  { file: "gitleaks/gitleaks-json_simple.json", rows: 1 },
  // kics
  { file: "kics/dd-many_findings.json", rows: 18 },
  { file: "kics/dd-no_findings.json", rows: 0 },
  // kube-bench
  {
    file: "kube-bench/dd-kube-bench-controls.json",
    rows: 122,
    passed: 37,
    index: 85,
    why: "the index counts what did not pass",
  },
  {
    file: "kube-bench/dd-kube-bench-report-one-vuln.json",
    rows: 23,
    passed: 22,
    index: 1,
    why: "the index counts what did not pass",
  },
  // kubescape
  {
    file: "kubescape/dd-results.json",
    rows: 20,
    passed: 20,
    index: 0,
    why: "the index counts what did not pass",
  },
  {
    file: "kubescape/dd-with_a_failure.json",
    rows: 18,
    passed: 15,
    index: 3,
    why: "the index counts what did not pass",
  },
  // noseyparker
  { file: "noseyparker/dd-noseyparker_many_vul.jsonl", rows: 5 },
  // sarif
  { file: "sarif/dd-SuppressionTestCurrent.sarif", rows: 4 },
  { file: "sarif/dd-appendix_k.sarif", rows: 1 },
  { file: "sarif/dd-appendix_k1.sarif", rows: 0 },
  { file: "sarif/dd-appendix_k2.sarif", rows: 1 },
  { file: "sarif/dd-appendix_k4.sarif", rows: 1 },
  { file: "sarif/dd-bash-report.sarif", rows: 27 },
  { file: "sarif/dd-blackduck_nested_fingerprints.sarif", rows: 5 },
  { file: "sarif/dd-codeQL-output.sarif", rows: 72 },
  { file: "sarif/dd-dockle_0_3_15.sarif", rows: 4 },
  { file: "sarif/dd-gitleaks_7.5.0.sarif", rows: 8 },
  { file: "sarif/dd-mobsfscan.json", rows: 9 },
  { file: "sarif/dd-no_runs.sarif", rows: 0 },
  { file: "sarif/dd-suppression_test.sarif", rows: 5 },
  { file: "sarif/dd-taint-python-report.sarif", rows: 11 },
  { file: "sarif/gitleaks-sarif_simple.sarif", rows: 1 },
  { file: "sarif/ms-Baseline.sarif", rows: 4 },
  { file: "sarif/ms-Catastrophic_execution_error.sarif", rows: 0 },
  { file: "sarif/ms-No_runs.sarif", rows: 0 },
  { file: "sarif/ms-One_run_empty_results.sarif", rows: 0 },
  { file: "sarif/ms-Suppressions.sarif", rows: 9 },
  { file: "sarif/trivy-alpine-310.sarif", rows: 4 },
  // tfsec
  { file: "tfsec/dd-many_findings_current.json", rows: 19 },
  {
    file: "tfsec/dd-no_findings.json",
    rows: 0,
    kind: "empty-results",
    why: '`{"results": null}` does not say which tool ran',
  },
  { file: "tfsec/dd-one_finding_legacy.json", rows: 1 },
  // trufflehog
  { file: "trufflehog/dd-many_vulns2_legacy.json", rows: 95 },
  { file: "trufflehog/dd-many_vulns_current.json", rows: 4 },
  { file: "trufflehog/dd-v3_git.json", rows: 4 },
  { file: "trufflehog/dd-zero_vulns.json", rows: 0, kind: "empty-list" },
];
