import type { MiddlewareHandler } from "hono";
import { scopeSchema, type Scope } from "../../api/index.js";
import { isThere, recogniseSession, type Installation, type SessionLimits } from "../../app/index.js";
import type { Cookies } from "../cookie.js";
import { problem } from "../problem-response.js";
import type { Caller, ServerEnv } from "../server-env.js";

/**
 * Finds out who sends a request: by a bearer token, else by the cookie of a session. Whether they may is asked by the
 * route: here nobody is turned away but the false. A cookie that is no longer good is taken away.
 */
export function identify(
  installation: Installation,
  cookies: Cookies,
  sessions: SessionLimits,
): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const header = c.req.header("authorization");
    const secret = cookies.session(c);
    if (header !== undefined) c.set("caller", await callerOfToken(installation, header));
    else if (secret !== undefined) {
      const found = await recogniseSession(installation, secret, sessions);
      if (found !== undefined) {
        const { session, person } = found;
        c.set("caller", {
          id: `session/${session.id}`,
          person,
          scopes: scopesOf(session.scopes),
          session,
        });
      }
    }
    await next();
    const stale = secret !== undefined && header === undefined && c.get("caller") === undefined;
    // Not after signing in, which has set another one.
    if (stale && c.res.headers.getSetCookie().length === 0) cookies.dropSession(c);
  };
}

async function callerOfToken(installation: Installation, header: string): Promise<Caller> {
  const { store } = installation;
  const [, secret] = /^Bearer +([\x21-\x7e]{1,500})$/i.exec(header) ?? [];
  const token = secret === undefined ? undefined : await store.tokens.recognise(secret);
  const person = token === undefined ? undefined : await store.people.personOf(token.person);
  if (token === undefined || person === undefined || !(await isThere(installation, person)))
    throw problem("not-signed-in", { detail: "the token is not one that is in force" });
  return { id: `token/${token.id}`, person, scopes: scopesOf(token.scopes) };
}

export const scopesOf = (scopes: readonly string[]): Scope[] =>
  scopes.flatMap((scope) => {
    const known = scopeSchema.safeParse(scope);
    return known.success ? [known.data] : [];
  });
