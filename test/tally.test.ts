import { describe, expect, test } from "vitest";
import { tally } from "../scripts/tally.mjs";

const file = (...statuses: string[]) => ({
  name: "a.test.ts",
  status: "passed",
  assertionResults: statuses.map((status, index) => ({ status, fullName: `test ${index}` })),
});

describe("the count of a test run", () => {
  test("everything passed", () => {
    expect(tally({ testResults: [file("passed", "passed"), file("passed")] }, 0)).toEqual({
      passed: 3,
      failed: 0,
      notes: [],
    });
  });

  test("a failure", () => {
    expect(tally({ testResults: [file("passed", "failed")] }, 1)).toEqual({
      passed: 1,
      failed: 1,
      notes: [],
    });
  });

  test.each(["skipped", "pending", "todo", "disabled", "a status of tomorrow"])(
    "%s is a failure",
    (status) => {
      const { passed, failed, notes } = tally({ testResults: [file("passed", status)] }, 0);
      expect([passed, failed]).toEqual([1, 1]);
      expect(notes).toEqual([`not run (${status}): a.test.ts: test 1`]);
    },
  );

  test("a file that could not be loaded is a failure", () => {
    expect(tally({ testResults: [file("passed"), { ...file(), status: "failed" }] }, 1).failed).toBe(1);
  });

  test("an error outside any test is a failure", () => {
    expect(tally({ testResults: [file("passed")] }, 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  test("nothing at all is a failure", () => {
    expect(tally({ testResults: [] }, 0)).toMatchObject({ passed: 0, failed: 1 });
    expect(tally(undefined, 0)).toMatchObject({ passed: 0, failed: 1 });
  });
});
