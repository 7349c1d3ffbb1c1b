import { toolRule, type CheckName, type WeaknessClass } from "../../core/findings/index.js";

/** Categories of Security Health Analytics that ask what a check of Prowler asks: the two merge. */
const sameAsProwler: Readonly<Record<string, string>> = {
  PUBLIC_BUCKET_ACL: "cloudstorage_bucket_public_access",
  BUCKET_POLICY_ONLY_DISABLED: "cloudstorage_bucket_uniform_bucket_level_access",
  PUBLIC_DATASET: "bigquery_dataset_public_access",
  PUBLIC_SQL_INSTANCE: "cloudsql_instance_public_access",
  SQL_PUBLIC_IP: "cloudsql_instance_public_ip",
  SSL_NOT_ENFORCED: "cloudsql_instance_ssl_connections",
  PUBLIC_IP_ADDRESS: "compute_instance_public_ip",
  PUBLIC_COMPUTE_IMAGE: "compute_image_not_publicly_shared",
  OPEN_SSH_PORT: "compute_firewall_ssh_access_from_the_internet_allowed",
  OPEN_RDP_PORT: "compute_firewall_rdp_access_from_the_internet_allowed",
  KMS_PUBLIC_KEY: "kms_key_not_publicly_accessible",
  KMS_KEY_NOT_ROTATED: "kms_key_rotation_enabled",
  KMS_ROLE_SEPARATION: "iam_role_kms_enforce_separation_of_duties",
  SERVICE_ACCOUNT_ROLE_SEPARATION: "iam_role_sa_enforce_separation_of_duties",
  USER_MANAGED_SERVICE_ACCOUNT_KEY: "iam_sa_no_user_managed_keys",
  SERVICE_ACCOUNT_KEY_NOT_ROTATED: "iam_sa_user_managed_key_rotate_90_days",
  ADMIN_SERVICE_ACCOUNT: "iam_sa_no_administrative_privileges",
  OVER_PRIVILEGED_SERVICE_ACCOUNT_USER: "iam_no_service_roles_at_project_level",
  FULL_API_ACCESS: "compute_instance_default_service_account_in_use_with_full_api_access",
  DEFAULT_SERVICE_ACCOUNT_USED: "compute_instance_default_service_account_in_use",
  COMPUTE_PROJECT_WIDE_SSH_KEYS_ALLOWED: "compute_instance_block_project_wide_ssh_keys_disabled",
  OS_LOGIN_DISABLED: "compute_project_os_login_enabled",
  IP_FORWARDING_ENABLED: "compute_instance_ip_forwarding_is_enabled",
  COMPUTE_SERIAL_PORTS_ENABLED: "compute_instance_serial_ports_in_use",
  AUDIT_LOGGING_DISABLED: "iam_audit_logs_enabled",
  DEFAULT_NETWORK: "compute_network_default_in_use",
  API_KEY_EXISTS: "apikeys_key_exists",
  API_KEY_APIS_UNRESTRICTED: "apikeys_api_restrictions_configured",
  API_KEY_NOT_ROTATED: "apikeys_key_rotated_in_90_days",
};

/** What the names of categories say (findings.md 3.3); the first that matches. */
const byName: readonly (readonly [RegExp, WeaknessClass])[] = [
  [/^LEGACY_METADATA_ENABLED$/, "metadata-credential"],
  [/^PUBLIC_|^SQL_PUBLIC_IP$|^KMS_PUBLIC_KEY$|^OPEN_(?!GROUP)|^WEB_UI_ENABLED$/, "public-exposure"],
  [
    /^(USER_MANAGED_SERVICE_ACCOUNT_KEY|SERVICE_ACCOUNT_KEY_NOT_ROTATED|SQL_(NO_ROOT|WEAK_ROOT)_PASSWORD|COMPUTE_PROJECT_WIDE_SSH_KEYS_ALLOWED|MFA_NOT_ENFORCED)$|^API_KEY_/,
    "credential",
  ],
  [/^(NON_ORG_IAM_MEMBER|OPEN_GROUP_IAM_MEMBER)$/, "trust"],
  [
    /^(ADMIN_SERVICE_ACCOUNT|PRIMITIVE_ROLES_USED|FULL_API_ACCESS|DEFAULT_SERVICE_ACCOUNT_USED|REDIS_ROLE_USED_ON_ORG)$|OVER_PRIVILEGED|_ROLE_SEPARATION$|^IAM_ROLE_HAS_EXCESSIVE_PERMISSIONS$|^(UNUSED_IAM_ROLE|SERVICE_AGENT_)/,
    "identity-privilege",
  ],
];

/**
 * The rule behind a category. `findingClass` decides for threats and vulnerabilities; names that say nothing about
 * access (`*_LOGGING_DISABLED`, `*_CMEK_DISABLED`) are settings. `known` is false where only the name was judged.
 */
export function sccCheck(
  category: string,
  findingClass: string | undefined,
): { readonly check: CheckName; readonly known: boolean } {
  // Threats are written in words: `Persistence: IAM Anomalous Grant`.
  const threat = findingClass === "THREAT" || /^[^_]+: /.test(category);
  if (threat) {
    const identity = /\biam\b|grant|service account|credential|key|account|login/i.test(category);
    const rule = {
      id: category,
      title: category,
      class: identity ? "credential" : "vulnerability",
      threat,
    } as const;
    return { check: toolRule("gcp-scc", rule), known: true };
  }
  const prowler = Object.hasOwn(sameAsProwler, category) ? sameAsProwler[category] : undefined;
  if (prowler !== undefined) return { check: { kind: "equivalent", id: category, prowler }, known: true };
  const named = byName.find(([pattern]) => pattern.test(category))?.[1];
  const ofClass = findingClass === "VULNERABILITY" ? "vulnerability" : undefined;
  const judged = named ?? ofClass;
  const rule = { id: category, title: category.replaceAll("_", " "), class: judged ?? "configuration" };
  return {
    check: toolRule("gcp-scc", rule),
    known: judged !== undefined || findingClass === "MISCONFIGURATION",
  };
}
