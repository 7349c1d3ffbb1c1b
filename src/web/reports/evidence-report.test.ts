import { expect, test } from "vitest";
import type { Measures } from "../../api/index.js";
import { csvOf } from "./evidence-report.js";

test("a title that begins like a formula is text for whoever opens the table", () => {
  const row = {
    case: "R-1",
    title: '=HYPERLINK("x")',
    lead: "APP",
    tier: 1,
    since: "2026-11-22T12:00:00Z",
    recurred: false,
  };
  const [, line] = csvOf({ cases: [row] } as unknown as Measures).split("\r\n");
  expect(line).toBe('"R-1","\'=HYPERLINK(""x"")","APP","1","2026-11-22T12:00:00Z","","","","","false"');
});
