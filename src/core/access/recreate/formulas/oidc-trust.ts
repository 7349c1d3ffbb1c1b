import type { Statement } from "../../../estate/index.js";
import { overlayOf, type FormulaContext } from "../context.js";
import { any, can, fact, is, all, type Formula } from "../formula.js";
import type { WeaknessFormula } from "../weakness-formula.js";
import {
  declaresTrust,
  entersBy,
  trustKeys,
  trustWriters,
  unchangeableRole,
  weakTrust,
} from "./role-trust.js";

/** A federated trust without a subject, or with a pattern for one. */
export function isBroadOidc(statement: Statement): boolean {
  if ((statement.principal?.federated.length ?? 0) === 0) return false;
  const pinned = statement.conditions.some(
    (clause) =>
      /:(sub|repository|repository_id|job_workflow_ref)$/i.test(clause.key) &&
      /^(foranyvalue:)?(stringequals|stringlike|arnequals|arnlike)$/i.test(clause.operator) &&
      clause.values.length > 0 &&
      clause.values.every((value) => !/[*?]/.test(value)),
  );
  return !pinned;
}

/** Broad beyond one repository: a pattern that ends inside a repository's own subjects names one owner of code. */
function isLoose(statement: Statement): boolean {
  const federated = statement.principal?.federated ?? [];
  if (!federated.some((name) => name.includes(":oidc-provider/")) || !isBroadOidc(statement)) return false;
  const subjects = statement.conditions.filter((clause) => /:(sub|repository)$/i.test(clause.key));
  const oneRepository = (value: string): boolean => /^(repo:)?[^*?/:]+\/[^*?/:]+(:|$)/.test(value);
  return !subjects.some((clause) => clause.values.length > 0 && clause.values.every(oneRepository));
}

/**
 * Row 12: a role for too many tokens. For the issuers that it lists as shared (GitHub Actions, GitLab.com, Terraform
 * Cloud, Buildkite, Codefresh, Scalr, Upbound, …: `sub`; Vercel, Pulumi, Cognito: `aud`) IAM has refused a new or changed
 * trust without a condition on that claim since June 2025; trusts from before stay
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html). A broad pattern can
 * therefore return, and an issuer of one's own is not held to it: the writers of the trust stay in the formula. Minting a
 * matching token needs no right in AWS; containment has taken the broad statement away.
 */
export const oidcTrust: WeaknessFormula = {
  name: "oidc-trust",
  weaknesses: ["oidc.trust.broad"],
  kinds: ["iam:role", "iam:oidc-provider"],
  weak: (context) =>
    context.id.includes(":oidc-provider/")
      ? undefined
      : weakTrust(context, "tokens of many repositories or subjects get it", isLoose),
  contain: (context) => overlayOf({ statements: trustKeys(context, isBroadOidc) }),
  restore: (context) => (context.id.includes(":oidc-provider/") ? audience(context) : trustWriters(context)),
  immutable: unchangeableRole,
  changesIdentities: true,
  bypass: () => [],
  declares: (definition) => declaresTrust(definition.declares.get("trustPolicy"), isBroadOidc),
  elsewhere: () => [],
  verbs: {
    "iam:UpdateAssumeRolePolicy": "may widen the trust",
    "iam:AddClientIDToOpenIDConnectProvider": "may add an audience",
    "iam:CreateOpenIDConnectProvider": "may create the provider again",
  },
  excludes: (entry, context) =>
    (entry.principal as string) === context.id &&
    entersBy([...entry.evidence], trustKeys(context, isBroadOidc)),
};

function audience(context: FormulaContext): Formula {
  const provider = context.estate.providers.find((item) => item.id === context.id);
  const exists = is(fact(provider !== undefined, "the provider exists"));
  return any(
    all(can("iam:AddClientIDToOpenIDConnectProvider", context.id), exists),
    can("iam:CreateOpenIDConnectProvider", context.id),
  );
}
