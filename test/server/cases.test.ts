import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaseView } from "../../src/app/index.js";
import type { Problem } from "../../src/api/index.js";
import { installExample, type Installed } from "./installed.js";

let installed: Installed;
beforeAll(async () => {
  installed = await installExample();
}, 200_000);
afterAll(() => installed.end());

type Headers = Readonly<Record<string, string>>;
const get = async (path: string, headers: Headers = {}) =>
  installed.app.request(`/api/v1${path}`, { headers });

let keys = 0;
const act = async (id: string, headers: Headers, command: object, more: Headers = {}) =>
  installed.app.request(`/api/v1/cases/${id}/commands`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "idempotency-key": `key-number-${String((keys += 1))}`,
      ...headers,
      ...more,
    },
    body: JSON.stringify(command),
  });
const told = async (answer: Response) => {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  return (await answer.json()) as Problem;
};
const caseOf = async (answer: Response) => ((await answer.json()) as { readonly case: CaseView }).case;

test("every root cause of the example is a case, open, with what the analysis decided", async () => {
  const answer = await get("/cases", await installed.as("ana.ruiz", "read"));
  expect(answer.status).toBe(200);
  const { items } = (await answer.json()) as { readonly items: readonly Record<string, unknown>[] };
  expect(items).toHaveLength(22);
  const leaked = items.find(({ id }) => id === "R-95Y5");
  expect(leaked).toMatchObject({
    status: "open",
    words: "yes, from outside",
    lead: "SECRETS",
    contain: "REVOKER",
  });
});

test("without a token nothing is shown, and a token does only what its scopes say", async () => {
  expect((await told(await get("/cases"))).type).toBe("/problems/not-signed-in");
  expect((await get("/cases", { authorization: "Bearer remit_madeup" })).status).toBe(401);
  const reader = await installed.as("ana.ruiz", "read");
  const refused = await act("R-95Y5", reader, { kind: "claim", track: "contain" });
  expect(refused.status).toBe(403);
});

test("who asks does not approve (R58 to R64), and the refusal names the rule and who can", async () => {
  const [silva, okafor] = [
    await installed.as("r.silva", "read", "act"),
    await installed.as("m.okafor", "act"),
  ];
  const first = await get("/cases/R-6K4V", silva);
  const { decided, state } = (await first.json()) as CaseView;
  const step = state.plan.steps.find(({ phase, requires }) => phase === "revoke" && requires.length > 0);
  expect(decided.containment.some(({ requires }) => requires.includes("EMERGENCY_APPROVER"))).toBe(true);
  const asked = await act("R-6K4V", silva, {
    kind: "request",
    asked: { kind: "step", step: step?.id, of: "EMERGENCY_APPROVER" },
    reason: "the trust is open to a whole account",
    until: "2026-11-23T12:00:00Z",
  });
  expect(asked.status).toBe(200);
  const own = await act("R-6K4V", silva, { kind: "approve", approval: "A1" });
  expect(own.status).toBe(409);
  const problem = await told(own);
  expect(problem).toMatchObject({ rule: "requester-not-approver" });
  expect(problem.people).toContain("m.okafor");
  expect((await act("R-6K4V", okafor, { kind: "approve", approval: "A1" })).status).toBe(200);
});

test("a case is not closed before a snapshot proves it (R36, R40)", async () => {
  const ana = await installed.as("ana.ruiz", "act");
  const problem = await told(await act("R-6K4V", ana, { kind: "close", reason: "we think it is done" }));
  expect(problem).toMatchObject({ status: 409, rule: "proof-to-close" });
});

test("the same Idempotency-Key is carried out once; two writers on one case: one is told", async () => {
  const meyer = await installed.as("l.meyer", "read", "act");
  const seen = (await get("/cases/R-CRFF", meyer)).headers.get("etag") ?? "";
  const key = { "idempotency-key": "note-once-1", "if-match": seen };
  const note = { kind: "note", text: "asked the team" };
  const first = await caseOf(await act("R-CRFF", meyer, note, key));
  const again = await caseOf(await act("R-CRFF", meyer, note, key));
  expect(again.state.sequence).toBe(first.state.sequence);
  const other = await act("R-CRFF", meyer, { kind: "note", text: "something else" }, key);
  expect((await told(other)).type).toBe("/problems/other-request");
  const late = await act("R-CRFF", meyer, { kind: "note", text: "from an old page" }, { "if-match": seen });
  expect(late.status).toBe(412);
  // Both versions, and what came between.
  const current = (await get("/cases/R-CRFF", meyer)).headers.get("etag");
  const { conflict } = (await late.json()) as { conflict: { events: object[] } };
  expect(conflict).toMatchObject({ seen, current });
  expect(conflict.events).toMatchObject([{ kind: "noted", by: "l.meyer" }]);
  expect(Object.keys(conflict.events[0] ?? {}).sort()).toEqual(["at", "by", "kind", "sequence"]);
});

test("who is nobody in the catalogue is told so, and not that they have left", async () => {
  const operator = await installed.as("operator", "act", "admin");
  const stranger = await told(await act("R-6K4V", operator, { kind: "note", text: "x" }));
  expect(stranger).toMatchObject({
    ...{ status: 409, rule: "active-person" },
    detail: "the catalogue in force does not name you: moves are made by people whom it names",
  });
});

test("the ledger names nobody, and the answer names people as the catalogue does", async () => {
  const meyer = await installed.as("l.meyer", "read", "act");
  const answer = await act("R-G01T", meyer, { kind: "note", text: "seen" });
  expect(JSON.stringify(await answer.json())).toContain('"person":"l.meyer"');
  const stored = await installed.installation.store.ledger.stream("R-G01T");
  expect(stored.map(({ body }) => body).join("\n")).not.toContain("l.meyer");
  const { store } = installed.installation;
  expect((await store.catalogues.current())?.storedBy).toMatch(/^p-/);
  const keys = await store.query<{ key: string }>("select key from commands", []);
  expect(JSON.stringify(keys)).not.toContain("l.meyer");
});

test("what cannot be understood is told with its place, and no secret is in the log", async () => {
  const meyer = await installed.as("l.meyer", "act");
  const problem = await told(await act("R-G01T", meyer, { kind: "fly" }));
  expect(problem).toMatchObject({ type: "/problems/bad-request", status: 400 });
  expect(problem.detail).toContain("`kind`");
  const broken = await installed.app.request("/api/v1/cases/R-G01T/commands", {
    method: "POST",
    headers: { ...meyer, "content-type": "application/json", "idempotency-key": "broken-one" },
    body: "{",
  });
  expect(broken.status).toBe(400);
  expect(installed.logged.join("\n")).not.toContain("remit_");
  expect(installed.logged.join("\n")).not.toContain('"level":"error"');
});

test("a body beyond its limit is refused before it is read", async () => {
  const meyer = await installed.as("l.meyer", "act");
  const note = { kind: "note", text: "x".repeat(1_100_000) };
  expect((await told(await act("R-G01T", meyer, note))).type).toBe("/problems/too-large");
});
