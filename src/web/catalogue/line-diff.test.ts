import fc from "fast-check";
import { expect, test } from "vitest";
import { changedOnly, lineDiff } from "./line-diff.js";

test("both texts can be read out of the difference, whatever they hold", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "c", "- x", "+ y", ""), { maxLength: 12 })
    .map((lines) => lines.join("\n"));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = lineDiff(before, after);
      const side = (sign: "+" | "-") => lines.filter((line) => line.sign !== sign).map((line) => line.text);
      expect(side("+").join("\n")).toBe(before);
      expect(side("-").join("\n")).toBe(after);
    }),
  );
});

test("what is the same far from a change is folded", () => {
  const lines = Array.from({ length: 20 }, (_, index) => `line ${String(index)}`);
  const after = lines.with(10, "another").join("\n");
  const shown = changedOnly(lineDiff(lines.join("\n"), after));
  expect(shown.filter((line) => line !== "gap").map(({ sign, text }) => sign + text)).toEqual([
    " line 7",
    " line 8",
    " line 9",
    "-line 10",
    "+another",
    " line 11",
    " line 12",
    " line 13",
  ]);
});
