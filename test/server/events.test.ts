import { afterAll, beforeAll, expect, test } from "vitest";
import { createServer, defaultLimits, type Server } from "../../src/server/index.js";
import { caseEvents, newEventOf } from "../store/furnished.js";
import { install, type Installed } from "./installed.js";

let installed: Installed;
let app: Server;
let reader: Record<string, string>;
const events = caseEvents();
const other = "R-ZZZZ";

beforeAll(async () => {
  installed = await install();
  app = createServer({
    installation: installed.installation,
    newId: () => "request",
    elapsed: () => 0,
    log: () => undefined,
    limits: { ...defaultLimits, events: { everyMs: 5, heartbeatMs: 60, each: 2, all: 3 } },
  });
  // Sees every case: what policies hide is the subject of authorization.test.ts.
  reader = await installed.as("operator", "read", "admin");
});
afterAll(() => installed.end());

const append = async (index: number): Promise<void> => {
  const event = events[index]!;
  await installed.installation.store.ledger.append({
    stream: event.case,
    expected: index,
    events: [newEventOf(event)],
  });
};

/** Listens; `until` reads on until a line matches. */
async function listen(query = "", headers: Record<string, string> = {}) {
  const answer = await app.request(`/api/v1/events${query}`, { headers: { ...reader, ...headers } });
  const body = answer.body?.getReader();
  let said = "";
  let ended = false;
  const read = async (): Promise<void> => {
    const { done, value } = (await body?.read()) ?? { done: true, value: undefined };
    ended = done;
    if (value !== undefined) said += Buffer.from(value).toString("utf8");
  };
  return {
    status: answer.status,
    type: answer.headers.get("content-type"),
    async until(pattern: RegExp): Promise<string> {
      while (!pattern.test(said) && !ended) await read();
      return said;
    },
    async end(): Promise<boolean> {
      while (!ended) await read();
      return ended;
    },
    leave: () => body?.cancel(),
    lastId: () => [...said.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? "",
  };
}

test("an event of a case is told as it happens, and Last-Event-ID goes on without loss", async () => {
  const first = await listen();
  expect([first.status, first.type]).toEqual([200, "text/event-stream"]);
  await append(0);
  const said = await first.until(/opened/);
  expect(said).toContain(
    `event: case\nid: 1-0\ndata: ${JSON.stringify({ id: events[0]!.case, sequence: 1, kind: "opened", at: events[0]!.at })}\n\n`,
  );
  expect(said.startsWith("retry: 2000\nid: 0-0\n\n")).toBe(true);
  await first.leave();
  // Nobody listens.
  await append(1);
  await installed.installation.store.announcements.add("analysis", { digest: "d1" });
  const second = await listen("", { "last-event-id": first.lastId() });
  const resumed = await second.until(/event: analysis\n.*\n.*\n/);
  expect(resumed.match(/event: case/g)).toHaveLength(1);
  expect(resumed).toContain('"sequence":2');
  expect(resumed).toContain('data: {"digest":"d1","at":"2026-11-22T12:00:00.000Z"}');
  await second.leave();
});

test("`case` narrows; whoever hears nothing is told that the connection lives, and up to where", async () => {
  const narrow = await listen(`?case=${other}`);
  await append(2);
  const said = await narrow.until(/id: 3-1/);
  expect(said).toContain(": nothing new\n");
  expect(said).not.toContain("event:");
  await narrow.leave();
});

test("people are not named, not by pseudonym either", async () => {
  const all = await listen("", { "last-event-id": "0-0" });
  const said = await all.until(/"sequence":3/);
  expect(said).not.toMatch(/p-[0-9a-z]/);
  await all.leave();
});

test("what was heard of another ledger begins anew, and what is no id is refused", async () => {
  const restored = await listen("", { "last-event-id": "900-2" });
  expect(await restored.until(/id: /)).toContain("event: reset\ndata: {}\nid: 3-1\n\n");
  await restored.leave();
  expect((await listen("", { "last-event-id": "x" })).status).toBe(400);
});

test("connections are bounded, and a place is free again when one ends", async () => {
  const own = [await listen(), await listen()];
  expect((await listen()).status).toBe(429);
  const meyer = await installed.as("l.meyer", "read");
  const third = await listen("", meyer);
  const silva = await installed.as("r.silva", "read");
  expect((await listen("", silva)).status).toBe(429);
  for (const item of [...own, third]) await item.leave();
  const again = await listen();
  expect(again.status).toBe(200);
  await again.leave();
});

test("what concerns whoever runs the installation is heard with the scope `admin` alone", async () => {
  const { announcements } = installed.installation.store;
  const admin = await listen("", await installed.as("operator", "read", "admin"));
  const other = await listen("", await installed.as("r.silva", "read"));
  await announcements.add("webhook", { id: "w1", state: "paused", why: "nothing got through" });
  await announcements.add("import", { id: "after" });
  expect(await admin.until(/"after"/)).toContain("event: webhook");
  expect(await other.until(/"after"/)).not.toContain("webhook");
  await Promise.all([admin.leave(), other.leave()]);
});

test("without a token nothing is heard, and a token that is revoked hears no more", async () => {
  expect((await app.request("/api/v1/events")).status).toBe(401);
  expect((await listen("", await installed.as("ana.ruiz", "act"))).status).toBe(403);
  const { store } = installed.installation;
  const one = await listen("", await installed.as("c.dupont", "read"));
  await one.until(/id: /);
  const [newest] = await store.tokens.list(await store.people.pseudonymOf("c.dupont"));
  await store.tokens.revoke(newest!.id);
  expect(await one.end()).toBe(true);
});
