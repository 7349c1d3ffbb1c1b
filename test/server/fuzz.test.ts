import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Place } from "../../src/store/index.js";
import { inFolder, sendScenario } from "../scenarios/over-http.js";
import { readScenario } from "../scenarios/scenario.js";
import { runs } from "../settings.js";
import { startPostgres, type PostgresServer } from "../store/postgres-server.js";
import { reuse, type Fresh, type Reused } from "./clean-installation.js";
import { requestsOf, type Ground, type Sent } from "./hostile.js";
import { expectSound } from "./soundness.js";
import { describeApi, type Description } from "./openapi.js";
import { wellMeant, type Things } from "./well-meant.js";

const scenario = readScenario(join(import.meta.dirname, "../scenarios/s09-served-key.yaml"));

/** Ids of what is there, so that addresses and questions are about something. */
async function thingsOf({ app, as }: Fresh): Promise<Omit<Things, "case" | "catalogue" | "estate">> {
  const headers = { ...(await as("operator", "read", "admin")), "content-type": "application/json" };
  const get = async (path: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    const answer = await app.request(`/api/v1${path}`, { headers });
    return ((await answer.json()) as { items: Record<string, unknown>[] }).items;
  };
  const hook = { url: "https://hooks.example.com/remit" };
  await app.request("/api/v1/webhooks", { method: "POST", headers, body: JSON.stringify(hook) });
  const [finding] = await get("/findings");
  const [snapshot] = await get("/snapshots");
  const [webhook] = await get("/webhooks");
  const [taken] = await get("/imports");
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  const of = (name: string): string => text(finding?.[name]);
  return {
    ...{ fingerprint: of("fingerprint"), resource: of("resource"), weakness: of("weakness") },
    ...{ digest: of("digest"), import: text(taken?.["id"]) },
    ...{ snapshot: text(snapshot?.["id"]), webhook: text(webhook?.["id"]) },
  };
}

describe.each(["memory", "postgres"] as const)("requests that nobody meant (%s)", (kind) => {
  let server: PostgresServer | undefined;
  let reused: Reused;
  let fresh: Fresh;
  let api: Description;
  let ground: Ground;
  let things: Things;
  beforeAll(async () => {
    if (kind === "postgres") server = await startPostgres();
    const place: Place =
      server === undefined ? { kind: "memory" } : { kind: "postgres", url: await server.database() };
    reused = await reuse(place);
    fresh = await reused.fresh(new Date(scenario.now).toISOString());
    const { files, leave } = inFolder(scenario);
    const { opened } = await sendScenario(fresh, files);
    const [estate = "", catalogue = ""] = [files.estate, files.catalogue].map((path) =>
      readFileSync(path, "utf8"),
    );
    leave();
    api = await describeApi(fresh.app);
    const scopes = ["read", "act", "import", "admin"] as const;
    things = { ...(await thingsOf(fresh)), case: opened[0] ?? "", catalogue, estate };
    const found = [things.snapshot, things.webhook, things.fingerprint, things.resource, things.weakness];
    ground = {
      resolve: api.resolve,
      known: [
        ...opened,
        "ana.ruiz",
        "m.okafor",
        "contain",
        "A1",
        "O1",
        '"1"',
        '"2"',
        ...found,
        things.digest,
      ],
      samples: [estate, catalogue],
      callers: [
        await fresh.as("ana.ruiz", ...scopes),
        await fresh.as("m.okafor", ...scopes),
        await fresh.as("nobody.known", ...scopes),
        await fresh.as("ana.ruiz", "read"),
        {},
        { authorization: "Bearer remit_0000000000000000000000000000000000000000000" },
        { authorization: "Basic YTpi" },
      ],
    };
  });
  afterAll(async () => {
    await reused.close();
    await server?.remove();
  });

  const send = async ({ path, method, headers, body }: Sent): Promise<Response> =>
    fresh.app.request(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });

  test("no address answers with a fault of the server, and every answer is one that is declared", async () => {
    expect(api.operations.length).toBeGreaterThan(10);
    const met = new Map<string, Set<number>>();
    const wrong: string[] = [];
    for (const operation of api.operations) {
      const name = `${operation.method} ${operation.path}`;
      const property = fc.asyncProperty(requestsOf(operation, ground), async (sent) => {
        const before = fresh.log.length;
        const answer = await send(sent);
        const said = fresh.log.slice(before).filter(({ level }) => level === "error");
        expect(said, name).toEqual([]);
        expect(answer.status, name).toBeLessThan(500);
        // A method that is not this operation's is another one's, or nobody's.
        if (sent.method !== operation.method) return;
        met.set(name, new Set([...(met.get(name) ?? []), answer.status]));
        expect(await api.faultsOf(operation, answer), `${name} ${String(answer.status)}`).toEqual([]);
      });
      const meant = wellMeant(operation, things, ground.callers[0] ?? {});
      const checked = await fc.check(property, { numRuns: runs.requests, examples: [[meant]] });
      if (checked.failed)
        wrong.push(
          `${JSON.stringify(checked.counterexample)}\n${String(checked.errorInstance).slice(0, 1000)}`,
        );
    }
    expect(wrong.join("\n\n")).toBe("");
    // Requests that are all turned away at the door would prove nothing of what lies behind it.
    const behind = [...met].filter(([, statuses]) => [...statuses].some((status) => status < 400));
    expect(behind.length / met.size).toBeGreaterThan(0.6);
  }, 3_600_000);

  test("what came of it is whole: the ledger holds, the cases can be read, no secret is in the log", async () => {
    expect(await expectSound(reused.store)).toBeGreaterThan(0);
    expect(JSON.stringify(fresh.log)).not.toMatch(/remit_[0-9A-Za-z]{20}/);
  });
});
