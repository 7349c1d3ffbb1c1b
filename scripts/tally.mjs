/**
 * The part of Vitest's JSON report that is counted.
 *
 * @typedef {{ fullName: string, status: string }} Assertion
 * @typedef {{ name: string, status: string, assertionResults: readonly Assertion[] }} TestFile
 * @typedef {{ testResults: readonly TestFile[] }} Report
 */

/**
 * Counts a run. What was not run is a failure: a skipped test proves nothing and looks like one that passed.
 *
 * @param {Report | undefined} report undefined: Vitest wrote none
 * @param {number} exitCode of Vitest
 * @returns {{ passed: number, failed: number, notes: string[] }} notes: failures that Vitest does not print as such
 */
export function tally(report, exitCode) {
  if (report === undefined) return { passed: 0, failed: 1, notes: ["the test run ended without a report"] };
  const tests = report.testResults.flatMap((file) =>
    file.assertionResults.map((test) => ({ ...test, file: file.name })),
  );
  const passed = tests.filter((test) => test.status === "passed").length;
  const notRun = tests.filter((test) => test.status !== "passed" && test.status !== "failed");
  const empty = report.testResults.filter((file) => file.assertionResults.length === 0);
  const notes = [
    ...notRun.map((test) => `not run (${test.status}): ${test.file}: ${test.fullName}`),
    ...empty.map((file) => `no test was run: ${file.name}`),
  ];
  if (tests.length === 0 && empty.length === 0) notes.push("no test was found");
  const failed = tests.filter((test) => test.status === "failed").length + notes.length;
  // An error outside any test, for example a promise that nobody awaited.
  if (failed === 0 && exitCode !== 0)
    return { passed, failed: 1, notes: [`the test run failed with code ${exitCode}`] };
  return { passed, failed, notes };
}
