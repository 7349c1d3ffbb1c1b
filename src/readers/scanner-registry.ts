import { awsInspector } from "./aws-inspector/index.js";
import { csaf } from "./csaf/index.js";
import { cycloneDx, cycloneDxXml } from "./cyclonedx/index.js";
import { dependencyTrack } from "./dependency-track/index.js";
import { epssJson, epssTable } from "./epss/index.js";
import type { FindingsReader, TextFindingsReader } from "./findings-reader.js";
import { grype } from "./grype/index.js";
import { kev } from "./kev/index.js";
import { openVex } from "./openvex/index.js";
import { osvScanner } from "./osv-scanner/index.js";
import { spdx, spdxTagValue } from "./spdx/index.js";
import { trivyOperator } from "./trivy-operator/index.js";
import { trivy } from "./trivy/index.js";

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
  kev,
  epssTable,
  epssJson,
];

/** Those that are neither JSON nor a table. */
export const scannerTextReaders: readonly TextFindingsReader[] = [cycloneDxXml, spdxTagValue];
