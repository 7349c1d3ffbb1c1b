import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder of documents for one test, removed by `done`. */
export function estateFolder(): {
  readonly path: string;
  save(name: string, content: unknown): void;
  done(): void;
} {
  const path = mkdtempSync(join(tmpdir(), "remit-pipeline-"));
  return {
    path,
    save(name, content) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    },
    done: () => {
      rmSync(path, { recursive: true });
    },
  };
}

export const account = "222222222222";
export const bucket = "acme-exports";
export const role = (name: string): string => `arn:aws:iam::${account}:role/${name}`;

export const policy = (...Statement: readonly object[]): object => ({ Version: "2012-10-17", Statement });
export const publicRead = {
  Sid: "PublicRead",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: `arn:aws:s3:::${bucket}/*`,
};

/** The account's identities: a role that applies code, entered only with a token of one repository. */
export const identities = (repository: string): object => ({
  UserDetailList: [],
  GroupDetailList: [],
  RoleDetailList: [
    {
      Path: "/",
      RoleName: "terraform-apply",
      RoleId: "AROAEXAMPLE0000000001",
      Arn: role("terraform-apply"),
      CreateDate: "2024-01-01T00:00:00Z",
      AssumeRolePolicyDocument: policy({
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": `repo:${repository}:environment:production`,
          },
        },
      }),
      InstanceProfileList: [],
      RolePolicyList: [
        {
          PolicyName: "apply",
          PolicyDocument: policy({
            Effect: "Allow",
            Action: ["s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock"],
            Resource: "*",
          }),
        },
      ],
      AttachedManagedPolicies: [],
      Tags: [],
    },
  ],
  Policies: [],
  IsTruncated: false,
});

/** The bucket as it stands: `open` as the code wants it, or closed by hand. */
export const buckets = (open: boolean): object => ({
  account: { id: account, publicAccessBlock: "none" },
  buckets: {
    [bucket]: {
      policy: open ? policy(publicRead) : "none",
      acl: { Owner: { ID: "c" }, Grants: [] },
      ownershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      publicAccessBlock: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: !open,
        RestrictPublicBuckets: !open,
      },
    },
  },
});

const written = (type: string, attributes: object): object => ({
  mode: "managed",
  type,
  name: "exports",
  provider: 'provider["registry.terraform.io/hashicorp/aws"]',
  instances: [{ schema_version: 0, attributes }],
});

/** The state of the last apply; `open`: with the public policy. */
export const state = (open: boolean): object => ({
  version: 4,
  terraform_version: "1.9.5",
  serial: 7,
  lineage: "c0ffee00-0000-4000-8000-000000000001",
  outputs: {},
  resources: [
    written("aws_s3_bucket", { id: bucket, bucket, arn: `arn:aws:s3:::${bucket}` }),
    written("aws_s3_bucket_public_access_block", {
      bucket,
      block_public_acls: true,
      ignore_public_acls: true,
      block_public_policy: !open,
      restrict_public_buckets: !open,
    }),
    ...(open
      ? [written("aws_s3_bucket_policy", { bucket, policy: JSON.stringify(policy(publicRead)) })]
      : []),
  ],
});

const head = `resource "aws_s3_bucket" "exports" {
  bucket = "${bucket}"
}

resource "aws_s3_bucket_public_access_block" "exports" {
  bucket                  = aws_s3_bucket.exports.id
  block_public_acls       = true
  ignore_public_acls      = true
`;

/** The code, with the public policy from line 14 on. */
export const publicCode = `${head}  block_public_policy     = false
  restrict_public_buckets = false
}

# Customers fetch their files without an account.
resource "aws_s3_bucket_policy" "exports" {
  bucket = aws_s3_bucket.exports.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "PublicRead"
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "\${aws_s3_bucket.exports.arn}/*"
    }]
  })
}
`;

/** After the merged change: the block is gone. */
export const closedCode = `${head}  block_public_policy     = true
  restrict_public_buckets = true
}
`;

/** After another change: the policy stays and names its reader. */
export const narrowedCode = publicCode.replace(
  'Principal = "*"',
  `Principal = { AWS = "arn:aws:iam::${account}:root" }`,
);

/** The same policy as a data block; `type`: whom it lets in. */
export const dataCode = (type: string, ...identifiers: readonly string[]): string =>
  `${publicCode.slice(0, publicCode.indexOf("  policy = "))}  policy = data.aws_iam_policy_document.exports.json
}

data "aws_iam_policy_document" "exports" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["\${aws_s3_bucket.exports.arn}/*"]
    principals {
      type        = "${type}"
      identifiers = ${JSON.stringify(identifiers)}
    }
  }
}
`;
