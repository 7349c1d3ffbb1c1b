import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type {
  CaseFacets,
  CaseLine,
  DocumentExcerpt,
  Incident,
  Measures,
  MyRemit,
  Summary,
  WhoCanAct,
} from "../../src/api/index.js";
import type { CaseView } from "../../src/app/index.js";
import { installExample, root, type Installed } from "./installed.js";

let installed: Installed;
let reader: Record<string, string>;
beforeAll(async () => {
  installed = await installExample();
  reader = await installed.as("m.okafor", "read", "act", "import", "admin");
}, 200_000);
afterAll(async () => {
  installed.installation.asking.end();
  await installed.end();
});

const ask = (path: string, headers = reader) => installed.app.request(`/api/v1${path}`, { headers });
const get = async <Value>(path: string, headers = reader): Promise<Value> => {
  const answer = await ask(path, headers);
  const body = await answer.text();
  expect([path, answer.status, answer.status === 200 ? "" : body]).toEqual([path, 200, ""]);
  return JSON.parse(body) as Value;
};
let keys = 0;
const act = async (id: string, headers: Record<string, string>, command: object): Promise<void> => {
  const answer = await installed.app.request(`/api/v1/cases/${id}/commands`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "idempotency-key": `screen-data-${String((keys += 1))}`,
      ...headers,
    },
    body: JSON.stringify(command),
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
};
type Page = { readonly items: CaseLine[]; readonly total: number; readonly next?: string };

test("the numbers of the summary reconcile with the list and with each other", async () => {
  const { findings, cases, estate, ...summary } = await get<Summary>("/summary");
  const { passed, muted, manual, stale, notApplicable, rejected, failing } = findings;
  expect(passed + muted + manual + stale + notApplicable + rejected + failing).toBe(findings.rows);
  expect(findings.access + findings.plain).toBe(failing);
  const { total } = await get<Page>("/cases?view=open&limit=1");
  expect(cases.open).toBe(total);
  expect(cases.total).toBe(22);
  expect(summary).toMatchObject({ analysed: true, example: false, catalogueVersion: 1 });
  expect(estate.documents).toBeGreaterThan(0);
});

test("a case is found by its words, and every filter shows as many as its facet counts", async () => {
  const { facets, total, views } = await get<CaseFacets>("/cases/facets");
  expect(total).toBe(22);
  for (const [name, values] of Object.entries(facets)) {
    for (const { value, count } of values) {
      const page = await get<Page>(`/cases?${name}=${encodeURIComponent(value)}`);
      expect([name, value, page.items.length, page.total]).toEqual([name, value, count, count]);
    }
  }
  for (const [view, count] of Object.entries(views))
    expect([view, (await get<Page>(`/cases?view=${view}`)).total]).toEqual([view, count]);
  const found = await get<Page>("/cases?q=r-95y5");
  expect(found.items.map(({ id }) => id)).toEqual(["R-95Y5"]);
  // Beginnings of words, all of them, in any order; nothing in them means anything to the database.
  const [line] = found.items;
  const name = line?.exposed?.name ?? "";
  expect((await get<Page>(`/cases?q=${encodeURIComponent(`${name} 95y`)}`)).total).toBe(1);
  expect((await get<Page>(`/cases?q=${encodeURIComponent("nothing' | !:* has & this")}`)).total).toBe(0);
  const two = await get<Page>(`/cases?words=${encodeURIComponent("yes, from outside|unknown")}`);
  const counted = facets.words.filter(({ value }) => value === "yes, from outside" || value === "unknown");
  expect(two.total).toBe(counted.reduce((sum, { count }) => sum + count, 0));
});

test.each(["severity", "back", "due", "tier", "updated"])(
  "pages sorted by %s hold every case once, in the order of one page",
  async (sort) => {
    const whole = await get<Page>(`/cases?sort=${sort}&limit=100`);
    const ids: string[] = [];
    for (let after: string | undefined; ;) {
      const cursor = after === undefined ? "" : `&after=${encodeURIComponent(after)}`;
      const page: Page = await get<Page>(`/cases?sort=${sort}&limit=5${cursor}`);
      ids.push(...page.items.map(({ id }) => id));
      if (page.next === undefined) break;
      after = page.next;
    }
    expect(ids).toEqual(whole.items.map(({ id }) => id));
    expect(new Set(ids).size).toBe(22);
    const wrong = Buffer.from(JSON.stringify(["x", "y"])).toString("base64url");
    expect((await ask(`/cases?sort=${sort}&after=${wrong}`)).status).toBe(400);
  },
);

test("what waits for somebody and what is theirs stands in their remit, and nobody else's", async () => {
  const [ana, silva, okafor] = [
    await installed.as("ana.ruiz", "read", "act"),
    await installed.as("r.silva", "read", "act"),
    reader,
  ];
  const before = await get<MyRemit>("/remit", okafor);
  const { state } = await get<CaseView>("/cases/R-6K4V", silva);
  const step = state.plan.steps.find(({ phase, requires }) => phase === "revoke" && requires.length > 0);
  await act("R-6K4V", silva, {
    kind: "request",
    asked: { kind: "step", step: step?.id, of: "EMERGENCY_APPROVER" },
    reason: "the trust is open to a whole account",
    until: "2026-11-23T12:00:00Z",
  });
  const asked = await get<MyRemit>("/remit", okafor);
  expect(asked.counts.waiting).toBe(before.counts.waiting + 1);
  const [item] = asked.waiting.filter(({ case: id }) => id === "R-6K4V");
  expect(item).toMatchObject({ kind: "approval", id: "A1", by: "r.silva", own: false });
  expect(item?.what).toBe(step?.title);
  // Who asks does not decide: R58 to R64.
  const own = (await get<MyRemit>("/remit", silva)).waiting.filter(({ case: id }) => id === "R-6K4V");
  expect(own.every((each) => each.own)).toBe(true);
  await act("R-6K4V", okafor, { kind: "approve", approval: "A1" });
  expect((await get<MyRemit>("/remit", okafor)).counts.waiting).toBe(before.counts.waiting);

  await act("R-95Y5", ana, { kind: "claim", track: "contain" });
  const mine = await get<MyRemit>("/remit", ana);
  expect(mine.yours).toContainEqual(
    expect.objectContaining({ case: "R-95Y5", track: "contain", person: "ana.ruiz", state: "taken" }),
  );
  const { counts } = mine;
  expect(counts.waiting + counts.late + counts.today + counts.later + counts.undated).toBe(counts.total);
  expect(mine.as).toMatchObject({ kind: "me", id: "ana.ruiz", known: true });
  const [team = ""] = mine.as.teams;
  expect((await get<MyRemit>(`/remit?as=${team}`, ana)).as).toMatchObject({ kind: "team", id: team });
  expect((await ask("/remit?as=no-such-team")).status).toBe(404);
  expect(JSON.stringify(mine)).not.toMatch(/"p-[0-9a-z-]{8,}"/);
});

test("an incident is live from its declaration on, with who commands it and who can act (R39, R70, R71)", async () => {
  expect((await get<{ items: Incident[] }>("/incidents")).items).toEqual([]);
  await act("R-95Y5", reader, { kind: "declare-incident", reason: "used from outside" });
  const { items } = await get<{ items: Incident[] }>("/incidents");
  expect(items).toMatchObject([{ case: "R-95Y5", declaredBy: "m.okafor" }]);
  expect((await get<Summary>("/summary")).cases.incidents).toBe(1);
  const able = await get<WhoCanAct>("/cases/R-95Y5/who-can-act");
  expect(able.domains.map(({ domain }) => domain)).toEqual(["cloud", "identity", "secrets"]);
  const identity = able.domains.find(({ domain }) => domain === "identity");
  expect(identity?.steps.length).toBeGreaterThan(0);
  for (const { others } of able.domains) {
    const ranks = others.map(({ verdict }) => ["can", "unknown", "cannot"].indexOf(verdict));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  }
  expect((await ask("/cases/R-0000/who-can-act")).status).toBe(404);
});

test("every source that a case cites opens at its place", async () => {
  const { decided } = await get<CaseView>("/cases/R-95Y5");
  const cited = decided.recreation.paths.flatMap(({ hops }) => hops.flatMap(({ evidence }) => evidence));
  expect(cited.length).toBeGreaterThan(3);
  let opened = 0;
  for (const { digest, document, pointer, inner, line } of cited) {
    const query = new URLSearchParams({
      ...(pointer === undefined ? {} : { pointer }),
      ...(inner === undefined ? {} : { inner }),
      ...(line === undefined ? {} : { line: String(line) }),
    });
    const answer = await ask(`/documents/${digest}?${query.toString()}`);
    // What AWS publishes comes with the product and is no document of theirs.
    if (document.startsWith("data/")) continue;
    expect([document, pointer, answer.status]).toEqual([document, pointer, 200]);
    const excerpt = (await answer.json()) as DocumentExcerpt;
    expect(excerpt.path).toBe(document);
    expect(excerpt.lines.some(({ marked }) => marked)).toBe(true);
    if (inner !== undefined) expect(excerpt.inner?.lines.some(({ marked }) => marked)).toBe(true);
    opened += 1;
  }
  expect(opened).toBeGreaterThan(0);
  expect((await ask(`/documents/${"0".repeat(64)}`)).status).toBe(404);
});

test("measures count what the ledger shows; under five cases there is no median (R42)", async () => {
  const measures = await get<Measures>("/measures");
  expect(measures.period).toMatchObject({ opened: 22, closed: 0, recurred: 0 });
  expect(measures.period.contain).toEqual({ n: 0, open: 22, said: 0 });
  expect(measures.cases).toHaveLength(22);
  expect(measures.weeks.reduce((sum, { opened }) => sum + opened, 0)).toBe(22);
  expect((await ask("/measures?from=2027-01-01&to=2026-01-01")).status).toBe(400);
});

test("playbook, report and evidence of a case are there to take away, and the bundle verifies", async () => {
  const playbook = await ask("/cases/R-95Y5/playbook");
  expect(playbook.headers.get("content-type")).toContain("text/markdown");
  expect(await playbook.text()).toContain("R-95Y5");
  const report = await ask("/cases/R-95Y5/report");
  expect(report.headers.get("content-security-policy")).toContain("default-src 'none'");
  const html = await report.text();
  expect(html).toContain("R-95Y5");
  expect(html).not.toContain("<script");
  expect(await (await ask("/cases/R-95Y5/report?as=markdown")).text()).toContain("R-95Y5");
  const bundle = await ask("/cases/R-95Y5/evidence");
  expect(bundle.headers.get("content-type")).toBe("application/x-tar");
  const folder = mkdtempSync(join(tmpdir(), "remit-bundle-"));
  try {
    writeFileSync(join(folder, "bundle.tar"), Buffer.from(await bundle.arrayBuffer()));
    const tar = spawnSync("tar", ["-xf", "bundle.tar"], { cwd: folder, encoding: "utf8" });
    expect([tar.status, tar.stderr]).toEqual([0, ""]);
    const verify = [join(root, "bin/remit"), "evidence", "--verify", "R-95Y5-evidence"];
    const checked = spawnSync(process.execPath, verify, { cwd: folder, encoding: "utf8" });
    expect([checked.status, checked.stderr]).toEqual([0, "exit 0: verified\n"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  expect((await ask("/cases/R-0000/evidence")).status).toBe(404);
}, 300_000);
