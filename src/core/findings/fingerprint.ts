import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * The sha256 of a list of texts, the first `digits` of its hex; a list, so that no text can reach into its neighbour.
 * Made as long as it is asked for: a piece cut off a text keeps the whole of it in memory.
 */
export const digestOf = (parts: readonly string[], digits = 64): string =>
  hexOf(sha256(utf8ToBytes(JSON.stringify(parts))).subarray(0, digits / 2));

const hexDigits = Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));

/** In one piece: a text put together byte by byte keeps all of its parts in memory, ten times its size. */
function hexOf(bytes: Uint8Array): string {
  const codes: number[] = [];
  for (const byte of bytes) codes.push(hexDigits[byte >> 4] ?? 0, hexDigits[byte & 15] ?? 0);
  return String.fromCharCode(...codes);
}

export interface FingerprintParts {
  readonly tool: string;
  readonly provider: string;
  readonly check: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly resource: string;
  readonly subLocator: string;
  readonly instance: string | undefined;
}

/**
 * Identity of a finding over scans. The tools' own ids are aliases only: Prowler builds its uid from resource
 * names, and shipped samples repeat placeholders (findings.md 0, facts 1 and 9).
 */
export const fingerprint = (parts: FingerprintParts): string =>
  digestOf([
    "finding/1",
    parts.tool,
    parts.provider,
    parts.check,
    parts.account ?? "",
    parts.region ?? "global",
    parts.resource,
    parts.subLocator,
    parts.instance ?? "",
  ]);
