import { expect, test } from "vitest";
import type { CaseLine } from "../../api/index.js";
import { casesSearch } from "./cases-search.js";
import { grouped } from "./grouping.js";

const line = (id: string, lead: string): CaseLine => ({ id, lead }) as unknown as CaseLine;

test("a group stands where its first case stood, keeps their order, and loses none", () => {
  const lines = [line("R-1", "IDGOV"), line("R-2", "SECRETS"), line("R-3", "IDGOV")];
  const { lines: all, headings } = grouped(lines, "lead");
  expect(all.map(({ id }) => id)).toEqual(["R-1", "R-3", "R-2"]);
  expect([...headings].map(([at, { label, count }]) => [at, label, count])).toEqual([
    [0, "IDGOV", 2],
    [2, "SECRETS", 1],
  ]);
  expect(grouped(lines, undefined).headings.size).toBe(0);
});

test("the first four columns never leave, whatever the address says", () => {
  expect(casesSearch({ cols: "tier|case|back|due" }).cols).toBe("tier|due");
  expect(casesSearch({ cols: "case", group: "colour" })).toEqual({});
});
