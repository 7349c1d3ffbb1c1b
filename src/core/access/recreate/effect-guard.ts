import type { FormulaContext } from "./context.js";
import { missingFact } from "./context.js";
import { fact, is, open, type Formula } from "./formula.js";
import { liftOrganizationPolicy, policiesOf } from "./organization-guard.js";
import { coversAction } from "./public-statement.js";

/**
 * Services that resource control policies cover (AWS Organizations User Guide, "Resource control policies", list of
 * services); others are outside their reach whatever a policy says.
 */
const coveredByRcp = new Set([
  "s3",
  "sts",
  "kms",
  "sqs",
  "secretsmanager",
  "ecr",
  "aoss",
  "dynamodb",
  "cognito-idp",
  "logs",
]);

/**
 * An RCP that keeps strangers from the data is an effect guard: the setting returns, the exposure does not. A Deny on
 * the data action counts as such when it is unconditional or spares only identities of the organisation or services;
 * any other condition leaves the answer open.
 */
export function resourceEffectGuard(
  context: FormulaContext,
  action: string,
  _resource: string,
  service: string,
): Formula {
  const { account, estate } = context;
  if (!coveredByRcp.has(service)) return is(fact(true, `resource control policies do not cover ${service}`));
  if (account === undefined)
    return is(fact("unknown", "no RCP stands in the way", [], [missing(context, context.id)]));
  // RCPs do not bind resources of the management account (AWS Organizations User Guide).
  if (estate.organizationOf(account)?.managementAccount === account) {
    return is(fact(true, "RCPs do not bind the management account"));
  }
  if (estate.account(account)?.organization === "none") return is(fact(true, "no organisation, no RCP"));
  const denies = policiesOf(estate, account, "rcp").flatMap((policy) =>
    (policy.use?.document.statements ?? [])
      .filter((statement) => statement.effect === "Deny" && coversAction(statement, action))
      .map((statement) => ({ policy, statement })),
  );
  const blocking = denies.find(({ statement }) =>
    statement.conditions.every((clause) => keepsStrangersOut(clause.key)),
  );
  const guard = {
    name: `RCP on ${action}`,
    kind: "effect" as const,
    lift: liftOrganizationPolicy(estate, account, "rcp"),
  };
  if (blocking !== undefined)
    return open({
      ...guard,
      name: `RCP ${blocking.policy.name}`,
      off: fact(false, `RCP ${blocking.policy.name} keeps strangers out`),
    });
  if (!estate.covers("rcp", account)) {
    return open({
      ...guard,
      off: fact("unknown", "no RCP stands in the way", [], [missing(context, account)]),
    });
  }
  if (denies.length > 0) {
    const fact_ = missingFact(
      "rcp-condition",
      account,
      `whether RCP ${denies[0]?.policy.name ?? ""} refuses strangers`,
      "read the condition of the RCP",
    );
    return open({ ...guard, off: fact("unknown", "an RCP with a condition applies", [], [fact_]) });
  }
  return open({ ...guard, off: fact(true, `no RCP on ${service}`) });
}

const identityKeys = new Set(
  [
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalIsAWSService",
    "aws:PrincipalAccount",
    "aws:SourceOrgID",
    "aws:SourceAccount",
  ].map((key) => key.toLowerCase()),
);
const keepsStrangersOut = (key: string): boolean => identityKeys.has(key.toLowerCase());

const missing = (context: FormulaContext, scope: string) =>
  missingFact(
    "rcp",
    scope,
    `resource control policies of account ${context.account === undefined ? "(unknown)" : (context.estate.account(context.account)?.name ?? context.account)}`,
    "aws organizations list-policies --filter RESOURCE_CONTROL_POLICY, describe-policy, list-targets-for-policy",
  );
