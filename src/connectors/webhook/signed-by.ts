import { Webhook } from "standardwebhooks";

/** What Standard Webhooks send along. */
export interface SignatureHeaders {
  readonly "webhook-id": string;
  readonly "webhook-timestamp": string;
  readonly "webhook-signature": string;
}

/**
 * Whether a body was signed with this secret and not minutes ago. By the clock of the machine: an installation whose
 * clock stands elsewhere (the example) hears the same world.
 */
export function isSignedBy(secret: string, body: Uint8Array, headers: SignatureHeaders): boolean {
  try {
    new Webhook(secret).verify(Buffer.from(body), { ...headers }, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}
