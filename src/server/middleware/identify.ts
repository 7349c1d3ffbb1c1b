import type { MiddlewareHandler } from "hono";
import { scopeSchema, type Scope } from "../../api/index.js";
import {
  isThere,
  recogniseSession,
  type Authorizer,
  type Installation,
  type SessionLimits,
} from "../../app/index.js";
import { callerOf } from "../caller.js";
import type { Cookies } from "../cookie.js";
import { problem } from "../problem-response.js";
import type { Caller, ServerEnv } from "../server-env.js";

/**
 * Finds out who sends a request: by a bearer token, else by the cookie of a session. Whether they may is asked by the
 * route: here nobody is turned away but the false. A cookie that is no longer good is taken away.
 */
export function identify(
  installation: Installation,
  authorizer: Authorizer,
  cookies: Cookies,
  sessions: SessionLimits,
): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const header = c.req.header("authorization");
    const secret = cookies.session(c);
    if (header !== undefined) c.set("caller", await callerOfToken(installation, authorizer, header));
    else if (secret !== undefined) {
      const found = await recogniseSession(installation, secret, sessions);
      if (found !== undefined) {
        const { session, person } = found;
        const id = `session/${session.id}`;
        const scopes = scopesOf(session.scopes);
        const known = { id, person, pseudonym: session.person, scopes, session };
        c.set("caller", await callerOf(installation, authorizer, known));
      }
    }
    await next();
    const stale = secret !== undefined && header === undefined && c.get("caller") === undefined;
    // Not after signing in, which has set another one.
    if (stale && c.res.headers.getSetCookie().length === 0) cookies.dropSession(c);
  };
}

async function callerOfToken(
  installation: Installation,
  authorizer: Authorizer,
  header: string,
): Promise<Caller> {
  const { store } = installation;
  const [, secret] = /^Bearer +([\x21-\x7e]{1,500})$/i.exec(header) ?? [];
  const token = secret === undefined ? undefined : await store.tokens.recognise(secret);
  const person = token === undefined ? undefined : await store.people.personOf(token.person);
  if (token === undefined || person === undefined || !(await isThere(installation, person)))
    throw problem("not-signed-in", { detail: "the token is not one that is in force" });
  const id = `token/${token.id}`;
  const known = { id, person, pseudonym: token.person, scopes: scopesOf(token.scopes) };
  return callerOf(installation, authorizer, known);
}

export const scopesOf = (scopes: readonly string[]): Scope[] =>
  scopes.flatMap((scope) => {
    const known = scopeSchema.safeParse(scope);
    return known.success ? [known.data] : [];
  });
