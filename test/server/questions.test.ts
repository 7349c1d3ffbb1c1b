import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaseWhatIf, Diff, Found } from "../../src/api/index.js";
import type {
  CutDocument,
  ReachDocument,
  ReadinessDocument,
  WhoCanDocument,
} from "../../src/contract/index.js";
import type { Problem } from "../../src/api/index.js";
import { installExample, type Installed } from "./installed.js";

let installed: Installed;
let reader: Record<string, string>;
beforeAll(async () => {
  installed = await installExample();
  reader = await installed.as("ana.ruiz", "read");
}, 200_000);
afterAll(async () => {
  installed.installation.asking.end();
  await installed.end();
});

const get = async <Value>(path: string): Promise<Value> => {
  const answer = await installed.app.request(`/api/v1${path}`, { headers: reader });
  expect([path, answer.status, answer.status === 200 ? "" : await answer.text()]).toEqual([path, 200, ""]);
  return (await answer.json()) as Value;
};
const post = (path: string, body: unknown) =>
  installed.app.request(`/api/v1${path}`, {
    method: "POST",
    headers: { ...reader, "content-type": "application/json", "idempotency-key": "question-1" },
    body: JSON.stringify(body),
  });

const leaked = "R-95Y5";

test("the cut of a case breaks all of its routes; less than the cut does not", async () => {
  const cut = await get<CutDocument>(`/cases/${leaked}/cut`);
  expect(cut.schema).toBe("remit.cut/1");
  expect(cut.cases.map(({ id }) => id)).toEqual([leaked]);
  expect(cut.changes.length).toBeGreaterThan(0);
  const all = await post(`/cases/${leaked}/what-if`, { cut: cut.changes.map((_change, index) => index) });
  const made = (await all.json()) as CaseWhatIf;
  expect(made.before).toMatchObject({ verdict: "possible", words: "yes, from outside" });
  expect(made.after?.verdict ?? "none").toBe(cut.after);
  expect(made.routes.every(({ broken }) => broken)).toBe(true);
  expect(made.document.schema).toBe("remit.what-if/1");
  // The same as a change document.
  const same = (await (await post(`/cases/${leaked}/what-if`, cut.changeDocument)).json()) as CaseWhatIf;
  expect(same.after).toEqual(made.after);
  const missing = await post(`/cases/${leaked}/what-if`, { cut: [999] });
  expect(missing.status).toBe(422);
}, 300_000);

test("a change that names a file of the server is refused, and one that cannot be read says where", async () => {
  const path = await post(`/cases/${leaked}/what-if`, {
    version: 1,
    changes: [{ addGuardrail: { kind: "scp", target: "r", document: "/etc/hostname" } }],
  });
  expect(path.status).toBe(422);
  const bad = await post(`/cases/${leaked}/what-if`, { version: 1, changes: [{ revoke: 7 }] });
  expect(bad.status).toBe(422);
  expect(((await bad.json()) as Problem).detail).toContain("/changes/0");
}, 300_000);

test("who can, reach and readiness answer over HTTP as the command line does", async () => {
  const found = await get<{ items: Found[] }>("/search?kind=resource&limit=500");
  const bucket = found.items.find(({ id }) => id.startsWith("arn:aws:s3:::"));
  const who = await get<WhoCanDocument>(
    `/who-can?action=s3:PutBucketPolicy&resource=${encodeURIComponent(bucket?.id ?? "")}`,
  );
  expect(who.schema).toBe("remit.who-can/1");
  expect(who.can.length).toBeGreaterThan(0);
  const [first] = who.can;
  const reach = await get<ReachDocument>(`/reach?principal=${encodeURIComponent(first?.principal ?? "")}`);
  expect(reach.principal).toBe(first?.principal);
  const readiness = await get<ReadinessDocument>("/readiness");
  expect(readiness.workloads.length).toBeGreaterThan(0);
  const asked = await installed.app.request("/api/v1/who-can?action=s3:Nothing&resource=x", {
    headers: reader,
  });
  expect(asked.status).toBe(422);
  expect(((await asked.json()) as Problem).detail).toContain("s3:Nothing");
}, 300_000);

test("a team asks about what it answers for, and of the rest not even whether it is there", async () => {
  // Nour Haddad: team dispatch owns account prod; team ci answers for roles of workflows. Claire Dupont: account data.
  const [prod, data] = [await installed.as("n.haddad", "read"), await installed.as("c.dupont", "read")];
  const status = async (path: string, headers: Record<string, string>): Promise<number> =>
    (await installed.app.request(`/api/v1${path}`, { headers })).status;
  const search = async (headers: Record<string, string>, kind: string) => {
    const answer = await installed.app.request(`/api/v1/search?kind=${kind}&limit=500`, { headers });
    return (await answer.json()) as { items: Found[]; narrowed?: true };
  };
  for (const [kind, ask] of [
    ["resource", (id: string) => `/who-can?action=s3:PutBucketPolicy&resource=${encodeURIComponent(id)}`],
    ["identity", (id: string) => `/reach?principal=${encodeURIComponent(id)}`],
  ] as const) {
    const everything = (await search(reader, kind)).items;
    const [ofProd, ofData] = [await search(prod, kind), await search(data, kind)];
    expect([ofProd.narrowed, ofProd.items.length > 0, ofData.items.length > 0]).toEqual([true, true, true]);
    expect(ofProd.items.length).toBeLessThan(everything.length);
    for (const { account = "aws:222222222222" } of ofProd.items) expect(account).not.toBe("aws:555555555555");
    const own = ofProd.items.find(({ account }) => account === "aws:222222222222");
    const other = everything.find(({ account }) => account === "aws:555555555555");
    expect(await status(ask(own?.id ?? ""), prod)).toBe(200);
    for (const strange of [other?.id ?? "", "arn:aws:iam::555555555555:role/nothing", "nothing"])
      expect([strange, await status(ask(strange), prod)]).toEqual([strange, 404]);
    const answer = await installed.app.request(`/api/v1${ask(other?.id ?? "")}`, { headers: prod });
    expect(((await answer.json()) as Problem).detail).toContain("nothing that your teams answer for");
  }
  const [whole, mine] = [
    await get<ReadinessDocument>("/readiness"),
    (await (await installed.app.request("/api/v1/readiness", { headers: data })).json()) as ReadinessDocument,
  ];
  const named = ({ workloads }: ReadinessDocument) => workloads.map(({ workload }) => workload);
  expect(mine.narrowed).toBe(true);
  expect(named(mine)).toContain("etl");
  expect(named(mine)).not.toContain("billing");
  expect(named(whole)).toEqual(expect.arrayContaining(named(mine)));
  expect(mine.coverage.required).toBeLessThan(whole.coverage.required);
  expect(mine.coverage.required).toBe(
    mine.workloads.flatMap(({ cells }) => cells.filter(({ state }) => state !== "-")).length,
  );
  expect(whole.gaps).toEqual(expect.arrayContaining(mine.gaps));
  expect(mine.gaps.filter(({ scope }) => scope === "workload:billing")).toEqual([]);
  // Who asked what is kept.
  const reads = await installed.app.request("/api/v1/reads?person=n.haddad", {
    headers: await installed.as("operator", "admin"),
  });
  const { items } = (await reads.json()) as { items: { action: string; subject: string }[] };
  expect(items.map(({ action }) => action)).toEqual(expect.arrayContaining(["whoCan", "reach"]));
  expect(items.find(({ action }) => action === "whoCan")?.subject).toContain("s3:PutBucketPolicy ");
}, 300_000);

test("what is looked for is found whole first, of every kind, and what is beyond the limit is counted", async () => {
  const whole = await get<{ items: Found[] }>("/search?q=r-95y5");
  expect(whole.items[0]).toMatchObject({ kind: "case", id: leaked, exact: true });
  const person = await get<{ items: Found[] }>("/search?q=ana.ruiz");
  expect(person.items[0]).toMatchObject({ kind: "person", id: "ana.ruiz", exact: true });
  const all = await get<{ items: Found[]; more: { kind: string; count: number }[] }>(
    "/search?kind=identity&limit=1",
  );
  expect(all.items).toHaveLength(1);
  expect(all.more[0]?.kind).toBe("identity");
  const keys = await get<{ items: Found[] }>("/search?kind=credential&olderThanDays=90");
  expect(keys.items.length).toBeGreaterThan(0);
  for (const { credential } of keys.items) expect(credential?.ageDays).toBeGreaterThanOrEqual(90);
  // Nothing secret is in what is found.
  expect(JSON.stringify(keys)).not.toMatch(/wJalr|secretAccessKey/i);
}, 300_000);

test("two analyses are compared; the same one has no differences", async () => {
  const { items } = await get<{ items: { id: string; number: number; current: boolean }[] }>("/snapshots");
  expect(items).toMatchObject([{ number: 1, current: true }]);
  const diff = await get<Diff>(`/compare?from=${items[0]?.id ?? ""}`);
  expect(diff.cases).toMatchObject({ new: [], gone: [], changed: [] });
  expect(diff.cases.same).toBe(22);
  const none = await installed.app.request(`/api/v1/compare?from=${"0".repeat(64)}`, { headers: reader });
  expect(none.status).toBe(404);
});

test("an estate that cannot be read in time is given up, and whoever asked is told", async () => {
  const { createAsking, usualAskingLimits } = await import("../../src/app/asking/asking.js");
  const { root } = await import("./installed.js");
  const asking = createAsking(
    installed.installation.store,
    { program: `${root}/bin/remit` },
    { ...usualAskingLimits, load: 50 },
  );
  await expect(asking.ask({ kind: "readiness" })).rejects.toMatchObject({ asking: "too-slow" });
  asking.end();
});
