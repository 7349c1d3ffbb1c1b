/** Values that are secrets wherever they stand. Access key ids are names, not secrets, and stay. */
const secretValues: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\bgh[pousr]_[A-Za-z0-9]{20,}/g,
  /\bgithub_pat_\w{20,}/g,
  /\bxox[abprs]-[\w-]{10,}/g,
  /\b[rs]k_live_\w{10,}/g,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/g,
  /[?&]sig=[^&\s"']{16,}/g,
];
const userInfo = /([a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{1,200}:)[^\s/@]{1,200}(@)/gi;
const secretName = String.raw`\b((?:aws_?)?secret(?:_?access)?(?:_?key)?|password|passwd|api_?key|auth_?token|client_?secret)(["']?\s*[=:]\s*)`;
/** Every name of `secretName` holds one of these: a cheap look before the costly ones. */
const speaksOfSecret = /secret|passw|api_?key|auth_?token/i;
const quoted = new RegExp(`${secretName}(?:"[^"]{1,500}"|'[^']{1,500}')`, "gi");
const named = new RegExp(String.raw`${secretName}(["']?)[^\s"',;]{6,}`, "gi");

/** A text of any length without values that are secrets wherever they stand; nothing else of it changes. */
export const maskSecretValues = (text: string): string =>
  secretValues.reduce((masked, secret) => masked.replace(secret, "***"), text);

/** A text of a tool without secret values, at most `limit` characters: findings are stored and shown. */
export function maskText(text: string, limit = 2000): string {
  // Cutting first bounds the work; an overlap keeps a secret on the edge recognisable.
  let masked = text.length > limit * 2 ? text.slice(0, limit * 2) : text;
  for (const secret of secretValues) masked = masked.replace(secret, "***");
  if (masked.includes("://")) masked = masked.replace(userInfo, "$1***$2");
  if (speaksOfSecret.test(masked)) masked = masked.replace(quoted, "$1$2***").replace(named, "$1$2$3***");
  return masked.length > limit ? `${masked.slice(0, limit - 1)}…` : masked;
}
