import { expect, test } from "vitest";
import { runs } from "../settings.js";
import { checkGivenUp } from "./generated.js";

test("a cut whose search is given up closes everything, and is not called the least (issue 3, done when 2)", () => {
  expect(checkGivenUp(runs.slowProperty * 2)).toBeGreaterThan(0);
}, 600_000);
