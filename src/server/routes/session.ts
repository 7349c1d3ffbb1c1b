import { authMethods, getSession, signIn, signOut, type SignedIn } from "../../api/index.js";
import {
  peopleToBe,
  signInAs,
  signInWithToken,
  viewSession,
  type BegunSession,
  type Installation,
} from "../../app/index.js";
import type { Cookies } from "../cookie.js";
import { scopesOf } from "../middleware/identify.js";
import { problem } from "../problem-response.js";
import type { Server } from "../server-env.js";
import type { SignIn } from "../sign-in.js";

export function sessionRoutes(
  app: Server,
  installation: Installation,
  { example, oidc, sessions }: SignIn,
  cookies: Cookies,
): void {
  const { store } = installation;
  app.openapi(authMethods, async (c) => {
    const people = example ? await peopleToBe(installation) : undefined;
    const shown = people?.map(({ id, name, roles }) => ({ id, name, roles: [...roles] }));
    c.header("cache-control", "no-store");
    return c.json(
      {
        token: true as const,
        ...(oidc === undefined ? {} : { oidc: { label: oidc.label, href: "/auth/oidc" } }),
        ...(shown === undefined ? {} : { example: { people: shown } }),
      },
      200,
    );
  });
  app.openapi(signIn, async (c) => {
    const given = c.req.valid("json");
    if ("person" in given && !example)
      throw problem("not-allowed", {
        detail: "only the example lets anybody be anybody: sign in with a token",
      });
    const begun =
      "person" in given
        ? await signInAs(installation, given.person, { scopes: exampleScopes, method: "example" }, sessions)
        : await signInWithToken(installation, given.token, sessions);
    if (begun === undefined)
      throw problem("not-signed-in", {
        detail:
          "person" in given
            ? `the catalogue in force knows no active \`${given.person}\``
            : "the token is not one that is in force",
      });
    // A cookie from before could be one that somebody else put there (session fixation).
    const before = cookies.session(c);
    if (before !== undefined) await store.sessions.end(before);
    cookies.setSession(c, begun.secret, Math.floor(sessions.absolute / 1000));
    c.header("cache-control", "no-store");
    return c.json(view(begun.signedIn), 200);
  });
  app.openapi(getSession, async (c) => {
    const caller = c.get("caller");
    if (caller?.session === undefined) throw problem("not-signed-in");
    c.header("cache-control", "no-store");
    const { person, session } = caller;
    return c.json(view(await viewSession(installation, { person, session })), 200);
  });
  app.openapi(signOut, async (c) => {
    const secret = cookies.session(c);
    if (secret === undefined || c.get("caller")?.session === undefined) throw problem("not-signed-in");
    await store.sessions.end(secret);
    cookies.dropSession(c);
    return c.body(null, 204);
  });
}

/** What somebody may whom nobody vouched for, and who can break nothing but the made-up company. */
const exampleScopes = ["read", "act", "import", "admin"];

const view = ({ scopes, method, ...rest }: BegunSession["signedIn"]): SignedIn => ({
  ...rest,
  scopes: scopesOf(scopes),
  method: method === "oidc" || method === "example" ? method : "token",
});
