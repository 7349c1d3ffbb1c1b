import type { Estate, JsonValue, PolicyDocument } from "../../../estate/index.js";
import type { Change } from "../../change/change.js";
import { policyObject } from "../../change/policy-text.js";
import { label } from "./settings.js";
import type { TouchedPolicy } from "./touched-policy.js";

/** The same change as Terraform would say it; comments where what has to go has an address that only the code knows. */
export function terraformOf(estate: Estate, change: Change, touched: readonly TouchedPolicy[]): string {
  const policies = touched.map(policyBlock).filter((text) => text !== "");
  const name = (id: string): string => id.slice(Math.max(id.lastIndexOf("/"), id.lastIndexOf(":")) + 1);
  switch (change.kind) {
    case "revoke":
    case "rotate":
    case "federate":
      return [
        ...policies,
        `# delete the aws_iam_access_key that made ${name(change.credential)}, and every copy of it`,
      ].join("\n");
    case "removeAttachment": {
      const kind = estate.principal(change.principal)?.kind ?? "role";
      return `# delete the aws_iam_${kind}_policy_attachment of ${name(change.principal)} with\n#   policy_arn = "${change.policy}"`;
    }
    case "removeMembership":
      return `# take ${name(change.principal)} out of the aws_iam_group_membership or aws_iam_user_group_membership of ${name(change.group)}`;
    case "addGuardrail": {
      const type = change.type === "scp" ? "SERVICE_CONTROL_POLICY" : "RESOURCE_CONTROL_POLICY";
      const own = label(change.name);
      return [
        `resource "aws_organizations_policy" "${own}" {\n  name    = "${change.name}"\n  type    = "${type}"\n  content = ${encoded(change.document)}\n}`,
        `resource "aws_organizations_policy_attachment" "${own}" {\n  policy_id = aws_organizations_policy.${own}.id\n  target_id = "${change.target}"\n}`,
      ].join("\n\n");
    }
    case "replaceCode": {
      const definition = estate.definitions.find(({ address }) => address === change.address);
      const place =
        definition?.file === undefined
          ? change.address
          : `${definition.file}${definition.line === undefined ? "" : `:${String(definition.line)}`}`;
      return [
        `# ${place} (${change.address})`,
        ...Object.entries(change.set).map(([property, value]) => `#   ${property}: ${said(value)}`),
      ].join("\n");
    }
    default:
      return policies.join("\n\n");
  }
}

const said = (value: JsonValue): string => (value === null ? "remove" : JSON.stringify(value));

function policyBlock({ place, after }: TouchedPolicy): string {
  switch (place.kind) {
    case "inline": {
      const type = `aws_iam_${place.holder}_policy`;
      return after === undefined
        ? `# delete the ${type} "${place.policy}" of ${place.name}`
        : `resource "${type}" "${label(place.policy)}" {\n  name   = "${place.policy}"\n  ${place.holder.padEnd(6)} = "${place.name}"\n  policy = ${encoded(after)}\n}`;
    }
    case "trust":
      return after === undefined
        ? `# nobody is trusted by ${place.name} any more: delete the aws_iam_role, or let it trust who needs it`
        : `resource "aws_iam_role" "${label(place.name)}" {\n  # … as it is\n  assume_role_policy = ${encoded(after)}\n}`;
    case "managed":
      return after === undefined
        ? `# delete the aws_iam_policy "${place.policy.name}" and its attachments`
        : `resource "aws_iam_policy" "${label(place.policy.name)}" {\n  name   = "${place.policy.name}"\n  policy = ${encoded(after)}\n}`;
    case "resource":
      return resourceBlock(place.resource.kind, place.resource.id, after);
  }
}

const blocks: Readonly<Record<string, readonly [type: string, argument: string]>> = {
  "s3:bucket": ["aws_s3_bucket_policy", "bucket"],
  "sqs:queue": ["aws_sqs_queue_policy", "queue_url"],
  "sns:topic": ["aws_sns_topic_policy", "arn"],
  "kms:key": ["aws_kms_key_policy", "key_id"],
  "ecr:repository": ["aws_ecr_repository_policy", "repository"],
  "secretsmanager:secret": ["aws_secretsmanager_secret_policy", "secret_arn"],
};

function resourceBlock(kind: string, id: string, after: PolicyDocument | undefined): string {
  const [type, argument] = blocks[kind] ?? [];
  if (type === undefined || argument === undefined) return "";
  const name = id.slice(Math.max(id.lastIndexOf("/"), id.lastIndexOf(":")) + 1);
  const value = argument === "arn" || argument.endsWith("_arn") || argument === "key_id" ? id : name;
  return after === undefined
    ? `# delete the ${type} of ${name}`
    : `resource "${type}" "${label(name)}" {\n  ${argument} = "${value}"\n  policy = ${encoded(after)}\n}`;
}

/** JSON is an expression of HCL; `${` would be a template of Terraform and is written `$${`. */
const encoded = (document: PolicyDocument): string =>
  `jsonencode(${JSON.stringify(policyObject(document), null, 2)
    .replaceAll("${", "$${")
    .replaceAll("\n", "\n  ")})`;
