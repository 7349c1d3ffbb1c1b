import type { MissingFact } from "../../estate/index.js";
import { missing as missingFacts } from "../aws/missing.js";
import { globMatches } from "../glob.js";
import { missingFact, type FormulaContext } from "./context.js";
import { rightsOf, type Formula } from "./formula.js";
import { decisiveRights } from "./ground.js";

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

/**
 * Who deploys or configures a workload is in no document of AWS: that IAM was collected says nothing about it. Where a
 * document states such a grant, its author has said who may; elsewhere nobody has.
 */
export function deployersMissing(
  { estate, account, name }: FormulaContext,
  restore: Formula,
): readonly MissingFact[] {
  // A hosted service's own list of grants says who deploys there and who issues its credentials; who writes a
  // repository stands in neither.
  const open = account?.startsWith("aws:") === true ? /^(workload|repository|credential):/ : /^repository:/;
  const words = decisiveRights(restore).filter(({ action }) => open.test(action));
  const stated = words.some(({ action, resource }) =>
    estate.grants.some(
      (grant) =>
        grant.effect === "Allow" &&
        grant.actions.some((pattern) => globMatches(pattern.toLowerCase(), action)) &&
        grant.resources.some((pattern) => globMatches(pattern, resource)),
    ),
  );
  const [first] = words;
  if (first === undefined || stated) return [];
  const actions = [...new Set(words.map(({ action }) => `\`${action}\``))].join(" and ");
  return [
    missingFact(
      "deployers",
      first.resource,
      first.action.startsWith("workload:")
        ? `who may deploy or configure ${name}`
        : `who holds ${actions} for ${name}`,
      `state the grants of ${actions} on it in a remit.estate/1 document`,
    ),
  ];
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
