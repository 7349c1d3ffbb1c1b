import { describe, expect, test } from "vitest";
import { exposure, input, sampleAnalysis, sampleCase, stats } from "../../test/fixtures/analysis/build.js";
import { firstMinute } from "../../test/fixtures/analysis/first-minute.js";
import { renderTable, type TableOptions } from "./table.js";
import { widthOf } from "./text-width.js";

const render = (analysis = firstMinute, more: Partial<TableOptions> = {}): string =>
  renderTable(analysis, { width: 160, colour: false, all: false, elapsed: 3200, ...more });

describe("the table of first-minute.md 1", () => {
  test.each([160, 120, 100])("at %i columns", async (width) => {
    const table = render(firstMinute, { width });
    await expect(table).toMatchFileSnapshot(`../../test/fixtures/analysis/table-${String(width)}.txt`);
    for (const line of table.split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(width);
  });

  test("every case is in exactly one row or one fold, and the numbers add up", () => {
    const table = render();
    const rows = table.match(/^R-\w+ /gm)?.length ?? 0;
    const folded = [...table.matchAll(/\+(\d+)(?: cases?)? +(?:only admins|governed|cannot)/g)].map((match) =>
      Number(match[1]),
    );
    expect(folded).toEqual([12, 2, 1]);
    expect(rows + folded.reduce((sum, number) => sum + number, 0)).toBe(firstMinute.cases.length);
    expect(1968 + 27 + 952).toBe(2947);
    expect(table).toContain(
      "2,947 rows in 2 files = 1,968 passed + 27 muted elsewhere + 952 failing; 952 failing = 148",
    );
  });

  test("rows that the counts do not explain are said", () => {
    const table = render({ ...firstMinute, stats: stats({ passed: 1960 }) });
    expect(table).toContain("+ 952 failing + 8 NOT ACCOUNTED FOR");
  });

  test("the first four columns and the word survive on a narrow terminal", () => {
    for (const width of [40, 60, 80, 99]) {
      const head = render(firstMinute, { width })
        .split("\n")
        .find((line) => line.startsWith("CASE"));
      expect(head).toMatch(/^CASE +EXPOSED +COMES BACK +BECAUSE/);
      expect(head).not.toContain("DUE");
    }
  });

  test("--all shows every case, unknown and rejection, and folds nothing", () => {
    const table = render(firstMinute, { all: true });
    expect(table.match(/^R-\w+ /gm)).toHaveLength(23);
    expect(table).not.toContain("(--all)");
  });

  test("many cases that can come back are folded by word, never dropped", () => {
    const cases = Array.from({ length: 40 }, (_, index) =>
      sampleCase(`R-X${String(index).padStart(3, "0")}`),
    );
    const table = render(sampleAnalysis({ cases }));
    expect(table.match(/^R-\w+ /gm)).toHaveLength(12);
    expect(table).toContain("+28 cases  yes");
  });

  test("colour stands in COMES BACK only, with the word, and changes no width", () => {
    const coloured = render(firstMinute, { colour: true });
    // eslint-disable-next-line no-control-regex -- the codes are what is looked for
    const codes = /\u001b\[[\d;]*m/g;
    expect(coloured.replace(codes, "")).toBe(render());
    // eslint-disable-next-line no-control-regex -- the codes are what is looked for
    const words = [...coloured.matchAll(/\u001b\[[\d;]+m([^\u001b]+)\u001b\[0m/g)].map((match) => match[1]);
    expect(words.slice(0, 2)).toEqual(["yes, by itself", "yes, from outside"]);
    expect(words).toHaveLength(8);
  });
});

describe("names from outside", () => {
  const hostile = (name: string): string =>
    render(
      sampleAnalysis({
        cases: [sampleCase("R-EVIL", { exposures: [exposure("s3:bucket", name, "public read")] })],
      }),
    );

  test("a control character is written out and cannot forge a row", () => {
    const table = hostile("a\n\u001b[2KR-FAKE  all is well");
    expect(table).toContain("U+000AU+001B");
    expect(table.match(/^R-\w+ /gm)).toEqual(["R-EVIL "]);
    expect(table).not.toContain("\u001b");
  });

  test("wide characters keep the columns aligned", () => {
    const analysis = sampleAnalysis({
      cases: ["データ", "plain", "👩‍👩‍👧"].map((name, index) =>
        sampleCase(`R-W${String(index)}00`, {
          exposures: [exposure("s3:bucket", name, "public read")],
          recreation: { because: "x", words: "yes" },
        }),
      ),
    });
    const starts = render(analysis)
      .split("\n")
      .filter((line) => line.startsWith("R-W"))
      .map((line) => widthOf(line.slice(0, line.indexOf("yes"))));
    expect(new Set(starts).size).toBe(1);
  });

  test("a place in the user's code is shown below the folder that all documents share", () => {
    const input = (document: string) => ({
      ...{ document, kind: "x", role: "estate" as const, digest: "d", entities: {} },
    });
    const table = (documents: readonly string[]): string =>
      render(
        sampleAnalysis({
          inputs: documents.map(input),
          cases: [
            sampleCase("R-TF00", { recreation: { because: "Terraform sets it: a/b/infra/main.tf:26" } }),
          ],
        }),
      );
    expect(table(["a/b/infra/main.tf", "a/b/gaad.json"])).toContain("sets it: infra/main.tf:26");
    expect(table(["a/b/infra/main.tf", "gaad.json"])).toContain("sets it: a/b/infra/main.tf:26");
  });

  test("an ARN never reaches the table", () => {
    const because = "arn:aws:iam::222222222222:role/etl/etl-admin may s3:PutBucketPolicy";
    const table = render(sampleAnalysis({ cases: [sampleCase("R-ARN0", { recreation: { because } })] }));
    expect(table).toContain("etl-admin may s3:PutBucketPolicy");
    expect(table).not.toContain("arn:aws");
  });

  test("the account stands before a name only where two accounts share it", () => {
    const item = (id: string, name: string, account: string, accountName: string) =>
      sampleCase(id, { exposures: [exposure("s3:bucket", name, "public read", { account, accountName })] });
    const table = render(
      sampleAnalysis({
        cases: [
          item("R-1AAA", "logs", "aws:111111111111", "dev"),
          item("R-2AAA", "logs", "aws:222222222222", "prod"),
          item("R-3AAA", "alone", "aws:111111111111", "dev"),
        ],
      }),
    );
    expect(table).toMatch(/R-1AAA {2}s3 dev\/logs · public read/);
    expect(table).toMatch(/R-2AAA {2}s3 prod\/logs · public read/);
    expect(table).toMatch(/R-3AAA {2}s3 alone · public read/);
  });
});

describe("variants", () => {
  test("nothing wrong: counts, the floor and the sentence, no empty table", () => {
    const table = render(sampleAnalysis({ cases: [] }));
    expect(table).toContain("nothing ungoverned can bring anything back");
    expect(table).toContain("floor, not counted: account root · organisation management");
    expect(table).toContain("2,947 rows");
    expect(table).not.toContain("COMES BACK");
  });

  test("nothing found without an estate is no all-clear", () => {
    const table = render(sampleAnalysis({ cases: [], inputs: [input("findings", "prowler.json")] }));
    expect(table).not.toContain("nothing ungoverned");
    expect(table).toContain("no estate was supplied");
  });

  test("an unknown fact is no all-clear", () => {
    const unknowns = [{ key: "k", fact: "SCPs", collect: "x", decides: [], confirms: [] }];
    expect(render(sampleAnalysis({ cases: [], unknowns }))).not.toContain("nothing ungoverned");
  });

  test("an estate alone says that the exposures were read from it", () => {
    const empty = {
      files: 0,
      rows: 0,
      passed: 0,
      muted: 0,
      failing: 0,
      failingAccess: 0,
      failingConfiguration: 0,
    };
    const table = render(
      sampleAnalysis({
        inputs: [input("estate", "gaad.json")],
        stats: stats(empty, { exposures: 3 }),
        cases: [sampleCase("R-1AAA")],
        configuration: { exposures: 0, findings: 0 },
      }),
    );
    expect(table).toContain("no findings were supplied: 3 exposures read from the estate itself → 1 case");
  });

  test("with a catalogue a known owner is plain and a gap carries no mark of inference", () => {
    const table = render({
      ...firstMinute,
      inputs: [...firstMinute.inputs, input("catalogue", "remit.yaml")],
    });
    expect(table).toContain("SECRETS (nobody found)");
    expect(table).not.toContain("no catalogue");
  });
});
