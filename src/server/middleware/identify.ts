import type { MiddlewareHandler } from "hono";
import { scopeSchema, type Scope } from "../../api/index.js";
import type { Installation } from "../../app/index.js";
import { problem } from "../problem-response.js";
import type { ServerEnv } from "../server-env.js";

/** Finds out who sends a request. Whether they may is asked by the route: here nobody is turned away but the false. */
export function identify(store: Installation["store"]): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const header = c.req.header("authorization");
    if (header !== undefined) {
      const [, secret] = /^Bearer +([\x21-\x7e]{1,500})$/i.exec(header) ?? [];
      const token = secret === undefined ? undefined : await store.tokens.recognise(secret);
      const person = token === undefined ? undefined : await store.people.personOf(token.person);
      if (token === undefined || person === undefined)
        throw problem("not-signed-in", { detail: "the token is not one that is in force" });
      const scopes = token.scopes.flatMap((scope): readonly Scope[] => {
        const known = scopeSchema.safeParse(scope);
        return known.success ? [known.data] : [];
      });
      c.set("caller", { id: `token/${token.id}`, person, scopes });
    }
    return next();
  };
}
