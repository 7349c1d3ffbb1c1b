import { sendWebhook, type Reach } from "../../connectors/index.js";
import type { Installation } from "../installation/installation.js";

export interface DeliverOptions {
  readonly reach: Reach;
  /** Milliseconds of the world's clock. */
  readonly clock: () => number;
  /** After so many it is given up. */
  readonly tries: number;
  readonly timeoutMs: number;
}

/**
 * Makes one delivery. Rejects where it is to be tried again; delivered once more after it arrived, it does nothing.
 * A receiver that answers 410 is gone and told no more (Standard Webhooks).
 */
export async function deliver(
  { store }: Pick<Installation, "store">,
  id: string,
  { reach, clock, tries, timeoutMs }: DeliverOptions,
): Promise<void> {
  const delivery = await store.webhooks.delivery(id);
  if (delivery?.state !== "waiting") return;
  const webhook = await store.webhooks.find(delivery.webhook);
  const secret = await store.webhooks.secretOf(delivery.webhook);
  if (webhook === undefined || secret === undefined) return;
  if (webhook.stoppedAt !== undefined)
    return store.webhooks.tried(id, { state: "failed", error: "the webhook was stopped" });
  const sent = await sendWebhook(
    { url: webhook.url, secret, id, body: delivery.body, at: clock() },
    { reach, timeoutMs },
  );
  if (sent.kind === "answered" && sent.status >= 200 && sent.status < 300)
    return store.webhooks.tried(id, { state: "delivered", status: sent.status });
  const outcome = sent.kind === "answered" ? { status: sent.status } : { error: sent.reason };
  const gone = sent.kind === "answered" && sent.status === 410;
  if (gone) await store.webhooks.stop(webhook.id, "the receiver answered 410 Gone");
  const over = gone || delivery.tries + 1 >= tries;
  await store.webhooks.tried(id, { state: over ? "failed" : "waiting", ...outcome });
  if (!over)
    throw new Error(
      `delivery ${id}: ${sent.kind === "answered" ? `the receiver answered ${String(sent.status)}` : sent.reason}`,
    );
}
