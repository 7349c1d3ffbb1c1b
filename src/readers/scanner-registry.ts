import { awsInspector } from "./aws-inspector/index.js";
import { checkov } from "./checkov/index.js";
import { csaf } from "./csaf/index.js";
import { cycloneDx, cycloneDxXml } from "./cyclonedx/index.js";
import { dependencyTrack } from "./dependency-track/index.js";
import { emptyResults } from "./empty-results/index.js";
import { epssJson, epssTable } from "./epss/index.js";
import type { FindingsReader, TextFindingsReader } from "./findings-reader.js";
import { githubSecretScanning } from "./github-secret-scanning/index.js";
import { gitleaks } from "./gitleaks/index.js";
import { grype } from "./grype/index.js";
import { kev, kevTable } from "./kev/index.js";
import { kics } from "./kics/index.js";
import { kubeBench } from "./kube-bench/index.js";
import { kubescape } from "./kubescape/index.js";
import { noseyParker } from "./nosey-parker/index.js";
import { openVex } from "./openvex/index.js";
import { osvScanner } from "./osv-scanner/index.js";
import { sarif } from "./sarif/index.js";
import { spdx, spdxTagValue } from "./spdx/index.js";
import { tfsec } from "./tfsec/index.js";
import { trivyOperator } from "./trivy-operator/index.js";
import { trivy } from "./trivy/index.js";
import { trufflehog } from "./trufflehog/index.js";

/** Scanners of flaws, secrets and code, bills of material and statements about them; most specific first. */
export const scannerReaders: readonly FindingsReader[] = [
  awsInspector,
  trivyOperator,
  trivy,
  grype,
  osvScanner,
  dependencyTrack,
  cycloneDx,
  openVex,
  csaf,
  spdx,
  gitleaks,
  trufflehog,
  noseyParker,
  githubSecretScanning,
  checkov,
  kics,
  tfsec,
  kubeBench,
  kubescape,
  sarif,
  kev,
  kevTable,
  epssTable,
  epssJson,
  emptyResults,
];

/** Those that are neither JSON nor a table. */
export const scannerTextReaders: readonly TextFindingsReader[] = [cycloneDxXml, spdxTagValue];
