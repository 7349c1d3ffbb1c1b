declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** `PROVIDER:NATIVE`, e.g. `aws:222222222222`, `azure:SUBSCRIPTION`, `gcp:PROJECT`. */
export type AccountId = Branded<"AccountId">;

/**
 * Canonical id of an identity. AWS: the ARN as AWS writes it (`arn:aws:iam::222222222222:role/etl-admin`,
 * root `arn:aws:iam::222222222222:root`). Everything else: `PROVIDER:KIND/NAME` (`entra:app/1`, `user:ana`).
 */
export type PrincipalId = Branded<"PrincipalId">;

/**
 * Canonical id of a resource. AWS: the ARN; an account itself: its AccountId. Everything else: the
 * provider's own id (ARM ids lower-cased) or `KIND:NAME` (`workload:etl`, `repository:acme/etl`).
 */
export type ResourceId = Branded<"ResourceId">;

/** `aws:access-key/AKIA…`, `aws:password/USER-ARN`, `secret:NAME`, `azure:sas/NAME` … never the secret itself. */
export type CredentialId = Branded<"CredentialId">;

/** Mints an account id from text that the caller has already checked or canonicalised. */
export const accountId = (text: string): AccountId => text as AccountId;
/** Mints a principal id; a leading `aws:` before an ARN (catalogue notation) is dropped. */
export const principalId = (text: string): PrincipalId =>
  (text.startsWith("aws:arn:") ? text.slice(4) : text) as PrincipalId;
/** Mints a resource id; a leading `aws:` before an ARN is dropped. */
export const resourceId = (text: string): ResourceId =>
  (text.startsWith("aws:arn:") ? text.slice(4) : text) as ResourceId;
export const credentialId = (text: string): CredentialId => text as CredentialId;

/** The account of a twelve-digit AWS account number. */
export const awsAccount = (digits: string): AccountId => accountId(`aws:${digits}`);

/** Splits an ARN into its six parts; undefined when the text is no ARN. The last part keeps its colons. */
export function parseArn(
  text: string,
): { partition: string; service: string; region: string; account: string; resource: string } | undefined {
  if (!text.startsWith("arn:")) return undefined;
  const parts = text.split(":");
  const [, partition, service, region, account] = parts;
  if (partition === undefined || service === undefined || region === undefined || account === undefined)
    return undefined;
  if (parts.length < 6) return undefined;
  return { partition, service, region, account, resource: parts.slice(5).join(":") };
}

/** The account that an ARN names, where it names one (bucket ARNs do not). */
export function accountOfArn(text: string): AccountId | undefined {
  const arn = parseArn(text);
  return arn !== undefined && /^\d{12}$/.test(arn.account) ? awsAccount(arn.account) : undefined;
}
