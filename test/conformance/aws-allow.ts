import type { EstateText, PolicyText, StatementText } from "../policy-estate.js";

/** One rule of AWS, where AWS publishes it, and a world in which it decides. */
export interface ConformanceRow {
  readonly rule: string;
  readonly source: string;
  readonly url: string;
  /** `read`: the rule stands on that page, which was read in 2026-11; `background`: it is common knowledge, not read there. */
  readonly checked: "read" | "background";
  readonly estate: EstateText;
  readonly ask: readonly [principal: string, action: string, resource: string];
  readonly expected: true | false | "unknown";
  /** Residual conditions of the answer, in order. */
  readonly residual?: readonly string[];
  /** Key of a missing fact that an `unknown` names. */
  readonly missing?: string;
  /** Part of the text of a block of a `false`. */
  readonly block?: string;
}

const A = "111111111111";
const B = "222222222222";
const M = "333333333333";
const root = (account: string): string => `arn:aws:iam::${account}:root`;
const ana = `arn:aws:iam::${A}:user/ana`;
const etl = `arn:aws:iam::${A}:role/etl`;
const ops = `arn:aws:iam::${B}:role/ops`;
const bucket = "arn:aws:s3:::exports";
const object = `${bucket}/report`;
const key = `arn:aws:kms:eu-west-1:${A}:key/k1`;
const queue = `arn:aws:sqs:eu-west-1:${A}:jobs`;
const topic = `arn:aws:sns:eu-west-1:${A}:alerts`;
const lambda = `arn:aws:lambda:eu-west-1:${A}:function:pay`;
const manager = `arn:aws:iam::${M}:role/manager`;
const boundary = `arn:aws:iam::${A}:policy/boundary`;
const github = `arn:aws:iam::${A}:oidc-provider/token.actions.githubusercontent.com`;
const eks = `arn:aws:iam::${A}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC`;
const linked = `arn:aws:iam::${A}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`;
const reserved = `arn:aws:iam::${A}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef`;

const say = (
  Effect: "Allow" | "Deny",
  Action: string | readonly string[],
  Resource: string | readonly string[] = "*",
  rest: Partial<StatementText> = {},
): StatementText => ({ Effect, Action, Resource, ...rest });
const doc = (...Statement: readonly StatementText[]): PolicyText => ({ Statement });
const everything = doc(say("Allow", "*"));
const s3All = doc(say("Allow", "s3:*"));
const to = (
  Principal: StatementText["Principal"],
  Action: string,
  rest: Partial<StatementText> = {},
): PolicyText => doc({ Effect: "Allow", Action, Principal: Principal ?? "*", ...rest });

const alone = { [A]: "none", [B]: "none" };
const bare = (policy: PolicyText | null = null) => ({ [bucket]: { account: A, policy } });
const keyed = (policy: PolicyText) => ({ [key]: { kind: "kms:key", policy } });

const organization = (
  scps: readonly (readonly [target: string, document: PolicyText | "full"])[],
  rcps: readonly (readonly [target: string, document: PolicyText])[] = [],
): Pick<EstateText, "accounts" | "organization" | "covered"> => ({
  accounts: { [A]: "o-test", [B]: "o-test", [M]: "o-test" },
  organization: {
    management: M,
    enabled: ["scp", "rcp"],
    parents: { r: null, ou: "r", [A]: "ou", [B]: "ou", [M]: "r" },
    policies: [
      ...scps.map(([target, document], i) => ({
        id: `p-scp-${i}`,
        type: "scp" as const,
        targets: [target],
        document,
      })),
      ...rcps.map(([target, document], i) => ({
        id: `p-rcp-${i}`,
        type: "rcp" as const,
        targets: [target],
        document,
      })),
    ],
  },
  covered: [A, B, M].flatMap((account) => [`scp|aws:${account}`, `rcp|aws:${account}`]),
});
const full = ["r", "ou", A, B, M].map((target) => [target, "full"] as const);

const iam = "https://docs.aws.amazon.com/IAM/latest/UserGuide/";
const org = "https://docs.aws.amazon.com/organizations/latest/userguide/";
const read = "read" as const;
const background = "background" as const;
const evaluation = {
  source: "Policy evaluation for requests within a single account",
  url: `${iam}reference_policies_evaluation-logic_policy-eval-basics.html`,
  checked: read,
};
const enforcement = {
  source: "How AWS enforcement code logic evaluates requests to allow or deny access",
  url: `${iam}reference_policies_evaluation-logic_policy-eval-denyallow.html`,
  checked: read,
};
const crossing = {
  source: "Cross-account policy evaluation logic",
  url: `${iam}reference_policies_evaluation-logic-cross-account.html`,
  checked: read,
};
const boundaries = {
  source: "Permissions boundaries for IAM entities",
  url: `${iam}access_policies_boundaries.html`,
  checked: read,
};
const principals = {
  source: "AWS JSON policy elements: Principal",
  url: `${iam}reference_policies_elements_principal.html`,
  checked: read,
};
const notPrincipal = {
  source: "AWS JSON policy elements: NotPrincipal",
  url: `${iam}reference_policies_elements_notprincipal.html`,
  checked: read,
};
const operators = {
  source: "IAM JSON policy elements: Condition operators",
  url: `${iam}reference_policies_elements_condition_operators.html`,
  checked: read,
};
const multi = {
  source: "Set operators for multivalued context keys",
  url: `${iam}reference_policies_condition-single-vs-multi-valued-context-keys.html`,
  checked: read,
};
const variables = {
  source: "IAM policy elements: Variables and tags",
  url: `${iam}reference_policies_variables.html`,
  checked: read,
};
const keyPolicies = {
  source: "Key policies in AWS KMS",
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html",
  checked: read,
};
const grants = {
  source: "Grants in AWS KMS",
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/grants.html",
  checked: read,
};
const scps = {
  source: "SCP evaluation",
  url: `${org}orgs_manage_policies_scps_evaluation.html`,
  checked: read,
};
const scpLimits = {
  source: "Service control policies: tasks and entities not restricted by SCPs",
  url: `${org}orgs_manage_policies_scps.html`,
  checked: read,
};
const rcpPage = {
  source: "Resource control policies (RCPs)",
  url: `${org}orgs_manage_policies_rcps.html`,
  checked: read,
};
const bucketPolicy = {
  source: "PutBucketPolicy",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html",
  checked: read,
};
const assumeRole = {
  source: "AssumeRole",
  url: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
  checked: read,
};
const linkedPage = {
  source: "Service-linked roles",
  url: `${iam}using-service-linked-roles.html`,
  checked: read,
};
const sso = {
  source: "Troubleshooting IAM Identity Center issues: protected role",
  url: "https://docs.aws.amazon.com/singlesignon/latest/userguide/troubleshooting.html",
  checked: read,
};
const githubTokens = {
  source: "Configuring OpenID Connect in Amazon Web Services (GitHub Actions)",
  url: "https://docs.github.com/en/actions/deployment/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services",
  checked: read,
};
const podTokens = {
  source: "Assign IAM roles to Kubernetes service accounts",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
  checked: background,
};
const assumeRoot = {
  source: "AssumeRoot",
  url: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html",
  checked: read,
};
const rootTasks = {
  source: "AWS account root user: tasks that require root user credentials",
  url: `${iam}id_root-user.html`,
  checked: read,
};
const globalKeys = {
  source: "AWS global condition context keys",
  url: `${iam}reference_policies_condition-keys.html`,
  checked: read,
};
const topicActions = {
  source: "Amazon SNS API permissions: Actions and resources reference",
  url: "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html",
  checked: read,
};
const topicCases = {
  source: "Example cases for Amazon SNS access control: aws:SourceAccount versus aws:SourceOwner",
  url: "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html",
  checked: read,
};
const notResource = {
  source: "IAM JSON policy elements: NotResource",
  url: `${iam}reference_policies_elements_notresource.html`,
  checked: read,
};
const functionPolicy = {
  source: "Lambda API reference: GetPolicy (the policy of a function, a version or an alias, by `Qualifier`)",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/API_GetPolicy.html",
  checked: read,
};
const sqs = {
  source: "Limitations of Amazon SQS custom policies",
  url: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-limitations-of-custom-policies.html",
  checked: read,
};

/** Rows that differ in the condition of one Allow only. */
const conditionRows = (
  rows: readonly (readonly [
    rule: string,
    condition: NonNullable<StatementText["Condition"]>,
    caller: string,
    expected: boolean,
    page?: Pick<ConformanceRow, "source" | "url" | "checked">,
  ])[],
): readonly ConformanceRow[] =>
  rows.map(([rule, Condition, caller, expected, page = operators]) => ({
    rule,
    ...page,
    estate: {
      accounts: alone,
      principals: { [caller]: { policies: [doc(say("Allow", "s3:*", "*", { Condition }))] } },
      resources: bare(),
    },
    ask: [caller, "s3:GetObject", object],
    expected,
  }));

export const conformance: readonly ConformanceRow[] = [
  // Same account.
  {
    rule: "an identity policy alone suffices in the same account",
    ...evaluation,
    estate: { accounts: alone, principals: { [ana]: { policies: [s3All] } }, resources: bare() },
    ask: [ana, "s3:GetObject", object],
    expected: true,
  },
  {
    rule: "nothing allows: implicit deny",
    ...evaluation,
    estate: { accounts: alone, principals: { [ana]: {} }, resources: bare() },
    ask: [ana, "s3:GetObject", object],
    expected: false,
    block: "no grant",
  },
  {
    rule: "an explicit deny wins over any allow",
    ...evaluation,
    estate: {
      accounts: alone,
      principals: { [ana]: { policies: [s3All, doc(say("Deny", "s3:GetObject"))] } },
      resources: bare(),
    },
    ask: [ana, "s3:GetObject", object],
    expected: false,
    block: "denies s3:GetObject",
  },
  {
    rule: "a resource policy that names the user suffices by itself",
    ...evaluation,
    estate: {
      accounts: alone,
      principals: { [ana]: {} },
      resources: bare(to({ AWS: ana }, "s3:GetObject", { Resource: object })),
    },
    ask: [ana, "s3:GetObject", object],
    expected: true,
  },
  {
    rule: "a resource policy that names the account root only delegates",
    ...principals,
    estate: {
      accounts: alone,
      principals: { [ana]: {} },
      resources: bare(to({ AWS: root(A) }, "s3:*", { Resource: object })),
    },
    ask: [ana, "s3:GetObject", object],
    expected: false,
  },
  {
    rule: "a boundary limits what identity policies grant",
    ...boundaries,
    estate: {
      accounts: alone,
      principals: { [ana]: { policies: [s3All], boundary } },
      managed: { [boundary]: doc(say("Allow", "ec2:*")) },
      resources: bare(),
    },
    ask: [ana, "s3:GetObject", object],
    expected: false,
    block: "boundary does not allow",
  },
  {
    rule: "a boundary does not limit a resource policy that names the user",
    ...boundaries,
    estate: {
      accounts: alone,
      principals: { [ana]: { boundary } },
      managed: { [boundary]: doc(say("Allow", "ec2:*")) },
      resources: bare(to({ AWS: ana }, "s3:GetObject", { Resource: object })),
    },
    ask: [ana, "s3:GetObject", object],
    expected: true,
  },
  {
    rule: "a boundary limits a resource policy that names the role",
    ...boundaries,
    estate: {
      accounts: alone,
      principals: { [etl]: { boundary } },
      managed: { [boundary]: doc(say("Allow", "ec2:*")) },
      resources: bare(to({ AWS: etl }, "s3:GetObject", { Resource: object })),
    },
    ask: [etl, "s3:GetObject", object],
    expected: false,
  },
  {
    rule: "a boundary does not limit a resource policy that names a session of the role",
    ...boundaries,
    estate: {
      accounts: alone,
      principals: { [etl]: { boundary } },
      managed: { [boundary]: doc(say("Allow", "ec2:*")) },
      resources: bare(
        to({ AWS: `arn:aws:sts::${A}:assumed-role/etl/nightly` }, "s3:GetObject", { Resource: object }),
      ),
    },
    ask: [etl, "s3:GetObject", object],
    expected: true,
    residual: ["session name nightly"],
  },
  {
    rule: "a deny in a boundary wins over a resource policy",
    ...boundaries,
    estate: {
      accounts: alone,
      principals: { [ana]: { boundary } },
      managed: { [boundary]: doc(say("Deny", "s3:*"), say("Allow", "*")) },
      resources: bare(to({ AWS: ana }, "s3:GetObject", { Resource: object })),
    },
    ask: [ana, "s3:GetObject", object],
    expected: false,
    block: "boundary boundary denies",
  },
  {
    rule: "a NotPrincipal deny spares those it names together with their account",
    ...notPrincipal,
    estate: {
      accounts: alone,
      principals: { [ana]: { policies: [s3All] } },
      resources: bare(
        doc({ Effect: "Deny", Action: "s3:*", Resource: object, NotPrincipal: { AWS: [ana, root(A)] } }),
      ),
    },
    ask: [ana, "s3:GetObject", object],
    expected: true,
  },
  {
    rule: "a NotPrincipal deny without the account may still refuse",
    ...notPrincipal,
    estate: {
      accounts: alone,
      principals: { [ana]: { policies: [s3All] } },
      resources: bare(doc({ Effect: "Deny", Action: "s3:*", Resource: object, NotPrincipal: { AWS: ana } })),
    },
    ask: [ana, "s3:GetObject", object],
    expected: "unknown",
    missing: `not-principal|${ana}`,
  },
  {
    rule: "a NotPrincipal deny always denies who has a boundary",
    ...boundaries,
    estate: {
      accounts: alone,
      principals: { [ana]: { policies: [s3All], boundary } },
      managed: { [boundary]: everything },
      resources: bare(
        doc({ Effect: "Deny", Action: "s3:*", Resource: object, NotPrincipal: { AWS: [ana, root(A)] } }),
      ),
    },
    ask: [ana, "s3:GetObject", object],
    expected: false,
  },
  // Cross account.
  {
    rule: "another account needs both sides: only identity",
    ...crossing,
    estate: { accounts: alone, principals: { [ops]: { policies: [s3All] } }, resources: bare() },
    ask: [ops, "s3:GetObject", object],
    expected: false,
  },
  {
    rule: "another account needs both sides: only resource",
    ...crossing,
    estate: {
      accounts: alone,
      principals: { [ops]: {} },
      resources: bare(to({ AWS: ops }, "s3:GetObject", { Resource: object })),
    },
    ask: [ops, "s3:GetObject", object],
    expected: false,
    block: "no grant",
  },
  {
    rule: "another account needs both sides: both, by delegation to its root",
    ...crossing,
    estate: {
      accounts: alone,
      principals: { [ops]: { policies: [s3All] } },
      resources: bare(to({ AWS: root(B) }, "s3:GetObject", { Resource: object })),
    },
    ask: [ops, "s3:GetObject", object],
    expected: true,
  },
  {
    rule: "an account outside the estate grants itself the rest",
    ...crossing,
    estate: {
      accounts: alone,
      resources: bare(to({ AWS: "999999999999" }, "s3:GetObject", { Resource: object })),
    },
    ask: [root("999999999999"), "s3:GetObject", object],
    expected: true,
  },
  {
    rule: "owner only: PutBucketPolicy is refused (405) to other accounts",
    ...bucketPolicy,
    estate: {
      accounts: alone,
      principals: { [ops]: { policies: [s3All] } },
      resources: bare(to({ AWS: ops }, "s3:*", { Resource: bucket })),
    },
    ask: [ops, "s3:PutBucketPolicy", bucket],
    expected: false,
    block: "only the owning account",
  },
  {
    rule: "owner only: SetQueueAttributes is refused to other accounts",
    ...sqs,
    estate: {
      accounts: alone,
      principals: { [ops]: { policies: [everything] } },
      resources: { [queue]: { kind: "sqs:queue", policy: to({ AWS: ops }, "sqs:*", { Resource: queue }) } },
    },
    ask: [ops, "sqs:SetQueueAttributes", queue],
    expected: false,
    block: "only the owning account",
  },
  {
    rule: "without resource policies another account cannot get in",
    ...crossing,
    estate: { accounts: alone, principals: { [ops]: { policies: [everything] }, [etl]: {} } },
    ask: [ops, "iam:PutRolePolicy", etl],
    expected: false,
    block: "no resource policy exists",
  },
  // KMS.
  {
    rule: "the key policy delegates to the account and identity allows",
    ...keyPolicies,
    estate: {
      accounts: alone,
      principals: { [ana]: { policies: [everything] } },
      resources: keyed(to({ AWS: root(A) }, "kms:*", { Resource: "*" })),
    },
    ask: [ana, "kms:Decrypt", key],
    expected: true,
  },
  {
    rule: "without delegation identity policies have no effect",
    ...keyPolicies,
    estate: {
      accounts: alone,
      principals: { [ana]: { policies: [everything] } },
      resources: keyed(to({ AWS: etl }, "kms:*", { Resource: "*" })),
    },
    ask: [ana, "kms:Decrypt", key],
    expected: false,
  },
  {
    rule: "without delegation even the account root cannot",
    ...keyPolicies,
    estate: { accounts: alone, resources: keyed(to({ AWS: etl }, "kms:*", { Resource: "*" })) },
    ask: [root(A), "kms:PutKeyPolicy", key],
    expected: false,
  },
  {
    rule: "the key policy that names the actor suffices",
    ...keyPolicies,
    estate: {
      accounts: alone,
      principals: { [ana]: {} },
      resources: keyed(to({ AWS: ana }, "kms:Decrypt", { Resource: "*" })),
    },
    ask: [ana, "kms:Decrypt", key],
    expected: true,
  },
  {
    rule: "a key policy that was not collected: unknown",
    ...keyPolicies,
    estate: {
      accounts: alone,
      principals: { [ana]: { policies: [everything] } },
      resources: { [key]: { kind: "kms:key" } },
    },
    ask: [ana, "kms:Decrypt", key],
    expected: "unknown",
    missing: `resource-policy|${key}`,
  },
  {
    rule: "a KMS grant allows its operations",
    ...grants,
    estate: {
      accounts: alone,
      principals: { [ana]: {} },
      resources: {
        [key]: {
          kind: "kms:key",
          policy: doc(),
          properties: { grants: [{ id: "g1", grantee: ana, operations: ["Decrypt"] }] },
        },
      },
    },
    ask: [ana, "kms:Decrypt", key],
    expected: true,
  },
  // STS and trust.
  {
    rule: "a trust that names the same-account principal needs no identity policy",
    ...evaluation,
    estate: {
      accounts: alone,
      principals: { [ana]: {}, [etl]: { trust: to({ AWS: ana }, "sts:AssumeRole") } },
    },
    ask: [ana, "sts:AssumeRole", etl],
    expected: true,
  },
  {
    rule: "a trust that names the account root only delegates",
    ...principals,
    estate: {
      accounts: alone,
      principals: { [ana]: {}, [etl]: { trust: to({ AWS: root(A) }, "sts:AssumeRole") } },
    },
    ask: [ana, "sts:AssumeRole", etl],
    expected: false,
  },
  {
    rule: "an identity policy alone does not open a role",
    ...assumeRole,
    estate: {
      accounts: alone,
      principals: {
        [ana]: { policies: [everything] },
        [etl]: { trust: to({ Service: "ec2.amazonaws.com" }, "sts:AssumeRole") },
      },
    },
    ask: [ana, "sts:AssumeRole", etl],
    expected: false,
  },
  {
    rule: "cross-account trust needs both sides",
    ...crossing,
    estate: {
      accounts: alone,
      principals: { [ops]: {}, [etl]: { trust: to({ AWS: ops }, "sts:AssumeRole") } },
    },
    ask: [ops, "sts:AssumeRole", etl],
    expected: false,
  },
  {
    rule: "root users cannot call AssumeRole",
    ...assumeRole,
    estate: { accounts: alone, principals: { [etl]: { trust: to({ AWS: root(A) }, "sts:AssumeRole") } } },
    ask: [root(A), "sts:AssumeRole", etl],
    expected: false,
    block: "root users cannot",
  },
  {
    rule: "ExternalId is a condition of the request",
    ...principals,
    estate: {
      accounts: alone,
      principals: {
        [etl]: {
          trust: to({ AWS: "999999999999" }, "sts:AssumeRole", {
            Condition: { StringEquals: { "sts:ExternalId": "x-7" } },
          }),
        },
      },
    },
    ask: [root("999999999999"), "sts:AssumeRole", etl],
    expected: true,
    residual: ["StringEquals sts:ExternalId x-7"],
  },
  {
    rule: "a deleted identity in a trust (AIDA…) is nobody",
    ...principals,
    estate: {
      accounts: alone,
      principals: {
        [ana]: { uniqueId: "AIDAOTHER" },
        [etl]: { trust: to({ AWS: "AIDADELETED" }, "sts:AssumeRole") },
      },
    },
    ask: [ana, "sts:AssumeRole", etl],
    expected: false,
  },
  // Measured holes.
  {
    rule: "GitHub: subject and audience are kept as conditions",
    ...githubTokens,
    estate: {
      accounts: alone,
      principals: {
        [etl]: {
          trust: to({ Federated: github }, "sts:AssumeRoleWithWebIdentity", {
            Condition: {
              StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
              StringLike: { "token.actions.githubusercontent.com:sub": "repo:acme/etl:*" },
            },
          }),
        },
      },
    },
    ask: [github, "sts:AssumeRoleWithWebIdentity", etl],
    expected: true,
    residual: [
      "StringEquals token.actions.githubusercontent.com:aud sts.amazonaws.com",
      "StringLike token.actions.githubusercontent.com:sub repo:acme/etl:*",
    ],
  },
  {
    rule: "EKS service accounts: the subject is kept as a condition",
    ...podTokens,
    estate: {
      accounts: alone,
      principals: {
        [etl]: {
          trust: to({ Federated: eks }, "sts:AssumeRoleWithWebIdentity", {
            Condition: {
              StringEquals: {
                "oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub": "system:serviceaccount:etl:runner",
              },
            },
          }),
        },
      },
    },
    ask: [eks, "sts:AssumeRoleWithWebIdentity", etl],
    expected: true,
    residual: ["StringEquals oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub system:serviceaccount:etl:runner"],
  },
  {
    rule: "an action that no reference knows is still evaluated",
    ...evaluation,
    estate: { accounts: alone, principals: { [ana]: { policies: [everything] } } },
    ask: [ana, "brandnew:DoThing", "*"],
    expected: true,
  },
  {
    rule: "the root user holds every right of its account",
    source: "AWS account root user",
    url: `${iam}id_root-user.html`,
    checked: read,
    estate: { accounts: alone },
    ask: [root(A), "iam:CreateUser", "*"],
    expected: true,
  },
  {
    rule: "service-linked roles are changed by nobody",
    ...linkedPage,
    estate: {
      accounts: alone,
      principals: { [ana]: { policies: [everything] }, [linked]: { immutable: "service-linked" } },
    },
    ask: [ana, "iam:PutRolePolicy", linked],
    expected: false,
    block: "service-linked",
  },
  {
    rule: "Identity Center roles are changed by Identity Center only",
    ...sso,
    estate: {
      accounts: alone,
      principals: { [ana]: { policies: [everything] }, [reserved]: { immutable: "aws-reserved" } },
    },
    ask: [ana, "iam:AttachRolePolicy", reserved],
    expected: false,
    block: "aws-reserved",
  },
  // S3 root.
  {
    rule: "root of the owning account passes a bucket-policy deny on the policy itself",
    ...bucketPolicy,
    estate: {
      accounts: alone,
      resources: bare(doc({ Effect: "Deny", Action: "s3:*", Resource: [bucket, object], Principal: "*" })),
    },
    ask: [root(A), "s3:PutBucketPolicy", bucket],
    expected: true,
  },
  {
    rule: "root does not pass a bucket-policy deny on objects",
    ...bucketPolicy,
    estate: {
      accounts: alone,
      resources: bare(doc({ Effect: "Deny", Action: "s3:*", Resource: [bucket, object], Principal: "*" })),
    },
    ask: [root(A), "s3:GetObject", object],
    expected: false,
  },
  // Organisations.
  {
    rule: "every level must allow",
    ...scps,
    estate: {
      ...organization(full.filter(([target]) => target !== "ou")),
      principals: { [ana]: { policies: [everything] } },
      resources: bare(),
    },
    ask: [ana, "s3:GetObject", object],
    expected: false,
    block: "a level of SCPs",
  },
  {
    rule: "within a level any policy may allow",
    ...scps,
    estate: {
      ...organization([...full, ["ou", doc(say("Allow", "ec2:*"))]]),
      principals: { [ana]: { policies: [everything] } },
      resources: bare(),
    },
    ask: [ana, "s3:GetObject", object],
    expected: true,
  },
  {
    rule: "an SCP deny binds member accounts",
    ...scps,
    estate: {
      ...organization([...full, ["r", doc(say("Deny", "s3:*"))]]),
      principals: { [ana]: { policies: [everything] } },
      resources: bare(),
    },
    ask: [ana, "s3:GetObject", object],
    expected: false,
    block: "SCP p-scp-5 denies s3:*",
  },
  {
    rule: "an SCP binds the root of a member account",
    ...scpLimits,
    estate: { ...organization([...full, ["r", doc(say("Deny", "s3:*"))]]), resources: bare() },
    ask: [root(A), "s3:PutBucketPolicy", bucket],
    expected: false,
  },
  {
    rule: "no SCP binds the management account",
    ...scpLimits,
    estate: { ...organization([...full, ["r", doc(say("Deny", "iam:*"))]]) },
    ask: [root(M), "iam:CreateUser", "*"],
    expected: true,
  },
  {
    rule: "no SCP binds a service-linked role",
    ...scpLimits,
    estate: {
      ...organization([...full, ["r", doc(say("Deny", "ec2:*"))]]),
      principals: { [linked]: { immutable: "service-linked", policies: [doc(say("Allow", "ec2:*"))] } },
    },
    ask: [linked, "ec2:DescribeInstances", "*"],
    expected: true,
  },
  {
    rule: "SCPs that were not collected: unknown",
    ...scps,
    estate: { accounts: { [A]: "o-other" }, principals: { [ana]: { policies: [everything] } } },
    ask: [ana, "iam:CreateUser", "*"],
    expected: "unknown",
    missing: `scp|aws:${A}`,
  },
  {
    rule: "an RCP guards the resources of a member account against everybody",
    ...rcpPage,
    estate: {
      ...organization(full, [
        [
          "ou",
          doc({
            Effect: "Deny",
            Action: "s3:*",
            Resource: "*",
            Principal: "*",
            Condition: { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-test" } },
          }),
        ],
      ]),
      resources: bare(to("*", "s3:GetObject", { Resource: object })),
    },
    ask: ["aws:everyone", "s3:GetObject", object],
    expected: false,
    block: "RCP p-rcp-0 denies s3:*",
  },
  {
    rule: "no RCP guards the resources of the management account",
    ...rcpPage,
    estate: {
      ...organization(full, [["r", doc({ Effect: "Deny", Action: "s3:*", Resource: "*", Principal: "*" })]]),
      resources: { [bucket]: { account: M, policy: to("*", "s3:GetObject", { Resource: object }) } },
    },
    ask: ["aws:everyone", "s3:GetObject", object],
    expected: true,
  },
  {
    rule: "RCPs cover only some services",
    ...rcpPage,
    estate: {
      ...organization(full, [["r", doc({ Effect: "Deny", Action: "*", Resource: "*", Principal: "*" })]]),
      principals: { [ana]: { policies: [everything] } },
    },
    ask: [ana, "iam:CreateUser", "*"],
    expected: true,
  },
  {
    rule: "a bucket policy that was not collected could deny: unknown",
    ...evaluation,
    estate: {
      accounts: alone,
      principals: { [ana]: { policies: [s3All] } },
      resources: { [bucket]: { account: A } },
    },
    ask: [ana, "s3:PutBucketPolicy", bucket],
    expected: "unknown",
    missing: `resource-policy|${bucket}`,
  },
  // The policy language.
  {
    rule: "a request-dependent allow is a condition",
    ...operators,
    estate: {
      accounts: alone,
      principals: {
        [ana]: {
          policies: [
            doc(say("Allow", "s3:*", "*", { Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } })),
          ],
        },
      },
      resources: bare(),
    },
    ask: [ana, "s3:GetObject", object],
    expected: true,
    residual: ["StringEquals aws:SourceVpce vpce-1"],
  },
  {
    rule: "an allow and a deny on the same condition cancel",
    ...operators,
    estate: {
      accounts: alone,
      principals: {
        [ana]: {
          policies: [
            doc(
              say("Allow", "s3:*", "*", { Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } }),
              say("Deny", "s3:*", "*", { Condition: { StringLike: { "aws:SourceVpce": "vpce-*" } } }),
            ),
          ],
        },
      },
      resources: bare(),
    },
    ask: [ana, "s3:GetObject", object],
    expected: false,
    block: "denies s3:*",
  },
  {
    rule: "a star is a wildcard for StringLike only: whoever sends `v*` itself escapes a StringNotEquals `v*`",
    ...operators,
    estate: {
      ...organization(full, [
        [
          "ou",
          doc({
            Effect: "Deny",
            Action: "s3:*",
            Resource: "*",
            Principal: "*",
            Condition: { StringNotEquals: { "aws:SourceVpce": "v*" } },
          }),
        ],
      ]),
      principals: { [ana]: { policies: [s3All] } },
      resources: bare(),
    },
    ask: [ana, "s3:GetObject", object],
    expected: true,
    residual: ["StringNotEquals aws:SourceVpce v*"],
  },
  {
    rule: "address ranges: a deny outside and an allow inside another range cancel",
    ...operators,
    estate: {
      accounts: alone,
      principals: {
        [ana]: {
          policies: [
            doc(
              say("Allow", "s3:*", "*", { Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } }),
              say("Deny", "s3:*", "*", {
                Condition: { NotIpAddress: { "aws:SourceIp": "198.51.100.0/24" } },
              }),
            ),
          ],
        },
      },
      resources: bare(),
    },
    ask: [ana, "s3:GetObject", object],
    expected: false,
  },
  {
    rule: "a negated operator with several values holds when none matches",
    ...operators,
    estate: {
      accounts: alone,
      principals: {
        [ana]: {
          policies: [
            doc(
              say("Allow", "s3:*", "*", {
                Condition: { StringNotEquals: { "aws:PrincipalAccount": [A, B] } },
              }),
            ),
          ],
        },
      },
      resources: bare(),
    },
    ask: [ana, "s3:GetObject", object],
    expected: false,
  },
  {
    rule: "ForAllValues holds for an absent key",
    ...multi,
    estate: {
      accounts: alone,
      principals: {
        [etl]: {
          policies: [
            doc(
              say("Allow", "s3:*", "*", {
                Condition: { "ForAllValues:StringEquals": { "aws:username": "bob" } },
              }),
            ),
          ],
        },
      },
      resources: bare(),
    },
    ask: [etl, "s3:GetObject", object],
    expected: true,
  },
  {
    rule: "ForAnyValue does not hold for an absent key",
    ...multi,
    estate: {
      accounts: alone,
      principals: {
        [etl]: {
          policies: [
            doc(
              say("Allow", "s3:*", "*", {
                Condition: { "ForAnyValue:StringEquals": { "aws:username": "bob" } },
              }),
            ),
          ],
        },
      },
      resources: bare(),
    },
    ask: [etl, "s3:GetObject", object],
    expected: false,
  },
  {
    rule: "policy variables take the caller's values",
    ...variables,
    estate: {
      accounts: alone,
      principals: {
        [ana]: {
          policies: [doc(say("Allow", "iam:CreateAccessKey", `arn:aws:iam::${A}:user/\${aws:username}`))],
        },
      },
    },
    ask: [ana, "iam:CreateAccessKey", ana],
    expected: true,
  },
  {
    rule: "policy variables are plain text in version 2008-10-17",
    ...variables,
    estate: {
      accounts: alone,
      principals: {
        [ana]: {
          policies: [
            {
              Version: "2008-10-17",
              Statement: [say("Allow", "iam:CreateAccessKey", `arn:aws:iam::${A}:user/\${aws:username}`)],
            },
          ],
        },
      },
    },
    ask: [ana, "iam:CreateAccessKey", ana],
    expected: false,
  },
  {
    rule: "a variable without a value uses its default",
    ...variables,
    estate: {
      accounts: alone,
      principals: {
        [ana]: {
          policies: [doc(say("Allow", "s3:GetObject", `${bucket}/\${aws:PrincipalTag/team, 'report'}`))],
        },
      },
      resources: bare(),
    },
    ask: [ana, "s3:GetObject", object],
    expected: true,
  },
  {
    rule: "actions are matched without regard to case, resources with it",
    source: "IAM JSON policy elements: Action",
    url: `${iam}reference_policies_elements_action.html`,
    checked: read,
    estate: {
      accounts: alone,
      principals: { [ana]: { policies: [doc(say("Allow", "S3:getobject", "arn:aws:s3:::EXPORTS/*"))] } },
      resources: bare(),
    },
    ask: [ana, "s3:GetObject", object],
    expected: false,
  },
  {
    rule: "NotAction allows all but the named",
    source: "IAM JSON policy elements: NotAction",
    url: `${iam}reference_policies_elements_notaction.html`,
    checked: read,
    estate: {
      accounts: alone,
      principals: { [ana]: { policies: [doc({ Effect: "Allow", NotAction: "iam:*", Resource: "*" })] } },
      resources: bare(),
    },
    ask: [ana, "s3:GetObject", object],
    expected: true,
  },
  // What a condition makes of what is known of the caller.
  ...conditionRows([
    ["StringNotLike holds for an absent key", { StringNotLike: { "aws:username": "b*" } }, etl, true],
    ["StringEquals does not hold for an absent key", { StringEquals: { "aws:username": "ana" } }, etl, false],
    [
      "IfExists holds for an absent key",
      { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-other" } },
      ana,
      true,
    ],
    [
      "IfExists compares a key that is there",
      { StringEqualsIfExists: { "aws:username": "bob" } },
      ana,
      false,
    ],
    [
      "a negated operator with IfExists holds for an absent key",
      { StringNotEqualsIfExists: { "aws:username": "ana" } },
      etl,
      true,
    ],
    ["Null true holds for an absent key", { Null: { "aws:username": "true" } }, etl, true],
    ["Null false holds for a key that is there", { Null: { "aws:username": "false" } }, ana, true],
    ["StringEquals minds the case", { StringEquals: { "aws:username": "Ana" } }, ana, false],
    ["StringEqualsIgnoreCase does not", { StringEqualsIgnoreCase: { "aws:username": "ANA" } }, ana, true],
    ["keys are named in any case", { StringEquals: { "AWS:UserName": "ana" } }, ana, true],
    ["a star is itself only in StringEquals", { StringEquals: { "aws:username": "a*" } }, ana, false],
    [
      "ArnLike and ArnEquals behave alike",
      { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::*:user/a*" } },
      ana,
      true,
    ],
    [
      "a star of StringLike crosses colons",
      { StringLike: { "aws:PrincipalArn": `arn:aws:iam:*:user/ana` } },
      ana,
      true,
    ],
    [
      "numbers are not compared with what is no number",
      { NumericEquals: { "aws:username": "1" } },
      ana,
      false,
    ],
    ["Bool takes true and false in any case", { Bool: { "aws:SecureTransport": "True" } }, ana, true],
    [
      "all operators of a condition must hold, any value of one suffices",
      { StringEquals: { "aws:username": ["bob", "ana"] }, StringLike: { "aws:PrincipalArn": "*:role/*" } },
      ana,
      false,
    ],
    [
      "the ARN of a role session's principal is that of the role",
      { StringEquals: { "aws:PrincipalArn": etl } },
      etl,
      true,
      globalKeys,
    ],
    [
      "a variable without a value meets no positive operator",
      { StringEquals: { "aws:PrincipalAccount": "${aws:PrincipalTag/team}" } },
      ana,
      false,
      variables,
    ],
    [
      "a variable without a value meets an inverted operator",
      { StringNotEquals: { "aws:PrincipalAccount": "${aws:PrincipalTag/team}" } },
      ana,
      true,
      variables,
    ],
    [
      "aws:SourceAccount is absent where no service calls",
      { StringEquals: { "aws:SourceAccount": A } },
      ana,
      false,
      globalKeys,
    ],
  ]),
  {
    rule: "a boundary does not limit a grant to everybody that names the role in aws:PrincipalArn",
    ...principals,
    estate: {
      accounts: alone,
      principals: { [etl]: { boundary } },
      managed: { [boundary]: doc(say("Allow", "ec2:*")) },
      resources: bare(
        to("*", "s3:GetObject", {
          Resource: object,
          Condition: { ArnEquals: { "aws:PrincipalArn": etl } },
        }),
      ),
    },
    ask: [etl, "s3:GetObject", object],
    expected: true,
  },
  {
    rule: "NotResource denies all but the named",
    ...notResource,
    estate: {
      accounts: alone,
      principals: {
        [ana]: {
          policies: [s3All, doc({ Effect: "Deny", Action: "s3:*", NotResource: [`${bucket}/public/*`] })],
        },
      },
      resources: bare(),
    },
    ask: [ana, "s3:GetObject", object],
    expected: false,
    block: "denies s3:*",
  },
  {
    rule: "NotResource spares the named",
    ...notResource,
    estate: {
      accounts: alone,
      principals: {
        [ana]: { policies: [s3All, doc({ Effect: "Deny", Action: "s3:*", NotResource: [`${bucket}/*`] })] },
      },
      resources: bare(),
    },
    ask: [ana, "s3:GetObject", object],
    expected: true,
  },
  {
    rule: "a variable without a value matches no resource",
    ...variables,
    estate: {
      accounts: alone,
      principals: {
        [ana]: { policies: [doc(say("Allow", "s3:GetObject", `${bucket}/\${aws:PrincipalTag/team}*`))] },
      },
      resources: bare(),
    },
    ask: [ana, "s3:GetObject", object],
    expected: false,
  },
  {
    rule: "a key policy that names the role is limited by the role's boundary",
    ...enforcement,
    estate: {
      accounts: alone,
      principals: { [etl]: { boundary } },
      managed: { [boundary]: doc(say("Allow", "ec2:*")) },
      resources: keyed(to({ AWS: etl }, "kms:Decrypt", { Resource: "*" })),
    },
    ask: [etl, "kms:Decrypt", key],
    expected: false,
  },
  {
    rule: "the policy of one alias of a function says nothing of the function",
    ...functionPolicy,
    estate: {
      accounts: alone,
      principals: { [ops]: { policies: [everything] } },
      resources: {
        [lambda]: {
          kind: "lambda:function",
          policy: to({ AWS: root(B) }, "lambda:InvokeFunction", { Resource: `${lambda}:live` }),
        },
      },
    },
    ask: [ops, "lambda:InvokeFunction", lambda],
    expected: false,
  },
  // SNS and SQS.
  {
    rule: "a topic policy may grant SetTopicAttributes to another account",
    ...topicActions,
    estate: {
      accounts: alone,
      principals: { [ops]: { policies: [everything] } },
      resources: {
        [topic]: {
          kind: "sns:topic",
          policy: to({ AWS: root(B) }, "sns:SetTopicAttributes", { Resource: topic }),
        },
      },
    },
    ask: [ops, "sns:SetTopicAttributes", topic],
    expected: true,
  },
  ...([ops, "aws:everyone"] as const).map((caller): ConformanceRow => ({
    rule: `the default topic policy admits the owner's account only, not ${caller === ops ? "another" : "everyone"}`,
    ...topicCases,
    estate: {
      accounts: alone,
      principals: { [ops]: { policies: [everything] } },
      resources: {
        [topic]: {
          kind: "sns:topic",
          policy: to("*", "sns:SetTopicAttributes", {
            Resource: topic,
            Condition: { StringEquals: { "AWS:SourceOwner": A } },
          }),
        },
      },
    },
    ask: [caller, "sns:SetTopicAttributes", topic],
    expected: false,
  })),
  {
    rule: "root of the owning account passes a queue-policy deny on the policy itself",
    ...rootTasks,
    estate: {
      accounts: alone,
      resources: {
        [queue]: {
          kind: "sqs:queue",
          policy: doc({ Effect: "Deny", Action: "sqs:*", Resource: queue, Principal: "*" }),
        },
      },
    },
    ask: [root(A), "sqs:SetQueueAttributes", queue],
    expected: true,
  },
  // Privileged root sessions.
  {
    rule: "an identity of the management account opens a root session of a member account by its own policies",
    ...assumeRoot,
    estate: {
      ...organization(full),
      principals: { [manager]: { policies: [doc(say("Allow", "sts:AssumeRoot"))] } },
    },
    ask: [manager, "sts:AssumeRoot", root(A)],
    expected: true,
  },
  ...(
    [
      ["an administrator of the member account itself opens none", ana, root(A)],
      ["one of another member account that is no delegated administrator opens none", ops, root(A)],
      ["nobody opens one of the management account", manager, root(M)],
      ["root users open none", root(M), root(A)],
    ] as const
  ).map(([rule, caller, target]): ConformanceRow => ({
    rule: `root sessions: ${rule}`,
    ...assumeRoot,
    estate: {
      ...organization(full),
      principals: {
        [ana]: { policies: [everything] },
        [ops]: { policies: [everything] },
        [manager]: { policies: [everything] },
      },
    },
    ask: [caller, "sts:AssumeRoot", target],
    expected: false,
  })),
  // Reach of RCPs and SCPs.
  {
    rule: "no RCP binds a service-linked role",
    ...rcpPage,
    estate: {
      ...organization(full, [["r", doc({ Effect: "Deny", Action: "s3:*", Resource: "*", Principal: "*" })]]),
      principals: { [linked]: { immutable: "service-linked", policies: [s3All] } },
      resources: bare(),
    },
    ask: [linked, "s3:GetObject", object],
    expected: true,
  },
  {
    rule: "an RCP binds the root of a member account",
    ...rcpPage,
    estate: {
      ...organization(full, [["r", doc({ Effect: "Deny", Action: "s3:*", Resource: "*", Principal: "*" })]]),
      resources: bare(),
    },
    ask: [root(A), "s3:GetObject", object],
    expected: false,
  },
  {
    rule: "no RCP binds kms:RetireGrant",
    ...rcpPage,
    estate: {
      ...organization(full, [["r", doc({ Effect: "Deny", Action: "kms:*", Resource: "*", Principal: "*" })]]),
      principals: { [ana]: { policies: [everything] } },
      resources: keyed(to({ AWS: root(A) }, "kms:*", { Resource: "*" })),
    },
    ask: [ana, "kms:RetireGrant", key],
    expected: true,
  },
  {
    rule: "an SCP of the resource's account does not bind identities of others",
    ...scpLimits,
    estate: {
      ...organization([...full, [A, doc(say("Deny", "s3:*"))]]),
      principals: { [ops]: { policies: [s3All] } },
      resources: bare(to({ AWS: root(B) }, "s3:GetObject", { Resource: object })),
    },
    ask: [ops, "s3:GetObject", object],
    expected: true,
  },
];
