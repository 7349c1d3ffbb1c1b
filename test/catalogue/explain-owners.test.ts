import { expect, test } from "vitest";
import { exampleInputs, runRemit } from "../run-remit.js";

test("explain says for each role why this owner, and who else was considered", async () => {
  const now = ["--now", "2026-11-22T12:00:00Z"];
  const analysis = JSON.parse(
    (await runRemit(["analyze", ...exampleInputs, ...now, "--format", "json"])).out,
  ) as {
    cases: { id: string; title: string }[];
  };
  const [first] = analysis.cases;
  const { out } = await runRemit(["explain", first?.id ?? "", ...exampleInputs, ...now], { COLUMNS: "160" });
  const block = out.slice(out.indexOf("WHY THESE OWNERS"), out.indexOf("\nNEXT"));
  expect(block).toMatch(/^APP +the catalogue: c\.dupont: build plane of workload exports \(head\)$/m);
  expect(block).toMatch(/considered: data-platform 0\.93 \(tag owner 0\.75; CODEOWNERS of/);
  expect(out.indexOf("WHY THESE OWNERS")).toBeLessThan(out.indexOf("\nNEXT"));
});

test("the same stands in the Markdown and the HTML, and a sign-in name is the person of the catalogue who signs in with it", async () => {
  const now = ["--now", "2026-11-22T12:00:00Z"];
  const page = async (format: string): Promise<string> =>
    (await runRemit(["analyze", ...exampleInputs, ...now, "--format", format])).out;
  const markdown = await page("markdown");
  expect(markdown.split("### Why these owners").length - 1).toBe(markdown.split(/^## R-/m).length - 1);
  expect(markdown).toMatch(/\*\*APP\*\* the catalogue: c\.dupont: build plane of workload exports/);
  expect(markdown).toMatch(/considered: l\.meyer 0\.69/);
  expect(markdown).not.toMatch(/considered: l\.meyer@/);
  expect(await page("html")).toContain("<h3>Why these owners</h3>");
});
