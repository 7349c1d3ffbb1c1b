import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../../../test/settings.js";
import { tarOf } from "../../server/tar.js";
import { untar } from "./untar.js";

const packed = (files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Buffer =>
  tarOf("R-7K2Q-evidence", files, 0);

describe("what a server sends as a bundle", () => {
  test("comes out as it went in", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}$/), { maxLength: 8 }),
        fc.array(fc.string({ maxLength: 1500, unit: "grapheme" }), { minLength: 8, maxLength: 8 }),
        (names, texts) => {
          const files = names.map((name, at) => ({ name, text: texts[at] ?? "" }));
          const bytes = files.map(({ name, text }) => ({ name, bytes: Buffer.from(text) }));
          expect(untar(packed(bytes))).toEqual(files);
        },
      ),
      { numRuns: runs.property },
    );
  });

  const one = (path: string, type = "0"): Buffer => {
    const bytes = packed([{ name: "x", bytes: Buffer.from("text") }]);
    bytes.fill(0, 0, 100);
    bytes.write(path, 0);
    bytes.write(type, 156);
    return bytes;
  };

  test.each([
    ["cut off", packed([{ name: "x", bytes: Buffer.alloc(600) }]).subarray(0, 1024)],
    ["without its end", packed([{ name: "x", bytes: Buffer.from("y") }]).subarray(0, 1024)],
    ["no archive", Buffer.from("<h1>hello</h1>".repeat(100))],
    ["a place above its folder", one("../x")],
    ["a place elsewhere", one("/etc/passwd")],
    ["a folder below", one("a/b/x")],
    ["a hidden file", one("a/.ssh")],
    ["a link", one("a/x", "2")],
    [
      "too many files",
      packed(Array.from({ length: 101 }, (_, at) => ({ name: `f${String(at)}`, bytes: Buffer.of() }))),
    ],
  ])("is refused as a whole: %s", (_, bytes) => {
    expect(untar(bytes)).toBeUndefined();
  });
});
