import type { MiddlewareHandler } from "hono";
import { hostnameOf, isLoopback } from "../own-machine.js";
import { problemResponse } from "../problem-response.js";
import type { ServerEnv } from "../server-env.js";

/**
 * Answers only to names of this machine: another site could point its own name at 127.0.0.1 and have a browser read
 * what lies here (DNS rebinding).
 */
export const ownName: MiddlewareHandler<ServerEnv> = async (c, next) => {
  const host = c.req.header("host") ?? new URL(c.req.url).host;
  return isLoopback(hostnameOf(host)) ? next() : problemResponse("wrong-host", c.get("requestId"));
};
