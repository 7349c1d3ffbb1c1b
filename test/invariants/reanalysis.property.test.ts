import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test, vi } from "vitest";
import { sameAccessFacts } from "../../src/app/analyst/access-facts.js";
import { createAnalyst } from "../../src/app/analyst/analyst.js";
import { analyzeFiles } from "../../src/app/analyze-files.js";
import { factsBesideAccess, factsOfAccess } from "../../src/core/access/index.js";
import type { Estate } from "../../src/core/estate/index.js";
import { loadEstate } from "../../src/readers/index.js";
import { bucket, documentsOf, worlds, type GeneratedWorld } from "../generators/estate-document.js";
import { prowlerRow } from "../generators/landing-zone.js";
import { runs } from "../settings.js";

/** Re-analysis of only what changed (issue 6, docs/adr/0012): whatever came between two analyses, the second is as if it were the first. */
const folder = mkdtempSync(join(tmpdir(), "remit-reanalysis-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
vi.setConfig({ testTimeout: 3_600_000 });

/** Everything that may change between two analyses. */
interface State {
  readonly estate: GeneratedWorld["estate"];
  readonly catalogue: GeneratedWorld["catalogue"];
  /** Facts beside access: who owns code. */
  readonly people: number;
  readonly findings: readonly number[];
  readonly now: string;
}

const account = "222222222222";
const taken = new Date("2026-11-22T06:00:00Z");
const sqs = (name: string): string => `arn:aws:sqs:eu-west-1:${account}:${name}`;
const rows = [
  ["s3_bucket_public_access", "s3", "FAIL", bucket],
  ["s3_bucket_public_access", "s3", "PASS", bucket],
  ["s3_bucket_public_access", "s3", "FAIL", "arn:aws:s3:::acme-ledger"],
  ["s3_bucket_object_versioning", "s3", "FAIL", bucket],
  ["s3_bucket_policy_public_write_access", "s3", "FAIL", bucket],
  ["iam_rotate_access_key_90_days", "iam", "FAIL", `arn:aws:iam::${account}:user/svc-batch`],
  ["iam_role_cross_account_readonlyaccess_policy", "iam", "FAIL", `arn:aws:iam::${account}:role/shop`],
  ...["a", "b", "c", "d"].map(
    (name) => ["sqs_queues_not_publicly_accessible", "sqs", "FAIL", sqs(name)] as const,
  ),
] as const;

const pieces = {
  estate: worlds.map(({ estate }) => estate),
  catalogue: worlds.map(({ catalogue }) => catalogue),
  people: fc.integer({ min: 0, max: 2 }),
  findings: fc.subarray(rows.map((_, at) => at)),
  now: fc.constantFrom(
    "2026-11-22T12:00:00Z",
    "2026-11-22T18:30:00.000Z",
    "2026-11-23T00:00:00Z",
    "2024-04-09T00:00:01Z",
  ),
};
const states: fc.Arbitrary<State> = fc.record(pieces);
/** Mostly one thing changes, as it is in life. */
const changes: fc.Arbitrary<Partial<State>> = fc.oneof(
  ...Object.entries(pieces).map(([name, piece]) => fc.record({ [name]: piece })),
  fc.record({ findings: pieces.findings, now: pieces.now }),
  fc.constant({}),
);

function write({ estate: made, catalogue: made2, people, findings, now }: State) {
  const { estate, catalogue } = documentsOf({ estate: made, catalogue: made2 });
  const put = (name: string, value: unknown): string => {
    const at = join(folder, name);
    mkdirSync(join(at, ".."), { recursive: true });
    const text = typeof value === "string" ? value : JSON.stringify(value);
    writeFileSync(at, text);
    // A document that does not say of when it is shows the world of then.
    utimesSync(at, taken, taken);
    return text;
  };
  const text =
    put("estate/estate.json", estate) +
    put("estate/shop/CODEOWNERS", `* @acme/shop ${"# one more ".repeat(people)}\n`);
  put("remit.json", catalogue);
  put(
    "findings/rows.ocsf.json",
    findings.flatMap((at) => {
      const [check, service, status, uid] = rows[at] ?? [];
      return uid === undefined
        ? []
        : [prowlerRow(account, check, service, status, uid, uid.split(/[:/]/).at(-1)!)];
    }),
  );
  return {
    key: createHash("sha256").update(text).digest("hex"),
    options: {
      estate: [join(folder, "estate")],
      findings: findings.length === 0 ? [] : [join(folder, "findings")],
      catalogue: join(folder, "remit.json"),
      now,
      includeConfiguration: false,
    },
  };
}

/** Short enough to be read; empty where there is none. */
function firstDifference(one: unknown, other: unknown): string {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
  if (a === b) return "";
  let at = 0;
  while (a[at] === b[at]) at += 1;
  return `${a.slice(Math.max(at - 200, 0), at + 60)} | ${b.slice(at, at + 60)}`;
}

describe("re-analysis (R36, issue 6)", () => {
  test("is a full analysis byte for byte after any sequence of changes", async () => {
    const seen = { asked: 0, known: 0, unread: 0 };
    await fc.assert(
      fc.asyncProperty(states, fc.array(changes, { minLength: 1, maxLength: 4 }), async (first, steps) => {
        const analyst = createAnalyst();
        let state = first;
        for (const step of [{}, ...steps]) {
          state = { ...state, ...step };
          const { key, options } = write(state);
          const { analysis, asked, readEstate } = await analyst.analyse(options, key);
          expect(firstDifference(analysis, await analyzeFiles(options))).toBe("");
          seen.asked += asked;
          seen.known += analysis.cases.flatMap(({ exposures }) => exposures).length - asked;
          seen.unread += Number(!readEstate);
        }
      }),
      { numRuns: Math.ceil(runs.slowProperty / 2) },
    );
    // It would hold of one that never takes anything over, too.
    expect(seen.known).toBeGreaterThan(seen.asked / 4);
    expect(seen.unread).toBeGreaterThan(0);
  });

  const quiet = fc.sample(states, { numRuns: 1, seed: 7 })[0]!;
  const begun = { ...quiet, people: 0, findings: [0, 2, 4, 7], now: "2026-11-22T12:00:00Z" };

  test.each([
    ["nothing", {}, { asked: 0, readEstate: false }],
    ["a later hour of the same day", { now: "2026-11-22T18:30:00.000Z" }, { asked: 0, readEstate: false }],
    ["one finding more", { findings: [0, 2, 4, 7, 8] }, { asked: 1, readEstate: false }],
    ["one finding less", { findings: [0, 2, 4] }, { asked: 0, readEstate: false }],
    [
      "the catalogue, but for what it sanctions",
      { catalogue: { ...quiet.catalogue, contract: !quiet.catalogue.contract } },
      { asked: 0, readEstate: false },
    ],
    ["who owns code", { people: 2 }, { asked: 0, readEstate: true }],
  ] satisfies readonly [string, Partial<State>, object][])(
    "%s changed: only what that concerns is worked out",
    async (_, change, expected) => {
      const analyst = createAnalyst();
      const first = write(begun);
      expect((await analyst.analyse(first.options, first.key)).asked).toBeGreaterThan(2);
      const then = write({ ...begun, ...change });
      expect(await analyst.analyse(then.options, then.key)).toMatchObject(expected);
    },
  );

  test.each([
    ["a right of an identity", { estate: { ...quiet.estate, user: ["s3:PutBucketPolicy"] } }],
    ["the next day", { now: "2026-11-23T00:00:00Z" }],
  ] satisfies readonly [string, Partial<State>][])(
    "%s changed: everything is asked anew",
    async (_, change) => {
      const analyst = createAnalyst();
      const state = { ...begun, estate: { ...quiet.estate, user: [] } };
      const first = write(state);
      const { asked } = await analyst.analyse(first.options, first.key);
      const then = write({ ...state, ...change });
      expect((await analyst.analyse(then.options, then.key)).asked).toBe(asked);
    },
  );
});

describe("facts that answers rest on (docs/adr/0012)", () => {
  const now = "2026-11-22T12:00:00Z";
  const changed = (estate: Estate, name: string, list: readonly unknown[]): Estate => ({
    ...estate,
    [name]: list,
  });

  test("one that is gone, is new, is another, or is from another document makes them others; nothing else does", async () => {
    const read = async (): Promise<Estate> => (await loadEstate(["examples/estate"], { now })).estate;
    const [one, again] = [await read(), await read()];
    expect(sameAccessFacts(one, again)).toBe(true);
    const told = factsOfAccess.filter((name) => one[name].length > 0);
    expect(told.length).toBeGreaterThan(12);
    for (const name of told) {
      const list: readonly object[] = one[name];
      const [first, ...rest] = list;
      const differing: Readonly<Record<string, readonly unknown[]>> = {
        gone: rest,
        new: [...list, first],
        another: [...list.slice(0, -1), { ...list.at(-1), more: "said" }],
        "from elsewhere": [{ ...first, origin: { source: { path: "other.json", digest: "0" } } }, ...rest],
      };
      for (const [what, lines] of Object.entries(differing))
        expect([name, what, sameAccessFacts(one, changed(again, name, lines))]).toEqual([name, what, false]);
    }
    for (const name of factsBesideAccess)
      expect(sameAccessFacts(one, changed(again, name, [{ name: "somebody" }]))).toBe(true);
  });

  test("what stands in a map or a set counts", () => {
    const held = (value: unknown) => ({ resources: [{ properties: value }] }) as unknown as Estate;
    const empty = Object.fromEntries(factsOfAccess.map((name) => [name, []]));
    const same = (a: unknown, b: unknown): boolean =>
      sameAccessFacts({ ...empty, ...held(a) }, { ...empty, ...held(b) });
    expect(same(new Map([["a", { value: 1 }]]), new Map([["a", { value: 1 }]]))).toBe(true);
    expect(same(new Map([["a", { value: 1 }]]), new Map([["a", { value: 2 }]]))).toBe(false);
    expect(same(new Set(["a"]), new Set(["b"]))).toBe(false);
  });
});
