import type { Context } from "hono";
import type { Scope } from "../api/index.js";
import { problem } from "./problem-response.js";
import type { Caller, ServerEnv } from "./server-env.js";

/** The caller, where they may: nobody is let through by default. */
export function allowed(c: Context<ServerEnv>, scope: Scope): Caller {
  const caller = c.get("caller");
  if (caller === undefined) throw problem("not-signed-in");
  if (!caller.scopes.includes(scope))
    throw problem("not-allowed", { detail: `this takes a token with the scope \`${scope}\`` });
  return caller;
}
