import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "../../test/settings.js";
import { cutEnd, cutMiddle, widthOf, wrap } from "./text-width.js";
import { visible } from "./visible-text.js";

test.each([
  ["abc", 3],
  ["データ", 6],
  ["한글", 4],
  ["é", 1],
  ["👩‍👩‍👧 team", 7],
  ["🇩🇪", 2],
  ["→ …", 3],
])("%s takes %i columns", (text, width) => expect(widthOf(text)).toBe(width));

test("a cut never exceeds its width and never breaks a character", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 40 }),
      fc.integer({ min: 1, max: 30 }),
      (raw, width) => {
        const text = visible(raw);
        for (const cut of [cutEnd(text, width), cutMiddle(text, width)]) {
          expect(widthOf(cut)).toBeLessThanOrEqual(width);
          expect(visible(cut)).toBe(cut);
        }
      },
    ),
    { numRuns: runs.property },
  );
});

test("wrapping loses nothing but spaces", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 80 }),
      fc.integer({ min: 4, max: 30 }),
      (raw, width) => {
        const text = visible(raw);
        const lines = wrap(text, width);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
      },
    ),
    { numRuns: runs.property },
  );
});

test.each([
  ["gnp\u202etxt.exe", "gnpU+202Etxt.exe"],
  ["\u001b[31mred", "U+001B[31mred"],
  ["a\u200bb\u2066c", "aU+200BbU+2066c"],
  ["a\r\nb\tc", "aU+000DU+000AbU+0009c"],
  ["👩‍👩‍👧 data", "👩‍👩‍👧 data"],
  ["a\u200db", "aU+200Db"],
  ["שלום", "שלום"],
])("characters that would steer the reader are written out: %j", (text, shown) =>
  expect(visible(text)).toBe(shown),
);
