import type { MiddlewareHandler } from "hono";
import { problemResponse } from "../problem-response.js";
import type { ServerEnv } from "../server-env.js";

export interface RateLimit {
  /** Requests that may come at once. */
  readonly burst: number;
  /** Requests a second in the long run. */
  readonly perSecond: number;
  /** Callers that are remembered; the one that was longest away is forgotten first. */
  readonly callers: number;
}

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** Token bucket per address of a connection. `now`: milliseconds of a clock that never goes back. */
export function rateLimit(
  { burst, perSecond, callers }: RateLimit,
  now: () => number,
): MiddlewareHandler<ServerEnv> {
  const buckets = new Map<string, Bucket>();
  return async (c, next) => {
    const caller = c.get("address");
    const at = now();
    const before = buckets.get(caller) ?? { tokens: burst, at };
    const tokens = Math.min(burst, before.tokens + ((at - before.at) / 1000) * perSecond);
    // Set anew, so that the order of the map is that of the last visit.
    buckets.delete(caller);
    buckets.set(caller, { tokens: Math.max(tokens - 1, 0), at });
    const oldest = buckets.keys().next();
    if (buckets.size > callers && oldest.done !== true) buckets.delete(oldest.value);
    if (tokens < 1) {
      const retryAfter = (1 - tokens) / perSecond;
      return problemResponse("too-many", c.get("requestId"), { retryAfter });
    }
    return next();
  };
}
