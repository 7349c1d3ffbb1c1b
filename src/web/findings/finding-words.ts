import type { FindingLine } from "../../api/index.js";
import { dayOf } from "../parts/when.js";

export const findingStateNames = [
  "open",
  "fixed",
  "recurred",
  "gone",
  "muted-external",
  "accepted",
  "unknown",
] as const;

const words: Readonly<Record<FindingLine["state"], string>> = {
  open: "failing",
  fixed: "seen passing",
  recurred: "came back",
  gone: "not listed any more",
  "muted-external": "muted",
  accepted: "accepted",
  unknown: "not known",
};

export const stateName = (state: FindingLine["state"]): string => words[state];

/** `muted in Prowler, no owner, no end`: what stands behind a state, in one clause. */
export function stateWords({ state, muted, returned, tool, passedAt }: FindingLine): string {
  const parts = [words[state]];
  if (muted !== undefined) {
    parts[0] = `muted in ${toolName(tool)}`;
    if (!muted.owner) parts.push("no owner");
    parts.push(muted.until === undefined ? "no end" : `until ${dayOf(muted.until)}`);
  }
  if (returned > 0) parts.push(`came back ${returned === 1 ? "once" : `${String(returned)} times`}`);
  else if (state === "fixed" && passedAt !== undefined) parts.push(dayOf(passedAt));
  return parts.join(", ");
}

/** As those who make them write them; a tool that is not among them is called as it calls itself. */
const tools: Readonly<Record<string, string>> = {
  "access-analyzer": "Access Analyzer",
  checkov: "Checkov",
  cloudsploit: "CloudSploit",
  defender: "Defender",
  "dependency-track": "Dependency-Track",
  "gcp-scc": "Security Command Center",
  "github-secret-scanning": "GitHub secret scanning",
  gitleaks: "Gitleaks",
  grype: "Grype",
  guardduty: "GuardDuty",
  inspector: "Inspector",
  kics: "KICS",
  kubescape: "Kubescape",
  noseyparker: "Nosey Parker",
  orca: "Orca",
  "osv-scanner": "OSV-Scanner",
  prowler: "Prowler",
  "security-hub": "Security Hub",
  terraform: "Terraform",
  trivy: "Trivy",
  trufflehog: "TruffleHog",
  wiz: "Wiz",
};

export const toolName = (tool: string): string => tools[tool] ?? tool;
