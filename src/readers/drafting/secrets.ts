import type { JsonValue } from "../../core/estate/index.js";

const secretName =
  /pass(word|wd|phrase)?$|passw|secret|token|credential|api_?key|private_?key|access_?key|auth_?key|connection_?string|(^|_)dsn$|(database|db|redis|mongo|amqp|postgres|mysql)_ur[il]|sas_?(key|token|url)|webhook_url/i;
/** Names that point at a secret instead of holding one. */
const pointerName =
  /(arn|_id|_name|_path|_file|_region|_ttl|_expiry|_policy|_algorithm|enabled|_length|_type)$/i;
const secretValue =
  /\b(AKIA|ASIA)[A-Z0-9]{12,}|-----BEGIN [A-Z ]*PRIVATE KEY-----|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bxox[abprs]-[\w-]{10,}|\bsk_live_\w{10,}|\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.|[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@]+@|[?&]sig=[^&\s]{16,}/;
const reference = /^(arn:|\{\{resolve:|\$\{|https?:\/\/secretsmanager|ssm:|vault:)/;

/** Whether an environment variable probably holds a secret. An empty or switch-like value is none. */
export function looksSecret(name: string, value: string): boolean {
  const text = value.trim();
  if (text === "" || /^(true|false|yes|no|on|off|none|null|\d{1,5})$/i.test(text) || reference.test(text))
    return false;
  if (secretValue.test(text)) return true;
  return secretName.test(name) && !pointerName.test(name);
}

/** Names of the variables that look like secrets, sorted. Values are looked at and not kept. */
export function secretNames(variables: Iterable<readonly [string, string]>): readonly string[] {
  const names = new Set<string>();
  for (const [name, value] of variables) if (looksSecret(name, value)) names.add(name);
  return [...names].sort();
}

const maskedKey =
  /^(.*password|.*passphrase|secretaccesskey|sessiontoken|secretstring|secretbinary|secrettext|clientsecret|.*authtoken|oauthtoken|privatekey|.*privatekeypem|userdata|plaintext|authorizationtoken|ses_smtp_password.*|encrypted_secret|secret|token|.*_token|.*_secret|access_key_secret|connection_string|.*_connection_string)$/i;
const environmentKey = /^(environment|environment_?variables|variables)$/i;
export const mask = "***";

/** A copy without secrets: known secret members and secret-looking texts become `***`. Names stay. */
export function maskSecrets(value: JsonValue, inEnvironment = false): JsonValue {
  if (typeof value === "string") {
    if (inEnvironment) return mask;
    // An access key id is an identifier, not the secret: it is kept so that a call can be joined to its key.
    return secretValue.test(value) && !/^(AKIA|ASIA)[A-Z0-9]{12,}$/.test(value) ? mask : value;
  }
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).map((item) => maskSecrets(item, inEnvironment));
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value as Readonly<Record<string, JsonValue>>);
    return Object.fromEntries(
      entries.map(([key, item]) => {
        if (maskedKey.test(key) && item !== null && item !== "") return [key, mask];
        const keyOfPair = inEnvironment && /^(name|key)$/i.test(key);
        return [key, maskSecrets(item, !keyOfPair && (inEnvironment || environmentKey.test(key)))];
      }),
    );
  }
  return value;
}
