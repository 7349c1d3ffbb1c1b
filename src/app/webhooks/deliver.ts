import { sendWebhook, type Reach } from "../../connectors/index.js";
import { pauseWebhook } from "./pause.js";
import type { Installation } from "../installation/installation.js";

export interface DeliverOptions {
  readonly reach: Reach;
  /** Milliseconds of the world's clock. */
  readonly clock: () => number;
  /** After so many it is given up. */
  readonly tries: number;
  readonly timeoutMs: number;
  /** So long nothing may get through to a receiver before it is told no more. */
  readonly patienceMs: number;
}

/**
 * Makes one delivery. Rejects where it is to be tried again; delivered once more after it arrived, it does nothing.
 * A receiver that answers 410 is gone and told no more; one that nothing gets through to for days is paused, and
 * whoever administers the installation hears of it (Standard Webhooks, "retry schedule" and "failure notifications").
 */
export async function deliver(
  installation: Pick<Installation, "store" | "now">,
  id: string,
  { reach, clock, tries, timeoutMs, patienceMs }: DeliverOptions,
): Promise<void> {
  const { store, now } = installation;
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
  if (sent.kind === "answered" && sent.status >= 200 && sent.status < 300) {
    await store.webhooks.tried(id, { state: "delivered", status: sent.status });
    return store.webhooks.reached(webhook.id);
  }
  const outcome = sent.kind === "answered" ? { status: sent.status } : { error: sent.reason };
  const gone = sent.kind === "answered" && sent.status === 410;
  const said = sent.kind === "answered" ? `the receiver answered ${String(sent.status)}` : sent.reason;
  const failing = await store.webhooks.failed(webhook.id);
  const days = failing === undefined ? 0 : Date.parse(now()) - Date.parse(failing.since);
  const paused = !gone && failing !== undefined && days >= patienceMs;
  if (gone) await pauseWebhook(installation, webhook.id, "the receiver answered 410 Gone");
  else if (paused)
    await pauseWebhook(
      installation,
      webhook.id,
      `nothing got through since ${failing.since}, ${String(failing.tries)} tries in a row: ${said}`,
    );
  const over = gone || paused || delivery.tries + 1 >= tries;
  await store.webhooks.tried(id, { state: over ? "failed" : "waiting", ...outcome });
  if (!over) throw new Error(`delivery ${id}: ${said}`);
}
