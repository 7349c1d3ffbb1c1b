import type { Store } from "../../store/index.js";
import { heardText, ofCase, ofInstallation, type Heard, type LiveEvent } from "./live-event.js";

/**
 * What happens in an installation, as it happens, whichever process brought it about: the ends of the ledger and of the
 * announcements are looked at in turns, while somebody listens. Positions are given in the order of commit, so that
 * nothing is overtaken and nothing is lost.
 */
export interface LiveFeed {
  /** Up to where everything is told now. */
  head(): Promise<Heard>;
  /** What came after; empty where nothing did. At most one page: ask again until it is empty. */
  after(heard: Heard): Promise<readonly LiveEvent[]>;
  /** Resolves when there is more than was heard, or else after `ms`. */
  more(heard: Heard, ms: number): Promise<void>;
}

export interface FeedOptions {
  /** Between two looks. */
  readonly everyMs: number;
  /** The last events are handed to all who listen without asking the store again. */
  readonly kept?: number;
}

const page = 500;

/** Looks without anybody who waits, after which nothing is kept any more. */
const idleLooks = 20;

type Source = Pick<Store, "ledger" | "announcements">;

export function createLiveFeed(source: Source, { everyMs, kept = 2000 }: FeedOptions): LiveFeed {
  const waiting = new Map<() => void, Heard>();
  let recent: readonly LiveEvent[] = [];
  /** Where `recent` begins and ends; absent while nobody listens. */
  let span: { readonly first: Heard; readonly last: Heard } | undefined;
  let [idle, looking] = [0, false];

  async function look(): Promise<void> {
    const { first, last } = span ?? atOnce(await headOf(source));
    const found = await liveEventsAfter(source, last);
    const dropped = [...recent, ...found].slice(0, -kept);
    recent = [...recent, ...found].slice(-kept);
    span = { first: dropped.at(-1)?.heard ?? first, last: found.at(-1)?.heard ?? last };
    for (const [wake, heard] of waiting) if (isBehind(heard, span.last)) wake();
  }

  function lookLater(): void {
    looking = true;
    setTimeout(() => {
      // A store that does not answer is asked again; what came meanwhile is still there then.
      void look()
        .catch(() => undefined)
        .then(() => {
          idle = waiting.size === 0 ? idle + 1 : 0;
          if (idle <= idleLooks) lookLater();
          else [looking, recent, span] = [false, [], undefined];
        });
    }, everyMs).unref();
  }

  return {
    head: () => headOf(source),
    async after(heard) {
      if (span !== undefined && same(heard, span.first)) return recent;
      const at = recent.findLastIndex((event) => same(event.heard, heard));
      return at < 0 ? liveEventsAfter(source, heard) : recent.slice(at + 1);
    },
    more(heard, ms) {
      if (span !== undefined && isBehind(heard, span.last)) return Promise.resolve();
      return new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(limit);
          waiting.delete(done);
          resolve();
        };
        const limit = setTimeout(done, ms);
        waiting.set(done, heard);
        idle = 0;
        if (!looking) lookLater();
      });
    },
  };
}

const atOnce = (head: Heard) => ({ first: head, last: head });
const same = (a: Heard, b: Heard): boolean => heardText(a) === heardText(b);
const isBehind = (a: Heard, b: Heard): boolean => a.ledger < b.ledger || a.announced < b.announced;

export async function headOf({ ledger, announcements }: Source): Promise<Heard> {
  return { announced: await announcements.head(), ledger: (await ledger.head()).position };
}

/** What was announced is read first and told last: an analysis is told after the moves that it brought about. */
export async function liveEventsAfter(
  { ledger, announcements }: Source,
  heard: Heard,
): Promise<readonly LiveEvent[]> {
  const announced = await announcements.after(heard.announced, page);
  const events = await ledger.after(heard.ledger, page);
  const told = events.map((event) => ofCase(event, heard.announced));
  if (events.length >= page) return told;
  const end = events.at(-1)?.position ?? heard.ledger;
  return [...told, ...announced.map((item) => ofInstallation(item, end))];
}
