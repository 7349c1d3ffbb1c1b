import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { storeFault } from "../fault.js";

const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM: nonce, ciphertext, tag. `about` is bound to it, so that sealed bytes cannot be moved elsewhere. */
export function seal(key: Uint8Array, about: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(about));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** The plain bytes; undefined where the key is another one or a byte was changed. */
export function unseal(key: Uint8Array, about: string, sealed: Uint8Array): Buffer | undefined {
  if (sealed.length < nonceBytes + tagBytes) return undefined;
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
    .setAAD(Buffer.from(about))
    .setAuthTag(bytes.subarray(bytes.length - tagBytes));
  try {
    return Buffer.concat([
      decipher.update(bytes.subarray(nonceBytes, bytes.length - tagBytes)),
      decipher.final(),
    ]);
  } catch {
    return undefined;
  }
}

export interface MasterKey {
  /** Tells keys apart without telling anything of them. */
  readonly id: string;
  readonly key: Uint8Array;
}

/** Shorter ones can be guessed. */
const shortest = 32;

/** HKDF-SHA256 (RFC 5869) over REMIT_SECRET_KEY. */
export function masterKey(secret: string): MasterKey {
  if (secret.length < shortest)
    throw storeFault(
      "no-key",
      `the secret key has ${String(secret.length)} characters and ${String(shortest)} are needed`,
    );
  const key = new Uint8Array(hkdfSync("sha256", secret, "remit", "master/1", 32));
  const name = Buffer.from(hkdfSync("sha256", secret, "remit", "master-id/1", 32));
  return { id: createHash("sha256").update(name).digest("hex").slice(0, 16), key };
}
