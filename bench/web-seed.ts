/** `node web-seed.js HOME CASES NODES`: an installation with the example's company, its cases as often as it takes. */
import { join } from "node:path";
import { exampleClock, openInstallation, takeInExample, type Installation } from "../src/app/index.js";
import { caseRecordOf, listingOfRow, type CaseRecord } from "../src/app/cases/case-row.js";
import type { CasePath } from "../src/core/decision/index.js";
import type { CaseRow } from "../src/store/index.js";
import { longCase, longFoldedCase } from "./long-path.js";

/** Copies that are due first are written as the product writes them; of the others only what lists read of a case. */
const whole = 1000;
const step = 10_000;

async function fill({ store }: Installation, wanted: number): Promise<void> {
  const { items } = await store.cases.list({}, { limit: 500 });
  const copies = wanted - items.length;
  const id = (n: number): string => `R-${String(n).padStart(6, "0")}`;
  const lines = await store.cases.lines({}, "severity", { limit: 500 });
  await store.query("create table bench_lines (number integer, id text, line text)");
  for (const [number, line] of lines.items.entries())
    await store.query("insert into bench_lines values ($1, $2, $3)", [
      number,
      (JSON.parse(line) as { id: string }).id,
      line,
    ]);
  for (let n = 1; n <= whole; n += 1) {
    const of = items[n % items.length];
    if (of !== undefined) await write(store, of, id(n), n * 10);
  }
  const columns = await store.query<{ name: string }>(
    "select column_name as name from information_schema.columns where table_name = 'cases' order by 1",
  );
  const names = columns.map(({ name }) => name);
  for (let from = whole; from < copies; from += step)
    await store.query(`
      insert into cases (${names.join(", ")})
      select ${names.map((name) => own[name] ?? `cases.${name}`).join(", ")}
      from generate_series(${String(from + 1)}, ${String(Math.min(from + step, copies))}) as n
        cross join lateral (select 'R-' || lpad(n::text, 6, '0') as id) as copy
        join bench_lines on bench_lines.number = n % ${String(items.length)}
        join cases on cases.id = bench_lines.id`);
  await store.query("drop table bench_lines");
  await store.query("analyze");
}

/** What a copy that the database makes by itself does not share with what it is of. */
const own: Readonly<Record<string, string>> = {
  id: "copy.id",
  line: "replace(bench_lines.line, cases.id, copy.id)",
  document: "'{}'",
  sealed: "null",
  key_id: "null",
  access_path_key: "cases.access_path_key || n",
  account: "(100000000000 + n % 200)::text",
  due_at: "cases.due_at + n * interval '10 minutes'",
  updated_at: "cases.updated_at - n * interval '1 second'",
  terms: "cases.terms || lower(copy.id)",
};

/** Another case like this one, due `later` minutes after it; its worst route made longer. */
async function write(
  store: Installation["store"],
  { dueAt, wakeAt: _, ...of }: CaseRow,
  id: string,
  later: number,
  longer: (path: CasePath) => CasePath = (path) => path,
): Promise<void> {
  const { state, decided } = JSON.parse(of.document.replaceAll(of.id, id)) as CaseRecord;
  const [worst, ...others] = decided.recreation.paths;
  const paths = worst === undefined ? [] : [longer(worst), ...others];
  const record: CaseRecord = { state, decided: { ...decided, recreation: { ...decided.recreation, paths } } };
  const row: CaseRow = {
    ...of,
    id,
    ...(dueAt === undefined ? {} : { dueAt: new Date(Date.parse(dueAt) + later * 60_000).toISOString() }),
    accessPathKey: id,
    document: JSON.stringify(record),
  };
  await store.transaction(({ cases: rows }) => rows.save({ ...row, listing: listingOfRow(row) }));
}

/** A case to make others of: one with a route of several steps. */
async function someCase({ store }: Installation): Promise<CaseRow> {
  const { items } = await store.cases.list({ back: 6 }, { limit: 500 });
  const [of] = items.filter((row) => pathsOf(row).some(({ hops }) => hops.length > 2));
  if (of === undefined) throw new Error("the example has no case whose route could be made longer");
  return of;
}

/** A case of which the worst route goes over so many nodes. */
const addLong = ({ store }: Installation, of: CaseRow, id: string, wanted: number): Promise<void> =>
  write(store, of, id, 0, (worst) => longer(worst, wanted));

const pathsOf = (row: CaseRow): readonly CasePath[] => caseRecordOf(row).decided.recreation.paths;

/** The first hop again and again between its own two ends: each step to another role, with the evidence of the first. */
function longer(path: CasePath, nodes: number): CasePath {
  // What stands open is a mark on the step that it lets through, and no step.
  const hops = path.hops.filter(({ cause }) => cause !== "guardrail" && cause !== "setting");
  const [first] = hops;
  const last = hops.at(-1);
  if (first === undefined || last === undefined) return path;
  const role = (step: number): string => `arn:aws:iam::222222222222:role/chain-${String(step)}`;
  const between = Array.from({ length: nodes - 3 }, (_, step) => ({
    ...first,
    from: step === 0 ? first.to : role(step),
    to: role(step + 1),
    via: `may become chain-${String(step + 1)}`,
  }));
  const long = [first, ...between, { ...last, from: role(nodes - 3) }];
  return { ...path, hops: long, recurrenceHop: long.length - 1 };
}

const [home = "", cases = "", nodes = ""] = process.argv.slice(2);
const root = process.cwd();
const at = join(home, "example");
const now = exampleClock(at, Date.now);
const installation = await openInstallation({ home: at, now }, join(root, "bin/remit"));
await takeInExample(installation, root);
const of = await someCase(installation);
await fill(installation, Number(cases));
await addLong(installation, of, longCase, Number(nodes));
await addLong(installation, of, longFoldedCase, Number(nodes) * 2);
await installation.store.close();
// What answered questions of the example stays for the next one.
process.exit();
