import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createReach } from "./reach.js";
import { sendWebhook } from "./send-webhook.js";
import { isSignedBy } from "./signed-by.js";

const secret = `whsec_${Buffer.from("a secret that is long enough 123").toString("base64")}`;
const heard: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
let server: Server;
let port = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === "/silent") return;
    let body = "";
    request.on("data", (part) => (body += String(part)));
    request.on("end", () => {
      heard.push({ headers: request.headers, body });
      if (request.url === "/moved")
        response.writeHead(302, { location: `http://127.0.0.1:${String(port)}/` });
      else response.statusCode = request.url === "/broken" ? 500 : 204;
      response.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const own = createReach(["127.0.0.1", "hooks.test"]);
const message = (path: string, host = "127.0.0.1") => ({
  url: `http://${host}:${String(port)}${path}`,
  secret,
  id: "msg_1",
  body: '{"type":"case.opened"}',
  at: Date.now(),
});

describe("a message", () => {
  test("is signed after Standard Webhooks, so that any receiver can check it", async () => {
    const sent = await sendWebhook(message("/"), { reach: own, timeoutMs: 2000 });
    expect(sent).toEqual({ kind: "answered", status: 204 });
    const { headers, body } = heard.at(-1)!;
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual({
      type: "case.opened",
    });
    const signed = {
      "webhook-id": String(headers["webhook-id"]),
      "webhook-timestamp": String(headers["webhook-timestamp"]),
      "webhook-signature": String(headers["webhook-signature"]),
    };
    expect(isSignedBy(secret, Buffer.from(body), signed)).toBe(true);
    expect(isSignedBy(secret, Buffer.from(`${body} `), signed)).toBe(false);
    expect(isSignedBy(`whsec_${Buffer.from("another").toString("base64")}`, Buffer.from(body), signed)).toBe(
      false,
    );
  });

  test("an answer is told as it is; a redirect is not followed, and silence ends", async () => {
    expect(await sendWebhook(message("/broken"), { reach: own, timeoutMs: 2000 })).toEqual({
      kind: "answered",
      status: 500,
    });
    const before = heard.length;
    expect(await sendWebhook(message("/moved"), { reach: own, timeoutMs: 2000 })).toEqual({
      kind: "answered",
      status: 302,
    });
    expect(heard.length).toBe(before + 1);
    expect(await sendWebhook(message("/silent"), { reach: own, timeoutMs: 50 })).toEqual({
      kind: "failed",
      reason: "no answer within 0.05 s",
    });
  });

  test("a name that leads inside is not asked, not even when only one of its addresses does", async () => {
    const before = heard.length;
    const resolve = () =>
      Promise.resolve([
        { address: "93.184.216.34", family: 4 },
        { address: "127.0.0.1", family: 4 },
      ]);
    const url = `https://public.example.com:${String(port)}/`;
    const sent = await sendWebhook(
      { ...message("/"), url },
      { reach: createReach([]), timeoutMs: 500, resolve },
    );
    expect(sent).toMatchObject({ kind: "failed" });
    expect(JSON.stringify(sent)).toContain("127.0.0.1");
    expect(heard.length).toBe(before);
  });

  test("the connection goes to the address that was checked, whatever the name says by then", async () => {
    let asked = 0;
    const resolve = () => {
      asked += 1;
      return Promise.resolve([{ address: "127.0.0.1", family: 4 }]);
    };
    const sent = await sendWebhook(message("/", "hooks.test"), { reach: own, timeoutMs: 2000, resolve });
    expect(sent).toEqual({ kind: "answered", status: 204 });
    expect(asked).toBe(1);
  });
});
