import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** First 16 hex digits of the SHA-256 of the parts, which cannot run into each other: an id that is stable over runs. */
export const shortDigest = (...parts: readonly string[]): string =>
  bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts)))).slice(0, 16);
