import fc from "fast-check";
import { catalogues, catalogueText, type GeneratedCatalogue } from "./catalogue.js";

/**
 * Small estates as documents: a user with a key, roles and who may enter them, a pipeline, two buckets in two accounts
 * under an organisation, a workload, and a catalogue over them. Every switch is one fact that a document tells.
 */
export interface GeneratedEstate {
  /** Rights of the user, of the workload's role, of the pipeline's role. */
  readonly user: readonly Right[];
  readonly role: readonly Right[];
  readonly deployer: readonly Right[];
  readonly key: "none" | "inactive" | "internal" | "leaked";
  readonly enters: "service" | "user" | "account" | "vendor";
  readonly subject: "repo:acme/shop:ref:refs/heads/main" | "repo:acme/*";
  readonly gated: boolean;
  readonly public: boolean;
  readonly blocked: boolean;
  readonly scp: "none" | "no-policy-writes" | "not-by-user";
  readonly exposed: boolean;
  readonly flaw: boolean;
  readonly kev: boolean;
  readonly incident: boolean;
  readonly covered: boolean;
  readonly regulated: boolean;
}

export const rights = [
  "s3:GetObject",
  "s3:PutBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
  "iam:PutRolePolicy",
  "sts:AssumeRole",
  "secretsmanager:GetSecretValue",
] as const;
type Right = (typeof rights)[number];

export interface GeneratedWorld {
  readonly estate: GeneratedEstate;
  readonly catalogue: GeneratedCatalogue;
}

/** Quiet estates are among them, not only their opposites. */
const own = fc.oneof(fc.constant<Right[]>([]), fc.subarray<Right>([...rights], { maxLength: 3 }));

export const worlds: fc.Arbitrary<GeneratedWorld> = fc.record({
  estate: fc.record({
    user: own,
    role: own,
    deployer: own,
    key: fc.constantFrom("none", "inactive", "internal", "leaked"),
    enters: fc.constantFrom("service", "user", "account", "vendor"),
    subject: fc.constantFrom("repo:acme/shop:ref:refs/heads/main", "repo:acme/*"),
    gated: fc.boolean(),
    public: fc.boolean(),
    blocked: fc.boolean(),
    scp: fc.constantFrom("none", "no-policy-writes", "not-by-user"),
    exposed: fc.boolean(),
    flaw: fc.boolean(),
    kev: fc.boolean(),
    incident: fc.boolean(),
    covered: fc.boolean(),
    regulated: fc.boolean(),
  }),
  catalogue: catalogues,
});

const prod = "222222222222";
const data = "333333333333";
const vendor = "999999999999";
const arn = (account: string, rest: string): string => `arn:aws:iam::${account}:${rest}`;
export const bucket = "arn:aws:s3:::acme-exports";
const ledger = "arn:aws:s3:::acme-ledger";
const keyId = "aws:access-key/AKIAIOSFODNN7EXAMPLE";
const document = (...Statement: readonly object[]) => ({ Version: "2012-10-17", Statement });
const inline = (actions: readonly string[]) =>
  actions.length === 0
    ? []
    : [{ name: "own", document: document({ Sid: "Own", Effect: "Allow", Action: actions, Resource: "*" }) }];

/** The documents, as somebody would hand them over. */
export function documentsOf({ estate: made, catalogue }: GeneratedWorld): {
  readonly estate: Readonly<Record<string, unknown>>;
  readonly catalogue: object;
} {
  const enters = {
    service: { Service: "lambda.amazonaws.com" },
    user: { AWS: arn(prod, "user/svc-batch") },
    account: { AWS: arn(prod, "root") },
    vendor: { AWS: arn(vendor, "root") },
  }[made.enters];
  const issuer = "token.actions.githubusercontent.com";
  const estate = {
    schema: "remit.estate/1",
    source: "test",
    observedAt: "2026-11-22T06:00:00Z",
    accounts: [
      { id: `aws:${prod}`, name: "prod" },
      { id: `aws:${data}`, name: "data" },
    ],
    organizations: [
      {
        id: "o-1",
        managementAccount: `aws:111111111111`,
        enabledPolicyTypes: ["scp"],
        nodes: [
          { id: "r-1", kind: "root" },
          { id: prod, kind: "account", parent: "r-1" },
          { id: data, kind: "account", parent: "r-1" },
        ],
        policies: scpsOf(made.scp),
      },
    ],
    coverage: [
      { topic: ["iam", "access-keys", "console", "root-credentials"], scope: [`aws:${prod}`, `aws:${data}`] },
      ...(made.covered
        ? [{ topic: ["scp", "rcp", "organization"], scope: [`aws:${prod}`, `aws:${data}`] }]
        : []),
    ],
    principals: [
      {
        id: arn(prod, "user/svc-batch"),
        console: { password: false, mfa: false },
        policies: inline(made.user),
      },
      {
        id: arn(prod, "role/shop"),
        trust: document({ Effect: "Allow", Principal: enters, Action: "sts:AssumeRole" }),
        policies: inline(made.role),
      },
      {
        id: arn(prod, "role/deploy"),
        trust: document({
          Effect: "Allow",
          Principal: { Federated: arn(prod, `oidc-provider/${issuer}`) },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringLike: { [`${issuer}:sub`]: made.subject, [`${issuer}:aud`]: "sts.amazonaws.com" },
          },
        }),
        policies: inline(made.deployer),
      },
    ],
    providers: [
      {
        id: arn(prod, `oidc-provider/${issuer}`),
        kind: "oidc",
        url: issuer,
        clientIds: ["sts.amazonaws.com"],
      },
    ],
    credentials:
      made.key === "none"
        ? []
        : [
            {
              id: keyId,
              holder: arn(prod, "user/svc-batch"),
              status: made.key === "inactive" ? "inactive" : "active",
              created: "2024-01-10",
              lastUsed: "2026-11-20",
              autoRotated: false,
              copies: [
                {
                  place: "repository acme/shop",
                  at: ".env",
                  readableBy: made.key === "leaked" ? "leaked" : "internal",
                },
              ],
              consumers: ["workload:shop"],
            },
          ],
    pipelines: [
      {
        id: "acme/shop#.github/workflows/deploy.yml",
        file: ".github/workflows/deploy.yml",
        runsAs: arn(prod, "role/deploy"),
        gate: { protectedRef: made.gated, reviewRequired: made.gated, adminBypass: !made.gated },
      },
    ],
    resources: [
      {
        id: bucket,
        account: `aws:${prod}`,
        properties: Object.fromEntries(
          ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"].map(
            (name) => [`publicAccessBlock.${name}`, made.blocked],
          ),
        ),
        policy: made.public
          ? document({
              Sid: "All",
              Effect: "Allow",
              Principal: "*",
              Action: "s3:GetObject",
              Resource: `${bucket}/*`,
            })
          : "none",
      },
      { id: ledger, account: `aws:${data}`, policy: "none" },
      { id: `aws:${prod}`, properties: { "s3.publicAccessBlock.BlockPublicPolicy": false } },
    ],
    workloads: [
      {
        id: "shop",
        account: `aws:${prod}`,
        runsAs: arn(prod, "role/shop"),
        resources: [bucket],
        exposed: made.exposed,
        components: ["pkg:npm/maker-core@2.1.0"],
        repository: "acme/shop",
        facts: { kev: made.kev },
      },
    ],
    incidents: made.incident
      ? [
          {
            id: "inc-1",
            declaredAt: "2026-11-22T02:00:00Z",
            scope: "workload:shop",
            exploited: true,
            used: [],
          },
        ]
      : [],
    exposures: [
      { resource: bucket, weakness: "s3.public", severity: "high" },
      ...(made.flaw
        ? [
            {
              resource: "workload:shop",
              weakness: "vulnerability.component",
              subLocator: "CVE-2026-0001",
              severity: "medium",
              facts: { kev: made.kev, patchAvailable: true },
            },
          ]
        : []),
    ],
  };
  const text = catalogueText(catalogue) as Readonly<Record<string, unknown>>;
  return {
    estate,
    catalogue: {
      ...text,
      policy: { regulated: made.regulated },
      accounts: [
        { id: `aws:${prod}`, name: "prod", owner: "ana", runtimeAuthority: "ben" },
        { id: `aws:${data}`, name: "data", owner: "cleo", runtimeAuthority: "ben" },
      ],
      workloads: [
        {
          id: "shop",
          match: {
            resources: [bucket, "workload:shop"],
            principals: [arn(prod, "role/shop")],
            repositories: ["acme/shop"],
          },
          facts: catalogue.facts,
          planes: catalogue.planes,
        },
      ],
      thirdParties: [
        {
          id: "maker",
          kind: "vendor",
          manager: "ana",
          ...(catalogue.contract ? { contract: { clause: "MSA 1" } } : {}),
          ...(catalogue.lever ? { technical: { owner: "ana", lever: "disable-trust" } } : {}),
          match: { accounts: [`aws:${vendor}`], purls: ["pkg:npm/maker-*"] },
        },
      ],
    },
  };
}

function scpsOf(kind: GeneratedEstate["scp"]): readonly object[] {
  const full = {
    id: "p-full",
    type: "scp",
    document: document({ Effect: "Allow", Action: "*", Resource: "*" }),
    targets: ["r-1", prod, data],
  };
  if (kind === "none") return [full];
  const deny = {
    Sid: "Guard",
    Effect: "Deny",
    Action: ["s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock"],
    Resource: "*",
  };
  const only = { ArnLike: { "aws:PrincipalArn": arn(prod, "user/*") } };
  return [
    full,
    {
      id: "p-guard",
      type: "scp",
      document: document(kind === "not-by-user" ? { ...deny, Condition: only } : deny),
      targets: [prod],
    },
  ];
}

/** Each makes the reach of the workload or of who stands behind it larger and leaves the rest as it is (R66). */
export const wider: readonly ((world: GeneratedWorld) => GeneratedWorld)[] = [
  ...rights.map((right) => (world: GeneratedWorld): GeneratedWorld => ({
    ...world,
    estate: { ...world.estate, role: [...new Set([...world.estate.role, right])] },
  })),
  (world) => ({ ...world, estate: { ...world.estate, incident: true } }),
  (world) => ({ ...world, estate: { ...world.estate, exposed: true } }),
  (world) => ({
    ...world,
    catalogue: { ...world.catalogue, facts: { ...world.catalogue.facts, customerFacing: true } },
  }),
  (world) => ({
    ...world,
    catalogue: { ...world.catalogue, facts: { ...world.catalogue.facts, privileged: true } },
  }),
];
