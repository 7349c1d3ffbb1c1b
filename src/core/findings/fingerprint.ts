import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** The sha256, hex, of a list of texts; a list, so that no text can reach into its neighbour. */
export const digestOf = (parts: readonly string[]): string =>
  bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts))));

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
