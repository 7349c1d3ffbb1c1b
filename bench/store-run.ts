/** `node store-run.js embedded|postgres FINDINGS-FILE ROWS CASES HOME-OR-URL`: one run, figures as JSON. */
import { createHash } from "node:crypto";
import { noHash, openStore, type Place, type Store } from "../src/store/index.js";
import { loadFindings } from "../src/readers/load-findings.js";
import { loadReferenceData } from "../src/readers/reference/index.js";

export interface StoreRun {
  readonly rows: number;
  /** Parse to commit, with the state of every finding and its exposures. */
  readonly rowsPerSecond: number;
  readonly cpuSeconds: number;
  /** Highest resident memory of this process, the thread of the embedded database included. */
  readonly peakMb: number;
  readonly findings: number;
  readonly cases: number;
  readonly listP95Ms: number;
  readonly slowestList: string;
  readonly commandP95Ms: number;
  readonly restartSeconds: number;
}

const [kind = "", file = "", findingCount = "", caseCount = "", at = ""] = process.argv.slice(2);
const place: Place = kind === "postgres" ? { kind, url: at } : { kind: "embedded", home: at };
const now = (): string => new Date().toISOString();
const open = (): Promise<Store> =>
  openStore({ place, secret: "the secret key of a benchmark, long enough", now });

const p95 = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;

async function timed<Result>(work: () => Promise<Result>): Promise<{ ms: number; result: Result }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

async function importing(store: Store) {
  const cpu = process.cpuUsage();
  const { ms, result } = await timed(async () => {
    const loaded = await loadFindings([file], { reference: loadReferenceData().checks, keepRows: true });
    const { rows, passing, scopes, inputs } = loaded;
    await store.findings.import({
      at: now(),
      documents: inputs.map(({ path, digest }) => ({ path, digest })),
      rows,
      passing,
      scopes,
    });
    return loaded.counts.rows;
  });
  const { user, system } = process.cpuUsage(cpu);
  return { rows: result, rowsPerSecond: (result / ms) * 1000, cpuSeconds: (user + system) / 1e6 };
}

/** Fills the tables by the database itself: what lists cost is asked, not what filling costs. */
async function fill(store: Store, findings: number, cases: number): Promise<void> {
  await store.query(`
    insert into findings (fingerprint, place, tool, provider, "check", account, region, resource, weakness, class,
      state, open, severity, level, last_seen, paths, record, latest)
    select md5(n::text) || md5((-n)::text), md5(n::text), (array['prowler','security-hub','trivy'])[1 + n % 3], 'aws',
      'check-' || n % 300, (100000000000 + n % 200)::text, 'eu-west-1', 'arn:aws:s3:::bucket-' || n / 7,
      'weakness-' || n % 120, (array['public-exposure','credential','configuration'])[1 + n % 3],
      (array['open','open','open','fixed','gone','recurred'])[1 + n % 6], n % 6 not in (3, 4), n % 6, 0,
      to_char(timestamp '2026-01-01' + n * interval '20 seconds', 'YYYY-MM-DD"T"HH24:MI:SS.000"Z"'), '{}',
      '{"fingerprint":"' || n || '","words":"' || repeat('r', 300) || '"}',
      '{"fingerprint":"' || n || '","words":"' || repeat('l', 500) || '"}'
    from generate_series(1, ${String(findings)}) as n`);
  await store.query(`
    insert into cases (id, sequence, kind, state, open, title, severity, tier, level, verdict, lead, owner, team, account,
      due_at, updated_at, access_path_key, document)
    select 'case-' || n, 1, 'posture', (array['open','accepted','closed'])[1 + n % 3], n % 3 < 2, 'a case', n % 6, n % 4,
      0, (array['possible','unknown','governed','none'])[1 + n % 4], (array['CLOUD_OPS','IDGOV','SECRETS'])[1 + n % 3],
      'p-' || n % 400, 'team-' || n % 40, (100000000000 + n % 200)::text,
      timestamptz '2026-11-01' + n * interval '1 minute', timestamptz '2026-01-01' + n * interval '1 minute',
      'path-' || n, '{"words":"' || repeat('c', 1500) || '"}'
    from generate_series(1, ${String(cases)}) as n`);
  await store.query("analyze");
}

async function listing(store: Store) {
  const account = (n: number): string => String(100_000_000_000 + (n % 200));
  const asks: readonly (readonly [string, (n: number, after?: string) => Promise<{ next?: string }>])[] = [
    ["findings", (_n, after) => store.findings.list({}, from(after))],
    ["open findings", (_n, after) => store.findings.list({ open: true }, from(after))],
    ["findings of an account", (n, after) => store.findings.list({ account: account(n) }, from(after))],
    [
      "open findings of an account and weakness",
      (n, after) =>
        store.findings.list(
          { account: account(n), weakness: `weakness-${String(n % 120)}`, open: true },
          from(after),
        ),
    ],
    [
      "findings of a state and tool",
      (_n, after) => store.findings.list({ state: "recurred", tool: "trivy" }, from(after)),
    ],
    [
      "findings of a resource",
      (n, after) => store.findings.list({ resource: `arn:aws:s3:::bucket-${String(n * 31)}` }, from(after)),
    ],
    // With every value of every column counted, as the screens show them.
    [
      "counts of cases",
      async (n) => {
        await store.cases.facets({ open: true, account: [account(n)] });
        await store.cases.facets({ back: [n % 8] });
        return {};
      },
    ],
    ["cases", (_n, after) => store.cases.list({ open: true }, from(after))],
    [
      "cases of an owner",
      (n, after) => store.cases.list({ owner: `p-${String(n % 400)}`, open: true }, from(after)),
    ],
    [
      "cases of a team and verdict",
      (n, after) => store.cases.list({ team: `team-${String(n % 40)}`, verdict: "possible" }, from(after)),
    ],
    [
      "cases due",
      (n) => store.cases.due(new Date(Date.UTC(2026, 10, 2 + (n % 20))).toISOString(), 100).then(() => ({})),
    ],
  ];
  const all: number[] = [];
  let slowest = { name: "", ms: 0 };
  for (const [name, ask] of asks) {
    const times: number[] = [];
    for (let n = 1; n <= 12; n += 1) {
      let after: string | undefined;
      for (let page = 0; page < 3; page += 1) {
        const { ms, result } = await timed(() => ask(n * 7, after));
        times.push(ms);
        after = result.next;
        if (after === undefined) break;
      }
    }
    all.push(...times);
    if (p95(times) > slowest.ms) slowest = { name, ms: p95(times) };
  }
  return { listP95Ms: p95(all), slowestList: `${slowest.name}: ${slowest.ms.toFixed(1)} ms` };
}

const from = (after: string | undefined) => ({ limit: 100, ...(after === undefined ? {} : { after }) });

/** An event, the row of its case, and the key of its sender, in one transaction: what a command writes. */
async function commands(store: Store): Promise<number> {
  const times: number[] = [];
  let previous = noHash;
  for (let sequence = 1; sequence <= 300; sequence += 1) {
    const hash = createHash("sha256")
      .update(`${previous} ${String(sequence)}`)
      .digest("hex");
    const event = {
      stream: "bench",
      sequence,
      kind: "noted",
      at: now(),
      body: "x".repeat(1500),
      previous,
      hash,
    };
    const { ms } = await timed(() =>
      store.transaction(async ({ ledger, cases }) => {
        const row = await cases.find("case-1");
        await ledger.append({
          stream: "bench",
          expected: sequence - 1,
          events: [event],
          command: { key: String(sequence), request: "approve" },
        });
        if (row !== undefined) await cases.save({ ...row, sequence: sequence + 1, updatedAt: event.at });
      }),
    );
    times.push(ms);
    previous = hash;
  }
  return p95(times);
}

let store = await open();
const imported = await importing(store);
const peakMb = (process.resourceUsage().maxRSS * 1024) / 1e6;
await fill(store, Number(findingCount), Number(caseCount));
const listed = await listing(store);
const commandP95Ms = await commands(store);
await store.close();
const { ms } = await timed(async () => {
  store = await open();
  return store.cases.list({ open: true }, { limit: 100 });
});
await store.close();
const figures: StoreRun = {
  ...imported,
  peakMb,
  findings: Number(findingCount),
  cases: Number(caseCount),
  ...listed,
  commandP95Ms,
  restartSeconds: ms / 1000,
};
process.stdout.write(JSON.stringify(figures));
