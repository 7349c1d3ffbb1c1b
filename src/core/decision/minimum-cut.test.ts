import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../../../test/settings.js";
import { hop, path } from "../../../test/decision/build.js";
import type { HopCause, Path } from "../access/index.js";
import { hopKey, isHopRow, rowOf } from "./causes.js";
import { leadingRow } from "./minimum-cut.js";

const order: readonly HopCause[] = [
  "secret",
  "federation",
  "grant",
  "account-trust",
  "human",
  "root",
  "code",
  "ci",
  "flaw",
];

describe("decision-rules.md D: the minimum cut in hops", () => {
  test("equal cuts go by 1, 2, 3, 4, 8, 9, 7, 10, 5: every pair, in both orders", () => {
    order.forEach((first, index) => {
      for (const second of order.slice(index + 1)) {
        const row = rowOf(hop(first));
        expect(leadingRow([path([hop(first), hop(second)])])?.row).toBe(row);
        expect(leadingRow([path([hop(second), hop(first)])])?.row).toBe(row);
      }
    });
  });

  test("rows 6 and 11 are no hops", () => {
    expect(leadingRow([path([hop("guardrail"), hop("setting")])])).toBeUndefined();
    expect(leadingRow([path([hop("setting"), hop("flaw")])])?.row).toBe(5);
  });

  test("a cut of two hops: the row that holds most of it", () => {
    const shared = hop("code", "repo");
    const paths = [path([shared]), path([hop("human", "a"), shared]), path([hop("grant", "g")])];
    expect(leadingRow(paths)).toMatchObject({ hops: 2 });
    expect(leadingRow(paths)?.row).toBe(3);
  });

  const causes = fc.constantFrom<HopCause>(...order, "guardrail", "setting");
  const hops = fc
    .tuple(causes, fc.integer({ min: 0, max: 3 }))
    .map(([kind, n]) => hop(kind, `${kind}-${String(n)}`));
  const paths = fc
    .array(fc.array(hops, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 })
    .map((list) => list.map((each) => path(each)));

  test("as small as every subset of hops allows, and the row is that of a smallest cut", () => {
    fc.assert(
      fc.property(paths, (list) => {
        const { size, rows } = bruteForce(list);
        const cut = leadingRow(list);
        if (size === 0) return cut === undefined;
        // More than four hops are no longer searched; then the cut says that it is approximate.
        if (size > 4) return cut?.exact === false;
        expect(cut).toMatchObject({ hops: size, exact: true });
        expect(rows).toContain(cut?.row);
        return true;
      }),
      { numRuns: runs.property },
    );
  });

  test("the order of paths and hops does not matter", () => {
    fc.assert(
      fc.property(paths, (list) => {
        const turned = [...list].reverse().map((each) => path([...each.hops].reverse()));
        expect(leadingRow(turned)?.row).toBe(leadingRow(list)?.row);
      }),
      { numRuns: runs.property },
    );
  });
});

/** Every subset of the hops that can be fixed; the least that breaks every path, and the rows that such cuts hold. */
function bruteForce(list: readonly Path[]): { readonly size: number; readonly rows: ReadonlySet<number> } {
  const cuttable = list
    .map(
      (each) =>
        new Map(each.hops.filter((one) => isHopRow(rowOf(one))).map((one) => [hopKey(one), rowOf(one)])),
    )
    .filter((keys) => keys.size > 0);
  const all = [...new Map(cuttable.flatMap((keys) => [...keys]))];
  let size = Number.POSITIVE_INFINITY;
  let rows = new Set<number>();
  for (let mask = 1; mask < 2 ** all.length; mask += 1) {
    const chosen = all.filter((_, index) => Math.floor(mask / 2 ** index) % 2 === 1);
    if (chosen.length > size) continue;
    if (!cuttable.every((keys) => chosen.some(([key]) => keys.has(key)))) continue;
    if (chosen.length < size) rows = new Set();
    size = chosen.length;
    for (const [, row] of chosen) rows.add(row);
  }
  return { size: cuttable.length === 0 ? 0 : size, rows };
}
