import { issueToken, listTokens, revokeToken, scopeSchema, whoAmI } from "../../api/index.js";
import { issueTokenFor, knowsPerson, tokensWithNames, type Installation } from "../../app/index.js";
import { allowed } from "../allowed.js";
import { refuse } from "../middleware/authorize.js";
import type { Server } from "../server-env.js";
import { problem } from "../problem-response.js";

export function tokenRoutes(app: Server, installation: Installation): void {
  const { store } = installation;
  app.openapi(whoAmI, async (c) => {
    const caller = c.get("caller");
    if (caller === undefined) throw problem("not-signed-in");
    const { person, scopes } = caller;
    return c.json({ person, scopes: [...scopes], known: await knowsPerson(installation, person) }, 200);
  });
  app.openapi(issueToken, async (c) => {
    const caller = allowed(c, "admin");
    const { person, ...rest } = c.req.valid("json");
    const judged = c.get("judge")({ forSelf: person === caller.person, scopes: rest.scopes });
    refuse(judged, { group: "administer" }, caller);
    if (!(await knowsPerson(installation, person)))
      throw problem("unusable", { detail: `the catalogue in force knows no active \`${person}\`` });
    const { token, secret } = await issueTokenFor(installation, person, rest);
    return c.json({ token: shown({ ...token, person }), secret }, 201);
  });
  app.openapi(listTokens, async (c) => {
    allowed(c, "admin");
    return c.json({ items: (await tokensWithNames(installation)).map(shown) }, 200);
  });
  app.openapi(revokeToken, async (c) => {
    allowed(c, "admin");
    const { id } = c.req.valid("param");
    if (!(await store.tokens.revoke(id)))
      throw problem("not-found", { detail: `there is no token \`${id}\`` });
    return c.body(null, 204);
  });
}

type Token = Awaited<ReturnType<typeof tokensWithNames>>[number];

const shown = ({ scopes, ...token }: Token) => ({
  ...token,
  scopes: scopes.flatMap((scope) => {
    const known = scopeSchema.safeParse(scope);
    return known.success ? [known.data] : [];
  }),
});
