import { awsAccount } from "../../core/estate/index.js";
import { isRecord, textOf, type Draft, type JsonRecord } from "../drafting/index.js";

interface Shape {
  readonly matches: (value: JsonRecord) => boolean;
  readonly read: (value: JsonRecord, draft: Draft) => void;
}

/** EC2 switches of a whole account in one Region; only the last of them says which account and Region. */
export const accountSettings: readonly Shape[] = [
  {
    // get-snapshot-block-public-access-state
    matches: (value) =>
      /^(block-all-sharing|block-new-sharing|unblocked)$/.test(textOf(value["State"]) ?? "") &&
      Object.keys(value).every((key) => key === "State" || key === "ManagedBy"),
    read: (value, draft) => {
      set(draft, "ec2.snapshotBlockPublicAccess", textOf(value["State"]));
    },
  },
  {
    // get-image-block-public-access-state
    matches: (value) => typeof value["ImageBlockPublicAccessState"] === "string",
    read: (value, draft) => {
      set(draft, "ec2.imageBlockPublicAccess", textOf(value["ImageBlockPublicAccessState"]));
    },
  },
  {
    // get-instance-metadata-defaults
    matches: (value) => isRecord(value["AccountLevel"]),
    read: (value, draft) => {
      const level = isRecord(value["AccountLevel"]) ? value["AccountLevel"] : {};
      // A value that was never set is left out, which means that there is no preference.
      set(draft, "ec2.instanceMetadataDefaults.httpTokens", textOf(level["HttpTokens"]) ?? "no-preference");
      const enforced = textOf(level["HttpTokensEnforced"]);
      if (enforced !== undefined) set(draft, "ec2.httpTokensEnforced", enforced === "enabled");
    },
  },
  {
    // describe-vpc-block-public-access-options
    matches: (value) => isRecord(value["VpcBlockPublicAccessOptions"]),
    read: (value, draft) => {
      const options = isRecord(value["VpcBlockPublicAccessOptions"])
        ? value["VpcBlockPublicAccessOptions"]
        : {};
      set(
        draft,
        "ec2.vpcBlockPublicAccess",
        textOf(options["InternetGatewayBlockMode"]),
        textOf(options["AwsAccountId"]),
        textOf(options["AwsRegion"]),
      );
    },
  },
];

function set(
  draft: Draft,
  name: string,
  value: string | boolean | undefined,
  stated?: string,
  statedRegion?: string,
): void {
  const region = statedRegion ?? draft.context.regionHint;
  const account = region === undefined ? undefined : (stated ?? draft.context.accountHint);
  if (region === undefined || account === undefined) {
    draft.reject(draft.root, "the account and Region of this setting are not stated", {
      hint: "put both into the path, e.g. `222222222222/eu-west-1/snapshot-block-public-access.json`",
    });
    return;
  }
  draft.count("settings");
  draft
    .resource(
      `aws:${account}`,
      { kind: "aws:account", account: awsAccount(account), name: account },
      draft.root,
    )
    .set(`${name}.${region}`, value, draft.root);
}
