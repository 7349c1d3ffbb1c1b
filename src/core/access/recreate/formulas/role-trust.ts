import {
  accountOfArn,
  awsAccount,
  evidenceAt,
  parseArn,
  principalId,
  type Statement,
  parsePolicyDocument,
} from "../../../estate/index.js";
import { missing } from "../../aws/missing.js";
import { isOurAccount } from "../../own-account.js";
import type { PropertyTruth } from "../../recreation.js";
import { evidenceKey, overlayOf, statementKey, statementText, type FormulaContext } from "../context.js";
import { resourceEffectGuard } from "../effect-guard.js";
import { all, any, can, fact, type Formula } from "../formula.js";
import { awsAccountOf } from "../organization-guard.js";
import { isPublic } from "../public-statement.js";
import type { WeaknessFormula } from "../weakness-formula.js";

/** Statements of the role's trust policy that containment revokes. */
export function trustKeys(
  context: FormulaContext,
  broad: (statement: Statement) => boolean,
): readonly string[] {
  const use = context.estate.principal(principalId(context.id))?.trustPolicy;
  if (use === undefined) return [];
  return use.document.statements
    .filter((statement) => statement.effect === "Allow" && broad(statement))
    .map((statement) => statementKey(use.origin, statement.pointer));
}

/** Everybody, a whole account, or a cloud service that does not say for whom it acts (confused deputy). */
export function isBroadTrust(statement: Statement): boolean {
  const { principal, conditions } = statement;
  if (principal === undefined || principal.federated.length > 0) return false;
  if (principal.negated || principal.any || principal.aws.includes("*")) return true;
  if (principal.aws.some((name) => /^\d{12}$/.test(name) || parseArn(name)?.resource === "root")) return true;
  return (
    principal.service.length > 0 &&
    !conditions.some((clause) => /^aws:source(arn|account|orgid|orgpaths)$/i.test(clause.key))
  );
}

/** Who writes a role's trust policy (rows 11 and 12). Roles of Identity Center change only through it. */
export function trustWriters(context: FormulaContext): Formula {
  const role = context.id;
  const reserved = context.estate.principal(principalId(role))?.immutable === "aws-reserved";
  if (reserved) {
    const manager = awsAccountOf(context.estate, context.account);
    const provision = can("sso:ProvisionPermissionSet", "*", manager);
    return any(
      can("sso:CreateAccountAssignment", "*", manager),
      all(
        any(
          can("sso:PutInlinePolicyToPermissionSet", "*", manager),
          can("sso:AttachManagedPolicyToPermissionSet", "*", manager),
        ),
        provision,
      ),
    );
  }
  return any(
    can("iam:UpdateAssumeRolePolicy", role),
    all(
      can("iam:DeleteRole", role),
      can("iam:CreateRole", role),
      any(can("iam:AttachRolePolicy", role), can("iam:PutRolePolicy", role)),
    ),
  );
}

export function unchangeableRole(context: FormulaContext) {
  const role = context.estate.principal(principalId(context.id));
  return role?.immutable === "service-linked"
    ? {
        basis: "immutable" as const,
        text: "the trust of a service-linked role cannot be changed",
        evidence: [evidenceAt(role.origin, role.name)],
      }
    : undefined;
}

/** An entry that came in by a statement which containment took away. */
export const entersBy = (evidence: Parameters<typeof evidenceKey>[0][], keys: readonly string[]): boolean =>
  evidence.some((item) => keys.includes(evidenceKey(item)));

export function declaresTrust(declared: unknown, broad: (statement: Statement) => boolean): boolean {
  if (declared === undefined || declared === null) return false;
  return (
    parsePolicyDocument(declared).document?.statements.some(
      (statement) => statement.effect === "Allow" && broad(statement),
    ) ?? false
  );
}

/** The trust as it stands: statements of the role's trust policy that are too wide. */
export function weakTrust(
  context: FormulaContext,
  label: string,
  wide: (statement: Statement) => boolean,
): PropertyTruth {
  const use = context.estate.principal(principalId(context.id))?.trustPolicy;
  if (use === undefined) return fact("unknown", label, [], [missing.trust(context.id)]);
  const found = use.document.statements.filter(
    (statement) => statement.effect === "Allow" && wide(statement),
  );
  return fact(
    found.length > 0,
    label,
    found.map((statement) => evidenceAt(use.origin, statementText(statement), statement.pointer)),
  );
}

/** Anyone, or an account that is not ours and gives no external id; a landing zone's own accounts are no strangers. */
function namesStrangers(context: FormulaContext, statement: Statement): boolean {
  if (isPublic(statement)) return statement.principal?.negated !== true;
  const { estate } = context;
  const guarded = statement.conditions.some((clause) => /^sts:externalid$/i.test(clause.key));
  return (
    !guarded &&
    (statement.principal?.aws ?? []).some((name) => {
      const account = /^\d{12}$/.test(name) ? awsAccount(name) : accountOfArn(name);
      return account !== undefined && account !== context.account && !isOurAccount(estate, account);
    })
  );
}

/**
 * Row 11: a role that too many may assume. Sources: IAM User Guide, "Update a role trust policy", "Service-linked
 * roles"; IAM Identity Center User Guide on roles that it provisions. An RCP on `sts:AssumeRole` is an effect guard.
 */
export const roleTrust: WeaknessFormula = {
  name: "role-trust",
  weaknesses: ["iam.trust.broad"],
  kinds: ["iam:role"],
  weak: (context) =>
    weakTrust(context, "strangers may assume it", (statement) => namesStrangers(context, statement)),
  contain: (context) => overlayOf({ statements: trustKeys(context, isBroadTrust) }),
  restore: (context) =>
    all(trustWriters(context), resourceEffectGuard(context, "sts:AssumeRole", context.id, "sts")),
  immutable: unchangeableRole,
  changesIdentities: true,
  bypass: () => [],
  declares: (definition) => declaresTrust(definition.declares.get("trustPolicy"), isBroadTrust),
  elsewhere: (context) => [
    [
      "iam:CreateRole",
      `arn:aws:iam::${(accountOfArn(context.id) ?? context.account)?.slice(4) ?? "*"}:role/*`,
    ],
  ],
  verbs: {
    "iam:UpdateAssumeRolePolicy": "may change the trust",
    "iam:DeleteRole": "may build the role anew",
  },
  excludes: (entry, context) =>
    (entry.principal as string) === context.id &&
    entersBy([...entry.evidence], trustKeys(context, isBroadTrust)),
};
