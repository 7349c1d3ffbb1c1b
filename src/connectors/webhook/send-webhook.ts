import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { Webhook } from "standardwebhooks";
import { hostOf, wrongTarget, type Reach } from "./reach.js";

export interface WebhookMessage {
  readonly url: string;
  /** `whsec_…` */
  readonly secret: string;
  /** The same for every try. */
  readonly id: string;
  readonly body: string;
  /** Milliseconds: what the signature says when it was sent; receivers refuse what is minutes old. */
  readonly at: number;
}

export interface SendOptions {
  readonly reach: Reach;
  /** Milliseconds until the receiver has answered. */
  readonly timeoutMs: number;
  /** How names are looked up; tests hand in their own. */
  readonly resolve?: (host: string) => Promise<readonly LookupAddress[]>;
}

export type Sent =
  | { readonly kind: "answered"; readonly status: number }
  /** Nobody answered, or nobody was asked: `reason` holds no secret. */
  | { readonly kind: "failed"; readonly reason: string };

/**
 * Sends one message, signed after Standard Webhooks. The name is looked up once, every address that it stands for is
 * checked, and the connection goes to one of these: a name that is answered differently the second time (DNS rebinding)
 * gets nowhere. Redirects are not followed: they would lead elsewhere unchecked.
 */
export async function sendWebhook(message: WebhookMessage, options: SendOptions): Promise<Sent> {
  const { reach, timeoutMs, resolve = resolveAll } = options;
  const wrong = wrongTarget(message.url, reach);
  if (wrong !== undefined) return { kind: "failed", reason: wrong };
  const url = new URL(message.url);
  const host = hostOf(url);
  let addresses: readonly LookupAddress[];
  try {
    addresses = isIP(host) === 0 ? await resolve(host) : [{ address: host, family: isIP(host) }];
  } catch (error) {
    return { kind: "failed", reason: `\`${host}\` is not found: ${reasonOf(error)}` };
  }
  const [target] = addresses;
  const barred = addresses.find(({ address }) => !reach.mayReach(address) && !reach.isAllowed(host));
  if (target === undefined) return { kind: "failed", reason: `\`${host}\` has no address` };
  if (barred !== undefined)
    return {
      kind: "failed",
      reason: `\`${host}\` leads to ${barred.address}, which lies inside, and the configuration does not allow it`,
    };
  return post(url, message, target, timeoutMs);
}

const resolveAll = (host: string): Promise<readonly LookupAddress[]> => lookup(host, { all: true });

function post(url: URL, message: WebhookMessage, target: LookupAddress, timeoutMs: number): Promise<Sent> {
  const { id, body, secret, at } = message;
  const fixed: LookupFunction = (_host, options, done) => {
    if (options.all === true) done(null, [target]);
    else done(null, target.address, target.family);
  };
  return new Promise((resolve) => {
    const send = url.protocol === "https:" ? secureRequest : plainRequest;
    const asked = send(
      url,
      {
        method: "POST",
        lookup: fixed,
        // A connection of its own: none that was checked for somebody else.
        agent: false,
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          "user-agent": "remit-webhooks/1",
          "webhook-id": id,
          "webhook-timestamp": String(Math.floor(at / 1000)),
          "webhook-signature": new Webhook(secret).sign(id, new Date(at), body),
        },
      },
      (answer) => {
        // What it says is not kept: it could be anything.
        answer.destroy();
        end({ kind: "answered", status: answer.statusCode ?? 0 });
      },
    );
    const timer = setTimeout(() => {
      end({ kind: "failed", reason: `no answer within ${String(timeoutMs / 1000)} s` });
    }, timeoutMs);
    function end(sent: Sent): void {
      clearTimeout(timer);
      asked.destroy();
      resolve(sent);
    }
    asked.on("error", (error) => {
      end({ kind: "failed", reason: reasonOf(error) });
    });
    asked.end(body);
  });
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 300);
