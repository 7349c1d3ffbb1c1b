import type { Change } from "../../change/change.js";

type Set_ = Extract<Change, { readonly kind: "set" }>;

/** Switches that belong together are set by one call. */
export interface SettingText {
  readonly commands: readonly string[];
  readonly terraform: string;
}

const s3 = /^(s3\.)?publicAccessBlock\.(\w+)$/;

/** How a group of property changes of one resource is made. */
export function settingText(changes: readonly Set_[]): SettingText {
  const [first] = changes;
  if (first === undefined) return { commands: [], terraform: "" };
  const flags = changes.flatMap(({ property, to }) => {
    const flag = s3.exec(property)?.[2];
    return flag === undefined ? [] : [[flag, JSON.stringify(to)] as const];
  });
  if (flags.length === changes.length) return publicAccessBlock(first, flags);
  const account = first.resource.replace(/^aws:/, "");
  const region = first.property.slice(first.property.lastIndexOf(".") + 1);
  const value = typeof first.to === "string" ? first.to : JSON.stringify(first.to);
  if (first.property.startsWith("ec2.snapshotBlockPublicAccess."))
    return {
      commands: [`aws ec2 enable-snapshot-block-public-access --state ${value} --region ${region}`],
      terraform: `resource "aws_ebs_snapshot_block_public_access" "this" {\n  state = "${value}"\n}`,
    };
  if (first.property.startsWith("ec2.imageBlockPublicAccess."))
    return {
      commands: [
        `aws ec2 enable-image-block-public-access --image-block-public-access-state ${value} --region ${region}`,
      ],
      terraform: `resource "aws_ec2_image_block_public_access" "this" {\n  state = "${value}"\n}`,
    };
  if (first.property.startsWith("ec2.httpTokensEnforced."))
    return {
      commands: [
        `aws ec2 modify-instance-metadata-defaults --http-tokens required --http-tokens-enforced enabled --region ${region}`,
      ],
      terraform: `resource "aws_ec2_instance_metadata_defaults" "this" {\n  http_tokens = "required"\n}`,
    };
  if (first.property.startsWith("root."))
    return {
      commands: [],
      terraform: `# signed in as root of account ${account}: ${first.property === "root.mfa" ? "register a second factor" : "delete the access key"}`,
    };
  return { commands: [], terraform: "" };
}

function publicAccessBlock(first: Set_, flags: readonly (readonly [string, string])[]): SettingText {
  const configuration = flags.map(([flag, value]) => `${flag}=${value}`).join(",");
  const lines = flags.map(([flag, value]) => `  ${snake(flag)} = ${value}`);
  if (first.property.startsWith("s3.")) {
    const account = first.resource.replace(/^aws:/, "");
    return {
      commands: [
        `aws s3control put-public-access-block --account-id ${account} --public-access-block-configuration ${configuration}`,
      ],
      terraform: `resource "aws_s3_account_public_access_block" "this" {\n${lines.join("\n")}\n}`,
    };
  }
  const bucket = first.resource.replace(/^.*:::/, "");
  return {
    commands: [
      `aws s3api put-public-access-block --bucket ${bucket} --public-access-block-configuration ${configuration}`,
    ],
    terraform: `resource "aws_s3_bucket_public_access_block" "${label(bucket)}" {\n  bucket = "${bucket}"\n${lines.join("\n")}\n}`,
  };
}

/** `BlockPublicAcls` is `block_public_acls` in Terraform. */
const snake = (name: string): string => name.replace(/(?!^)([A-Z])/g, "_$1").toLowerCase();

/** A name that Terraform takes. */
export const label = (name: string): string => name.replace(/[^A-Za-z0-9_-]/g, "_").replace(/^(?=\d)/, "_");
