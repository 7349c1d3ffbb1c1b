import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type {
  CatalogueCheck,
  FindingLine,
  FindingsSummary,
  ImportDetail,
  ImportLine,
  Suggestion,
} from "../../src/api/index.js";
import { analyseWhatCame } from "../../src/app/index.js";
import { installExample, root, type Installed } from "./installed.js";

let installed: Installed;
let admin: Record<string, string>;
beforeAll(async () => {
  installed = await installExample();
  admin = await installed.as("m.okafor", "read", "import", "admin");
}, 300_000);
afterAll(async () => {
  installed.installation.asking.end();
  await installed.end();
});

const ask = (
  path: string,
  init: { method?: string; body?: FormData | string; headers?: Record<string, string> } = {},
) => installed.app.request(`/api/v1${path}`, { ...init, headers: { ...admin, ...init.headers } });
const get = async <Value>(path: string): Promise<Value> => {
  const answer = await ask(path);
  const body = await answer.text();
  expect([path, answer.status, answer.status === 200 ? "" : body]).toEqual([path, 200, ""]);
  return JSON.parse(body) as Value;
};

test("the first import says what every file was read as, and its rows reconcile", async () => {
  const { items } = await get<{ items: ImportLine[] }>("/imports");
  expect(items).toHaveLength(1);
  const [line] = items;
  const view = await get<ImportDetail>(`/imports/${line?.id ?? ""}`);
  expect(view.documents).toBe(view.files.length);
  expect(view.read + view.inPart + view.rejected).toBe(view.documents);
  const { counts } = view;
  expect(counts?.rows).toBe(view.rows);
  expect(counts?.rows).toBe(
    [counts?.passed, counts?.muted, counts?.manual, counts?.stale, counts?.notApplicable, counts?.rejected]
      .concat(counts?.failing)
      .reduce<number>((sum, count) => sum + (count ?? 0), 0),
  );
  expect((counts?.access ?? 0) + (counts?.plain ?? 0)).toBe(counts?.failing);
  expect(view.cases.opened).toHaveLength(22);
  expect(view.new).toBeGreaterThan(0);
  const { total } = await get<{ total: number }>("/findings?limit=1");
  expect(total).toBe(view.new);
  expect((await ask("/imports/none")).status).toBe(404);
});

test("findings are listed, counted and found by their words, and lead to their case", async () => {
  const summary = await get<FindingsSummary>("/findings/summary");
  const page = await get<{ items: FindingLine[]; total: number }>("/findings?limit=1000");
  expect(page.total).toBe(summary.total);
  expect(page.items).toHaveLength(summary.total);
  for (const { value, count } of summary.states)
    expect((await get<{ total: number }>(`/findings?state=${value}&limit=1`)).total).toBe(count);
  for (const { value, count } of summary.tools)
    expect((await get<{ total: number }>(`/findings?tool=${encodeURIComponent(value)}&limit=1`)).total).toBe(
      count,
    );
  const [bucket] = page.items.filter(({ resource }) => resource.startsWith("arn:aws:s3:::"));
  const name = bucket?.resource.replace("arn:aws:s3:::", "") ?? "";
  const found = await get<{ items: FindingLine[] }>(`/findings?q=${encodeURIComponent(name)}`);
  expect(found.items.map(({ fingerprint }) => fingerprint)).toContain(bucket?.fingerprint);
  expect(page.items.some((item) => item.case !== undefined)).toBe(true);
  const events = await get<{ items: { kind: string }[] }>(`/findings/${bucket?.fingerprint ?? ""}/events`);
  expect(events.items.map(({ kind }) => kind)).toContain("opened");
});

test("the same findings again change nothing and are said to be the same; what cannot be read is named", async () => {
  const before = await get<FindingsSummary>("/findings/summary");
  installed.setTime("2026-11-22T13:00:00.000Z");
  const form = new FormData();
  const { items } = await get<{ items: ImportLine[] }>("/imports");
  const first = await get<ImportDetail>(`/imports/${items[0]?.id ?? ""}`);
  const findings = first.files.find(({ role }) => role === "findings");
  const bytes = await installed.installation.store.documents.bytes(findings?.digest ?? "");
  form.append("findings", new File([new Uint8Array(bytes)], "again.json"));
  form.append("estate", new File(["this is nothing"], "broken.json"));
  const answer = await ask("/imports", {
    method: "POST",
    body: form,
    headers: { "idempotency-key": "again-1234" },
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
  const all = await get<{ items: ImportLine[] }>("/imports");
  expect(all.items).toHaveLength(2);
  expect(all.items[0]).toMatchObject({ by: "m.okafor", documents: 2, rejected: 1, new: 0, rows: 0 });
  const view = await get<ImportDetail>(`/imports/${all.items[0]?.id ?? ""}`);
  expect(view.files.find(({ path }) => path === "again.json")?.state).toBe("same as before");
  const broken = view.files.find(({ path }) => path === "broken.json");
  expect(broken?.state).toBe("rejected");
  expect(broken?.rejections.length).toBeGreaterThan(0);
  expect(await get<FindingsSummary>("/findings/summary")).toEqual(before);
}, 300_000);

test("an import that is not waited for is stored, goes on, and tells how far it is and what it changed", async () => {
  installed.setTime("2026-11-22T14:00:00.000Z");
  const form = new FormData();
  form.append("estate", new File(["this is nothing either"], "broken.json"));
  const before = await installed.installation.store.announcements.head();
  const answer = await ask("/imports", { method: "POST", body: form, headers: { prefer: "respond-async" } });
  expect(answer.status, await answer.clone().text()).toBe(202);
  expect(answer.headers.get("preference-applied")).toBe("respond-async");
  const { id, documents, bytes } = (await answer.json()) as { id: string; documents: number; bytes: number };
  expect({ documents, bytes }).toEqual({ documents: 1, bytes: 22 });
  expect(answer.headers.get("location")).toBe(`/api/v1/imports/${id}`);
  const states = new Set<string>();
  let view = await get<ImportDetail>(`/imports/${id}`);
  for (; view.state !== "done" && view.state !== "failed"; view = await get(`/imports/${id}`)) {
    states.add(view.state);
    expect(view).toMatchObject({ documents: 1, files: [], by: "m.okafor" });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect([...states].filter((state) => state !== "waiting" && state !== "running")).toEqual([]);
  expect(view).toMatchObject({ state: "done", documents: 1, rejected: 1, bytes: 22 });
  expect(view.result).toMatchObject({ id, documents: 1, opened: [] });
  expect((await get<ImportDetail>(`/imports/${view.analysis ?? ""}`)).files).toEqual(view.files);
  const told = await installed.installation.store.announcements.after(before);
  expect(told.filter(({ kind }) => kind === "progress").at(-1)?.body).toBe(
    JSON.stringify({ id, state: "done" }),
  );
}, 300_000);

test("what a process left behind is taken up again, by whoever works on imports next", async () => {
  const { store } = installed.installation;
  installed.setTime("2026-11-22T14:30:00.000Z");
  const { digest } = await store.documents.put(Buffer.from("nor is this"));
  const at = installed.installation.now();
  await store.snapshots.add({
    kind: "estate",
    scope: "*",
    takenAt: at,
    documents: [{ path: "left.json", digest }],
  });
  await store.uploads.add({ id: "left-behind", at, documents: 1, bytes: 11 });
  expect(await store.uploads.claim("a process that ended")).toEqual(["left-behind"]);
  expect((await get<ImportDetail>("/imports/left-behind")).state).toBe("running");
  await analyseWhatCame(installed.installation);
  expect(await get<ImportDetail>("/imports/left-behind")).toMatchObject({ state: "done", rejected: 1 });
  const { items } = await get<{ items: ImportLine[] }>("/imports");
  await analyseWhatCame(installed.installation);
  expect((await get<{ items: ImportLine[] }>("/imports")).items).toEqual(items);
}, 300_000);

test("a catalogue is checked without being stored: its faults with their line, its effect on cases and duties", async () => {
  const stored = readFileSync(join(root, "examples/remit.yaml"), "utf8");
  const check = async (yaml: string, query = ""): Promise<CatalogueCheck> => {
    const answer = await ask(`/catalogue/check${query}`, {
      method: "POST",
      body: yaml,
      headers: { "content-type": "application/yaml", "idempotency-key": "check-12345" },
    });
    expect(answer.status, await answer.clone().text()).toBe(200);
    return (await answer.json()) as CatalogueCheck;
  };
  const same = await check(stored);
  expect(same).toMatchObject({ valid: true, problems: [] });
  expect(same.effect).toMatchObject({ cases: [], cells: [] });
  const wrong = await check(stored.replace("holder: ana.ruiz", "holder: ana.ruis"));
  expect(wrong.valid && wrong.notices.length === 0).toBe(false);
  expect([...wrong.problems, ...wrong.notices][0]?.line).toBeGreaterThan(0);
  const fewer = await check(stored.slice(0, stored.indexOf("\nauthorities:")) + "\n");
  expect(fewer.valid).toBe(true);
  expect(fewer.effect?.cells.length).toBeGreaterThan(0);
  expect(fewer.effect?.coverage.after).toBeLessThan(fewer.effect?.coverage.before ?? 0);
  const { items } = await get<{ items: { version: number; by: string; current: boolean }[] }>(
    "/catalogue/history",
  );
  expect(items).toMatchObject([{ version: 1, by: "operator", current: true }]);
  expect(await (await ask("/catalogue/history/1")).text()).toBe(stored);
  expect((await ask("/catalogue/history/7")).status).toBe(404);
}, 300_000);

test("what evidence suggests and the catalogue does not say comes with its reasons", async () => {
  const { items, yaml } = await get<{ items: Suggestion[]; yaml: string }>("/catalogue/suggestions");
  expect(yaml).toContain("version: 1");
  expect(items.length).toBeGreaterThan(0);
  for (const item of items) expect(item.reasons.length + item.gaps.length).toBeGreaterThan(0);
  expect(items.filter(({ section, entry }) => section === "people" && entry === "ana.ruiz")).toEqual([]);
  await get("/readiness");
  const { points } = await get<{ points: { required: number; covered: number }[] }>("/readiness/trend");
  expect(points).toHaveLength(1);
}, 300_000);

test("the import of a process that ended before it told of it is told of whole by the one that takes it up", async () => {
  const { store } = installed.installation;
  installed.setTime("2026-11-22T15:00:00.000Z");
  const rows = JSON.parse(readFileSync(join(root, "examples/findings/prowler-output.ocsf.json"), "utf8")) as {
    resources: { name: string; uid: string }[];
  }[];
  const other = rows.slice(0, 1).map((row) => ({
    ...row,
    resources: row.resources.map((resource) => ({ ...resource, name: "left", uid: "arn:aws:s3:::left" })),
  }));
  const { digest } = await store.documents.put(Buffer.from(JSON.stringify(other)));
  const at = installed.installation.now();
  await store.snapshots.add({
    kind: "findings",
    scope: "*",
    takenAt: at,
    documents: [{ path: "left-findings.json", digest }],
  });
  await store.uploads.add({ id: "left-untold", at, documents: 1, bytes: 11 });
  // All but the report of it is in the database by then: findings, cases and the analysis.
  const keeping = vi
    .spyOn(store.reports, "keepImport")
    .mockRejectedValueOnce(new Error("the process ends here"));
  await expect(analyseWhatCame(installed.installation)).rejects.toThrow("the process ends here");
  keeping.mockRestore();
  const { total } = await get<{ total: number }>("/findings?q=left&limit=1");
  expect(total).toBe(1);
  installed.setTime("2026-11-22T15:01:00.000Z");
  await analyseWhatCame(installed.installation);
  const told = { state: "done", documents: 1, read: 1, rows: 1, new: 1 };
  expect(await get<ImportDetail>("/imports/left-untold")).toMatchObject(told);
  const { items } = await get<{ items: ImportLine[] }>("/imports");
  expect(items.filter((item) => item.new === 1)).toHaveLength(1);
}, 300_000);
