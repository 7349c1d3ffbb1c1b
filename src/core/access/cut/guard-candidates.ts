import {
  accountId,
  accountOfArn,
  resourceId,
  type AccountId,
  type ConditionClause,
  type Estate,
  type PolicyDocument,
  type PrincipalId,
  type Statement,
} from "../../estate/index.js";
import type { Change } from "../change/change.js";
import type { Hop, RecreationQuestion } from "../recreation.js";
import { prices, short, type Candidate } from "./candidate.js";
import { asksOf } from "./ground.js";

const s3Flags = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];

/** Switches and policies that stand in the way of every actor at once: public-access blocks, SCP, RCP. */
export function guardCandidates(
  estate: Estate,
  question: RecreationQuestion,
  account: AccountId | undefined,
): readonly Candidate[] {
  return [...blocks(estate, question, account), ...dataGuard(estate, question, account)];
}

function blocks(
  estate: Estate,
  { resource, weakness }: RecreationQuestion,
  account: AccountId | undefined,
): readonly Candidate[] {
  const region = estate.resource(resource)?.region ?? resource.split(":")[3] ?? "";
  const onAccount = (properties: readonly (readonly [string, string | boolean])[], title: string) =>
    account === undefined || estate.account(account) === undefined
      ? []
      : [
          block(
            account,
            properties,
            `account ${estate.account(account)?.name ?? account.slice(4)}: ${title}`,
          ),
        ];
  switch (weakness) {
    case "s3.public":
    case "s3.public-access-block-off": {
      const own = s3Flags.map((flag) => [`publicAccessBlock.${flag}`, true] as const);
      return [
        ...onAccount(
          own.map(([name]) => [`s3.${name}`, true] as const),
          "block public access on",
        ),
        ...(estate.resource(resource) === undefined || weakness !== "s3.public"
          ? []
          : [block(resource, own, `${short(resource)}: block public access on`)]),
      ];
    }
    case "ec2.public-snapshot":
      return onAccount(
        [[`ec2.snapshotBlockPublicAccess.${region}`, "block-all-sharing"]],
        "no snapshot is shared publicly",
      );
    case "ec2.public-image":
      return onAccount(
        [[`ec2.imageBlockPublicAccess.${region}`, "block-new-sharing"]],
        "no image is shared publicly",
      );
    case "ec2.imdsv1":
      return onAccount([[`ec2.httpTokensEnforced.${region}`, true]], "tokens enforced for metadata");
    default:
      return [];
  }
}

function block(
  on: string,
  properties: readonly (readonly [string, string | boolean])[],
  title: string,
): Candidate {
  return {
    key: `block|${on}`,
    edit: {
      kind: "changes",
      changes: properties.map(([property, to]): Change => ({
        kind: "set",
        resource: resourceId(on),
        property,
        to,
      })),
    },
    // A switch of one resource is its setting (row 11), one of the account a guard rail (row 6).
    cause: accountOfArn(on) === undefined && on.startsWith("aws:") ? "guardrail" : "setting",
    subject: on,
    title,
    cost: prices.block,
    use: "unknown",
    interim: false,
    others: 0,
  };
}

/** Data actions that an RCP can keep to the organisation, by weakness. */
const dataActions: Readonly<Record<string, string>> = {
  "s3.public": "s3:*",
  "sqs.public": "sqs:*",
  "kms.open-key": "kms:*",
  "ecr.open-repository": "ecr:*",
};

/** The setting may return, the exposure does not: strangers are refused whatever the resource says (effect guard). */
function dataGuard(
  estate: Estate,
  { weakness }: RecreationQuestion,
  account: AccountId | undefined,
): readonly Candidate[] {
  const action = dataActions[weakness];
  if (action === undefined || account === undefined) return [];
  const organization = bindable(estate, account, "rcp");
  if (organization === undefined) return [];
  const conditions: readonly ConditionClause[] = [
    { operator: "StringNotEqualsIfExists", key: "aws:PrincipalOrgID", values: [organization] },
    { operator: "BoolIfExists", key: "aws:PrincipalIsAWSService", values: ["false"] },
  ];
  const document = policy({
    sid: "OnlyOurOrganisation",
    action,
    resource: "*",
    conditions,
    everyone: true,
  });
  return [
    guard(
      "rcp",
      account,
      `keep-${action.split(":")[0] ?? ""}-inside`,
      document,
      `${action} for our organisation only`,
    ),
  ];
}

/** The organisation id, where policies of the type bind the account. */
function bindable(estate: Estate, account: AccountId, type: "scp" | "rcp"): string | undefined {
  const organization = estate.organizationOf(account);
  if (organization === undefined || organization.managementAccount === account) return undefined;
  if (organization.enabledPolicyTypes?.includes(type) === false) return undefined;
  return organization.nodes.some(({ id }) => `aws:${id}` === account) ? organization.id : undefined;
}

/** Nobody of the account but those named may do it: a Deny above the account, with the expected administrators spared. */
export function actionGuards(
  estate: Estate,
  hop: Hop,
  spared: (account: AccountId) => readonly PrincipalId[],
): readonly Candidate[] {
  const account = accountOfArn(hop.from);
  if (account === undefined || bindable(estate, account, "scp") === undefined) return [];
  return asksOf(hop).map(({ action, resource }): Candidate => {
    const on = resource.startsWith("arn:") ? resource : "*";
    const names = spared(account);
    const document = policy({
      sid: "OnlyAdministrators",
      action,
      resource: on,
      conditions:
        names.length === 0 ? [] : [{ operator: "ArnNotLike", key: "aws:PrincipalArn", values: names }],
      everyone: false,
    });
    return guard(
      "scp",
      account,
      `only-admins-${action.replace(":", "-").toLowerCase()}-${short(on)}`,
      document,
      `${action}${on === "*" ? "" : ` on ${short(on)}`} for administrators only`,
    );
  });
}

function guard(
  type: "scp" | "rcp",
  account: string,
  name: string,
  document: PolicyDocument,
  title: string,
): Candidate {
  return {
    key: `${type}|${account}|${name}`,
    edit: {
      kind: "changes",
      changes: [{ kind: "addGuardrail", type, target: account.slice("aws:".length), name, document }],
    },
    cause: "guardrail",
    subject: accountId(account),
    title: `${type.toUpperCase()} on account ${account.slice("aws:".length)}: ${title}`,
    cost: prices.guardrail,
    use: "unknown",
    interim: false,
    others: 0,
  };
}

function policy(parts: {
  readonly sid: string;
  readonly action: string;
  readonly resource: string;
  readonly conditions: readonly ConditionClause[];
  readonly everyone: boolean;
}): PolicyDocument {
  const statement: Statement = {
    pointer: "/Statement/0",
    sid: parts.sid,
    effect: "Deny",
    action: { negated: false, patterns: [parts.action] },
    resource: { negated: false, patterns: [parts.resource] },
    conditions: parts.conditions,
    ...(parts.everyone
      ? {
          principal: {
            negated: false,
            any: true,
            aws: [],
            service: [],
            federated: [],
            canonicalUser: [],
          },
        }
      : {}),
  };
  return { version: "2012-10-17", statements: [statement] };
}
