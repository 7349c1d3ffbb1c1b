import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An estate in which one library runs in several workloads that share what they reach. */
export const shop = "222222222222";
export const data = "333333333333";
const roleArn = (name: string, account = shop): string => `arn:aws:iam::${account}:role/${name}`;
export const purl = (version: string): string => `pkg:npm/left-router@${version}`;

const statement = (Action: string | readonly string[], Resource: string | readonly string[]) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource }],
});
const role = (name: string, ...policies: readonly object[]) => ({
  id: roleArn(name),
  trust: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" },
    ],
  },
  policies: policies.map((document, index) => ({ name: `p${String(index)}`, document })),
});

export const estate = {
  schema: "remit.estate/1",
  source: "platform",
  observedAt: "2026-11-22T06:00:00Z",
  accounts: [
    { id: `aws:${shop}`, name: "shop", organization: "none" },
    { id: `aws:${data}`, name: "data", organization: "none" },
  ],
  coverage: [
    { topic: ["iam", "access-keys", "console", "root-credentials"], scope: [`aws:${shop}`, `aws:${data}`] },
  ],
  principals: [
    role(
      "web",
      statement("s3:GetObject", ["arn:aws:s3:::orders/*", "arn:aws:s3:::shared/*"]),
      statement("dynamodb:GetItem", "*"),
    ),
    role(
      "jobs",
      statement(["s3:GetObject", "s3:PutBucketPolicy"], ["arn:aws:s3:::shared", "arn:aws:s3:::shared/*"]),
    ),
    {
      id: `arn:aws:iam::${shop}:user/ops`,
      console: { password: true, mfa: true },
      policies: [{ name: "iam", document: statement("iam:PutRolePolicy", "*") }],
    },
  ],
  resources: ["orders", "shared", "other"].map((name) => ({
    id: `arn:aws:s3:::${name}`,
    account: `aws:${shop}`,
    policy: "none",
  })),
  workloads: [
    {
      id: "web",
      account: `aws:${shop}`,
      runsAs: roleArn("web"),
      exposed: true,
      resources: ["image:registry.example/shop/web", "arn:aws:s3:::orders"],
      components: [{ purl: purl("1.2.0") }],
    },
    {
      id: "jobs",
      account: `aws:${shop}`,
      runsAs: roleArn("jobs"),
      exposed: false,
      resources: ["image:registry.example/shop/jobs"],
    },
    { id: "reports", account: `aws:${shop}`, exposed: false, components: [{ purl: purl("1.2.0") }] },
    { id: "mail", account: `aws:${shop}`, exposed: false, components: [{ purl: purl("1.3.1") }] },
    { id: "cron", account: `aws:${shop}`, exposed: false, components: [{ purl: purl("0.9.0") }] },
  ],
};

export const catalogue = {
  version: 1,
  policy: { regulated: false, deadlines: "bod-26-04" },
  people: [
    { id: "ana" },
    { id: "ben", principals: [`arn:aws:iam::${shop}:user/ops`] },
    { id: "cleo" },
    { id: "dora" },
  ],
  teams: [
    { id: "product", role: "APP", members: ["ana"] },
    { id: "platform", roles: ["PLATFORM", "CLOUD_OPS"], members: ["ben"] },
    { id: "security", role: "SECOPS", members: ["cleo"] },
  ],
  accounts: [
    { id: `aws:${shop}`, owner: "product", runtimeAuthority: "platform" },
    { id: `aws:${data}`, owner: "dora", runtimeAuthority: "platform" },
  ],
  workloads: ["web", "jobs"].map((id) => ({
    id,
    facts: { customerFacing: id === "web" },
    planes: { build: { owner: "product" }, runtime: { owner: "platform" }, incident: { owner: "security" } },
  })),
  authorities: ["revoke", "compensating-control", "residual-risk", "privilege-change", "emergency"].map(
    (kind) => ({
      kind,
      scope: "*",
      holder: kind === "revoke" ? "ben" : "ana",
      deputy: "cleo",
      until: "2030-12-31",
    }),
  ),
};

/** What Trivy writes of an image. */
export const scan = (image: string, at = "2026-08-01T00:00:00Z") => ({
  SchemaVersion: 2,
  CreatedAt: at,
  ArtifactName: `registry.example/shop/${image}:1.0`,
  ArtifactType: "container_image",
  Metadata: {},
  Results: [
    {
      Target: "package-lock.json",
      Class: "lang-pkgs",
      Type: "npm",
      Vulnerabilities: [
        {
          VulnerabilityID: "CVE-2026-10001",
          VendorIDs: ["GHSA-aaaa-bbbb-cccc"],
          PkgName: "left-router",
          PkgIdentifier: { PURL: purl("1.2.0") },
          InstalledVersion: "1.2.0",
          FixedVersion: "1.3.0, 1.3.1",
          Severity: "MEDIUM",
          Title: "path is not checked",
        },
      ],
    },
  ],
});

/** Writes the documents of a question and gives the arguments that name them. */
export function written(
  documents: {
    readonly estate: unknown;
    readonly catalogue: unknown;
    readonly findings: Readonly<Record<string, unknown>>;
  },
  now = "2026-11-22T12:00:00Z",
): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "remit-flaw-"));
  const put = (name: string, value: unknown): string => {
    writeFileSync(join(folder, name), JSON.stringify(value));
    return join(folder, name);
  };
  const findings = Object.entries(documents.findings).map(([name, value]) => put(name, value));
  return [
    ...["--estate", put("estate.json", documents.estate)],
    ...["--catalogue", put("remit.json", documents.catalogue)],
    ...(findings.length === 0 ? [] : ["--findings", ...findings]),
    ...["--now", now],
  ];
}
