import { timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { problem } from "../problem-response.js";
import type { ServerEnv } from "../server-env.js";

const reading = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses writes that a page of another site had the browser send. A write with a session carries the session's own
 * token, which no other page can read; and what the browser says of where it comes from must be here (OWASP CSRF).
 * Bearer tokens are sent by no browser by itself. `origins`: of this installation, beside the one it was asked under.
 */
export function sameSite(origins: readonly string[]): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const caller = c.get("caller");
    if (reading.has(c.req.method) || (caller !== undefined && caller.session === undefined)) return next();
    // Nobody yet: somebody could be signed in as somebody else without knowing.
    fromHere(c, origins);
    const csrf = caller?.session?.csrf;
    if (csrf !== undefined && !equal(c.req.header("x-csrf-token") ?? "", csrf))
      throw problem("wrong-origin", { detail: "`X-CSRF-Token` is missing or not that of this session" });
    return next();
  };
}

function fromHere(c: Context<ServerEnv>, origins: readonly string[]): void {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined && site !== "same-origin" && site !== "none")
    throw problem("wrong-origin", { detail: `the request comes from elsewhere (\`${site.slice(0, 40)}\`)` });
  const origin = c.req.header("origin");
  if (origin === undefined) return;
  const host = c.req.header("host") ?? new URL(c.req.url).host;
  if (origin !== `http://${host}` && !origins.includes(origin))
    throw problem("wrong-origin", { detail: `the request comes from \`${origin.slice(0, 200)}\`` });
}

function equal(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
