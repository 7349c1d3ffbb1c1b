import type { Webhook, WebhookSource } from "../../store/index.js";
import { headOf } from "../events/live-feed.js";
import type { Installation } from "../installation/installation.js";
import { withNames } from "../installation/people.js";

type Kept = Pick<Installation, "store">;

/** From now on; `by`: as the catalogue calls them. */
export async function addWebhook(
  { store }: Kept,
  {
    url,
    events,
    note,
    by,
  }: {
    readonly url: string;
    readonly events: readonly string[];
    readonly note: string;
    readonly by: string;
  },
): Promise<{ readonly webhook: Webhook; readonly secret: string }> {
  const added = await store.webhooks.add({
    url,
    events,
    note,
    createdBy: await store.people.pseudonymOf(by),
    told: await headOf(store),
  });
  return { ...added, webhook: await withNames(store, added.webhook) };
}

export const listWebhooks = async ({ store }: Kept): Promise<readonly Webhook[]> =>
  withNames(store, await store.webhooks.list());

export async function addSource(
  { store }: Kept,
  { kind, name, by }: { readonly kind: string; readonly name: string; readonly by: string },
): Promise<{ readonly source: WebhookSource; readonly secret: string }> {
  const added = await store.webhookSources.add({
    kind,
    name,
    createdBy: await store.people.pseudonymOf(by),
  });
  return { ...added, source: await withNames(store, added.source) };
}

export const listSources = async ({ store }: Kept): Promise<readonly WebhookSource[]> =>
  withNames(store, await store.webhookSources.list());
