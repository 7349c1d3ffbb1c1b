/**
 * Per weakness what the resource does when it is back, as the end of `s3 acme-reports can … again`. `become X` turns
 * into `make s3 acme-reports X again` where somebody is named.
 */
const again: Readonly<Record<string, string>> = {
  "s3.public": "become public",
  "s3.public-access-block-off": "lose its public access block",
  "ec2.open-ingress": "become open to the internet",
  "rds.public-instance": "become public",
  "rds.public-snapshot": "become public",
  "ec2.public-snapshot": "become public",
  "ec2.public-image": "become public",
  "kms.open-key": "become open to any AWS account",
  "lambda.public": "become public",
  "sqs.public": "become public",
  "sns.public": "become public",
  "ecr.open-repository": "become open to any AWS account",
  "ec2.imdsv1": "answer IMDSv1",
  "iam.key.stale": "have a stale access key",
  "iam.key.exposed": "have an exposed access key",
  "iam.credential.unused": "have an unused credential",
  "iam.root-key": "have a root access key",
  "iam.root-mfa": "have a root user without MFA",
  "iam.user.no-mfa": "sign in without MFA",
  "iam.trust.broad": "trust too widely",
  "oidc.trust.broad": "trust too widely",
  "secret.in-config": "hold a secret in its configuration",
  "iam.admin-policy": "hold an administrator policy",
  "iam.privilege-escalation": "hold a privilege escalation policy",
  "eks.public-endpoint": "have a public endpoint",
  "opensearch.public": "become public",
  "gcp.public-bucket": "become public",
  "gcp.service-account-key": "have a long-lived key",
  "azure.public-blob": "become public",
  "storage.sas.exposed": "have an exposed SAS token",
  "entra.app-credential": "have an application credential",
  "vault.access-policy": "use the access-policy model",
  "azure.vault.public-network": "become reachable from public networks",
  "k8s.cluster-admin": "grant cluster-admin",
  "k8s.public-service": "become public",
  "secret.in-code": "hold a secret in its code",
  "web.dotenv": "serve its keys on the web",
  "edge.ssrf": "fetch internal addresses",
  "secret.exposed": "have an exposed secret",
  "ci.untrusted-step": "hand its secrets to a strange step",
  "vendor.compromised": "give away what it keeps of ours",
  "oauth.app.exposed": "be used by strangers",
  "saas.weak-login": "let strangers sign in",
};

/** `become open on port 22`, `have a stale access key`; a check without words of its own is named as it is. */
export function weaknessReturns(weakness: string, title: string): string {
  if (weakness === "ec2.open-ingress") return openTo(title);
  if (weakness === "vulnerability.component") return `carry ${title}`;
  const known = again[weakness];
  if (known !== undefined) return known;
  const check = / fails$/.test(title) ? title.replace(/ fails$/, "") : undefined;
  return check === undefined ? `have \`${title}\`` : `fail the check \`${check}\``;
}

/** The title of an open port names what is open (weakness.ts): the same words serve here. */
function openTo(title: string): string {
  const what = / open$/.test(title) ? title.replace(/ open$/, "") : undefined;
  if (what === undefined) return "become open to the internet";
  return what === "wide address range" ? "become open to a wide address range" : `become open on ${what}`;
}
