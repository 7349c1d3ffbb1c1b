import { globMatches } from "../glob.js";
import type { ConditionClause, Statement } from "../../estate/index.js";

/**
 * Condition keys that bind an anonymous grant to somebody in particular when their values are fixed (Amazon S3 User
 * Guide, "The meaning of public"; the organisation and account keys are treated alike by every service).
 */
const narrowing = new Set(
  [
    ...[
      "aws:SourceArn",
      "aws:SourceVpc",
      "aws:SourceVpce",
      "aws:SourceVpcArn",
      "aws:SourceOwner",
      "aws:SourceAccount",
      "aws:SourceOrgID",
    ],
    ...[
      "aws:SourceOrgPaths",
      "aws:userid",
      "aws:PrincipalArn",
      "aws:PrincipalAccount",
      "aws:PrincipalOrgID",
      "aws:PrincipalOrgPaths",
    ],
    ...[
      "aws:PrincipalServiceName",
      "aws:VpceAccount",
      "aws:VpceOrgID",
      "s3:DataAccessPointArn",
      "s3:DataAccessPointAccount",
    ],
    ...[
      "s3:x-amz-server-side-encryption-aws-kms-key-id",
      "kms:CallerAccount",
      "kms:ViaService",
      "lambda:FunctionUrlAuthType",
    ],
  ].map((key) => key.toLowerCase()),
);

/** An Allow to anyone: `Principal: "*"`, or everybody but some, without a condition that names who. */
export function isPublic(statement: Statement): boolean {
  if (statement.effect !== "Allow" || statement.principal === undefined) return false;
  const { principal } = statement;
  const anyone = principal.negated || principal.any || principal.aws.includes("*");
  return anyone && !statement.conditions.some(narrows);
}

/**
 * Issuers that IAM knows by name: anybody gets a token from them, and assumes a role of its own account with it. The
 * ARN of a provider stands for the roles of one account (IAM User Guide, "AWS JSON policy elements: Principal", OIDC
 * federated principals).
 */
const openIssuers: ReadonlySet<string> = new Set([
  "accounts.google.com",
  "cognito-identity.amazonaws.com",
  "graph.facebook.com",
  "www.amazon.com",
]);

/**
 * An Allow to whoever holds a token of such an issuer, whatever its audience or subject. Amazon S3 counts only fixed
 * AWS principals and services as not public ("The meaning of public").
 */
export function admitsAnyToken(statement: Statement): boolean {
  const { effect, principal, conditions } = statement;
  if (effect !== "Allow" || principal === undefined || principal.negated) return false;
  const issuers = principal.federated.filter((name) => openIssuers.has(name.toLowerCase()));
  return issuers.some(
    (issuer) => !conditions.some((clause) => narrows(clause) || bindsToken(clause, issuer.toLowerCase())),
  );
}

const bindsToken = ({ operator, key, values }: ConditionClause, issuer: string): boolean =>
  /^(String(Equals|Like)(IgnoreCase)?|ForAnyValue:String(Equals|Like))$/i.test(operator) &&
  key.toLowerCase().startsWith(`${issuer}:`) &&
  !key.toLowerCase().endsWith(":amr") &&
  values.length > 0 &&
  values.every((value) => value !== "" && !value.startsWith("*"));

function narrows(clause: ConditionClause): boolean {
  const operator = clause.operator.toLowerCase();
  if (
    operator.includes("not") ||
    operator.endsWith("ifexists") ||
    operator.startsWith("forallvalues") ||
    operator === "null"
  )
    return false;
  const key = clause.key.toLowerCase();
  if (key === "aws:sourceip") return clause.values.every((value) => !isWideRange(value));
  if (key === "lambda:functionurlauthtype") return clause.values.every((value) => value === "AWS_IAM");
  if (key === "kms:viaservice") return false;
  if (!narrowing.has(key)) return false;
  return clause.values.length > 0 && clause.values.every((value) => isFixed(key, value));
}

/** A `*` in the place that names the account or the owner fixes nothing; one in the last part of an ARN does. */
function isFixed(key: string, value: string): boolean {
  if (value === "" || value.startsWith("*") || value.includes("${")) return false;
  if (!/[*?]/.test(value)) return true;
  if (value.startsWith("arn:")) {
    const account = value.split(":")[4];
    const resource = value.split(":")[2] === "s3" ? (value.split(":")[5] ?? "") : account;
    return (
      resource !== undefined && resource !== "" && !/^[*?]/.test(resource) && !/[*?]/.test(account ?? "")
    );
  }
  return key.endsWith("orgpaths") && /^o-[a-z0-9]+\//.test(value);
}

/** Broader than /8 for IPv4 or /32 for IPv6 counts as the whole internet (S3 User Guide). */
function isWideRange(range: string): boolean {
  const [address = "", length] = range.split("/");
  const bits = length === undefined ? 128 : Number(length);
  return address.includes(":") ? bits < 32 : bits < 8;
}

/** Whether an action element covers an action, without regard to case. */
export function coversAction(statement: Statement, action: string): boolean {
  const asked = action.toLowerCase();
  const hit = statement.action.patterns.some((pattern) => globMatches(pattern.toLowerCase(), asked));
  return statement.action.negated ? !hit : hit;
}
