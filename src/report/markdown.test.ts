import { expect, test } from "vitest";
import { exposure, sampleAnalysis, sampleCase } from "../../test/fixtures/analysis/build.js";
import { firstMinute } from "../../test/fixtures/analysis/first-minute.js";
import { renderMarkdown } from "./markdown.js";

const render = (analysis = firstMinute): string => renderMarkdown(analysis, { verbose: false });

test("every case is a row and a section, with the blocks of explain in their order", () => {
  const text = render();
  expect(text.match(/^\| R-\w+ \|/gm)).toHaveLength(23);
  expect(text.match(/^## R-\w+: /gm)).toHaveLength(23);
  const section = text.slice(text.indexOf("## R-M41C"), text.indexOf("## R-9TD0"));
  expect(section.match(/^### .*/gm)).toEqual([
    "### What",
    "### Comes back because",
    "### What was checked",
    "### Who acts",
    "### What would change it",
  ]);
  expect(section).toContain(
    "3. etl-admin may s3:PutBucketPolicy on acme-reports _(brings it back)_ (`gaad.json /Policies/22/",
  );
});

test("names cannot become markup, links or further cells", () => {
  const name = "a|b <img src=x> [x](http://evil) `c` **d** http://evil\n# e";
  const text = render(
    sampleAnalysis({
      cases: [sampleCase("R-EVIL", { title: name, exposures: [exposure("s3:bucket", name, name)] })],
    }),
  );
  const row = text.split("\n").find((line) => line.startsWith("| R-EVIL"))!;
  expect(row.match(/(?<!\\)\|/g)).toHaveLength(9);
  expect(text).not.toMatch(/(?<!\\)<img/);
  expect(text).not.toMatch(/(?<!\\)\[x(?<!\\)\]\(/);
  expect(text).not.toContain("http://");
  expect(text).not.toMatch(/^# e/m);
});
