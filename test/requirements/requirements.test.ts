import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { namedBy, page, pagePath, requirementRows } from "../../scripts/requirements.mjs";

describe("the requirements and their tests", () => {
  const rows = requirementRows();
  const named = namedBy();

  test("all ninety rows, in order", () => {
    expect(rows.map(({ id }) => id)).toEqual(
      Array.from({ length: 90 }, (_, index) => `R${String(index + 1)}`),
    );
  });

  test("every row that data can decide is named by a test, or says why not", () => {
    const silent = rows.filter(
      ({ id, data, without }) => /^C/.test(data) && !named.has(id) && without === undefined,
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  test("a row that has a test does not say that it has none", () => {
    const stale = rows.filter(({ id, without }) => named.has(id) && without !== undefined);
    expect(stale.map(({ id }) => id)).toEqual([]);
  });

  test("the page is what the tests say: else run node scripts/requirements.mjs", () => {
    expect(readFileSync(pagePath, "utf8") === page(), `${pagePath} is out of date`).toBe(true);
  });
});
