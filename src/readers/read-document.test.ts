import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../../test/settings.js";
import { documentLimits, readDocument, type DocumentLimits } from "./read-document.js";

const read = (
  content: string | Uint8Array,
  path = "file.json",
  limits: DocumentLimits = documentLimits,
): ReturnType<typeof readDocument> =>
  readDocument({ path, bytes: typeof content === "string" ? Buffer.from(content) : content }, limits);
const value = (content: string | Uint8Array, path?: string): unknown => {
  const result = read(content, path);
  return result.kind === "document" ? result.document.value : result.rejection;
};
const rejection = (content: string | Uint8Array, path?: string, limits?: DocumentLimits): unknown => {
  const result = read(content, path, limits);
  return result.kind === "rejected" ? result.rejection : "was read";
};

describe("encodings", () => {
  const json = '{"name": "größe €"}';
  const utf16 = Buffer.from(json, "utf16le");
  it.each([
    ["UTF-8", Buffer.from(json)],
    ["UTF-8 with byte-order mark", Buffer.from(`\uFEFF${json}`)],
    ["UTF-16 LE with byte-order mark (PowerShell)", Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    ["UTF-16 LE without one", utf16],
    [
      "UTF-16 BE with byte-order mark",
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]),
    ],
    ["gzip", gzipSync(json)],
    ["gzip of UTF-16", gzipSync(Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]))],
  ])("%s", (_name, bytes) => expect(value(bytes)).toEqual({ name: "größe €" }));

  it("the digest is that of the raw bytes", () => {
    const result = read("{}  ".replace("{}", '{"a":1}'));
    expect(result.kind === "document" && result.document.source.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(read('{"a":1}').kind === "document" && read(gzipSync('{"a":1}'))).not.toEqual(read('{"a":1}'));
  });

  it("anything else is refused, not guessed", () => {
    expect(rejection(Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x7d]))).toMatchObject({
      reason: "neither UTF-8 nor UTF-16 text",
    });
    expect(rejection(Buffer.from([0xff, 0xfe, 0x7b]))).toMatchObject({
      reason: expect.stringContaining("odd number of bytes"),
    });
    expect(rejection(gzipSync("x".repeat(1000)).subarray(0, 20))).toMatchObject({
      reason: "damaged or incomplete gzip file",
    });
  });

  it("a gzip bomb stops at the limit", () => {
    const limits = { ...documentLimits, bytes: 100_000 };
    expect(rejection(gzipSync("x".repeat(5_000_000)), "bomb.json.gz", limits)).toMatchObject({
      reason: expect.stringContaining("unpacks to more than"),
    });
  });
});

describe("files that hold nothing", () => {
  it.each([
    ["", "the file is empty"],
    [" \n\uFEFF".trimEnd(), "the file is empty"],
    ["null", "the document is `null`"],
    ["[]", "the document is an empty list"],
    ["{}", "the document is an empty object"],
    ["42", "the document is a bare number, not an object or a list"],
    ['"text"', "the document is a bare string, not an object or a list"],
  ])("%j says so", (content, reason) =>
    expect(rejection(content)).toMatchObject({ document: "file.json", reason }),
  );
});

describe("damaged files are placed", () => {
  it("cut in the middle: where it ends, and nothing of it is used", () => {
    expect(rejection('{\n "a": [1,\n')).toMatchObject({
      line: 3,
      offset: 12,
      reason: expect.stringContaining("ends in the middle"),
    });
    expect(rejection('{\n "a": "text')).toMatchObject({
      line: 2,
      offset: 8,
      reason: expect.stringContaining("inside a string"),
    });
  });

  it("not JSON: the line and what stands there", () => {
    expect(rejection('{\n "a": 1,\n "b" 2\n}')).toMatchObject({
      line: 3,
      offset: 16,
      reason: "not valid JSON near `2 }`",
    });
    expect(rejection("{'a': 1}")).toMatchObject({ line: 1, offset: 1 });
    expect(rejection('{"a": 1,}')).toMatchObject({ offset: 8 });
    expect(rejection('[{"a": 1}] trailing')).toMatchObject({ offset: 11 });
  });

  it("every prefix of a document is refused, never half believed", () => {
    const whole = JSON.stringify({
      UserDetailList: [{ Arn: 'arn:aws:iam::1:user/\\"x', n: [1, -2.5e3, true, null] }],
    });
    for (let length = 1; length < whole.length; length += 1)
      expect(read(whole.slice(0, length)).kind).toBe("rejected");
    expect(read(whole).kind).toBe("document");
  });

  it("nesting beyond the limit, even a million brackets, ends quickly", () => {
    expect(rejection("[".repeat(1_000_000))).toMatchObject({
      reason: expect.stringContaining("nested deeper than the limit of 200"),
      offset: 200,
    });
    expect(read(`${"[".repeat(200)}1${"]".repeat(200)}`).kind).toBe("document");
    expect(rejection(`a: ${"[".repeat(5000)}${"]".repeat(5000)}`, "deep.yaml")).toMatchObject({
      reason: expect.stringMatching(/nested deeper|not valid YAML/),
    });
  });

  it("a CSV row of another width is a fault of the file, with its line", () => {
    expect(rejection("a,b,c,d\n1,2,3,4\n1,2", "report.csv")).toMatchObject({
      line: 3,
      reason: expect.stringContaining("another number of columns"),
    });
  });

  it("an alias bomb in YAML is stopped", () => {
    const bomb = [
      "a: &a [x,x,x,x,x,x,x,x,x]",
      ...Array.from(
        { length: 8 },
        (_, i) =>
          `${String.fromCharCode(98 + i)}: &${String.fromCharCode(98 + i)} [${Array(9)
            .fill(`*${String.fromCharCode(97 + i)}`)
            .join(",")}]`,
      ),
    ].join("\n");
    expect(rejection(bomb, "bomb.yaml")).toMatchObject({ reason: expect.stringContaining("aliases") });
  });

  it("bytes above the limit are not parsed", () => {
    expect(
      rejection("x".repeat(2_000_000), "big.json", { ...documentLimits, bytes: 1_000_000 }),
    ).toMatchObject({ reason: "2 MB is more than the limit of 1 MB for one file" });
  });

  it("no content throws (fuzz)", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      '"',
      ":",
      ",",
      "a",
      "1",
      "\\",
      "\n",
      "- ",
      "&a",
      "*a",
      "!x",
      "\uFEFF",
      "#",
      "---",
      "%",
      "\u0000",
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 40 }),
        fc.constantFrom("f.json", "f.yaml", "f.csv", "f", "f.tfstate"),
        (parts, path) => {
          const result = read(parts.join(""), path);
          if (result.kind === "rejected") expect(result.rejection.reason.length).toBeGreaterThan(3);
        },
      ),
      { numRuns: runs.property * 5 },
    );
  });

  it("bytes at random do not throw either", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(["document", "rejected"]).toContain(read(bytes, "f").kind);
      }),
      { numRuns: runs.property },
    );
  });
});

describe("formats", () => {
  it("JSON lines and appended pages keep the line of each record", () => {
    const result = read('{"a":1}\n\n{"b":2}\n{\n "c":3}\n');
    expect(
      result.kind === "document" && [result.document.format, result.document.value, result.document.lines],
    ).toEqual(["json-lines", [{ a: 1 }, { b: 2 }, { c: 3 }], [1, 3, 4]]);
    expect(rejection('{"a":1}\n{"b":')).toMatchObject({ line: 2 });
  });

  it("YAML, CSV and plain text are told apart by content", () => {
    expect(value("schema: remit.estate/1\naccounts: []\n", "estate")).toEqual({
      schema: "remit.estate/1",
      accounts: [],
    });
    expect(value("user,arn,user_creation_time,x\na,b,c,d\n", "report")).toEqual([
      { user: "a", arn: "b", user_creation_time: "c", x: "d" },
    ]);
    const owners = read("# owners\n* @org/team\n", "CODEOWNERS");
    expect(owners.kind === "document" && owners.document.format).toBe("text");
    const sections = read("[Section]\n* @org/team\n", "CODEOWNERS");
    expect(sections.kind === "document" && sections.document.format).toBe("text");
  });

  it("keys of the prototype cannot pollute", () => {
    const parsed = value(
      '{"a": {"__proto__": {"polluted": true}, "constructor": 1}, "\\u005f_proto__": {"polluted": true}}',
    );
    const copy = Object.assign({}, parsed, (parsed as { a: object }).a);
    expect((copy as { polluted?: boolean }).polluted).toBeUndefined();
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect((copy as { constructor: unknown }).constructor).toBe(1);
    const yaml = value("__proto__:\n  polluted: true\na: 1\n", "x.yaml");
    expect((Object.assign({}, yaml) as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
