import type { JsonValue } from "../../core/estate/index.js";
import { maskText } from "../../core/findings/index.js";
import { maskSecrets } from "../../readers/index.js";
import { memberOf } from "./json-place.js";

/** Documents that are made of secrets that were found: what they quote is not shown at all. */
const secretScanners: ReadonlySet<string> = new Set([
  "gitleaks",
  "trufflehog",
  "noseyparker",
  "github-secret-scanning",
]);
const quoting =
  /^(raw|rawv2|secret|match|matching|before|after|snippet|line|groups|content|value|text|redacted)$/i;

/** What may be shown of a value: names stay, secrets do not. `keys` lead to it from the top: the place says what it is. */
export function maskedValue(value: unknown, keys: readonly string[], kind: string | undefined): unknown {
  // Around the value as it stands in the document, so that the value of a variable is known as one.
  const nested = keys.reduceRight<unknown>(
    (inner, key) => (/^\d+$/.test(key) ? [inner] : { [key]: inner }),
    value,
  );
  const masked = keys.reduce<unknown>(
    (outer, key) => (Array.isArray(outer) ? (outer as readonly unknown[])[0] : memberOf(outer, key)),
    maskSecrets(nested as JsonValue),
  );
  // A masked ancestor takes everything below with it.
  return clean(masked === undefined ? "***" : masked, kind !== undefined && secretScanners.has(kind), false);
}

function clean(value: unknown, scanner: boolean, quoted: boolean): unknown {
  if (typeof value === "string") return quoted ? "***" : maskText(value, 100_000);
  if (Array.isArray(value)) return (value as readonly unknown[]).map((item) => clean(item, scanner, quoted));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      clean(item, scanner, quoted || (scanner && quoting.test(key)) || key === "snippet"),
    ]),
  );
}
