import { member, text, type JsonObject } from "../json-value.js";

/** `S3.8`, `ElastiCache.1`: the ids that Security Hub gives to controls over all standards. */
const consolidated = /^(?!CIS\b|PCI\b)[A-Za-z][A-Za-z0-9]*\.\d+$/;
/** `https://docs.aws.amazon.com/console/securityhub/IAM.4/remediation` */
const inAddress = /\/securityhub\/([A-Za-z][A-Za-z0-9]*\.\d+)\/remediation/;

/**
 * Numbers of the CIS benchmark 1.2.0 as controls (AWS Audit Manager user guide, supported Security Hub controls): old
 * records carry nothing else. Those of the other standards are in the address of the remediation.
 */
const cis120: Readonly<Record<string, string>> = {
  "1.2": "IAM.5", "1.3": "IAM.8", "1.4": "IAM.3", "1.5": "IAM.11", "1.6": "IAM.12", "1.7": "IAM.13", "1.8": "IAM.14",
  "1.9": "IAM.15", "1.10": "IAM.16", "1.11": "IAM.17", "1.12": "IAM.4", "1.13": "IAM.9", "1.14": "IAM.6", "1.16": "IAM.2",
  "1.20": "IAM.18", "1.22": "IAM.1", "2.1": "CloudTrail.1", "2.2": "CloudTrail.4", "2.3": "CloudTrail.6",
  "2.4": "CloudTrail.5", "2.5": "Config.1", "2.6": "CloudTrail.7", "2.7": "CloudTrail.2", "2.8": "KMS.4", "2.9": "EC2.6",
  "3.1": "CloudWatch.2", "3.2": "CloudWatch.3", "3.3": "CloudWatch.1", "3.4": "CloudWatch.4", "3.5": "CloudWatch.5",
  "3.6": "CloudWatch.6", "3.7": "CloudWatch.7", "3.8": "CloudWatch.8", "3.9": "CloudWatch.9", "3.10": "CloudWatch.10",
  "3.11": "CloudWatch.11", "3.12": "CloudWatch.12", "3.13": "CloudWatch.13", "3.14": "CloudWatch.14", "4.1": "EC2.13",
  "4.2": "EC2.14", "4.3": "EC2.2",
}; // prettier-ignore

/**
 * The control that a record of Security Hub is about. One check makes a finding for each standard that asks for it
 * (FSBP, CIS, PCI; pitfall 9), numbered as the standard does: by the control they are one finding.
 */
export function asffControl(record: JsonObject, generator: string): string | undefined {
  const fields = member(record, "ProductFields");
  const stated = text(member(record, "Compliance"), "SecurityControlId");
  if (stated !== undefined && consolidated.test(stated)) return stated;
  const address =
    text(fields, "RecommendationUrl") ??
    text(member(member(record, "Remediation"), "Recommendation"), "Url") ??
    "";
  const linked = inAddress.exec(address)?.[1];
  if (linked !== undefined && consolidated.test(linked)) return linked;
  const standard = /cis-aws-foundations-benchmark\/v\/([\d.]+)/.exec(generator)?.[1];
  const found =
    stated ??
    text(fields, "ControlId") ??
    text(fields, "RuleId") ??
    /(?:^|\/)((?:PCI\.)?[A-Za-z0-9]+\.\d+(?:\.\d+)*)\/?$/.exec(generator)?.[1];
  if (found === undefined || !/^(?:PCI\.)?[A-Za-z0-9]+\.\d+(\.\d+)*$/.test(found)) return undefined;
  if (/^[A-Za-z]/.test(found)) return found;
  const known = standard === "1.2.0" && Object.hasOwn(cis120, found) ? cis120[found] : undefined;
  return known ?? `CIS.${found}`;
}
