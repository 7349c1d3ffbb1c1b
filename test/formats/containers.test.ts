import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import {
  loadFindings,
  loadReferenceData,
  type LoadFindingsOptions,
  type LoadedFindings,
} from "../../src/readers/index.js";
import { corpusPath } from "../corpus.js";
import { zipOf, type Packed } from "./zip.js";

const folder = mkdtempSync(join(tmpdir(), "remit-containers-"));
afterAll(() => rmSync(folder, { recursive: true }));
const reference = loadReferenceData().checks;
let files = 0;

function file(content: string | Buffer, name = `f${String((files += 1))}`): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
const load = (path: string, more: Partial<LoadFindingsOptions> = {}): Promise<LoadedFindings> =>
  loadFindings([path], { reference, ...more });
const reasons = ({ rejected }: LoadedFindings): readonly string[] => rejected.map((each) => each.reason);
const zip = (...packed: readonly Packed[]): string => file(zipOf(packed));

const corpus = (...names: readonly string[]): Buffer => readFileSync(corpusPath("findings", ...names));
const aws = corpus("prowler-csv", "dd-example_output_aws.csv");
const scc = corpus("gcp-scc", "gcp-public_dataset.json");

describe("archives", () => {
  it("every file of a zip is read as it would be alone, and is evidence under its own name and digest", async () => {
    const path = zip(
      { name: "out/b.json", content: scc },
      { name: "out/", content: "" },
      { name: "a.csv", content: aws },
      { name: "c.json.gz", content: gzipSync("[]") },
      { name: "__MACOSX/._a.csv", content: "x" },
      { name: "README.md", content: "# about" },
      { name: ".DS_Store", content: "x" },
    );
    const loaded = await load(path);
    expect(loaded.rejected).toEqual([]);
    expect(
      loaded.inputs.map((input) => [input.path.slice(path.length), input.kind, input.counts.rows]),
    ).toEqual([
      ["!a.csv", "prowler-csv", 4],
      ["!c.json.gz", "empty-list", 0],
      ["!out/b.json", "gcp-scc", 1],
    ]);
    const [evidence] =
      loaded.exposures.find((each) => each.account === "gcp:test-project")?.findings[0]?.evidence ?? [];
    expect(evidence?.document).toBe(`${path}!out/b.json`);
    expect(evidence?.digest).toBe(createHash("sha256").update(scc).digest("hex"));
  });

  it("an archive of another program is read, stored files too", async () => {
    const made = join(folder, "made.zip");
    const script =
      "import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1],'w')\nz.write(sys.argv[2],'p.json',zipfile.ZIP_DEFLATED)\nz.write(sys.argv[2],'s.json',zipfile.ZIP_STORED)\nz.comment=b'made elsewhere'\nz.close()";
    const source = corpusPath("findings", "gcp-scc", "gcp-public_dataset.json");
    if (existsSync("/usr/bin/python3")) execFileSync("/usr/bin/python3", ["-c", script, made, source]);
    else
      writeFileSync(
        made,
        zipOf([
          { name: "p.json", content: scc },
          { name: "s.json", content: scc, method: 0 },
        ]),
      );
    const loaded = await load(made);
    expect(loaded.rejected).toEqual([]);
    expect(loaded.inputs.map((input) => input.sameAs?.slice(made.length))).toEqual([undefined, "!p.json"]);
  });

  it.each<[string, readonly Packed[], RegExp]>([
    ["encrypted", [{ name: "a.json", content: "[]", encrypted: true }], /encrypted/],
    ["packed by another method", [{ name: "a.json", content: "[]", method: 14 }], /method 14/],
    ["damaged", [{ name: "a.json", content: "[]", crc: 1 }], /damaged or incomplete zip data/],
    [
      "longer than promised",
      [{ name: "a.json", content: "[{},{}]", bytes: 3 }],
      /damaged or incomplete zip data/,
    ],
    [
      "shorter than promised",
      [{ name: "a.json", content: "[]", bytes: 3 }],
      /damaged or incomplete zip data/,
    ],
    [
      "an archive",
      [{ name: "a.zip", content: zipOf([{ name: "b.json", content: "[]" }]) }],
      /inside an archive/,
    ],
    ["nothing but folders", [{ name: "a/", content: "" }], /holds no file/],
  ])("a file in it that is %s is refused by name, and vouches for nothing", async (_, packed, reason) => {
    const loaded = await load(zip(...packed));
    expect(reasons(loaded).join()).toMatch(reason);
    expect(loaded.scopes).toEqual([]);
    expect(loaded.inputs.every((input) => !input.complete)).toBe(true);
  });

  it("one bad file does not take the others with it", async () => {
    const loaded = await load(
      zip({ name: "a.json", content: scc }, { name: "b.json", content: "[", encrypted: true }),
    );
    expect(loaded.counts.rows).toBe(1);
    expect(loaded.rejected).toHaveLength(1);
  });

  it.each<[string, () => Buffer, RegExp]>([
    ["cut", () => zipOf([{ name: "a.json", content: scc }]).subarray(0, 400), /table of contents/],
    [
      "of overlapping files (a bomb)",
      () =>
        zipOf([
          { name: "a.json", content: "[]" },
          { name: "b.json", content: "[]", overlaps: true },
        ]),
      /overlap/,
    ],
    [
      "of too many files",
      () =>
        zipOf(Array.from({ length: 1001 }, (_, index) => ({ name: `${String(index)}.json`, content: "[]" }))),
      /1001 files, more than the limit of 1000/,
    ],
    [
      "in the Zip64 form",
      () => {
        const bytes = zipOf([{ name: "a.json", content: "[]" }]);
        bytes.writeUInt32LE(0xffffffff, bytes.length - 6);
        return bytes;
      },
      /Zip64/,
    ],
  ])("an archive %s is refused as a whole", async (_, content, reason) => {
    const loaded = await load(file(content()));
    expect(reasons(loaded).join()).toMatch(reason);
    expect(loaded.counts.rows).toBe(0);
  });

  it.each<[string, (text: string) => string | Buffer]>([
    ["zip", (text) => zipOf([{ name: "a.json", content: text }])],
    ["gzip", (text) => gzipSync(text)],
  ])("a %s bomb ends at the limit, and says so", async (_, pack) => {
    const path = file(pack(`[${" ".repeat(20_000_000)}{}]`));
    const bounds = { ratio: 50, ratioFrom: 1_000_000 };
    expect(reasons(await load(path, { sourceLimits: bounds })).join()).toMatch(/more than 50 times its size/);
  });
});

describe("tables", () => {
  const header = "TIMESTAMP;PROVIDER;CHECK_ID;STATUS;SERVICE_NAME;RESOURCE_UID;ACCOUNT_UID;STATUS_EXTENDED";
  const row = (detail: string): string =>
    `2026-11-20 10:00:00;aws;s3_bucket_public_access;FAIL;s3;arn:aws:s3:::a;222222222222;${detail}`;

  it("quoted values hold delimiters, quotes and line breaks; lines count as an editor counts them", async () => {
    const text = [header, row('"two\nlines; and ""quotes"""'), row("next").replace(":::a", ":::b"), ""].join(
      "\n",
    );
    const { exposures, rejected } = await load(file(text));
    expect(rejected).toEqual([]);
    const findings = exposures.flatMap((each) => each.findings);
    expect(findings.map((each) => [each.detail, each.evidence[0]?.line])).toEqual([
      ['two\nlines; and "quotes"', 2],
      ["next", 4],
    ]);
  });

  it("a table in UTF-16, as PowerShell writes it, is the same table", async () => {
    const text = [header, row("ä"), ""].join("\r\n");
    const plain = await load(file(text));
    const wide = await load(file(Buffer.from(`\ufeff${text}`, "utf16le")));
    expect(wide.exposures.map((each) => each.id)).toEqual(plain.exposures.map((each) => each.id));
    expect(wide.exposures[0]?.findings[0]?.detail).toBe("ä");
  });

  it("a row of another width is named with its line, and the others are used", async () => {
    const text = [header, row("a"), "2026;aws;too;short", row("b;too long"), row("c"), ""].join("\r\n");
    const loaded = await load(file(text));
    expect(loaded.counts).toMatchObject({ rows: 4, rejected: 2, failing: 2 });
    expect(loaded.rejected.map((each) => [each.line, each.reason])).toEqual([
      [3, "the row has another number of columns than the header"],
      [4, "the row has another number of columns than the header"],
    ]);
  });

  it("a table that ends inside a quoted value was cut: its whole rows are used, it vouches for nothing", async () => {
    const pass = row("fine").replace("FAIL", "PASS");
    const loaded = await load(file([header, pass, row('"no end')].join("\n")));
    expect(loaded.counts.passed).toBe(1);
    expect(reasons(loaded).join()).toMatch(/inside a quoted value/);
    expect(loaded.scopes).toEqual([]);
    expect(loaded.inputs[0]?.complete).toBe(false);
  });

  it("columns that are those of no format are named", async () => {
    const loaded = await load(file("name,colour,size,price\na,b,c,d\n"));
    expect(reasons(loaded)).toEqual([
      "the file is a table of no known format: its columns are `name`, `colour`, `size`, `price`, …",
    ]);
  });

  it("too many columns and too large a row are refused with the limit", async () => {
    const wide = `${header}${";X".repeat(3000)}\n`;
    expect(reasons(await load(file(wide))).join()).toMatch(/3008 columns, more than the limit of 2000/);
    const long = [header, row("x".repeat(5000)), row("y"), ""].join("\n");
    const bounded = await load(file(long), { sourceLimits: { rowBytes: 1000 } });
    expect(reasons(bounded).join()).toMatch(/larger than the limit/);
  });

  it("columns named like members of every object are plain columns", async () => {
    const text = `${header};__proto__;constructor\n${row("a")};x;y\n`;
    expect((await load(file(text))).counts.failing).toBe(1);
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });
});

describe("hostile JSON", () => {
  it.each<[string, () => string, RegExp]>([
    [
      "nested a million levels",
      () => `[${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}]`,
      /nested deeper than 200 levels/,
    ],
    [
      "one record with a million names",
      () => `[{${Array.from({ length: 250_000 }, (_, index) => `"k${String(index)}":1`).join(",")}}]`,
      /more than 200000 member names/,
    ],
    ["one value of 20 MB", () => `[{"a":"${"x".repeat(20_000_000)}"}]`, /larger than 16777216 bytes/],
    ["a document of 70 MB", () => `{"a":"${"x".repeat(70_000_000)}"}`, /larger than 67108864 bytes/],
  ])("%s is refused with the limit, soon, and does not stop the rest", async (_, content, reason) => {
    const started = Date.now();
    const loaded = await load(file(content()));
    expect(reasons(loaded).join()).toMatch(reason);
    expect(loaded.exposures).toEqual([]);
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  it("XML and HTML of no known format say so", async () => {
    expect(reasons(await load(file("<html><body>sign in</body></html>"))).join()).toMatch(/XML or HTML/);
  });

  it("records of several formats in one file are each read by their own reader", async () => {
    const wiz = JSON.parse(corpus("wiz-issues", "panther-webhook_open_alert.json").toString()) as object;
    const path = file(
      [JSON.stringify(JSON.parse(scc.toString())), JSON.stringify(wiz), '{"a":1}'].join("\n"),
    );
    const loaded = await load(path);
    expect(loaded.inputs).toMatchObject([{ kind: "gcp-scc+wiz-issues", counts: { rows: 3, rejected: 1 } }]);
  });
});
