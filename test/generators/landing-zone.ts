/**
 * A generated organisation with a landing zone: one management account, OUs with service control policies, and
 * member accounts that all carry the usual administration (Identity Center sets, OrganizationAccountAccessRole,
 * AWSControlTowerExecution, service-linked roles) beside a few workloads, pipelines and static keys. Written as
 * the documents that the AWS command line prints, so that it enters through the readers like a user's own files.
 */
export interface LandingZoneOptions {
  readonly accounts: number;
  readonly seed: number;
}

export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

export interface LandingZone {
  readonly estate: readonly GeneratedFile[];
  readonly findings: readonly GeneratedFile[];
  /** Findings written, by check id. */
  readonly rows: number;
}

const management = "100000000000";
const accountNumber = (index: number): string => String(200000000000 + index);

/** Small seeded generator (mulberry32): the same seed, the same organisation. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = state;
    value = Math.imul(value ^ (value >>> 15), value | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

const allow = (action: string | readonly string[], resource: string | readonly string[]): object => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
});
const policy = (...statements: readonly object[]): object => ({
  Version: "2012-10-17",
  Statement: statements,
});
const trust = (principal: object, action = "sts:AssumeRole", condition?: object): object =>
  policy({
    Effect: "Allow",
    Principal: principal,
    Action: action,
    ...(condition === undefined ? {} : { Condition: condition }),
  });
const managed = (name: string): object => ({
  PolicyName: name,
  PolicyArn: `arn:aws:iam::aws:policy/${name}`,
});

interface RoleOptions {
  readonly path?: string;
  readonly inline?: Readonly<Record<string, object>>;
  readonly attached?: readonly string[];
  readonly instanceProfile?: boolean;
}

function role(account: string, name: string, trustPolicy: object, options: RoleOptions = {}): object {
  const path = options.path ?? "/";
  return {
    Path: path,
    RoleName: name,
    RoleId: `AROA${account}${name}`
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, "")
      .slice(0, 21),
    Arn: `arn:aws:iam::${account}:role${path}${name}`,
    CreateDate: "2025-01-10T08:00:00+00:00",
    AssumeRolePolicyDocument: trustPolicy,
    InstanceProfileList:
      options.instanceProfile === true
        ? [{ InstanceProfileName: name, Arn: `arn:aws:iam::${account}:instance-profile/${name}`, Roles: [] }]
        : [],
    RolePolicyList: Object.entries(options.inline ?? {}).map(([PolicyName, PolicyDocument]) => ({
      PolicyName,
      PolicyDocument,
    })),
    AttachedManagedPolicies: (options.attached ?? []).map(managed),
    Tags: [],
  };
}

const samlTrust = (account: string): object =>
  trust(
    { Federated: `arn:aws:iam::${account}:saml-provider/AWSSSO_8f2_DO_NOT_DELETE` },
    "sts:AssumeRoleWithSAML",
    {
      StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" },
    },
  );

const githubTrust = (account: string, subject: string): object =>
  trust(
    { Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` },
    "sts:AssumeRoleWithWebIdentity",
    {
      StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
      StringLike: { "token.actions.githubusercontent.com:sub": subject },
    },
  );

/** The administration that a landing zone puts into every account. */
function landingZoneRoles(account: string): readonly object[] {
  const reserved = "/aws-reserved/sso.amazonaws.com/eu-west-1/";
  return [
    role(account, "AWSReservedSSO_AdministratorAccess_1f2e3d4c5b6a7980", samlTrust(account), {
      path: reserved,
      attached: ["AdministratorAccess"],
    }),
    role(account, "AWSReservedSSO_ViewOnlyAccess_2f2e3d4c5b6a7980", samlTrust(account), {
      path: reserved,
      attached: ["job-function/ViewOnlyAccess"],
    }),
    role(account, "OrganizationAccountAccessRole", trust({ AWS: `arn:aws:iam::${management}:root` }), {
      attached: ["AdministratorAccess"],
    }),
    role(account, "AWSControlTowerExecution", trust({ AWS: `arn:aws:iam::${management}:root` }), {
      attached: ["AdministratorAccess"],
    }),
    role(account, "AWSServiceRoleForOrganizations", trust({ Service: "organizations.amazonaws.com" }), {
      path: "/aws-service-role/organizations.amazonaws.com/",
    }),
    role(account, "AWSServiceRoleForSupport", trust({ Service: "support.amazonaws.com" }), {
      path: "/aws-service-role/support.amazonaws.com/",
    }),
  ];
}

export function generateLandingZone({ accounts, seed }: LandingZoneOptions): LandingZone {
  const random = seededRandom(seed);
  const estate: GeneratedFile[] = [];
  const findings: object[] = [];
  const json = (path: string, value: unknown): void => {
    estate.push({ path, text: JSON.stringify(value, null, 1) });
  };
  for (let index = -1; index < accounts; index += 1) {
    const account = index < 0 ? management : accountNumber(index);
    const roles = [...(index < 0 ? [managementRole(account)] : landingZoneRoles(account))];
    const users: object[] = [];
    if (index >= 0) {
      roles.push(...workloadRoles(account, index, random));
      if (index % 10 === 3)
        users.push(
          keyUser(
            account,
            "svc-batch",
            policy(allow(["s3:PutObject"], `arn:aws:s3:::acme-${account}-data/*`)),
          ),
        );
      if (index % 25 === 7) users.push(keyUser(account, "svc-legacy", policy(allow("s3:*", "*"))));
      if (index % 50 === 11) users.push(keyUser(account, "old-admin", undefined));
      findings.push(...accountFindings(account, index));
      json(`account-${account}/s3.json`, s3Settings(account, index));
    }
    json(`account-${account}/gaad-${account}.json`, {
      UserDetailList: users,
      GroupDetailList: [],
      RoleDetailList: roles,
      Policies: [],
      IsTruncated: false,
    });
    estate.push({
      path: `account-${account}/credential-report-${account}.csv`,
      text: credentialReport(account, users),
    });
  }
  json("organization/organization.json", organization(accounts));
  return {
    estate,
    findings: [{ path: "prowler.ocsf.json", text: JSON.stringify(findings, null, 1) }],
    rows: findings.length,
  };
}

function managementRole(account: string): object {
  return role(account, "AWSReservedSSO_AdministratorAccess_0f2e3d4c5b6a7980", samlTrust(account), {
    path: "/aws-reserved/sso.amazonaws.com/eu-west-1/",
    attached: ["AdministratorAccess"],
  });
}

function workloadRoles(account: string, index: number, random: () => number): readonly object[] {
  const roles = [
    role(account, "web-task", trust({ Service: "ecs-tasks.amazonaws.com" }), {
      inline: { data: policy(allow(["s3:GetObject"], `arn:aws:s3:::acme-${account}-data/*`)) },
    }),
  ];
  if (index % 5 === 0) {
    roles.push(
      role(
        account,
        "gha-deploy",
        githubTrust(account, `repo:acme/service-${String(index)}:ref:refs/heads/main`),
        {
          inline: {
            deploy: policy(allow(["s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock", "lambda:*"], "*")),
          },
        },
      ),
    );
  }
  if (random() < 0.15) {
    roles.push(
      role(account, "batch-node", trust({ Service: "ec2.amazonaws.com" }), {
        instanceProfile: true,
        inline: { network: policy(allow(["ec2:AuthorizeSecurityGroupIngress"], "*")) },
      }),
    );
  }
  return roles;
}

function keyUser(account: string, name: string, inline: object | undefined): object {
  return {
    Path: "/",
    UserName: name,
    UserId: `AIDA${account}${name}`
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, "")
      .slice(0, 21),
    Arn: `arn:aws:iam::${account}:user/${name}`,
    CreateDate: "2023-03-01T09:00:00+00:00",
    UserPolicyList: inline === undefined ? [] : [{ PolicyName: "work", PolicyDocument: inline }],
    GroupList: [],
    AttachedManagedPolicies: inline === undefined ? [managed("AdministratorAccess")] : [],
    Tags: [],
  };
}

const reportHeader =
  "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active," +
  "access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region," +
  "access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date," +
  "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

function credentialReport(account: string, users: readonly object[]): string {
  const tail = "N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A";
  const rows = users.map((user) => {
    const { UserName, Arn } = user as { UserName: string; Arn: string };
    return `${UserName},${Arn},2023-03-01T09:00:00+00:00,false,N/A,N/A,N/A,false,true,2023-03-01T09:05:00+00:00,2026-11-20T02:00:00+00:00,eu-west-1,s3,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A`;
  });
  return [
    reportHeader,
    `<root_account>,arn:aws:iam::${account}:root,2022-01-01T00:00:00+00:00,not_supported,no_information,not_supported,not_supported,true,false,N/A,${tail}`,
    ...rows,
    "",
  ].join("\n");
}

const bucketName = (account: string, purpose: string): string => `acme-${account}-${purpose}`;

function s3Settings(account: string, index: number): object {
  const off = {
    BlockPublicAcls: false,
    IgnorePublicAcls: false,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: false,
  };
  const bucket = (statements: readonly object[]): object => ({
    policy: statements.length === 0 ? "none" : { Version: "2012-10-17", Statement: statements },
    acl: { Owner: { ID: "owner" }, Grants: [] },
    ownershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    publicAccessBlock: off,
    accessPoints: [],
  });
  const data = bucketName(account, "data");
  const site = bucketName(account, "site");
  return {
    account: { id: account, publicAccessBlock: off },
    buckets: {
      [data]: bucket(index % 4 === 1 ? [publicRead(data)] : []),
      [site]: bucket([publicRead(site)]),
    },
  };
}

const publicRead = (bucket: string): object => ({
  Sid: "PublicRead",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: `arn:aws:s3:::${bucket}/*`,
});

function accountFindings(account: string, index: number): readonly object[] {
  const rows = [
    prowlerRow(
      account,
      "s3_bucket_public_access",
      "s3",
      "FAIL",
      `arn:aws:s3:::${bucketName(account, "site")}`,
      bucketName(account, "site"),
    ),
    prowlerRow(
      account,
      "s3_bucket_default_encryption",
      "s3",
      "PASS",
      `arn:aws:s3:::${bucketName(account, "site")}`,
      bucketName(account, "site"),
    ),
    prowlerRow(
      account,
      "s3_bucket_object_versioning",
      "s3",
      "FAIL",
      `arn:aws:s3:::${bucketName(account, "site")}`,
      bucketName(account, "site"),
    ),
  ];
  if (index % 4 === 1) {
    rows.push(
      prowlerRow(
        account,
        "s3_bucket_public_access",
        "s3",
        "FAIL",
        `arn:aws:s3:::${bucketName(account, "data")}`,
        bucketName(account, "data"),
      ),
    );
  }
  if (index % 3 === 0) {
    const queue = `arn:aws:sqs:eu-west-1:${account}:orders`;
    rows.push(prowlerRow(account, "sqs_queues_not_publicly_accessible", "sqs", "FAIL", queue, "orders"));
  }
  return rows;
}

export function prowlerRow(
  account: string,
  check: string,
  service: string,
  status: "PASS" | "FAIL",
  uid: string,
  name: string,
): object {
  return {
    message: `${name} ${status === "FAIL" ? "fails" : "passes"} ${check}.`,
    metadata: {
      event_code: check,
      product: { name: "Prowler", uid: "prowler", vendor_name: "Prowler", version: "5.40.0" },
      version: "1.4.0",
    },
    severity_id: 4,
    severity: "High",
    status: "New",
    status_code: status,
    status_detail: `${name} ${status === "FAIL" ? "fails" : "passes"}.`,
    status_id: 1,
    finding_info: {
      created_time: 1795514400,
      created_time_dt: "2026-11-22T10:00:00",
      title: check,
      uid: `prowler-aws-${check}-${account}-eu-west-1-${name}`,
    },
    resources: [
      {
        cloud_partition: "aws",
        region: "eu-west-1",
        group: { name: service },
        labels: [],
        name,
        type: "Other",
        uid,
      },
    ],
    category_name: "Findings",
    class_name: "Detection Finding",
    class_uid: 2004,
    type_uid: 200401,
    cloud: {
      account: { name: "", type: "AWS Account", type_id: 10, uid: account },
      provider: "aws",
      region: "eu-west-1",
    },
    time: 1795514400,
    time_dt: "2026-11-22T10:00:00",
    remediation: { desc: "", references: [] },
    unmapped: { provider: "aws", compliance: {}, categories: [] },
  };
}

/** The assembled organisation document: CLI outputs under their command names. */
function organization(accounts: number): object {
  const ou = (name: string): string => `ou-ab12-${name}`;
  const all = Array.from({ length: accounts }, (_, index) => accountNumber(index));
  const full = {
    Id: "p-FullAWSAccess",
    Name: "FullAWSAccess",
    Type: "SERVICE_CONTROL_POLICY",
    AwsManaged: true,
  };
  const fullRcp = {
    Id: "p-RCPFullAWSAccess",
    Name: "RCPFullAWSAccess",
    Type: "RESOURCE_CONTROL_POLICY",
    AwsManaged: true,
  };
  const guard = { Id: "p-guard123", Name: "guardrails", Type: "SERVICE_CONTROL_POLICY", AwsManaged: false };
  const arnOf = (summary: { Id: string; Type: string }): string =>
    `arn:aws:organizations::${management}:policy/o-acme123456/${summary.Type.toLowerCase()}/${summary.Id}`;
  const allowAll = JSON.stringify(policy({ Effect: "Allow", Action: "*", Resource: "*" }));
  const allowAllRcp = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
  });
  const denyLeave = JSON.stringify(
    policy({
      Effect: "Deny",
      Action: ["organizations:LeaveOrganization", "cloudtrail:StopLogging"],
      Resource: "*",
    }),
  );
  const everyTarget = ["r-ab12", ou("workloads"), ou("sandbox"), management, ...all];
  const targetsOf = (ids: readonly string[]): object => ({
    Targets: ids.map((id) => ({
      TargetId: id,
      Name: id,
      Type: id.startsWith("r-") ? "ROOT" : id.startsWith("ou-") ? "ORGANIZATIONAL_UNIT" : "ACCOUNT",
    })),
  });
  return {
    "describe-organization": {
      Organization: {
        Id: "o-acme123456",
        Arn: `arn:aws:organizations::${management}:organization/o-acme123456`,
        FeatureSet: "ALL",
        MasterAccountArn: `arn:aws:organizations::${management}:account/o-acme123456/${management}`,
        MasterAccountId: management,
        MasterAccountEmail: "aws@acme.example",
        AvailablePolicyTypes: [],
      },
    },
    "list-roots": {
      Roots: [
        {
          Id: "r-ab12",
          Arn: `arn:aws:organizations::${management}:root/o-acme123456/r-ab12`,
          Name: "Root",
          PolicyTypes: [
            { Type: "SERVICE_CONTROL_POLICY", Status: "ENABLED" },
            { Type: "RESOURCE_CONTROL_POLICY", Status: "ENABLED" },
          ],
        },
      ],
    },
    "list-accounts": {
      Accounts: [management, ...all].map((id, index) => ({
        Id: id,
        Arn: `arn:aws:organizations::${management}:account/o-acme123456/${id}`,
        Email: `aws+${id}@acme.example`,
        Name: index === 0 ? "management" : `workload-${String(index - 1).padStart(3, "0")}`,
        Status: "ACTIVE",
        JoinedMethod: "CREATED",
        JoinedTimestamp: 1700000000,
      })),
    },
    "list-organizational-units-for-parent": {
      "r-ab12": {
        OrganizationalUnits: ["workloads", "sandbox"].map((name) => ({
          Id: ou(name),
          Arn: `arn:aws:organizations::${management}:ou/o-acme123456/${ou(name)}`,
          Name: name,
        })),
      },
    },
    "list-parents": Object.fromEntries([
      [management, { Parents: [{ Id: "r-ab12", Type: "ROOT" }] }],
      ...all.map(
        (id, index) =>
          [
            id,
            {
              Parents: [{ Id: ou(index % 10 === 9 ? "sandbox" : "workloads"), Type: "ORGANIZATIONAL_UNIT" }],
            },
          ] as const,
      ),
    ]),
    "list-policies": {
      Policies: [full, fullRcp, guard].map((summary) => ({
        ...summary,
        Arn: arnOf(summary),
        Description: "",
      })),
    },
    "describe-policy": {
      [full.Id]: { Policy: { PolicySummary: { ...full, Arn: arnOf(full) }, Content: allowAll } },
      [fullRcp.Id]: { Policy: { PolicySummary: { ...fullRcp, Arn: arnOf(fullRcp) }, Content: allowAllRcp } },
      [guard.Id]: { Policy: { PolicySummary: { ...guard, Arn: arnOf(guard) }, Content: denyLeave } },
    },
    "list-targets-for-policy": {
      [full.Id]: targetsOf(everyTarget),
      [fullRcp.Id]: targetsOf(everyTarget),
      [guard.Id]: targetsOf([ou("workloads")]),
    },
  };
}
