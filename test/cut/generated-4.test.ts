import { expect, test } from "vitest";
import { deep, runs } from "../settings.js";
import { checkEstates } from "./generated.js";

test("after a cut nothing comes back, and used rights work or are named: part 4 of 4 (issue 3, done when 2)", () => {
  const tally = checkEstates(runs.cutEstates, deep ? undefined : 20261104, deep);
  expect(tally.get("possible before") ?? 0).toBeGreaterThan(runs.cutEstates / 4);
  console.log(
    [...tally]
      .sort()
      .map(([what, times]) => `${what}: ${String(times)}`)
      .join(", "),
  );
}, 900_000);
