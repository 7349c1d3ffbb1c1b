import { overlayOf } from "../context.js";
import { all, can } from "../formula.js";
import { accountGuard } from "../guards.js";
import { declares } from "../policy-weakness.js";
import { weakProperty } from "../weak-setting.js";
import type { WeaknessFormula } from "../weakness-formula.js";

/**
 * Row 9: the instance answers metadata requests without a token. Source: Amazon EC2 User Guide, "Modify instance metadata
 * options for existing instances" (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-existing-instances.html):
 * with `httpTokensEnforced` an attempt to set `httpTokens` to `optional` is refused, on existing instances too; account
 * defaults alone bind launches only. A new launch template version makes new instances weak, not this one.
 */
export const imdsv1: WeaknessFormula = {
  name: "imdsv1",
  weaknesses: ["ec2.imdsv1"],
  kinds: ["ec2:instance"],
  weak: (context) =>
    weakProperty(
      context,
      "metadataOptions.httpTokens",
      (value) =>
        value === "optional" &&
        context.property(context.id, "metadataOptions.httpEndpoint")?.value !== "disabled",
      "it answers metadata requests without a token",
    ),
  contain: (context) => overlayOf({ properties: [[context.id, "metadataOptions.httpTokens", "required"]] }),
  restore: (context) =>
    all(
      can("ec2:ModifyInstanceMetadataOptions", context.id),
      accountGuard(context, {
        name: "enforcement of metadata tokens",
        kind: "write",
        property: "ec2.httpTokensEnforced",
        isOff: (value) => value === false,
        lift: can("ec2:ModifyInstanceMetadataDefaults", "*", context.account),
        collect: "aws ec2 get-instance-metadata-defaults",
        declarative: "instance_metadata_defaults",
      }),
    ),
  bypass: () => [],
  declares: (definition) => declares(definition, "metadataOptions.httpTokens", "optional"),
  elsewhere: (context) => [
    [
      "ec2:RunInstances",
      `arn:aws:ec2:${context.region ?? "*"}:${context.account?.slice(4) ?? "*"}:instance/*`,
    ],
    [
      "ec2:CreateLaunchTemplateVersion",
      `arn:aws:ec2:${context.region ?? "*"}:${context.account?.slice(4) ?? "*"}:launch-template/*`,
    ],
  ],
  verbs: { "ec2:ModifyInstanceMetadataOptions": "may switch tokens off" },
};
