import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SignedIn } from "../../src/api/index.js";
import { takeInCatalogue } from "../../src/app/index.js";
import { defaultSignIn, oidcLogin } from "../../src/server/index.js";
import { install, root, type Installed } from "./installed.js";
import { client, startProvider, type TestProvider } from "./oidc-provider.js";

const publicUrl = "http://localhost:7373";
let installed: Installed;
let provider: TestProvider;
beforeAll(async () => {
  provider = await startProvider(`${publicUrl}/auth/callback`);
  const oidc = oidcLogin({
    issuer: provider.issuer,
    clientId: client.id,
    clientSecret: client.secret,
    publicUrl,
  });
  installed = await install(undefined, { ...defaultSignIn, publicUrl, oidc });
  const bytes = readFileSync(join(root, "examples/remit.yaml"));
  await takeInCatalogue(installed.installation, { bytes, expected: 0, by: "operator", note: "" });
});
afterAll(async () => {
  await installed.end();
  await provider.close();
});

const ask = (path: string, cookie = "") =>
  installed.app.request(`${publicUrl}${path}`, { headers: cookie === "" ? {} : { cookie } });
const cookieNamed = (answer: Response, name: string): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0] ?? "")
    .filter((line) => line.startsWith(`${name}=`))
    .at(-1) ?? "";

/** To the provider, through it, and back. */
async function login(as: string, change: (url: URL) => void = () => undefined, to = "/cases") {
  const begun = await ask(`/auth/oidc?return=${encodeURIComponent(to)}`);
  expect(begun.status).toBe(302);
  const back = new URL(await provider.signIn(begun.headers.get("location") ?? "", as));
  change(back);
  return ask(`${back.pathname}${back.search}`, cookieNamed(begun, "remit-login"));
}

describe("login with a real OpenID provider", () => {
  test("who the catalogue knows by the verified address is signed in, and the browser goes on from a page of ours", async () => {
    expect(await (await ask("/auth/methods")).json()).toEqual({
      token: true,
      oidc: { label: new URL(provider.issuer).host, href: "/auth/oidc" },
    });
    const back = await login("ana.ruiz@acme-freight.example");
    expect(back.status).toBe(200);
    expect(await back.text()).toContain('content="0;url=/cases"');
    const who = (await (await ask("/api/v1/session", cookieNamed(back, "remit"))).json()) as SignedIn;
    expect(who).toMatchObject({ person: "ana.ruiz", method: "oidc", scopes: ["read", "act", "admin"] });
    const other = await login("l.meyer@acme-freight.example");
    const meyer = (await (await ask("/api/v1/session", cookieNamed(other, "remit"))).json()) as SignedIn;
    expect(meyer.scopes).toEqual(["read", "act", "import"]);
  });

  test("an address that the provider did not verify proves nothing; the page names who can add somebody", async () => {
    const back = await login("?ana.ruiz@acme-freight.example");
    expect(back.status).toBe(403);
    expect(cookieNamed(back, "remit")).toBe("");
    const page = await back.text();
    expect(page).toContain("You are not in the catalogue");
    expect(page).toContain("Who can change that: Ana Ruiz, Tom Berg.");
    expect(page).not.toContain("<script");
  });

  test("somebody whom the catalogue does not know is told so, in plain text", async () => {
    const page = await (await login("<b>mallory</b>@evil.example")).text();
    expect(page).toContain("&lt;b>mallory");
  });

  test.each([
    ["the state of another login", (url: URL) => url.searchParams.set("state", "made-up")],
    ["a code that was never given", (url: URL) => url.searchParams.set("code", "made-up")],
    ["an answer of another provider", (url: URL) => url.searchParams.set("iss", "https://evil.example")],
  ])("%s is refused, and nobody is signed in", async (_, change) => {
    const back = await login("ana.ruiz@acme-freight.example", change);
    expect(back.status).toBe(403);
    expect(await back.text()).toContain("Which check failed");
    expect(cookieNamed(back, "remit")).toBe("");
  });

  test("an answer that this browser did not ask for is refused: nobody is signed in as somebody else", async () => {
    const begun = await ask("/auth/oidc");
    const back = new URL(
      await provider.signIn(begun.headers.get("location") ?? "", "ana.ruiz@acme-freight.example"),
    );
    expect((await ask(`${back.pathname}${back.search}`)).status).toBe(403);
    const other = await ask("/auth/oidc");
    const crossed = await ask(`${back.pathname}${back.search}`, cookieNamed(other, "remit-login"));
    expect(crossed.status).toBe(403);
    expect(await crossed.text()).toContain("(`state`)");
  });

  test.each(["https://evil.example", "//evil.example", "/\\evil.example", "/\n/evil.example"])(
    "`return=%s` leads nowhere else",
    async (to) => {
      const back = await login("ana.ruiz@acme-freight.example", undefined, to);
      expect(await back.text()).toContain('content="0;url=/"');
    },
  );
});

test("a provider that is away is told as such; a token still gets in", async () => {
  const oidc = oidcLogin({ issuer: "http://127.0.0.1:9", clientId: "x", publicUrl });
  const alone = await install(undefined, { ...defaultSignIn, publicUrl, oidc });
  const answer = await alone.app.request(`${publicUrl}/auth/oidc`);
  expect(answer.status).toBe(502);
  expect(await answer.text()).toContain("Sign in with a token");
  await alone.end();
});
