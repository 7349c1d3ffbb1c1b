import type { JsonValue } from "../../core/estate/index.js";
import { arnOf, type Attributes, type Declare } from "./attributes.js";

/** The ARN of a role, user or group that an attribute names by its name (or already by its ARN). */
function iamArn(a: Attributes, type: "role" | "user" | "group", attribute: string): string | undefined {
  const name = a.text(attribute);
  if (name === undefined || name.startsWith("arn:")) return name;
  // A name says nothing of the path: the ARN is right for path `/` only, and an id that matches nothing does no harm.
  return arnOf(a.home, "iam", `${type}/${name}`, false);
}

const inline =
  (type: "role" | "user" | "group"): Declare =>
  (a) => ({
    target: iamArn(a, type, type),
    declares: { policyName: a.text("name"), policy: a.policy("policy") },
  });

const attachment =
  (type: "role" | "user" | "group"): Declare =>
  (a) => ({ target: iamArn(a, type, type), declares: { attachedPolicies: textList(a.text("policy_arn")) } });

const textList = (text: string | undefined): JsonValue | undefined =>
  text === undefined ? undefined : [text];

export const identityDeclarations: Readonly<Record<string, Declare>> = {
  aws_iam_role: (a) => ({
    target: a.text("arn") ?? iamArn(a, "role", "name"),
    declares: {
      trustPolicy: a.policy("assume_role_policy"),
      attachedPolicies:
        a.texts("managed_policy_arns").length === 0 ? undefined : a.texts("managed_policy_arns"),
      permissionsBoundary: a.text("permissions_boundary"),
      inlinePolicies: inlinePolicies(a),
    },
  }),
  aws_iam_role_policy: inline("role"),
  aws_iam_user_policy: inline("user"),
  aws_iam_group_policy: inline("group"),
  aws_iam_role_policy_attachment: attachment("role"),
  aws_iam_user_policy_attachment: attachment("user"),
  aws_iam_group_policy_attachment: attachment("group"),
  aws_iam_policy: (a) => ({ target: a.text("arn"), declares: { policy: a.policy("policy") } }),
  aws_iam_user: (a) => ({
    target: a.text("arn") ?? iamArn(a, "user", "name"),
    declares: { permissionsBoundary: a.text("permissions_boundary") },
  }),
  aws_iam_group: (a) => ({ target: a.text("arn") ?? iamArn(a, "group", "name"), declares: {} }),
  aws_iam_access_key: (a) => {
    const id = a.text("id");
    return {
      target: id === undefined ? undefined : `aws:access-key/${id}`,
      declares: { user: iamArn(a, "user", "user") ?? a.text("user"), status: a.text("status") },
    };
  },
  aws_iam_user_login_profile: (a) => ({ target: iamArn(a, "user", "user"), declares: {} }),
  aws_iam_openid_connect_provider: (a) => ({
    target: a.text("arn"),
    declares: {
      url: a.text("url"),
      clientIds: a.has("client_id_list") ? a.texts("client_id_list") : undefined,
    },
  }),
  aws_iam_instance_profile: (a) => ({ target: a.text("arn"), declares: { role: iamArn(a, "role", "role") } }),
  aws_kms_key: (a) => ({ target: a.text("arn"), declares: { policy: a.policy("policy") } }),
  aws_kms_key_policy: (a) => {
    const key = a.text("key_id");
    const target = key === undefined || key.startsWith("arn:") ? key : arnOf(a.home, "kms", `key/${key}`);
    return { target, declares: { policy: a.policy("policy") } };
  },
  aws_kms_grant: (a) => {
    const key = a.text("key_id");
    const grant = {
      id: a.text("grant_id") ?? "",
      grantee: a.text("grantee_principal") ?? "",
      operations: a.texts("operations"),
    };
    return {
      target: key === undefined || key.startsWith("arn:") ? key : arnOf(a.home, "kms", `key/${key}`),
      declares: { grants: [grant] },
    };
  },
  aws_eks_access_entry: (a) => ({
    target: a.text("access_entry_arn"),
    declares: { principal: a.text("principal_arn") },
  }),
};

function inlinePolicies(a: Attributes): JsonValue | undefined {
  const found = a.blocks("inline_policy").flatMap((block) => {
    const policy = block.policy("policy");
    return policy === undefined ? [] : [{ name: block.text("name") ?? "", policy }];
  });
  return found.length === 0 ? undefined : found;
}
