import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** SHA-256 over the UTF-8 bytes of a text; lower-case hex. */
export const digestOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** What the first link of a chain names as the one before. */
export const noLink = "0".repeat(64);

export const isDigest = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
