import type { MiddlewareHandler } from "hono";
import { hostnameOf, isLoopback } from "../own-machine.js";
import { problemResponse } from "../problem-response.js";
import type { ServerEnv } from "../server-env.js";

/**
 * Answers only to names of this machine and to those that it was given: another site could point its own name at
 * 127.0.0.1 and have a browser read what lies here (DNS rebinding). `names`: lower case, without port.
 */
export function ownName(names: readonly string[]): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const name = hostnameOf(c.req.header("host") ?? new URL(c.req.url).host).toLowerCase();
    const own = isLoopback(name) || names.includes(name);
    return own ? next() : problemResponse("wrong-host", c.get("requestId"));
  };
}
