import { createServer, type Server as HttpServer } from "node:http";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createReach } from "../../src/app/index.js";
import { jobHandlers } from "../../src/app/jobs/job-handlers.js";
import { defaultRetention, reanalyse } from "../../src/app/index.js";
import {
  createServer as createApi,
  defaultLimits,
  defaultSignIn,
  type Server,
} from "../../src/server/index.js";
import { renderWebhooks } from "../../src/report/index.js";
import type { WebhookView } from "../../src/report/cases/webhooks.js";
import { corpusPath } from "../corpus.js";
import { install, startOfExample, type Installed } from "../server/installed.js";
import { caseEvents, newEventOf } from "../store/furnished.js";

interface Heard {
  readonly id: string;
  readonly body: { readonly type: string; readonly data: Readonly<Record<string, unknown>> };
}

let receiver: HttpServer;
let base = "";
let status = 204;
let secret = "";
let heard: Heard[] = [];
let installed: Installed;
let api: Server;
let operator: Record<string, string>;
const reach = createReach(["127.0.0.1"]);

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let text = "";
    request.on("data", (part) => (text += String(part)));
    request.on("end", () => {
      // Throws where the signature is not of this secret.
      const body = new Webhook(secret).verify(
        text,
        request.headers as Record<string, string>,
      ) as Heard["body"];
      heard.push({ id: String(request.headers["webhook-id"]), body });
      response.statusCode = status;
      response.end("whatever it says");
    });
  });
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  base = `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}`;
});
afterAll(() => {
  receiver.closeAllConnections();
  receiver.close();
});
beforeAll(async () => {
  installed = await install();
  api = createApi({
    installation: installed.installation,
    newId: () => "request",
    elapsed: () => 0,
    log: (line) => installed.logged.push(JSON.stringify(line)),
    limits: { ...defaultLimits, rate: { ...defaultLimits.rate, burst: 10_000 } },
    signIn: defaultSignIn,
    reach,
  });
  operator = { ...(await installed.as("operator", "read", "admin")), "content-type": "application/json" };
});
beforeEach(async () => {
  [status, heard] = [204, []];
  const { webhooks, webhookSources } = installed.installation.store;
  for (const { id } of await webhooks.list()) await webhooks.remove(id);
  for (const { id } of await webhookSources.list()) await webhookSources.remove(id);
});
afterAll(() => installed.end());

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = operator) =>
  api.request(`/api/v1${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });

const events = caseEvents();
async function append(count: number): Promise<void> {
  for (const event of events.slice(0, count))
    await installed.installation.store.ledger.append({
      stream: event.case,
      expected: event.sequence - 1,
      events: [newEventOf(event)],
    });
}
const announce = async (...names: string[]): Promise<void> => {
  for (const id of names) await installed.installation.store.announcements.add("import", { id });
};

/** Jobs as the runner would do them, one after the other. */
function jobs() {
  const waiting: string[] = [];
  const handlers = jobHandlers(
    installed.installation,
    { retention: defaultRetention, reach, clock: Date.now },
    {
      send: (_name, payload) => {
        waiting.push((payload as { readonly id: string }).id);
        return Promise.resolve(true);
      },
    },
  );
  return {
    waiting,
    tell: () => handlers.webhooks({}),
    deliver: (id: string) => handlers.delivery({ id }),
  };
}

async function register(more: object = {}): Promise<string> {
  const answer = await ask("POST", "/webhooks", { url: `${base}/hook`, ...more });
  expect(answer.status).toBe(201);
  const added = (await answer.json()) as {
    readonly webhook: { readonly id: string };
    readonly secret: string;
  };
  secret = added.secret;
  return added.webhook.id;
}

describe("webhooks out", () => {
  test("what happens from now on is sent, signed, in order, each event once, whatever is repeated", async () => {
    const id = await register({ events: ["case.*"] });
    await append(2);
    await installed.installation.store.announcements.add("analysis", { digest: "d1" });
    const { tell, deliver, waiting } = jobs();
    await tell();
    await tell();
    expect(waiting).toHaveLength(2);
    for (const delivery of [...waiting, ...waiting]) await deliver(delivery);
    expect(heard.map(({ body }) => body.type)).toEqual(["case.opened", "case.noted"]);
    expect(heard[0]?.body.data).toEqual({
      id: events[0]!.case,
      sequence: 1,
      kind: "opened",
      at: events[0]!.at,
    });
    expect(JSON.stringify(heard)).not.toMatch(/"p-/);
    const log = (await (await ask("GET", `/webhooks/${id}/deliveries`)).json()) as {
      readonly items: readonly unknown[];
    };
    expect(log.items).toHaveLength(2);
    expect(log.items[0]).toMatchObject({ state: "delivered", tries: 1, status: 204 });
  });

  test("cut off between writing and asking, nothing is left out", async () => {
    await register();
    await announce("a", "b", "c");
    const { store } = installed.installation;
    const { tell, waiting } = jobs();
    const failing = jobHandlers(
      installed.installation,
      { retention: defaultRetention, reach, clock: Date.now },
      { send: () => Promise.reject(new Error("the queue is away")) },
    );
    await expect(failing.webhooks({})).rejects.toThrow("the queue is away");
    expect((await store.webhooks.list())[0]?.told).toEqual({
      ledger: (await store.ledger.head()).position,
      announced: await store.announcements.head(),
    });
    await tell();
    expect(waiting).toHaveLength(3);
  });

  test("a receiver that fails is tried again and then given up; one that is gone is told no more", async () => {
    const id = await register();
    await announce("h");
    const { store } = installed.installation;
    const { tell, deliver, waiting } = jobs();
    await tell();
    status = 500;
    await expect(deliver(waiting[0]!)).rejects.toThrow("the receiver answered 500");
    expect(await store.webhooks.delivery(waiting[0]!)).toMatchObject({
      state: "waiting",
      tries: 1,
      status: 500,
    });
    for (let tries = 2; tries < 13; tries += 1) await expect(deliver(waiting[0]!)).rejects.toThrow();
    await deliver(waiting[0]!);
    expect(await store.webhooks.delivery(waiting[0]!)).toMatchObject({ state: "failed", tries: 13 });
    expect(new Set(heard.map((item) => item.id)).size).toBe(1);
    await announce("i");
    await tell();
    status = 410;
    await deliver(waiting[1]!);
    const [webhook] = (
      (await (await ask("GET", "/webhooks")).json()) as { readonly items: readonly object[] }
    ).items;
    expect(webhook).toMatchObject({
      id,
      stoppedWhy: "the receiver answered 410 Gone",
      createdBy: "operator",
    });
    await announce("j");
    await tell();
    expect(waiting).toHaveLength(2);
  });

  test("nothing gets through for days: it is paused, administrators hear why, and resumed it loses nothing", async () => {
    const id = await register({ events: ["import"] });
    await announce("k");
    const { store } = installed.installation;
    const { tell, deliver, waiting } = jobs();
    const shown = async () =>
      ((await (await ask("GET", "/webhooks")).json()) as { items: Record<string, unknown>[] }).items[0];
    const before = await store.announcements.head();
    await tell();
    status = 503;
    await expect(deliver(waiting[0]!)).rejects.toThrow("answered 503");
    expect(await shown()).toMatchObject({ failing: { since: startOfExample, tries: 1 } });
    installed.setTime("2026-11-27T11:59:00.000Z");
    await expect(deliver(waiting[0]!)).rejects.toThrow("answered 503");
    installed.setTime("2026-11-27T12:00:00.000Z");
    await deliver(waiting[0]!);
    const stoppedWhy = `nothing got through since ${startOfExample}, 3 tries in a row: the receiver answered 503`;
    expect(await shown()).toMatchObject({ stoppedAt: "2026-11-27T12:00:00.000Z", stoppedWhy });
    await announce("l");
    await tell();
    expect(waiting).toHaveLength(1);
    status = 204;
    const { items } = (await (await ask("GET", "/webhooks")).json()) as { items: WebhookView[] };
    expect(renderWebhooks(items)).toContain(`stopped  2026-11-27 12:00 UTC: ${stoppedWhy}`);
    const resumed = await ask("POST", `/webhooks/${id}/resume`, {});
    expect(await resumed.json()).toMatchObject({ again: 1, webhook: { id } });
    expect(await shown()).not.toHaveProperty("stoppedAt");
    expect(await shown()).not.toHaveProperty("failing");
    heard = [];
    await tell();
    for (const delivery of waiting.slice(1)) await deliver(delivery);
    expect(heard.map(({ body }) => body.data["id"])).toEqual(["k", "l"]);
    // Once each, without an address, for whoever listens with the scope `admin`.
    const told = (await store.announcements.after(before)).filter(({ kind }) => kind === "webhook");
    expect(told.map(({ body }) => JSON.parse(body) as object)).toEqual([
      { id, state: "paused", why: stoppedWhy },
      { id, state: "resumed" },
    ]);
    expect((await ask("POST", "/webhooks/nothing/resume", {})).status).toBe(404);
    installed.setTime(startOfExample);
  });

  test("the secret is shown once and is nowhere in the clear; who may not is refused", async () => {
    const id = await register({ note: "chat" });
    expect(secret).toMatch(/^whsec_/);
    expect(await (await ask("GET", "/webhooks")).text()).not.toContain(secret);
    const rows = await installed.installation.store.query("select * from webhooks");
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(installed.logged.join("\n")).not.toContain(secret);
    await installed.installation.store.rotateKeys();
    expect(await installed.installation.store.webhooks.secretOf(id)).toBe(secret);
    const reader = { ...(await installed.as("operator", "read")), "content-type": "application/json" };
    for (const [method, path] of [
      ["GET", "/webhooks"],
      ["POST", "/webhooks"],
      ["GET", `/webhooks/${id}/deliveries`],
      ["DELETE", `/webhooks/${id}`],
      ["POST", "/webhook-sources"],
    ] as const)
      expect((await ask(method, path, method === "POST" ? { url: base } : undefined, reader)).status).toBe(
        403,
      );
    expect((await ask("DELETE", `/webhooks/${id}`)).status).toBe(204);
    expect((await ask("DELETE", `/webhooks/${id}`)).status).toBe(404);
  });

  test("nothing inside can be reached with it (server-side request forgery)", async () => {
    for (const url of [
      "https://169.254.169.254/latest",
      "http://127.0.0.2/",
      "https://localhost/",
      "https://[::1]/",
    ]) {
      const answer = await ask("POST", "/webhooks", { url });
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain("url");
    }
  });
});

describe("webhooks in", () => {
  const source = async (kind: string): Promise<string> => {
    const answer = await ask("POST", "/webhook-sources", { kind, name: "the tool" });
    expect(answer.status).toBe(201);
    return ((await answer.json()) as { readonly secret: string }).secret;
  };
  const post = (kind: string, body: string, headers: Record<string, string>) =>
    ask("POST", `/webhooks/${kind}`, body, { "content-type": "application/json", ...headers });
  const corpus = (path: string): string => readFileSync(corpusPath(`findings/${path}`), "utf8");

  /** As EventBridge delivers findings of Security Hub (AWS Security Hub User Guide, EventBridge event formats). */
  const fromEventBridge = (findings: readonly unknown[]) =>
    JSON.stringify({
      version: "0",
      id: "8e5622f9-d81c-4d81-612a-9319e7ee2506",
      "detail-type": "Security Hub Findings - Imported",
      source: "aws.securityhub",
      account: "123456789012",
      time: "2026-11-20T21:52:17Z",
      region: "us-west-2",
      resources: [],
      detail: { findings },
    });
  const asff = (): readonly unknown[] => {
    const read = JSON.parse(corpus("asff/dd-awssecurityhub-config_one_finding_active.json")) as {
      readonly findings?: readonly unknown[];
      readonly Findings?: readonly unknown[];
    };
    return read.findings ?? read.Findings ?? [];
  };

  test.each([
    ["securityhub", () => fromEventBridge(asff())],
    ["wiz", () => corpus("wiz-issues/panther-webhook_low_severity_open_alert.json")],
    ["defender", () => corpus("defender/az-assessments-list.json")],
    ["ocsf", () => corpus("prowler-ocsf/dd-one_vuln.ocsf.json")],
  ])(
    "%s: what the tool really sends becomes findings, from a source that signs or shows its secret",
    async (kind, make) => {
      const key = await source(kind);
      const body = make();
      const signed = {
        "webhook-id": "msg_1",
        "webhook-timestamp": String(Math.floor(Date.now() / 1000)),
        "webhook-signature": new Webhook(key).sign("msg_1", new Date(), body),
      };
      const first = await post(kind, body, signed);
      expect(first.status).toBe(202);
      const taken = (await first.json()) as { readonly import: string; readonly findings: number };
      expect(taken.findings).toBeGreaterThan(0);
      expect((await post(kind, body, { "x-remit-source": key })).status).toBe(202);
      const { store } = installed.installation;
      const [document] = await store.snapshots.documents(taken.import);
      expect(Buffer.from(await store.documents.bytes(document!.digest)).toString("utf8")).toBe(body);
      // A stranger, a source of another kind, a changed body.
      expect((await post(kind, body, {})).status).toBe(401);
      expect((await post(kind, body, { "x-remit-source": `${key}x` })).status).toBe(401);
      expect((await post(kind, `${body} `, signed)).status).toBe(401);
      expect((await post(kind === "wiz" ? "ocsf" : "wiz", body, { "x-remit-source": key })).status).toBe(401);
    },
  );

  test("what is no finding is refused with the reason, and nothing is kept", async () => {
    const key = await source("wiz");
    const before = (await installed.installation.store.snapshots.list({}, {})).items.length;
    for (const body of [
      '{"hello": "world"}',
      "not json",
      "[]",
      corpus("prowler-ocsf/dd-one_vuln.ocsf.json"),
    ]) {
      const answer = await post("wiz", body, { "x-remit-source": key });
      expect([400, 422]).toContain(answer.status);
      expect(((await answer.json()) as { readonly detail?: string }).detail).toBeTypeOf("string");
    }
    expect((await installed.installation.store.snapshots.list({}, {})).items).toHaveLength(before);
    expect((await post("slack", "{}", { "x-remit-source": key })).status).toBe(400);
  });

  test("the next analysis reads what was sent with everything else", async () => {
    const key = await source("securityhub");
    expect((await post("securityhub", fromEventBridge(asff()), { "x-remit-source": key })).status).toBe(202);
    const { analysis } = await reanalyse(installed.installation);
    const ours = analysis.rejected.filter(({ document }) => document.includes("webhooks/securityhub"));
    expect(ours).toEqual([]);
    expect(analysis.stats.findings.rows).toBeGreaterThan(0);
  }, 200_000);
});
