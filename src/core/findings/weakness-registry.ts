import type { WeaknessClass } from "./check-reference.js";
import type { Weakness } from "./weakness.js";

/**
 * The one registry: id, class, title (at most five words), kinds of resource, recreation formula. `=`: the formula
 * has the id of the weakness; `-`: there is none, and who could bring it back stays unknown. Order is that of
 * recreation.md 4 and 5.
 */
const rows: readonly (readonly [string, WeaknessClass, string, string, "=" | "-"])[] = [
  ["s3.public", "public-exposure", "public access", "s3:bucket s3:access-point", "="],
  [
    "s3.public-access-block-off",
    "missing-edge-control",
    "public access block off",
    "s3:bucket aws:account",
    "=",
  ],
  ["ec2.open-ingress", "public-exposure", "ports open to internet", "ec2:security-group ec2:instance", "="],
  ["rds.public-instance", "public-exposure", "public database", "rds:db-instance", "="],
  ["rds.public-snapshot", "public-exposure", "public snapshot", "rds:snapshot rds:cluster-snapshot", "="],
  ["ec2.public-snapshot", "public-exposure", "public snapshot", "ec2:snapshot", "="],
  ["ec2.public-image", "public-exposure", "public image", "ec2:image", "="],
  ["kms.open-key", "public-exposure", "any AWS account", "kms:key", "="],
  ["lambda.public", "public-exposure", "public invoke", "lambda:function", "="],
  ["sqs.public", "public-exposure", "public queue", "sqs:queue", "="],
  ["sns.public", "public-exposure", "public topic", "sns:topic", "="],
  ["ecr.open-repository", "public-exposure", "any AWS account", "ecr:repository", "="],
  ["ec2.imdsv1", "metadata-credential", "IMDSv1", "ec2:instance", "="],
  ["iam.key.stale", "credential", "stale access key", "iam:user aws:account", "="],
  ["iam.key.exposed", "credential", "exposed access key", "iam:user aws:account", "="],
  ["iam.credential.unused", "credential", "unused user credential", "iam:user aws:account", "="],
  ["iam.root-key", "credential", "root access key", "aws:account", "="],
  ["iam.root-mfa", "credential", "root without MFA", "aws:account", "="],
  ["iam.user.no-mfa", "credential", "console user without MFA", "iam:user aws:account", "="],
  ["iam.trust.broad", "trust", "broad role trust", "iam:role", "="],
  ["oidc.trust.broad", "trust", "broad OIDC trust", "iam:role iam:oidc-provider", "="],
  [
    "secret.in-config",
    "credential",
    "secret in configuration",
    "lambda:function ecs:task-definition ec2:instance",
    "=",
  ],
  [
    "iam.admin-policy",
    "identity-privilege",
    "administrator policy",
    "iam:policy iam:role iam:user iam:group",
    "=",
  ],
  [
    "iam.privilege-escalation",
    "identity-privilege",
    "privilege escalation policy",
    "iam:policy iam:role iam:user iam:group",
    "=",
  ],
  ["eks.public-endpoint", "public-exposure", "public cluster endpoint", "eks:cluster", "="],
  ["opensearch.public", "public-exposure", "public search domain", "opensearch:domain", "="],
  ["gcp.public-bucket", "public-exposure", "public access", "gcp:bucket", "-"],
  ["gcp.service-account-key", "credential", "service account key", "gcp:service-account", "-"],
  ["azure.public-blob", "public-exposure", "public blob access", "azure:storage-account", "="],
  ["storage.sas.exposed", "credential", "exposed SAS token", "azure:storage-account", "="],
  ["entra.app-credential", "credential", "application credential", "entra:application", "-"],
  ["vault.access-policy", "identity-privilege", "vault access-policy model", "azure:key-vault", "="],
  ["azure.vault.public-network", "public-exposure", "vault on public network", "azure:key-vault", "="],
  [
    "k8s.cluster-admin",
    "identity-privilege",
    "cluster-admin binding",
    "kubernetes:cluster-role-binding",
    "-",
  ],
  ["k8s.public-service", "public-exposure", "public service", "kubernetes:service kubernetes:ingress", "-"],
  ["secret.in-code", "credential", "secret in code", "repository file image", "="],
  ["web.dotenv", "credential", "keys served from web", "workload", "="],
  ["edge.ssrf", "missing-edge-control", "fetches internal addresses", "workload ec2:instance", "="],
  ["secret.exposed", "credential", "exposed secret", "", "="],
  ["ci.untrusted-step", "credential", "step without a pin", "pipeline", "="],
  ["runtime.no-egress-limit", "missing-edge-control", "no egress limit", "workload", "-"],
  ["runtime.writable-root", "missing-edge-control", "writable root file system", "workload", "-"],
  ["runtime.no-admission-policy", "missing-edge-control", "no admission policy", "workload", "-"],
  ["runtime.open-metadata", "missing-edge-control", "metadata without a token", "workload", "-"],
  ["runtime.guard-rail-off", "missing-edge-control", "runtime guard rail off", "workload", "-"],
  ["runtime.shared-identity", "identity-privilege", "identity shared by workloads", "", "-"],
  ["vendor.compromised", "credential", "supplier broken into", "vendor", "="],
  [
    "oauth.app.exposed",
    "credential",
    "application in strange hands",
    "application service-account managed-identity",
    "=",
  ],
  ["saas.weak-login", "credential", "logins with password alone", "saas", "="],
  [
    "vulnerability.component",
    "vulnerability",
    "vulnerable component",
    "ec2:instance lambda:function workload",
    "=",
  ],
];

export const weaknesses: readonly Weakness[] = rows.map(([id, weaknessClass, title, kinds, formula]) => ({
  id,
  class: weaknessClass,
  title,
  resourceKinds: kinds === "" ? [] : kinds.split(" "),
  ...(formula === "=" ? { formula: id } : {}),
}));

const byId = new Map(weaknesses.map((weakness) => [weakness.id, weakness]));

/** A weakness of the registry; undefined for those that are derived from a check (`aws.CHECK`). */
export const findWeakness = (id: string): Weakness | undefined => byId.get(id);

/** The same, for the tables of this room, which a test holds complete. */
export function registered(id: string): Weakness {
  const weakness = byId.get(id);
  if (weakness === undefined) throw new Error(`\`${id}\` is not in the registry of weaknesses`);
  return weakness;
}
