import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mutated } from "../../scripts/mutations.mjs";
import { mutations, namedBy, requirementRows } from "../../scripts/requirements.mjs";

/**
 * Every row that data can decide is held by a rule that is switched off in `npm run test:mutations`. Here only that the
 * list is whole and can be applied: the tests that then have to fail are run there.
 */
describe("the rules that are switched off", () => {
  const list = mutations();
  const named = namedBy();

  test("one at least for every row that data can decide and a test names", () => {
    const held = new Set(list.flatMap(({ rows }) => rows));
    const bare = requirementRows().filter(
      ({ id, data }) => /^C/.test(data) && named.has(id) && !held.has(id),
    );
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  test.each(list.map((mutation) => [mutation.rows.join(", "), mutation.rule, mutation] as const))(
    "%s, %s: stands in its file exactly once, and tests name its rows",
    (_rows, _rule, mutation) => {
      const text = readFileSync(mutation.file, "utf8");
      expect(mutated(text, mutation)).not.toBe(text);
      for (const row of mutation.rows) expect([row, named.get(row) ?? []]).not.toEqual([row, []]);
    },
  );

  test("a place that is gone, or that stands twice, is an error and no silent pass", () => {
    const mutation = { rows: ["R1"], rule: "x", file: "a.ts", find: "here", replace: "there" };
    expect(() => mutated("elsewhere", { ...mutation, find: "nowhere" })).toThrow("stands there 0 times");
    expect(() => mutated("here and here", mutation)).toThrow("stands there 2 times");
    expect(() => mutated("here", { ...mutation, replace: "here" })).toThrow("is replaced by itself");
  });
});
