import { describe, expect, test } from "vitest";
import { evidence, hop, path, sampleCase } from "../../test/fixtures/analysis/build.js";
import {
  adminsCase,
  firstMinute,
  leakedKeyCase,
  unknownCase,
} from "../../test/fixtures/analysis/first-minute.js";
import { renderExplain } from "./explain.js";

const render = (item = leakedKeyCase, width = 160, verbose = false): string =>
  renderExplain(item, firstMinute, { width, colour: false, verbose });

describe("the page of first-minute.md 2", () => {
  test.each([160, 120, 100])("at %i columns", async (width) => {
    await expect(render(leakedKeyCase, width)).toMatchFileSnapshot(
      `../../test/fixtures/analysis/explain-${String(width)}.txt`,
    );
  });
  test("an unknown case", async () => {
    await expect(render(unknownCase)).toMatchFileSnapshot("../../test/fixtures/analysis/explain-unknown.txt");
  });
  test("a case that only administrators can bring back", async () => {
    await expect(render(adminsCase)).toMatchFileSnapshot("../../test/fixtures/analysis/explain-admins.txt");
  });

  test("the blocks stand in their order and every hop ends with file and pointer", () => {
    const page = render();
    const places = [
      "EXPOSED",
      "MADE BY",
      "NOW",
      "COMES BACK because",
      "CHECKED",
      "STOPPED",
      "FLOOR",
      "CONTAIN",
      "TRACE",
      "FIX",
      "COMMANDER",
      "FOLLOW-UP",
      "RULES",
      "CHANGES IF",
      "GAPS",
    ].map((label) => page.indexOf(`\n${label}`));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places.every((place) => place > 0)).toBe(true);
    for (const line of page.split("\n").filter((text) => /^ {2}\d /.test(text)))
      expect(line).toMatch(/\.(json|csv) (\/|line \d)/);
  });

  test("exactly one hop is marked as the one that brings it back", () => {
    expect(render().match(/↻ brings it back/g)).toHaveLength(1);
    expect(render()).toMatch(/may s3:PutBucketPolicy on acme-reports {2}↻/);
  });

  test("unknown: each missing fact with both answers and the command", () => {
    const page = render(unknownCase);
    expect(page).toContain("WOULD COME BACK if");
    expect(page).not.toContain("COMES BACK because");
    expect(page).toMatch(
      /SCPs of OU Workloads: if it allows → yes; if it denies → only admins +remit collect aws/,
    );
  });

  test("only admins: the shared case instead of a path, at most three lines of WHO", () => {
    const page = render(adminsCase);
    expect(page).toContain("R-C8HH: 9 identities with standing rights");
    const who = page.slice(page.indexOf("\nCONTAIN"), page.indexOf("\nFOLLOW-UP")).trim().split("\n");
    expect(who.length).toBeLessThanOrEqual(3);
  });

  test("what the second evaluator could not follow is said where the route stands, and counted for the others (issue 3)", () => {
    const unchecked = "`new-role` is no step that this check knows";
    const hops = [hop("a", "b", "may become", [evidence("gaad.json", "/x")])];
    const item = sampleCase("R-OPEN", {
      recreation: { paths: [path({ unchecked, hops }), path({ hops }), path({ unchecked, hops })] },
    });
    const page = render(item);
    expect(page).toContain(`not checked by the second evaluator: ${unchecked}`);
    expect(page).toContain("not checked by the second evaluator: 2 of 3 routes; --verbose says why");
    expect(render(item, 160, true).match(/not checked by the second evaluator/g)).toHaveLength(2);
    expect(render()).not.toContain("second evaluator");
  });

  test("a condition of the request is printed in place", () => {
    const item = sampleCase("R-COND", {
      recreation: {
        paths: [
          path({
            certainty: "conditional",
            condition: "only from vpce-1a2b",
            hops: [hop("a", "b", "may become", [evidence("gaad.json", "/x")])],
          }),
        ],
      },
    });
    expect(render(item)).toContain("conditional: only from vpce-1a2b");
    expect(render(item)).toMatch(/possible · conditional · 1 route/);
  });

  test("a capability is never told as a deed", () => {
    const item = sampleCase("R-CAPA", {
      origin: {
        kind: "capability",
        text: "svc-batch could do this",
        how: "inferred from what is possible",
        evidence: [],
      },
    });
    expect(render(item)).toMatch(/MADE BY +svc-batch could do this +inferred from what is possible/);
  });

  test("--verbose keeps every line that the short page asserts", () => {
    const verbose = render(leakedKeyCase, 160, true);
    for (const label of ["EXPOSED", "CONTAIN", "FLOOR", "route 3", "AUTHORITY"])
      expect(verbose).toContain(label);
    expect(verbose.length).toBeGreaterThan(render().length);
  });

  test("no key is written out and no ARN stands in the sentence", () => {
    const page = render(
      sampleCase("R-ARNS", { title: "arn:aws:iam::222222222222:user/svc-batch can open it" }),
    );
    expect(page.split("\n")[0]).not.toContain("arn:");
    expect(render()).toMatch(/key AKIA…MPLE/);
  });
});
