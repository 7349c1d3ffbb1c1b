import type { Account, AccountId } from "../../core/estate/index.js";
import { awsAccount } from "../../core/estate/index.js";
import type { ParsedDocument } from "../document.js";
import type { EstateReadContext, EstateReader, EstateReading } from "../estate-reader.js";
import { isObject, member, objects, text, type JsonObject } from "../json-value.js";

/**
 * `aws accessanalyzer list-findings` and `list-findings-v2`. AWS's own conclusions are counted and named, but no
 * right is drawn from them: the policies behind them are the truth, and they come with other documents.
 */
export const accessAnalyzerReader: EstateReader = {
  kind: "aws-access-analyzer",
  title: "Access Analyzer findings",
  recognises: (document) => findingsOf(document).length > 0,
  read(document: ParsedDocument, context: EstateReadContext): EstateReading {
    const findings = findingsOf(document);
    const accounts = new Set<AccountId>();
    let unused = 0;
    for (const finding of findings) {
      const owner = text(finding, "resourceOwnerAccount");
      if (owner !== undefined && /^\d{12}$/.test(owner)) accounts.add(awsAccount(owner));
      if (text(finding, "findingType")?.startsWith("Unused") === true) unused += 1;
    }
    const origin = { source: context.source, pointer: "" };
    return {
      facts: { accounts: [...accounts].sort().map((id): Account => ({ id, provider: "aws", origin })) },
      rejected: [],
      entities: { findings: findings.length, ...(unused > 0 ? { unusedAccess: unused } : {}) },
    };
  },
};

function findingsOf(document: ParsedDocument): readonly JsonObject[] {
  const list = member(document.value, "findings");
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  const known =
    isObject(first) &&
    text(first, "resourceOwnerAccount") !== undefined &&
    text(first, "analyzedAt") !== undefined;
  return known ? objects(list) : [];
}
