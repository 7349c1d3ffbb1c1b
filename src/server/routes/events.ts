import type { Context, MiddlewareHandler } from "hono";
import { stream } from "hono/streaming";
import { liveEvents } from "../../api/index.js";
import {
  createLiveFeed,
  heardOf,
  heardText,
  type Heard,
  type Installation,
  type LiveEvent,
  type LiveFeed,
} from "../../app/index.js";
import { allowed } from "../allowed.js";
import { maySee } from "../may-see.js";
import { problem } from "../problem-response.js";
import { createSeats } from "../seats.js";
import type { Server, ServerEnv } from "../server-env.js";

export interface EventLimits {
  /** Between two looks at what happened. */
  readonly everyMs: number;
  /** Between two signs of life. */
  readonly heartbeatMs: number;
  /** Connections of one caller, and of all. */
  readonly each: number;
  readonly all: number;
}

export const defaultEventLimits: EventLimits = { everyMs: 500, heartbeatMs: 15_000, each: 12, all: 500 };

/** Milliseconds after which a browser connects again. */
const retryMs = 2000;

/**
 * Server-sent events. `identify` is asked again before anything is sent: a token that was revoked or a session that
 * ended hears no more.
 */
export function eventRoutes(
  app: Server,
  { store }: Installation,
  identify: MiddlewareHandler<ServerEnv>,
  limits: EventLimits,
): void {
  const feed = createLiveFeed(store, limits);
  const seats = createSeats(limits.each, limits.all);
  app.openapi(liveEvents, async (c) => {
    const { person } = allowed(c, "read");
    const only = c.req.valid("query").case;
    const from = await beginning(feed, c.req.valid("header")["last-event-id"]);
    const leave = seats.take(person);
    if (leave === undefined)
      throw problem("too-many", {
        detail: `too many connections listen already: ${String(limits.each)} of one person, ${String(limits.all)} in all`,
        retryAfter: 30,
      });
    c.header("content-type", "text/event-stream");
    c.header("cache-control", "no-store");
    // nginx and its like pass on at once.
    c.header("x-accel-buffering", "no");
    return stream(c, async (out) => {
      let away = false;
      out.onAbort(() => {
        away = true;
        leave();
      });
      try {
        let { heard } = from;
        await out.write(
          `retry: ${String(retryMs)}\n${from.lost ? "event: reset\ndata: {}\n" : ""}id: ${heardText(heard)}\n\n`,
        );
        while (!away && (await isStillIn(c, identify))) {
          const events = await feed.after(heard);
          for (const item of events) {
            heard = item.heard;
            if (await isFor(store, c, item, only)) await out.write(textOf(item));
            if (away) return;
          }
          if (events.length > 0) continue;
          await feed.more(heard, limits.heartbeatMs);
          if ((await feed.after(heard)).length === 0)
            await out.write(`: nothing new\nid: ${heardText(heard)}\n\n`);
        }
      } finally {
        leave();
      }
    });
  });
}

/** Where a listener begins; what lies behind the end of the ledger was heard of another one. */
async function beginning(
  feed: LiveFeed,
  lastId: string | undefined,
): Promise<{ readonly heard: Heard; readonly lost: boolean }> {
  const head = await feed.head();
  if (lastId === undefined || lastId === "") return { heard: head, lost: false };
  const heard = heardOf(lastId);
  if (heard === undefined) throw problem("bad-cursor", { detail: "`Last-Event-ID` is none of ours" });
  const lost = heard.ledger > head.ledger || heard.announced > head.announced;
  return { heard: lost ? head : heard, lost };
}

async function isFor(
  store: Installation["store"],
  c: Context<ServerEnv>,
  item: LiveEvent,
  only: string | undefined,
): Promise<boolean> {
  if (only !== undefined && item.case !== only) return false;
  const caller = c.get("caller");
  if (item.administrators === true) return caller?.scopes.includes("admin") === true;
  return item.case === undefined || (caller !== undefined && (await maySee({ store }, caller, item.case)));
}

async function isStillIn(
  c: Context<ServerEnv, string>,
  identify: MiddlewareHandler<ServerEnv>,
): Promise<boolean> {
  try {
    await identify(c, () => Promise.resolve());
    return allowed(c, "read").scopes.length > 0;
  } catch {
    // Whoever connects again is told why.
    return false;
  }
}

const textOf = ({ event, data, heard }: LiveEvent): string =>
  `event: ${event}\nid: ${heardText(heard)}\ndata: ${JSON.stringify(data)}\n\n`;
