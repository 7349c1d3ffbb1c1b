import { parseArn } from "../../core/estate/index.js";
import type { NativeEntry } from "./schema.js";

/** What an id says by itself, so that a person need not say it twice. Undefined: the entry must say it. */

type PrincipalKind = NonNullable<NativeEntry<"principals">["kind"]>;
type CredentialKind = NonNullable<NativeEntry<"credentials">["kind"]>;

export function principalKindOf(id: string): PrincipalKind | undefined {
  if (id === "*") return "everyone";
  const arn = parseArn(id);
  if (arn !== undefined) {
    const type = arn.resource.split("/")[0];
    if (arn.service !== "iam") return undefined;
    if (type === "root" || type === "user" || type === "role" || type === "group") return type;
    return undefined;
  }
  if (/^aws:\d{12}$/.test(id)) return "external-account";
  if (/^repo:|^project_path:|^system:serviceaccount:/.test(id)) return "federated-subject";
  if (/^[a-z0-9.-]+\.amazonaws\.com$/.test(id)) return "service";
  const kind = /^(?:[a-z0-9-]+:)?([a-z-]+)\//.exec(id)?.[1] ?? id.split(":")[0];
  if (kind === "app" || kind === "application" || kind === "oauth-app" || kind === "service-principal")
    return "application";
  if (kind === "managed-identity") return "managed-identity";
  if (kind === "serviceAccount" || kind === "service-account") return "service-account";
  if (kind === "group") return "group";
  if (kind === "user" || kind === "person") return "person";
  return undefined;
}

export function providerOf(id: string): string {
  if (id.startsWith("arn:") || id.startsWith("aws:") || id.endsWith(".amazonaws.com")) return "aws";
  const provider = /^([a-z0-9-]+):/.exec(id)?.[1];
  return provider === undefined || provider === "user" || provider === "person" ? "other" : provider;
}

export function credentialKindOf(id: string): CredentialKind | undefined {
  const kind = /^[a-z0-9-]+:([a-z-]+)\//.exec(id)?.[1];
  switch (kind) {
    case "access-key":
    case "password":
    case "ssh-key":
    case "certificate":
    case "service-specific":
    case "hmac-key":
    case "sas":
    case "storage-key":
    case "client-secret":
    case "service-account-key":
    case "personal-access-token":
    case "oauth-grant":
    case "session":
    case "database-password":
      return kind;
    default:
      return undefined;
  }
}

type TrustKind = NonNullable<NativeEntry<"trusts">["kind"]>;

export function trustKindOf(from: string): TrustKind | undefined {
  if (from === "*") return "everyone";
  if (/^aws:\d{12}$/.test(from) || /^arn:[a-z-]+:iam::\d{12}:root$/.test(from)) return "external-account";
  if (/^repo:|^project_path:|^system:serviceaccount:|^oidc:/.test(from)) return "oidc";
  if (from.startsWith("saml:")) return "saml";
  if (/^[a-z0-9.-]+\.amazonaws\.com$/.test(from)) return "service";
  if (from.startsWith("arn:") || principalKindOf(from) !== undefined) return "principal";
  return undefined;
}
