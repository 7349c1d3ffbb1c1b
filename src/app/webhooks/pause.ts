import type { Installation } from "../installation/installation.js";

type Kept = Pick<Installation, "store">;

/** Nothing is sent there any more; whoever administers the installation hears why, once. */
export const pauseWebhook = ({ store }: Kept, id: string, why: string): Promise<void> =>
  store.transaction(async ({ webhooks, announcements }) => {
    if (await webhooks.stop(id, why)) await announcements.add("webhook", { id, state: "paused", why });
  });

/**
 * Sends there again, from where it was told up to; with `again` also what was given up meanwhile. Undefined where there is
 * no such webhook; else how many of those wait to be sent again.
 */
export const resumeWebhook = ({ store }: Kept, id: string, again: boolean): Promise<number | undefined> =>
  store.transaction(async ({ webhooks, announcements }) => {
    const waiting = await webhooks.resume(id, again);
    if (waiting !== undefined) await announcements.add("webhook", { id, state: "resumed" });
    return waiting;
  });
