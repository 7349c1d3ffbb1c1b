import type { MissingFact } from "../../estate/index.js";
import { missing as missingFacts } from "../aws/missing.js";
import { missingFact, type FormulaContext } from "./context.js";
import { rightsOf, type Formula } from "./formula.js";

/**
 * What must have been collected before anybody may say that there is no further way: the identities of the account
 * and, where the resource has a policy, that policy. Rights that hang on SCPs are unknown one by one already.
 */
export function layersMissing(context: FormulaContext, restore: Formula): readonly MissingFact[] {
  const { estate, account, resource, id } = context;
  if (rightsOf(restore).length === 0) return [];
  if (account === undefined) return [missingFacts.owner(id)];
  const facts: MissingFact[] = [];
  if (!estate.covers("iam", account)) {
    facts.push(
      account.startsWith("aws:")
        ? missingFacts.identities(account)
        : missingFact(
            "iam",
            account,
            `whether every identity and grant of ${estate.account(account)?.name ?? account} is listed`,
            `state coverage \`iam\` of \`${account}\` in the estate`,
          ),
    );
  }
  if (resource?.policies === undefined && policyKinds.has(resource?.kind ?? kindOfArn(id)))
    facts.push(missingFacts.resourcePolicy(id));
  return facts;
}

const policyKinds: ReadonlySet<string> = new Set([
  "s3:bucket",
  "kms:key",
  "sqs:queue",
  "sns:topic",
  "lambda:function",
  "ecr:repository",
  "secretsmanager:secret",
]);

function kindOfArn(id: string): string {
  const service = id.split(":")[2] ?? "";
  const kinds: Readonly<Record<string, string>> = {
    s3: "s3:bucket",
    kms: "kms:key",
    sqs: "sqs:queue",
    sns: "sns:topic",
    lambda: "lambda:function",
    ecr: "ecr:repository",
    secretsmanager: "secretsmanager:secret",
  };
  return kinds[service] ?? service;
}
