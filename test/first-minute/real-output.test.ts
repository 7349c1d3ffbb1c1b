import { expect, test } from "vitest";
import { corpusPath } from "../corpus.js";
import { analysis, table } from "./run.js";

/** first-minute.md 3.1: real Prowler output and one account's authorization details, and nothing else. */
const inputs = {
  estate: [corpusPath("estates", "cloudsplaining-example")],
  findings: [corpusPath("findings", "prowler-ocsf")],
};

test("real findings and the identities of one account alone give a useful table", async () => {
  const { exit, out, err } = await table(inputs);
  expect([0, 3]).toContain(exit);
  expect(err).not.toMatch(/\n\s+at /);
  expect(out).toMatch(/\d+ rows in \d+ files = /);
  expect(out).toMatch(/^CASE {2,}EXPOSED {2,}COMES BACK {2,}BECAUSE/m);
  const found = await analysis(inputs);
  expect(found.cases.length).toBeGreaterThan(0);
  for (const item of found.cases) {
    // A role is decided for every case; without a catalogue nobody is stated as fact.
    expect(item.contain.lead, item.title).not.toBe("");
    expect(item.lead, item.title).not.toBe("");
    for (const answerable of item.contain.answerable) expect(answerable.inferred, item.title).not.toBe(false);
    // Nothing is known of SCPs and settings, so nothing is ruled out, and what is missing has its command.
    expect(item.recreation.verdict, item.title).not.toBe("none");
    if (item.recreation.verdict === "unknown")
      expect(
        item.recreation.missingFacts.every((fact) => fact.collect !== ""),
        item.title,
      ).toBe(true);
  }
});
