import {
  accountOfArn,
  awsAccount,
  type AccountId,
  type Estate,
  type MissingFact,
  type Organization,
  type OrganizationPolicyType,
  type Resource,
  type Statement,
} from "../../estate/index.js";
import { globMatches } from "../glob.js";
import { missingFact } from "./context.js";
import { all, any, can, fact, is, type Formula } from "./formula.js";
import { coversAction } from "./public-statement.js";

/** Kind of the resource that stands for the delegation policy of an organisation. */
export const delegationKind = "organizations:resource-policy";

/**
 * What the management account can hand to a member account: actions on policies, not on accounts (AWS Organizations User
 * Guide, "Delegated administrator for AWS Organizations", supported actions).
 */
const delegated = ["DetachPolicy", "UpdatePolicy", "DisablePolicyType"] as const;

/** `organizations:PolicyType` of each type (service authorization reference of Organizations). */
const policyTypes: Readonly<Record<OrganizationPolicyType, string>> = {
  scp: "SERVICE_CONTROL_POLICY",
  rcp: "RESOURCE_CONTROL_POLICY",
  s3: "S3_POLICY",
  "declarative-ec2": "DECLARATIVE_POLICY_EC2",
};

/**
 * Who lifts a policy of the organisation because the delegation policy of the organisation names its account. The
 * identity needs the right in its own policies as well ("Create a resource-based delegation policy", minimum permissions).
 */
export function byDelegation(
  estate: Estate,
  organization: Organization,
  type: OrganizationPolicyType,
): readonly Formula[] {
  const policy = delegationPolicy(estate, organization);
  return (policy?.policies?.size ?? 0) === 0
    ? []
    : [...(policy?.policies?.values() ?? [])].flatMap(({ document }) =>
        document.statements.flatMap((statement) => granted(statement, organization, type)),
      );
}

function granted(
  statement: Statement,
  organization: Organization,
  type: OrganizationPolicyType,
): readonly Formula[] {
  const { effect, principal, conditions } = statement;
  if (effect !== "Allow" || principal === undefined) return [];
  const wanted = policyTypes[type];
  const otherType = conditions.some(
    ({ operator, key, values }) =>
      key.toLowerCase() === "organizations:policytype" &&
      /^(ForAnyValue:)?String(Equals|Like)(IgnoreCase)?(IfExists)?$/i.test(operator) &&
      !values.some((value) => globMatches(value.toUpperCase(), wanted)),
  );
  if (otherType) return [];
  const bound =
    conditions.length > 0 || statement.resource?.negated === true || !coversAll(statement.resource?.patterns);
  const narrow = fact(
    "unknown",
    "the delegation covers this policy",
    [],
    [
      missingFact(
        "delegation-scope",
        organization.id,
        `whether the delegation policy of organisation ${organization.id} covers the policy that stands in the way`,
        "compare its conditions and resources by hand",
      ),
    ],
  );
  const accounts = principal.any
    ? [undefined]
    : [...new Set(principal.aws.flatMap((name) => accountOf(name) ?? []))].sort();
  return accounts.map((account) => {
    const rights = any(
      ...delegated
        .filter((right) => coversAction(statement, `organizations:${right}`))
        .map((right) => can(`organizations:${right}`, "*", account)),
    );
    return bound ? all(rights, is(narrow)) : rights;
  });
}

const coversAll = (patterns: readonly string[] | undefined): boolean =>
  patterns === undefined || patterns.includes("*");

const accountOf = (name: string): AccountId | undefined =>
  /^\d{12}$/.test(name) ? awsAccount(name) : accountOfArn(name);

const policies = new WeakMap<Estate["resources"], readonly Resource[]>();

/** Every question asks for it: the few resources of the kind are looked for once. */
function delegationPolicy({ resources }: Estate, organization: Organization): Resource | undefined {
  let found = policies.get(resources);
  if (found === undefined)
    policies.set(resources, (found = resources.filter(({ kind }) => kind === delegationKind)));
  return found.find((item) => item.policies !== undefined && item.id.includes(`/${organization.id}/`));
}

/** The fact that is missing where nobody supplied the delegation policy and a member account may have been named. */
export function delegationMissing(estate: Estate, organization: Organization): MissingFact | undefined {
  if (delegationPolicy(estate, organization) !== undefined) return undefined;
  if (estate.covers("resource-policy", organization.id)) return undefined;
  return missingFact(
    "delegation",
    organization.id,
    `which accounts organisation ${organization.id} lets manage its policies`,
    "aws organizations describe-resource-policy",
  );
}

/** Whoever holds a right that could have been delegated to its account. */
export const delegable = (): Formula => any(...delegated.map((right) => can(`organizations:${right}`, "*")));
