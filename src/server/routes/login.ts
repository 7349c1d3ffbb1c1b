import type { Context } from "hono";
import { z } from "zod";
import {
  catalogueEditors,
  signInByLogin,
  type Authorizer,
  type Installation,
  type LoginRefusal,
} from "../../app/index.js";
import type { Cookies } from "../cookie.js";
import { isLoginFault, type OidcLogin } from "../oidc-login.js";
import { reportPolicy } from "../page-policy.js";
import type { Server, ServerEnv } from "../server-env.js";
import { goOnPage, ownPath, refusalPage } from "../sign-in-page.js";
import type { SignIn } from "../sign-in.js";

/** Seconds in which a login that was begun can be finished. */
const patience = 600;

const pendingSchema = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string(),
});

/** `/auth/oidc` sends the browser to the provider, which sends it back to `/auth/callback`. Pages, not documents. */
export function loginRoutes(
  app: Server,
  installation: Installation,
  authorizer: Authorizer,
  { sessions }: SignIn,
  oidc: OidcLogin,
  cookies: Cookies,
  log: (message: string) => void,
): void {
  app.get("/auth/oidc", async (c) => {
    try {
      const { href, pending } = await oidc.begin();
      cookies.setLogin(c, JSON.stringify({ ...pending, to: ownPath(c.req.query("return")) }), patience);
      c.header("cache-control", "no-store");
      return c.redirect(href, 302);
    } catch (error) {
      return faulty(c, error);
    }
  });
  app.get("/auth/callback", async (c) => {
    const kept = readPending(cookies.login(c));
    cookies.dropLogin(c);
    if (kept === undefined)
      return refuse(c, 403, "This login was not begun here", [
        "The answer of the provider came without the cookie of the browser that asked, or more than ten minutes later.",
      ]);
    try {
      const claims = await oidc.finish(new URL(c.req.url), kept);
      const begun = await signInByLogin(installation, claims, authorizer, sessions);
      if (begun.kind === "refused") return await unknown(c, begun, claims);
      const before = cookies.session(c);
      if (before !== undefined) await installation.store.sessions.end(before);
      cookies.setSession(c, begun.secret, Math.floor(sessions.absolute / 1000));
      return page(c, 200, goOnPage(kept.to));
    } catch (error) {
      return faulty(c, error);
    }
  });

  const page = (c: Context<ServerEnv>, status: 200 | 403 | 502, html: string): Response => {
    c.set("pagePolicy", reportPolicy);
    c.header("cache-control", "no-store");
    return c.html(html, status);
  };
  const refuse = (
    c: Context<ServerEnv>,
    status: 403 | 502,
    title: string,
    lines: readonly string[],
  ): Response => page(c, status, refusalPage({ title, lines }));
  const faulty = (c: Context<ServerEnv>, error: unknown): Response => {
    if (!isLoginFault(error)) throw error;
    // The cause may name addresses of the provider; answers of it may hold more, and are not logged.
    const cause = error.cause instanceof Error ? error.cause.name : "";
    log(`login: ${error.check}${cause === "" ? "" : ` (${cause})`}`);
    return error.away
      ? refuse(c, 502, "The login is away", [
          `${error.check}.`,
          "Sign in with a token, or try again in a moment.",
        ])
      : refuse(c, 403, "Not signed in", [`Which check failed: ${error.check}.`, "Begin again."]);
  };
  const unknown = async (
    c: Context<ServerEnv>,
    { reason, people }: LoginRefusal,
    { email, subject }: { readonly email?: string; readonly subject: string },
  ): Promise<Response> => {
    const whom = email ?? `subject ${subject} (the provider has verified no address)`;
    const said = {
      nobody: [`The catalogue knows nobody as ${whom}.`],
      left: [`${people[0] ?? ""} has left, as the catalogue in force says.`],
      several: [
        `The catalogue knows ${people.join(" and ")} as ${whom}: nobody can tell which of them you are.`,
      ],
    }[reason];
    const editors = await catalogueEditors(installation, authorizer);
    const who = editors.length === 0 ? "whoever runs this installation" : editors.join(", ");
    return refuse(c, 403, "You are not in the catalogue", [...said, `Who can change that: ${who}.`]);
  };
}

function readPending(text: string | undefined): z.infer<typeof pendingSchema> | undefined {
  if (text === undefined) return undefined;
  try {
    const read = pendingSchema.safeParse(JSON.parse(text));
    return read.success ? { ...read.data, to: ownPath(read.data.to) } : undefined;
  } catch {
    return undefined;
  }
}
