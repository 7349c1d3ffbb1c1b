import fc from "fast-check";
import type { CaseFilter, CaseListing, CaseRow, CaseVisibility, Store } from "../../src/store/index.js";

const oneOf = (...values: readonly string[]) => fc.constantFrom(...values);
/** Keys as they are, and such as text could be deceived by. */
const key = oneOf("p-1", "p-2", "p-22", "team:a", "team:ab", ",", 'a"b', "b", "[", "é");
const word = oneOf("public", "pub", "bucket1", "bucket12", "größe", "s3");
const instant = fc
  .integer({ min: 0, max: 40 })
  .map((hours) => new Date(Date.UTC(2026, 10, 1, hours, 0, 0, 7)).toISOString());

const listing: fc.Arbitrary<CaseListing> = fc.record({
  line: fc.constant("{}"),
  back: fc.integer({ min: 0, max: 7 }),
  contain: oneOf("SOC", "CLOUD_OPS"),
  plane: oneOf("build", "runtime"),
  weakness: oneOf("w1", "w2", "w3"),
  incident: fc.boolean(),
  nobody: fc.boolean(),
  holders: fc.uniqueArray(key, { maxLength: 3 }),
  asked: fc.uniqueArray(key, { maxLength: 2 }),
  terms: fc.uniqueArray(word, { maxLength: 4 }),
  audience: fc.uniqueArray(key, { maxLength: 3 }),
});

export const caseRow = (number: fc.Arbitrary<number>): fc.Arbitrary<CaseRow> =>
  fc.record(
    {
      id: number.map((at) => `R-${String(at)}`),
      sequence: fc.constant(1),
      kind: oneOf("posture", "flaw"),
      state: oneOf("open", "closed", "waiting"),
      open: fc.boolean(),
      title: fc.constant("a case"),
      severity: fc.integer({ min: 0, max: 5 }),
      tier: fc.integer({ min: 0, max: 3 }),
      level: fc.integer({ min: 0, max: 2 }),
      verdict: oneOf("possible", "unknown"),
      lead: oneOf("SECRETS", "IDGOV"),
      owner: oneOf("p-1", "p-2"),
      team: oneOf("a", "ab"),
      account: oneOf("111111111111", "222222222222"),
      dueAt: instant,
      updatedAt: instant,
      document: fc.constant("{}"),
      listing,
    },
    {
      requiredKeys: [
        ...(["id", "sequence", "kind", "state", "open", "title", "severity", "tier", "level"] as const),
        ...(["verdict", "lead", "updatedAt", "document", "listing"] as const),
      ],
    },
  );

const { visible } = fc.letrec<{ visible: CaseVisibility }>((tie) => ({
  visible: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constant("audience" as const), anyOf: fc.uniqueArray(key, { maxLength: 2 }) }),
    fc.constantFrom<CaseVisibility>(
      { kind: "all" },
      { kind: "none" },
      { kind: "compare", column: "open", how: "=", value: true },
      { kind: "compare", column: "severity", how: "<=", value: 3 },
      { kind: "compare", column: "level", how: "<", value: 2 },
      { kind: "compare", column: "lead", how: "=", value: "IDGOV" },
    ),
    fc.record({
      kind: fc.constantFrom("every" as const, "some" as const),
      of: fc.array(tie("visible"), { maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant("not" as const), of: tie("visible") }),
  ),
}));

export const caseFilter: fc.Arbitrary<CaseFilter> = fc.record(
  {
    open: fc.boolean(),
    state: fc.uniqueArray(oneOf("open", "closed", "waiting"), { minLength: 1, maxLength: 2 }),
    kind: oneOf("posture", "flaw"),
    owner: oneOf("p-1", "p-2"),
    account: oneOf("111111111111", "333333333333"),
    weakness: fc.uniqueArray(oneOf("w1", "w2"), { minLength: 1 }),
    tier: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1 }),
    back: fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { minLength: 1 }),
    severity: fc.integer({ min: 0, max: 5 }),
    dueBefore: instant,
    incident: fc.boolean(),
    nobody: fc.boolean(),
    holders: fc.uniqueArray(key, { maxLength: 2 }),
    asked: fc.uniqueArray(key, { maxLength: 2 }),
    terms: fc.uniqueArray(oneOf("pub", "bucket1", "grö", "s", "none"), { maxLength: 2 }),
    visible,
  },
  { requiredKeys: [] },
);

/** What the database itself finds. */
async function found(store: Store, filter: CaseFilter): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await store.cases.list(filter, after === undefined ? {} : { after });
    ids.push(...page.items.map(({ id }) => id));
    if (page.next === undefined) return ids;
    after = page.next;
  }
}

const columnOf = {
  state: ({ state }: CaseRow) => state,
  account: ({ account }: CaseRow) => account,
  back: ({ listing: of }: CaseRow) => String(of?.back ?? 0),
  weakness: ({ listing: of }: CaseRow) => of?.weakness ?? "",
  tier: ({ tier }: CaseRow) => String(tier),
} as const;

/** Counts and facets as they follow from what the lists show. */
export async function listed(store: Store, filter: CaseFilter, rows: ReadonlyMap<string, CaseRow>) {
  const ids = await found(store, filter);
  const facets: Record<string, Record<string, number>> = {};
  for (const [name, valueOf] of Object.entries(columnOf)) {
    const { [name as keyof CaseFilter]: _own, ...rest } = filter;
    const counts: Record<string, number> = {};
    for (const id of await found(store, rest)) {
      const value = valueOf(rows.get(id) as CaseRow);
      if (value !== undefined) counts[value] = (counts[value] ?? 0) + 1;
    }
    facets[name] = counts;
  }
  return { count: ids.length, ids: [...ids].sort(), facets };
}

export async function counted(store: Store, filter: CaseFilter, rows: ReadonlyMap<string, CaseRow>) {
  const facets = await store.cases.facets(filter);
  return {
    count: await store.cases.count(filter),
    // Also of an id that no case has.
    ids: [...(await store.cases.among(filter, ["R-0000", ...rows.keys()]))].sort(),
    facets: Object.fromEntries(
      Object.keys(columnOf).map((name) => [
        name,
        Object.fromEntries(
          facets[name as keyof typeof columnOf].map(({ value, count }) => [value, count] as const),
        ),
      ]),
    ),
  };
}
