import type { Expected } from "./expected.js";

/** Secrets, infrastructure as code, clusters, SARIF. */
export const code: readonly Expected[] = [
  // checkov
  { file: "checkov/dd-checkov-report-0-vuln.json", rows: 0, pending: true },
  { file: "checkov/dd-checkov-report-1-vuln.json", rows: 1, pending: true },
  { file: "checkov/dd-checkov-report-many-vuln.json", rows: 3, pending: true },
  { file: "checkov/dd-checkov-report-severity.json", rows: 4, pending: true },
  { file: "checkov/dd-checkov2-report-0-vuln.json", rows: 0, pending: true },
  // github-secret-scanning
  { file: "github-secret-scanning/dd-github_secrets_detection_report_invalid.json", rows: 1, pending: true },
  { file: "github-secret-scanning/dd-github_secrets_detection_report_one_vul.json", rows: 1, pending: true },
  {
    file: "github-secret-scanning/dd-github_secrets_detection_report_zero_vul.json",
    rows: 0,
    kind: "empty-list",
  },
  // gitleaks
  { file: "gitleaks/dd-data_many.json", rows: 2, pending: true },
  { file: "gitleaks/dd-gitleaks8_many.json", rows: 4, pending: true },
  { file: "gitleaks/dd-issue4336.json", rows: 1, pending: true },
  {
    file: "gitleaks/dd-no_findings.json",
    rows: 0,
    refused: /only `null`/,
    why: "no sign of which tool ran, or whether it did",
  },
  { file: "gitleaks/dd-redacted_data_many.json", rows: 6, pending: true },
  { file: "gitleaks/gitleaks-empty.json", rows: 0, kind: "empty-list" },
  { file: "gitleaks/gitleaks-json_simple.json", rows: 1, pending: true },
  // kics
  { file: "kics/dd-many_findings.json", rows: 18, pending: true },
  { file: "kics/dd-no_findings.json", rows: 0, pending: true },
  // kube-bench
  { file: "kube-bench/dd-kube-bench-controls.json", rows: 85, pending: true },
  { file: "kube-bench/dd-kube-bench-report-one-vuln.json", rows: 1, pending: true },
  // kubescape
  { file: "kubescape/dd-results.json", rows: 0, pending: true },
  { file: "kubescape/dd-with_a_failure.json", rows: 3, pending: true },
  // noseyparker
  { file: "noseyparker/dd-noseyparker_many_vul.jsonl", rows: 5, pending: true },
  // sarif
  { file: "sarif/dd-SuppressionTestCurrent.sarif", rows: 4, pending: true },
  { file: "sarif/dd-appendix_k.sarif", rows: 1, pending: true },
  { file: "sarif/dd-appendix_k1.sarif", rows: 0, pending: true },
  { file: "sarif/dd-appendix_k2.sarif", rows: 1, pending: true },
  { file: "sarif/dd-appendix_k4.sarif", rows: 1, pending: true },
  { file: "sarif/dd-bash-report.sarif", rows: 27, pending: true },
  { file: "sarif/dd-blackduck_nested_fingerprints.sarif", rows: 5, pending: true },
  { file: "sarif/dd-codeQL-output.sarif", rows: 72, pending: true },
  { file: "sarif/dd-dockle_0_3_15.sarif", rows: 4, pending: true },
  { file: "sarif/dd-gitleaks_7.5.0.sarif", rows: 8, pending: true },
  { file: "sarif/dd-mobsfscan.json", rows: 9, pending: true },
  { file: "sarif/dd-no_runs.sarif", rows: 0, pending: true },
  { file: "sarif/dd-suppression_test.sarif", rows: 5, pending: true },
  { file: "sarif/dd-taint-python-report.sarif", rows: 11, pending: true },
  { file: "sarif/gitleaks-sarif_simple.sarif", rows: 1, pending: true },
  { file: "sarif/ms-Baseline.sarif", rows: 4, pending: true },
  { file: "sarif/ms-Catastrophic_execution_error.sarif", rows: 0, pending: true },
  { file: "sarif/ms-No_runs.sarif", rows: 0, pending: true },
  { file: "sarif/ms-One_run_empty_results.sarif", rows: 0, pending: true },
  { file: "sarif/ms-Suppressions.sarif", rows: 9, pending: true },
  { file: "sarif/trivy-alpine-310.sarif", rows: 4, pending: true },
  // tfsec
  { file: "tfsec/dd-many_findings_current.json", rows: 19, pending: true },
  { file: "tfsec/dd-no_findings.json", rows: 0, pending: true },
  { file: "tfsec/dd-one_finding_legacy.json", rows: 1, pending: true },
  // trufflehog
  { file: "trufflehog/dd-many_vulns2_legacy.json", rows: 95, pending: true },
  { file: "trufflehog/dd-many_vulns_current.json", rows: 4, pending: true },
  { file: "trufflehog/dd-v3_git.json", rows: 4, pending: true },
  { file: "trufflehog/dd-zero_vulns.json", rows: 0, kind: "empty-list" },
];
