import { heardText, type LiveEvent } from "../events/live-event.js";
import { liveEventsAfter } from "../events/live-feed.js";
import type { Installation } from "../installation/installation.js";

/** Pages of events that one run writes for one webhook; the next run goes on. */
const mostPages = 20;

/** A delivery that was asked for so long ago was given up, or its queue was lost: it is asked for again. */
const forgottenMs = 3 * 86_400_000;

/**
 * Writes what happened since as deliveries, with how far each webhook was told in the same transaction, and asks for each
 * to be made. Cut off anywhere, nothing is left out: what was written and not asked for is asked for by the next run.
 */
export async function tellWebhooks(
  { store, now }: Pick<Installation, "store" | "now">,
  ask: (delivery: string) => Promise<unknown>,
): Promise<number> {
  for (const webhook of await store.webhooks.list()) {
    if (webhook.stoppedAt !== undefined) continue;
    let { told } = webhook;
    for (let page = 0; page < mostPages; page += 1) {
      const events = await liveEventsAfter(store, told);
      const last = events.at(-1);
      if (last === undefined) break;
      const deliveries = events
        // How far an import has come is for who watches it.
        .filter((event) => event.event !== "progress" && isWanted(typeOf(event), webhook.events))
        .map((event) => ({
          id: `msg_${webhook.id}_${heardText(event.heard)}`,
          event: typeOf(event),
          body: bodyOf(event),
        }));
      // Another process was faster: it tells what is left.
      if (!(await store.webhooks.tell({ id: webhook.id, told }, deliveries, last.heard))) break;
      told = last.heard;
    }
  }
  const before = new Date(Date.parse(now()) - forgottenMs).toISOString();
  const unasked = await store.webhooks.unasked(before, 1000);
  for (const id of unasked) {
    await ask(id);
    await store.webhooks.asked(id);
  }
  return unasked.length;
}

/** `case.opened`, `people.person-erased`, `analysis`, `import`, `webhook`. */
const typeOf = ({ event, data }: LiveEvent): string =>
  event === "case" || event === "people" ? `${event}.${String(data["kind"])}` : event;

/** As Standard Webhooks advise: thin; whoever may see more asks for the case. */
const bodyOf = (event: LiveEvent): string =>
  JSON.stringify({ type: typeOf(event), timestamp: event.data["at"], data: event.data });

const isWanted = (type: string, wanted: readonly string[]): boolean =>
  wanted.length === 0 ||
  wanted.some((item) => item === type || (item.endsWith(".*") && type.startsWith(item.slice(0, -1))));
