import type { Estate, PolicyDocument, Principal } from "../../../estate/index.js";
import type { Change } from "../../change/change.js";
import { quoted, quotedPolicy, policyObject } from "../../change/policy-text.js";
import type { TouchedPolicy } from "./touched-policy.js";

/** The calls of AWS CLI v2 that make a change, in order; empty where it is made somewhere else. */
export function commandsOf(
  estate: Estate,
  change: Change,
  touched: readonly TouchedPolicy[],
): readonly string[] {
  const policies = touched.flatMap((item) => policyCommands(estate, item));
  switch (change.kind) {
    case "revoke":
      return revoking(estate, change.credential, true);
    case "rotate":
      return revoking(estate, change.credential, false);
    case "federate":
      return [...policies, ...revoking(estate, change.credential, true)];
    case "removeAttachment": {
      const holder = estate.principal(change.principal);
      return holder === undefined
        ? []
        : [`aws iam detach-${holder.kind}-policy ${flagOf(holder)} --policy-arn ${change.policy}`];
    }
    case "removeMembership": {
      const [user, group] = [estate.principal(change.principal), estate.principal(change.group)];
      return user === undefined || group === undefined
        ? []
        : [`aws iam remove-user-from-group --user-name ${user.name} --group-name ${group.name}`];
    }
    case "disablePrincipal": {
      const principal = estate.principal(change.principal);
      if (principal === undefined || principal.provider !== "aws") return [];
      return [
        `aws iam put-${principal.kind}-policy ${flagOf(principal)} --policy-name remit-disabled --policy-document '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}'`,
        ...estate
          .credentialsOf(principal.id)
          .filter(({ kind, status }) => kind === "access-key" && status === "active")
          .map(
            ({ id }) =>
              `aws iam update-access-key ${flagOf(principal)} --access-key-id ${lastPart(id)} --status Inactive`,
          ),
      ];
    }
    case "addGuardrail": {
      const type = change.type === "scp" ? "SERVICE_CONTROL_POLICY" : "RESOURCE_CONTROL_POLICY";
      return [
        `POLICY=$(aws organizations create-policy --type ${type} --name ${change.name} --description ${quoted("made by remit cut")} --content ${quotedPolicy(change.document)} --query Policy.PolicySummary.Id --output text)`,
        `aws organizations attach-policy --policy-id "$POLICY" --target-id ${change.target}`,
      ];
    }
    default:
      return policies;
  }
}

const lastPart = (id: string): string => id.slice(id.lastIndexOf("/") + 1);
const flagOf = ({ kind, name }: Principal): string => `--${kind}-name ${name}`;

function revoking(estate: Estate, id: string, gone: boolean): readonly string[] {
  const user = /^aws:password\/.*user\/(?:.*\/)?([^/]+)$/.exec(id)?.[1];
  if (user !== undefined) return gone ? [`aws iam delete-login-profile --user-name ${user}`] : [];
  const credential = estate.credentials.find((item) => (item.id as string) === id);
  if (credential?.kind !== "access-key") return [];
  const holder = estate.principal(credential.holder);
  const name = holder?.name ?? lastPart(credential.holder);
  const key = `--user-name ${name} --access-key-id ${lastPart(id)}`;
  return gone
    ? [`aws iam update-access-key ${key} --status Inactive`, `aws iam delete-access-key ${key}`]
    : [
        `aws iam create-access-key --user-name ${name}`,
        `aws iam update-access-key ${key} --status Inactive`,
        `aws iam delete-access-key ${key}`,
      ];
}

/** A trust policy must hold a statement: one that lets nobody in. */
const nobody: PolicyDocument = {
  version: "2012-10-17",
  statements: [
    {
      pointer: "/Statement/0",
      effect: "Deny",
      action: { negated: false, patterns: ["sts:AssumeRole"] },
      principal: {
        negated: false,
        any: true,
        aws: [],
        service: [],
        federated: [],
        canonicalUser: [],
      },
      conditions: [],
    },
  ],
};

function policyCommands(estate: Estate, { place, after }: TouchedPolicy): readonly string[] {
  switch (place.kind) {
    case "inline": {
      const of = `--${place.holder}-name ${place.name} --policy-name ${place.policy}`;
      return after === undefined
        ? [`aws iam delete-${place.holder}-policy ${of}`]
        : [`aws iam put-${place.holder}-policy ${of} --policy-document ${quotedPolicy(after)}`];
    }
    case "trust":
      return [
        `aws iam update-assume-role-policy --role-name ${place.name} --policy-document ${quotedPolicy(after ?? nobody)}`,
      ];
    case "managed": {
      const { arn, versions } = place.policy;
      const old = versions.find(({ isDefault }) => isDefault)?.id;
      if (after === undefined) return takenOff(estate, arn);
      // At most five versions (IAM quotas); one that stays could be set as default again.
      const oldest = versions.length >= 5 ? versions.filter(({ isDefault }) => !isDefault)[0]?.id : undefined;
      return [
        ...(oldest === undefined
          ? []
          : [`aws iam delete-policy-version --policy-arn ${arn} --version-id ${oldest}`]),
        `aws iam create-policy-version --policy-arn ${arn} --set-as-default --policy-document ${quotedPolicy(after)}`,
        ...(old === undefined
          ? []
          : [`aws iam delete-policy-version --policy-arn ${arn} --version-id ${old}`]),
      ];
    }
    case "resource":
      return resourceCommands(place.resource.id, place.resource.kind, place.resource.region, after);
  }
}

/** A managed policy without statements cannot be: it comes off whoever has it. */
const takenOff = (estate: Estate, arn: string): readonly string[] =>
  estate.principals
    .filter(({ attached }) => attached.some((item) => item.arn === arn))
    .map((holder) => `aws iam detach-${holder.kind}-policy ${flagOf(holder)} --policy-arn ${arn}`);

function resourceCommands(
  id: string,
  kind: string,
  region: string | undefined,
  after: PolicyDocument | undefined,
): readonly string[] {
  const name = id.slice(Math.max(id.lastIndexOf(":"), id.lastIndexOf("/")) + 1);
  const at = region === undefined ? "" : ` --region ${region}`;
  const text = after === undefined ? "''" : quotedPolicy(after);
  switch (kind) {
    case "s3:bucket":
      return [
        after === undefined
          ? `aws s3api delete-bucket-policy --bucket ${name}`
          : `aws s3api put-bucket-policy --bucket ${name} --policy ${text}`,
      ];
    case "sqs:queue": {
      const attributes = JSON.stringify({
        Policy: after === undefined ? "" : JSON.stringify(policyObject(after)),
      });
      const [, , , zone = "", account = ""] = id.split(":");
      return [
        `aws sqs set-queue-attributes --queue-url https://sqs.${zone}.amazonaws.com/${account}/${name} --attributes ${quoted(attributes)}${at}`,
      ];
    }
    case "sns:topic":
      return after === undefined
        ? []
        : [
            `aws sns set-topic-attributes --topic-arn ${id} --attribute-name Policy --attribute-value ${text}${at}`,
          ];
    case "kms:key":
      return after === undefined
        ? []
        : [`aws kms put-key-policy --key-id ${id} --policy-name default --policy ${text}${at}`];
    case "ecr:repository":
      return [
        after === undefined
          ? `aws ecr delete-repository-policy --repository-name ${name}${at}`
          : `aws ecr set-repository-policy --repository-name ${name} --policy-text ${text}${at}`,
      ];
    case "secretsmanager:secret":
      return [
        after === undefined
          ? `aws secretsmanager delete-resource-policy --secret-id ${id}${at}`
          : `aws secretsmanager put-resource-policy --secret-id ${id} --resource-policy ${text}${at}`,
      ];
    default:
      return [];
  }
}
