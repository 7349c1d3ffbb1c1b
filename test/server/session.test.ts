import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issueTokenFor, takeInCatalogue } from "../../src/app/index.js";
import type { Problem, SignedIn } from "../../src/api/index.js";
import { createServer, defaultLimits, defaultSignIn } from "../../src/server/index.js";
import { install, root, startOfExample, type Installed } from "./installed.js";

let installed: Installed;
beforeAll(async () => {
  installed = await install(undefined, { ...defaultSignIn, example: true });
  await changeCatalogue(0, (text) => text);
});
afterAll(() => installed.end());

const changeCatalogue = async (expected: number, change: (text: string) => string): Promise<void> => {
  const bytes = Buffer.from(change(readFileSync(join(root, "examples/remit.yaml"), "utf8")));
  const taken = await takeInCatalogue(installed.installation, { bytes, expected, by: "operator", note: "" });
  expect(taken.kind).toBe("stored");
};

const send = (method: string, headers: Record<string, string> = {}, body?: object, app = installed.app) =>
  app.request("/api/v1/session", {
    method,
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** What a browser would send after this answer. */
const cookieOf = (answer: Response): { cookie: string } => ({
  cookie: (answer.headers.getSetCookie().at(-1) ?? "").split(";")[0] ?? "",
});
const signIn = async (body: object, headers: Record<string, string> = {}) => {
  const answer = await send("POST", headers, body);
  expect(answer.status).toBe(200);
  return { answer, cookie: cookieOf(answer), who: (await answer.json()) as SignedIn };
};
const problemOf = async (answer: Response) => (await answer.json()) as Problem;

describe("a session", () => {
  test("begins with a token, is kept from scripts and other sites, and may what the token may", async () => {
    const { secret } = await issueTokenFor(installed.installation, "ana.ruiz", {
      name: "mine",
      scopes: ["read"],
    });
    const { answer, cookie, who } = await signIn({ token: secret });
    expect(answer.headers.getSetCookie().at(-1)).toMatch(/HttpOnly; SameSite=Strict$/);
    expect(who).toMatchObject({ person: "ana.ruiz", name: "Ana Ruiz", scopes: ["read"], method: "token" });
    expect(who.roles).toEqual(["IDGOV", "SECRETS"]);
    expect(who.teams).toEqual(["iam-team", "secrets-data", "secrets-prod"]);
    expect(await (await send("GET", cookie)).json()).toEqual(who);
    const stored = JSON.stringify(await installed.installation.store.query("select * from sessions"));
    expect(stored).not.toContain(cookie.cookie.split("=")[1]);
    expect(stored).not.toContain("ana.ruiz");
    expect(installed.logged.join("\n")).not.toContain(cookie.cookie.split("=")[1]);
  });

  test("of nobody is none: 401, and a cookie that is not good is taken away", async () => {
    expect((await problemOf(await send("GET"))).type).toBe("/problems/not-signed-in");
    const false_ = await send("GET", { cookie: "remit=madeup" });
    expect(false_.status).toBe(401);
    expect(false_.headers.getSetCookie()[0]).toMatch(/^remit=; Max-Age=0/);
    expect((await send("POST", {}, { token: "remit_madeup" })).status).toBe(401);
    expect((await send("POST", {}, { token: "remit_madeup", person: "ana.ruiz" })).status).toBe(400);
  });

  test("ends when it is signed out of, and only with its own token in the header", async () => {
    const { cookie, who } = await signIn({ person: "l.meyer" });
    expect((await problemOf(await send("DELETE", cookie))).type).toBe("/problems/wrong-origin");
    expect((await send("DELETE", { ...cookie, "x-csrf-token": "x".repeat(43) })).status).toBe(403);
    expect((await send("DELETE", { ...cookie, "x-csrf-token": who.csrf })).status).toBe(204);
    expect((await send("GET", cookie)).status).toBe(401);
  });

  test("is another one after signing in again, and the one before is over", async () => {
    const first = await signIn({ person: "l.meyer" });
    const second = await signIn({ person: "t.berg" }, { ...first.cookie, "x-csrf-token": first.who.csrf });
    expect(second.cookie).not.toEqual(first.cookie);
    expect((await send("GET", first.cookie)).status).toBe(401);
    expect(((await (await send("GET", second.cookie)).json()) as SignedIn).person).toBe("t.berg");
  });

  test.each([
    [{ origin: "https://evil.example" }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ origin: "null" }, 403],
    [{ origin: "http://localhost", "sec-fetch-site": "same-origin" }, 200],
  ])("is begun by no other page: %j gives %i", async (headers, status) => {
    expect((await send("POST", headers, { person: "l.meyer" })).status).toBe(status);
  });

  test("lets no other page write, and a bearer token needs none of it", async () => {
    const { cookie, who } = await signIn({ person: "l.meyer" });
    const revoke = (headers: Record<string, string>) =>
      installed.app.request("/api/v1/tokens/none", { method: "DELETE", headers });
    expect((await revoke(cookie)).status).toBe(403);
    const own = { ...cookie, "x-csrf-token": who.csrf };
    expect((await revoke({ ...own, origin: "https://evil.example" })).status).toBe(403);
    const bearer = await installed.as("l.meyer", "admin");
    expect((await problemOf(await revoke({ ...bearer, ...cookie }))).type).toBe("/problems/not-found");
  });

  test("ends when nobody used it for an hour, and after eight hours whatever happens", async () => {
    const minutes = (count: number) => new Date(Date.parse(startOfExample) + count * 60_000).toISOString();
    installed.setTime(startOfExample);
    const [idle, busy] = [await signIn({ person: "l.meyer" }), await signIn({ person: "t.berg" })];
    for (let at = 50; at < 480; at += 50) {
      installed.setTime(minutes(at));
      expect((await send("GET", busy.cookie)).status).toBe(200);
      if (at > 60) expect((await send("GET", idle.cookie)).status).toBe(401);
    }
    installed.setTime(minutes(480));
    expect((await send("GET", busy.cookie)).status).toBe(401);
    installed.setTime(startOfExample);
    expect((await send("GET", idle.cookie)).status).toBe(401);
  });

  test("ends with the token that it rests on", async () => {
    const { token, secret } = await issueTokenFor(installed.installation, "t.berg", {
      name: "short",
      scopes: ["read"],
    });
    const { cookie } = await signIn({ token: secret });
    expect(await installed.installation.store.tokens.revoke(token.id)).toBe(true);
    expect((await send("GET", cookie)).status).toBe(401);
  });

  test("ends at once, like every token, when its person leaves (R47)", async () => {
    const { cookie } = await signIn({ person: "j.ortiz" });
    const bearer = await installed.as("j.ortiz", "read");
    const me = () => installed.app.request("/api/v1/me", { headers: bearer });
    expect([(await send("GET", cookie)).status, (await me()).status]).toEqual([200, 200]);
    await changeCatalogue(1, (text) =>
      text.replace("{ id: j.ortiz, name: Jo Ortiz,", "{ id: j.ortiz, name: Jo Ortiz, leftAt: 2026-11-21,"),
    );
    expect([(await send("GET", cookie)).status, (await me()).status]).toEqual([401, 401]);
    expect((await problemOf(await send("POST", {}, { person: "j.ortiz" }))).detail).toContain("`j.ortiz`");
  });
});

test("the example lets anybody who is still there be anybody; every other installation refuses", async () => {
  const methods = await (await installed.app.request("/auth/methods")).json();
  expect(methods).toMatchObject({ token: true });
  const { people } = (methods as { example: { people: { id: string; name: string; roles: string[] }[] } })
    .example;
  expect(people).toContainEqual({ id: "s.kaya", name: "Selin Kaya", roles: ["IC", "SECOPS"] });
  expect(people.map(({ id }) => id)).not.toContain("p.holm");
  const real = serverWith(defaultSignIn);
  expect(await (await real.request("/auth/methods")).json()).toEqual({ token: true });
  expect((await send("POST", {}, { person: "s.kaya" }, real)).status).toBe(403);
});

test("over https the cookie is bound to this host, and the public address is an origin of ours", async () => {
  const real = serverWith({ ...defaultSignIn, example: true, publicUrl: "https://remit.example.com" });
  const answer = await send("POST", { origin: "https://remit.example.com" }, { person: "s.kaya" }, real);
  expect(answer.status).toBe(200);
  expect(answer.headers.getSetCookie().at(-1)).toMatch(
    /^__Host-remit=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  );
  expect((await send("GET", cookieOf(answer), undefined, real)).status).toBe(200);
});

const serverWith = (signIn: Parameters<typeof createServer>[0]["signIn"] & object) =>
  createServer({
    installation: installed.installation,
    newId: () => "request",
    elapsed: () => 0,
    log: () => undefined,
    limits: defaultLimits,
    signIn,
  });
