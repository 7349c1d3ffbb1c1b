import { expect, test } from "vitest";
import { firstMinute } from "../../test/fixtures/analysis/first-minute.js";
import { analysisSchema } from "./analysis.js";

test("a document of the type is valid, through JSON and back", () => {
  const result = analysisSchema.safeParse(JSON.parse(JSON.stringify(firstMinute)));
  expect(result.error?.issues ?? []).toEqual([]);
});

test.each([
  ["an unknown field", { ...firstMinute, extra: 1 }],
  ["a verdict that does not exist", { ...firstMinute, cases: [{ ...firstMinute.cases[0]!, tier: 4 }] }],
  ["a missing list", { ...firstMinute, unknowns: undefined }],
])("%s is refused", (_what, document) => expect(analysisSchema.safeParse(document).success).toBe(false));
