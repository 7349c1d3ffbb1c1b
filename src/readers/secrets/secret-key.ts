import { hkdfSync } from "node:crypto";

/** Shorter ones can be guessed: with the key, so could the secrets. */
const shortestSecretKey = 32;

/**
 * The key under which equal secrets of different runs match, from `REMIT_SECRET_KEY`: HKDF-SHA256 (RFC 5869) with a
 * purpose of its own, so that it opens nothing else that the same text protects. Undefined where the text is too short.
 */
export const secretKeyOf = (text: string): Uint8Array | undefined =>
  text.length < shortestSecretKey
    ? undefined
    : new Uint8Array(hkdfSync("sha256", text, "remit", "found-secrets/1", 32));
