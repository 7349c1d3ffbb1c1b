import fc from "fast-check";
import { expect, test } from "vitest";
import { estates } from "../generators/policy-estate.js";
import { runs } from "../settings.js";
import { checkedPaths } from "./checked-paths.js";

test("no path of a generated estate is refused by the independent check", async () => {
  let checked = 0;
  await fc.assert(
    fc.asyncProperty(estates, fc.boolean(), async (text, blocked) => {
      for (const { result, told } of await checkedPaths(text, blocked)) {
        checked += 1;
        expect(result.outcome, told).not.toBe("fails");
      }
    }),
    { numRuns: runs.slowProperty },
  );
  expect(checked).toBeGreaterThan(0);
}, 600_000);
