import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Diff, FindingLine, FindingsSummary, Problem } from "../../src/api/index.js";
import { latestAnalysis, openRoutes, reanalyse, routeActions, takeInCatalogue } from "../../src/app/index.js";
import { createServer, defaultLimits, withRouteTable, type Server } from "../../src/server/index.js";
import { answers, callers, table, wholeEstate, type CallerName, type Row } from "./authorization-table.js";
import { installExample, root, type Installed } from "./installed.js";

let installed: Installed;
let app: Server;
/** Their headers. */
const as = new Map<CallerName, Record<string, string>>();
/** Claire Dupont answers for the workload of the first, and for nothing that the second is about. */
const [own, other] = ["R-S40J", "R-6K4V"];

const catalogueWith = async (expected: number, change: (text: string) => string): Promise<void> => {
  const bytes = Buffer.from(change(readFileSync(join(root, "examples/remit.yaml"), "utf8")));
  const taken = await takeInCatalogue(installed.installation, { bytes, expected, by: "operator", note: "" });
  expect(taken.kind).toBe("stored");
};
/** A team of auditors, and somebody who answers for nothing. */
const withMore = (text: string): string =>
  text
    .replace(
      "\nteams:\n",
      "\n  - { id: a.udit, name: Ada Udit }\n  - { id: n.ewman, name: Nia Ewman }\n\nteams:\n",
    )
    .replace(
      "\nteams:\n",
      '\nteams:\n  - { id: auditors, roles: [SEC_ENG], scope: "aws:000000000000", head: a.udit }\n',
    );

beforeAll(async () => {
  installed = await installExample();
  const leaver = await installed.as("p.holm", "read", "act", "import", "admin");
  await catalogueWith(1, withMore);
  const all = ["read", "act", "import"] as const;
  const tokens: Record<Exclude<CallerName, "nobody">, Record<string, string>> = {
    leaver,
    member: await installed.as("c.dupont", ...all),
    "member, read only": await installed.as("c.dupont", "read"),
    "member, act only": await installed.as("c.dupont", "act"),
    "member, import only": await installed.as("c.dupont", "import"),
    "member, admin only": await installed.as("c.dupont", "admin"),
    stranger: await installed.as("n.ewman", ...all),
    "security operations": await installed.as("s.kaya", ...all),
    auditor: await installed.as("a.udit", ...all),
    operator: await installed.as("operator", ...all, "admin"),
  };
  for (const caller of callers) as.set(caller, caller === "nobody" ? {} : tokens[caller]);
  // What is behind the door is tested elsewhere: questions to the estate take seconds.
  const nothing = Promise.resolve({ kind: "nothing-readable" } as const);
  app = createServer({
    installation: {
      ...installed.installation,
      asking: {
        ...installed.installation.asking,
        ask: () => nothing,
        warm: () => Promise.resolve(false),
      },
    },
    newId: () => "request",
    elapsed: (() => {
      let at = 0;
      return () => (at += 1000);
    })(),
    log: () => undefined,
    limits: { ...defaultLimits, events: { ...defaultLimits.events, each: 1000, all: 1000 } },
  });
}, 400_000);
afterAll(() => installed.end());

interface Route {
  readonly id: string;
  readonly method: string;
  readonly path: string;
}

const routesOf = (server: Server): readonly Route[] =>
  server.openAPIRegistry.definitions.flatMap((item) =>
    item.type === "route"
      ? [{ id: item.route.operationId ?? "", method: item.route.method.toUpperCase(), path: item.route.path }]
      : [],
  );

/** A request that no route carries out: it is let through, and then found wanting. */
async function ask({ method, path }: Route, caller: CallerName, id: string): Promise<Response> {
  const address = path
    .replace("/cases/{id}", `/cases/${id}`)
    .replace("{digest}", "0".repeat(64))
    .replace(/\{\w+\}/g, "0");
  const answer = await app.request(address, {
    method,
    headers: {
      ...as.get(caller),
      ...(method === "GET" || method === "DELETE" ? {} : { "content-type": "application/json" }),
    },
    ...(method === "GET" || method === "DELETE" ? {} : { body: "[]" }),
  });
  return answer;
}

test("every route has a row in the table and one in the policies, and no row is left over", () => {
  const ids = routesOf(app).map(({ id }) => id);
  expect(ids.filter((id) => table[id] === undefined)).toEqual([]);
  expect(ids.filter((id) => routeActions[id] === undefined && !openRoutes.has(id))).toEqual([]);
  for (const id of openRoutes) if (ids.includes(id)) expect(["open", "everybody"]).toContain(table[id]);
  for (const { id, path } of routesOf(app))
    if (path.includes("/cases/{id}"))
      expect([id, table[id]]).toEqual([id, expect.stringContaining("the case")]);
  for (const [id, { estate }] of Object.entries(routeActions))
    expect([id, table[id]?.endsWith("the estate") === true]).toEqual([id, estate !== undefined]);
});

test("docs/api.md names every route, who is answered, and what: `node scripts/routes.mjs` fills it", () => {
  const page = readFileSync(join(root, "docs/api.md"), "utf8");
  const routes = app.openAPIRegistry.definitions.flatMap((item) =>
    item.type === "route" ? [{ ...item.route, operationId: item.route.operationId ?? "" }] : [],
  );
  expect(page).toBe(withRouteTable(page, routes));
  for (const { path } of routes) expect(page).toContain(`${path}\``);
});

describe("every route × role × ownership (issue 6, done when 5)", () => {
  test.each(callers)(
    "%s",
    async (caller) => {
      for (const route of routesOf(app)) {
        const row: Row = answers[table[route.id] ?? "look"];
        const expected = row[caller];
        for (const [at, id] of [own, other].entries()) {
          if (id === undefined || (at > 0 && !route.path.includes("/cases/{id}"))) continue;
          const status = typeof expected === "number" ? expected : expected[at];
          const answer = await ask(route, caller, id);
          const problem = answer.ok ? undefined : ((await answer.clone().json()) as Problem);
          await answer.body?.cancel();
          const told = `${caller}: ${route.method} ${route.path} of ${id}: ${String(answer.status)} ${problem?.detail ?? ""}`;
          if (status !== 0) expect(answer.status, told).toBe(status);
          // Without a browser there is no session to show or end.
          else if (route.id === "getSession" || route.id === "signOut") expect(answer.status, told).toBe(401);
          else {
            expect([401, 403], told).not.toContain(answer.status);
            if (answer.status === 404) expect(problem?.detail, told).not.toContain("no case");
          }
        }
      }
    },
    400_000,
  );
});

describe("what was reported and read about what another team owns", () => {
  const get = async <Value>(path: string, caller: CallerName): Promise<Value & { narrowed?: true }> => {
    const answer = await app.request(`/api/v1${path}`, { headers: as.get(caller) ?? {} });
    expect([path, caller, answer.status]).toEqual([path, caller, 200]);
    return (await answer.json()) as Value & { narrowed?: true };
  };
  const findings = (caller: CallerName) =>
    get<{ items: FindingLine[]; total: number }>("/findings?limit=1000", caller);
  const casesOf = async (): Promise<readonly { id: string; exposures: readonly object[] }[]> =>
    (await latestAnalysis(installed.installation))?.cases ?? [];
  const seen = async (caller: CallerName): Promise<readonly string[]> => {
    const { items } = await get<{ items: { id: string }[] }>("/cases?view=all&limit=1000", caller);
    return items.map(({ id }) => id);
  };

  test.each(Object.entries(wholeEstate))("%s: about everything: %s", async (name, whole) => {
    const caller = name as CallerName;
    if (answers["look at the estate"][caller] !== 0) return;
    for (const path of [
      "/findings?limit=1",
      "/findings/summary",
      "/readiness/trend",
      "/search?q=a&kind=team",
    ])
      expect([path, (await get<object>(path, caller)).narrowed]).toEqual([path, whole ? undefined : true]);
  });

  test("is neither listed, counted nor told: findings follow the cases in sight", async () => {
    const everything = await findings("operator");
    expect((await findings("security operations")).items).toEqual(everything.items);
    const mine = await findings("member");
    const ids = await seen("member");
    expect(mine.items.length).toBeGreaterThan(0);
    expect(mine.total).toBe(mine.items.length);
    expect(mine.items).toEqual(everything.items.filter((item) => ids.includes(item.case ?? "")));
    const summary = await get<FindingsSummary>("/findings/summary", "member");
    expect(summary.total).toBe(mine.total);
    expect(summary.tools.reduce((sum, { count }) => sum + count, 0)).toBe(mine.total);
    expect(await findings("stranger")).toEqual({ items: [], total: 0, narrowed: true });
    const others = everything.items.find((item) => item.case !== undefined && !ids.includes(item.case));
    for (const [finding, status] of [
      [mine.items[0], 200],
      [others, 404],
    ] as const) {
      const path = `/api/v1/findings/${finding?.fingerprint ?? ""}/events`;
      expect((await app.request(path, { headers: as.get("member") ?? {} })).status).toBe(status);
    }
  });

  test("of one case: what tools report of its exposures, and nothing of a case that is not in sight", async () => {
    const of = (id: string, caller: CallerName) =>
      get<{ items: FindingLine[]; total: number }>(`/findings?case=${id}`, caller);
    const everything = (await findings("operator")).items;
    const ids = await seen("member");
    const cases = [...new Set(everything.flatMap((item) => item.case ?? []))];
    const [own, strange] = [true, false].map((mine) => cases.find((id) => ids.includes(id) === mine) ?? "");
    expect(own === "" || strange === "").toBe(false);
    const reported = (id = "") => everything.filter((item) => item.case === id);
    expect((await of(own ?? "", "member")).items).toEqual(reported(own));
    expect((await of(strange ?? "", "operator")).items).toEqual(reported(strange));
    expect(await of(strange ?? "", "member")).toEqual({ items: [], total: 0, narrowed: true });
    expect(await of("R-0000", "operator")).toEqual({ items: [], total: 0 });
  });

  test("a source opens where a case in sight cites it, and nowhere else in the same document", async () => {
    const cited = (value: unknown): { digest: string; pointer: string }[] =>
      typeof value !== "object" || value === null
        ? []
        : "digest" in value && "pointer" in value && "document" in value
          ? [value as { digest: string; pointer: string }]
          : Object.values(value).flatMap(cited);
    const ids = await seen("member");
    const all = await casesOf();
    const own = all.filter(({ id }) => ids.includes(id)).flatMap(cited);
    const key = ({ digest, pointer }: { digest: string; pointer: string }) => `${digest}${pointer}`;
    const within = new Set(own.map(key));
    const strange = all.flatMap(cited).filter((place) => !within.has(key(place)));
    expect([own.length, strange.length].every((length) => length > 0)).toBe(true);
    const open = async ({ digest, pointer }: { digest: string; pointer: string }, caller: CallerName) =>
      (
        await app.request(`/api/v1/documents/${digest}?pointer=${encodeURIComponent(pointer)}`, {
          headers: as.get(caller) ?? {},
        })
      ).status;
    const [first, other_] = [
      own[0]!,
      strange.find(({ digest }) => own.some((one) => one.digest === digest))!,
    ];
    expect([await open(first, "member"), await open(first, "stranger")]).toEqual([200, 404]);
    expect([await open(other_, "member"), await open(other_, "auditor")]).toEqual([404, 200]);
    expect(await open({ digest: first.digest, pointer: "" }, "member")).toBe(404);
  });

  test("a comparison names the cases in sight, and of the rest not how many there are", async () => {
    const { items } = await get<{ items: { id: string }[] }>("/snapshots", "member");
    const path = `/compare?from=${items[0]?.id ?? ""}`;
    const [whole, mine] = [await get<Diff>(path, "auditor"), await get<Diff>(path, "member")];
    const ids = await seen("member");
    expect(whole.cases.same).toBe((await casesOf()).length);
    expect(mine.cases.same).toBe((await casesOf()).filter(({ id }) => ids.includes(id)).length);
    expect(mine).toMatchObject({ narrowed: true, documents: { new: [] }, unknowns: { new: [] } });
  });
});

describe("what another team owns", () => {
  const listed = async (
    caller: CallerName,
    query = "",
  ): Promise<{ ids: readonly string[]; total: number }> => {
    const answer = await app.request(`/api/v1/cases${query}`, { headers: as.get(caller) ?? {} });
    const page = (await answer.json()) as { items: { id: string }[]; total: number };
    return { ids: page.items.map(({ id }) => id), total: page.total };
  };

  test("is neither listed nor counted, page by page", async () => {
    const everything = await listed("operator");
    expect(everything.total).toBe(22);
    expect((await listed("security operations")).ids).toEqual(everything.ids);
    expect((await listed("auditor")).ids).toEqual(everything.ids);
    const mine = await listed("member");
    expect(mine.ids).toContain(own);
    expect(mine.ids).not.toContain(other);
    expect(mine.total).toBe(mine.ids.length);
    expect(mine.total).toBeLessThan(22);
    expect((await listed("member", "?limit=2")).ids).toEqual(mine.ids.slice(0, 2));
    expect(await listed("stranger")).toEqual({ ids: [], total: 0 });
    const facets = await app.request("/api/v1/cases/facets", { headers: as.get("stranger") ?? {} });
    expect(JSON.stringify(await facets.json())).not.toMatch(/"(count|total|open)":[1-9]/);
  });

  test("is the same by its address as in the list, for everybody of the catalogue", async () => {
    for (const person of ["c.dupont", "j.ortiz", "n.haddad", "p.novak", "t.berg"]) {
      const headers = await installed.as(person, "read");
      const answer = await app.request("/api/v1/cases?view=all", { headers });
      const { items } = (await answer.json()) as { items: { id: string }[] };
      for (const id of (await listed("operator", "?view=all")).ids) {
        const { status } = await app.request(`/api/v1/cases/${id}/events`, { headers });
        expect([person, id, status]).toEqual([person, id, items.some((item) => item.id === id) ? 200 : 404]);
      }
    }
  });

  test("is seen by who is brought into it: the manager of the third party", async () => {
    const [novak, ewman] = [await installed.as("p.novak", "read"), await installed.as("n.ewman", "read")];
    expect((await app.request(`/api/v1/cases/${other}`, { headers: novak })).status).toBe(200);
    expect((await app.request(`/api/v1/cases/${other}`, { headers: ewman })).status).toBe(404);
  });

  test("comes into sight with the catalogue: a workload of one's own, from the next analysis on", async () => {
    const ewman = await installed.as("n.ewman", "read");
    const see = async (id: string) => (await app.request(`/api/v1/cases/${id}`, { headers: ewman })).status;
    expect(await see(own)).toBe(404);
    await catalogueWith(2, (text) =>
      withMore(text).replace(
        "\nworkloads:\n",
        '\nworkloads:\n  - { id: mine, match: { resources: ["*"], principals: [], repositories: [] }, facts: {}, planes: { build: { owner: n.ewman } } }\n',
      ),
    );
    await reanalyse(installed.installation);
    expect(await see(own)).toBe(200);
    await catalogueWith(3, withMore);
    expect(await see(own)).toBe(404);
  });
});

test("who opened which proof is kept by pseudonym, before it is shown, and read by administrators alone", async () => {
  const { store } = installed.installation;
  const headers = await installed.as("r.silva", "read");
  await app.request("/api/v1/cases/R-CRFF", { headers });
  await app.request("/api/v1/cases/R-CRFF", { headers });
  await app.request("/api/v1/cases/R-ZZZZ", { headers });
  const stored = JSON.stringify(await store.query("select * from reads"));
  expect(stored).not.toContain("r.silva");
  const answer = await app.request("/api/v1/reads?person=r.silva", { headers: as.get("operator") ?? {} });
  const { items } = (await answer.json()) as { items: Record<string, string>[] };
  expect(items.map(({ person, action, subject }) => [person, action, subject])).toEqual([
    ["r.silva", "getCase", "R-CRFF"],
  ]);
});
