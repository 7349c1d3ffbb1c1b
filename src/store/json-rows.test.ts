import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "../../test/settings.js";
import { rowWriter } from "./json-rows.js";

test("rows are the bytes of their JSON, whatever their letters and however much they differ in length", () => {
  // One writer for all: what it remembers of the last rows must not show in the next.
  const write = rowWriter((text: string) => ({ text, length: text.length }));
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ unit: "binary", maxLength: 8 }), fc.constant("漢\ud800\0".repeat(100)))),
      (texts) => {
        const expected = JSON.stringify(texts.map((text) => ({ text, length: text.length })));
        expect(Buffer.from(write(texts)).toString("utf8")).toBe(expected);
      },
    ),
    { numRuns: runs.property },
  );
});
