import { trace, type Attributes, type Span, type Tracer } from "@opentelemetry/api";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { actOnCase, installationOver, issueTokenFor, type Installation } from "../../src/app/index.js";
import {
  createLogger,
  createMetrics,
  createServer,
  defaultLimits,
  maskForLog,
  measured,
  type Server,
} from "../../src/server/index.js";
import { openStore } from "../../src/store/index.js";

const now = (): string => "2026-11-22T12:00:00.000Z";
const lines: string[] = [];
const spans: { name: string; attributes: Attributes; ended: boolean }[] = [];
let installation: Installation;
let app: Server;
let token = "";

/** What an SDK would be: it only notes. */
const tracer = {
  startSpan(name: string, options?: { readonly attributes?: Attributes }) {
    const noted: (typeof spans)[number] = { name, attributes: { ...options?.attributes }, ended: false };
    spans.push(noted);
    const span = {
      updateName: (text: string) => ((noted.name = text), span),
      setAttributes: (more: Attributes) => (Object.assign(noted.attributes, more), span),
      setAttribute: () => span,
      setStatus: () => span,
      recordException: () => undefined,
      spanContext: () => ({ traceId: "0".repeat(32), spanId: "0".repeat(16), traceFlags: 0 }),
      isRecording: () => true,
      end: () => (noted.ended = true),
    };
    return span as unknown as Span;
  },
} as unknown as Tracer;

beforeAll(async () => {
  trace.setGlobalTracerProvider({ getTracer: () => tracer });
  const store = await openStore({
    place: { kind: "memory" },
    secret: "a secret of this test alone, long enough",
    now,
  });
  let elapsed = 0;
  const clock = (): number => (elapsed += 11_000);
  const opened = installationOver(store, now, "bin/remit");
  const metrics = createMetrics({ installation: opened, version: "0.0.0-test", elapsed: clock });
  const failing = { ...opened, analyse: () => Promise.reject(new Error("no analysis here")) };
  installation = measured(failing, metrics, clock);
  app = createServer({
    installation,
    newId: randomUUID,
    elapsed: clock,
    log: createLogger({ write: (line) => lines.push(line), now }),
    limits: defaultLimits,
    metrics,
  });
  // As the screens do: whatever no program asks for is theirs.
  app.get("/*", (c) => c.text("a page"));
  token = (await issueTokenFor(installation, "operator", { name: "test", scopes: ["read"] })).secret;
});
afterAll(async () => {
  trace.disable();
  await installation.store.close();
});

const get = (path: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }) =>
  app.request(path, { headers });

test("figures are for whoever holds a token; labels are routes, never ids, names or tokens", async () => {
  expect((await get("/metrics", {})).status).toBe(401);
  await get("/api/v1/cases/R-7K2Q?after=remit_abcdefghijkl");
  await app.request("/api/v1/nonsense/l.meyer", { method: "POST" });
  await app.request("/healthz", { method: "BREW" });
  await expect(installation.analyse({ estate: [], findings: [], now: now() })).rejects.toThrow("no analysis");
  const answer = await get("/metrics");
  expect([answer.status, answer.headers.get("content-type")]).toEqual([
    200,
    expect.stringContaining("text/plain"),
  ]);
  const text = await answer.text();
  expect(text).toContain('remit_http_requests_total{method="GET",route="/api/v1/cases/:id",status="404"} 1');
  expect(text).toMatch(/method="POST",route="\(none\)",status="4\d\d"} 1/);
  expect(text).toContain('remit_build_info{version="0.0.0-test"');
  expect(text).toContain('remit_analysis_duration_seconds_count{result="failed"} 1');
  expect(text).toMatch(/^remit_store_up 1$/m);
  expect(text).toMatch(/^remit_ledger_position 0$/m);
  expect(text).toMatch(/^remit_cases_untaken 0$/m);
  for (const never of ["R-7K2Q", "l.meyer", "remit_abc", "operator", "BREW", token])
    expect(text).not.toContain(never);
});

test("a line per request: what, how long, by which token; never the token itself", async () => {
  lines.length = 0;
  await get("/api/v1/me?secret=remit_abcdefghijkl", {
    authorization: `Bearer ${token}`,
    cookie: "remit=abcdefghij",
  });
  const [line = ""] = lines;
  expect((await get("/api/v1/me")).headers.get("x-remit-time")).toBe(now());
  expect(JSON.parse(line)).toMatchObject({
    level: "info",
    at: now(),
    message: "request",
    method: "GET",
    path: "/api/v1/me",
    status: 200,
    caller: expect.stringMatching(/^token\//) as string,
  });
  expect(line).not.toContain(token);
  expect(line).not.toContain("abcdefghij");
});

test.each([
  ["authorization: Bearer remit_Zm9vYmFyYmF6", "authorization: Bearer ***"],
  ["the token remit_Zm9vYmFyYmF6 is wrong", "the token remit_*** is wrong"],
  ["Set-Cookie: __Host-remit=c2VjcmV0; HttpOnly", "Set-Cookie: ***"],
  ['{"cookie":"remit=c2VjcmV0"}', '{"cookie":"***"}'],
  ["connect postgres://remit:hunter2@db.example/remit", "connect postgres://remit:***@db.example/remit"],
  ["eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl", "***"],
  ["client_secret=s3cr3tvalue", "client_secret=***"],
])("`%s` is logged as `%s`", (text, shown) => expect(maskForLog(text)).toBe(shown));

test("what stands under the name of a secret is hidden, however deep it comes in", () => {
  const written: string[] = [];
  const log = createLogger({ write: (line) => written.push(line), now });
  const fields = {
    request: { headers: { authorization: "opaque-1", cookie: "opaque-2" } },
    password: "opaque-3",
  };
  log({ level: "error", message: "fault", ...fields });
  expect(written.join("")).not.toContain("opaque");
  expect(written).toHaveLength(1);
});

test("a span per request, named by its route, ended whatever happened", async () => {
  spans.length = 0;
  await get("/api/v1/cases/R-7K2Q");
  expect(spans).toMatchObject([
    {
      name: "GET /api/v1/cases/:id",
      ended: true,
      attributes: { "http.route": "/api/v1/cases/:id", "http.response.status_code": 404 },
    },
  ]);
});

test("a span per command and analysis: ids and kinds, the rule that refused, nothing that people wrote", async () => {
  spans.length = 0;
  const command = { kind: "note", text: "what l.meyer wrote" } as const;
  const moved = await actOnCase(installation, { case: "R-7K2Q", person: "l.meyer", command });
  expect(moved.kind).toBe("no-case");
  await expect(installation.analyse({ estate: [], findings: [], now: now() })).rejects.toThrow("no analysis");
  expect(spans).toMatchObject([
    {
      ...{ name: "remit.command", ended: true },
      attributes: { "remit.case": "R-7K2Q", "remit.command": "note", "remit.outcome": "no-case" },
    },
    { name: "remit.analysis", ended: true, attributes: { "remit.documents": 0 } },
  ]);
  expect(JSON.stringify(spans)).not.toContain("l.meyer");
});

test("/readyz names what is not ready, and a figure says that the database is away", async () => {
  expect(await (await get("/readyz", {})).json()).toEqual({ status: "ready", store: "embedded" });
  const metrics = createMetrics({
    installation: {
      ...installation,
      store: { ...installation.store, query: () => Promise.reject(new Error("away")) },
    },
    version: "0",
    elapsed: () => 0,
  });
  const broken = createServer({
    installation: {
      ...installation,
      store: { ...installation.store, ping: () => Promise.reject(new Error("postgres://u:p@db away")) },
    },
    newId: randomUUID,
    elapsed: () => 0,
    log: () => undefined,
    limits: defaultLimits,
    metrics,
  });
  const answer = await broken.request("/readyz");
  expect([answer.status, await answer.json()]).toEqual([
    503,
    {
      status: "not-ready",
      store: "embedded",
      waits: [{ name: "database", missing: "the database does not answer" }],
    },
  ]);
  expect((await broken.request("/healthz")).status).toBe(200);
  const text = await (
    await broken.request("/metrics", { headers: { authorization: `Bearer ${token}` } })
  ).text();
  expect(text).toMatch(/^remit_store_up 0$/m);
  expect(text).not.toMatch(/^remit_ledger_position 0$/m);
});
