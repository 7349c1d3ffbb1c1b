import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

/** A real OpenID provider, which believes whoever signs in there. */
export interface TestProvider {
  readonly issuer: string;
  /** Goes through its forms as `login`, from the address where Remit sent the browser; gives where it is sent back to. */
  signIn(href: string, login: string): Promise<string>;
  close(): Promise<void>;
}

export const client = { id: "remit-test", secret: "a secret between these two alone" };

/** Addresses by login: `?` in front says that the provider did not verify them. */
export async function startProvider(redirect: string): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [redirect],
        response_types: ["code"],
      },
    ],
    cookies: { keys: ["a key of this test alone"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: [] },
    pkce: { required: () => true },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        ...(id.includes("@") ? { email: id.replace(/^\?/, ""), email_verified: !id.startsWith("?") } : {}),
      }),
    }),
  });
  const answer = provider.callback();
  server.on("request", (request, response) => void answer(request, response));
  return {
    issuer,
    async signIn(href, login) {
      const jar = new Map<string, string>();
      const visit = async (url: string, body?: Record<string, string>): Promise<Response> => {
        const response = await fetch(url, {
          redirect: "manual",
          headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
          ...(body === undefined ? {} : { method: "POST", body: new URLSearchParams(body) }),
        });
        for (const line of response.headers.getSetCookie()) {
          const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          jar.set(name, value);
        }
        return response;
      };
      let at = href;
      for (let step = 0; step < 12; step += 1) {
        const response = await visit(at);
        const next = response.headers.get("location");
        if (next !== null) {
          at = new URL(next, at).href;
          if (at.startsWith(redirect)) return at;
          continue;
        }
        const form = await response.text();
        const prompt = /name="prompt" value="(\w+)"/.exec(form)?.[1] ?? "";
        const sent = await visit(at, { prompt, login, password: "any" });
        at = new URL(sent.headers.get("location") ?? "", at).href;
      }
      throw new Error(`the provider never came to an end: ${at}`);
    },
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
}
