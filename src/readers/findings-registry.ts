import { asff } from "./asff/index.js";
import { cloudsploit } from "./cloudsploit/index.js";
import { defender, defenderCsv } from "./defender/index.js";
import { defenderEndpoint } from "./defender-endpoint/index.js";
import type { FindingsReader, TextFindingsReader } from "./findings-reader.js";
import { gcpScc } from "./gcp-scc/index.js";
import { nativeFindings } from "./native-findings/index.js";
import { ocsf } from "./ocsf/index.js";
import { orca, orcaCsv } from "./orca/index.js";
import { prowlerCsv, prowlerV2, prowlerV3 } from "./prowler-native/index.js";
import { prowlerOcsf } from "./prowler-ocsf/index.js";
import { scannerReaders, scannerTextReaders } from "./scanner-registry.js";
import { wizCli } from "./wiz-cli/index.js";
import { wizIssues, wizIssuesCsv, wizVulnerabilitiesCsv } from "./wiz-issues/index.js";

/** All findings readers, most specific first: the first that recognises a record reads it. */
export const findingsReaders: readonly FindingsReader[] = [
  prowlerOcsf,
  asff,
  ocsf,
  prowlerV3,
  prowlerV2,
  prowlerCsv,
  gcpScc,
  defender,
  defenderCsv,
  defenderEndpoint,
  wizIssues,
  wizIssuesCsv,
  wizVulnerabilitiesCsv,
  wizCli,
  cloudsploit,
  orca,
  orcaCsv,
  ...scannerReaders,
  nativeFindings,
];

/** Readers of what is neither JSON nor a table. */
export const textFindingsReaders: readonly TextFindingsReader[] = [...scannerTextReaders];
