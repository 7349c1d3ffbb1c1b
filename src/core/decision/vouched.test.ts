import { describe, expect, test } from "vitest";
import type { Path, Recreation, RecreationQuestion } from "../access/index.js";
import { vouchedAnswer } from "./vouched.js";

const path = (route: string, band: Path["band"] = 2): Path => ({
  kind: "standing-credential",
  leg: "restore",
  band,
  certainty: "certain",
  governed: band >= 3,
  verdict: true,
  hops: [],
  recurrenceHop: 0,
  route,
  because: `static key of ${route}`,
  missing: [],
  starter: route,
  actor: route,
  control: { kind: "grant", id: route, label: route },
});

const answer = (paths: readonly Path[]): Recreation => ({
  verdict: "possible",
  basis: [],
  paths,
  morePaths: 0,
  missing: [],
  wouldDecide: [],
  sharedCauses: [],
  floor: [],
  stopped: [],
  checked: [],
  elsewhere: [],
  formula: "s3-public",
  derived: false,
});

const question = { resource: "arn:aws:s3:::b", weakness: "s3.public", subLocator: "" } as RecreationQuestion;

describe("every path shown has passed the independent check (issue 3)", () => {
  test("one that fails is a named fault and never proven; alone it proves nothing", () => {
    const judged = vouchedAnswer(answer([path("a")]), question, () => ({
      outcome: "fails",
      text: "hop 2: nothing grants it",
    }));
    expect(judged.verdict).toBe("unknown");
    expect(judged.paths[0]?.verdict).toBe("unknown");
    expect(judged.missing.map(({ key, fact }) => [key, fact])).toEqual([
      [
        "proof|a",
        "whether the route static key of a holds: a second evaluation of the documents disagrees (hop 2: nothing grants it)",
      ],
    ]);
    expect(judged.wouldDecide.map(({ fact }) => fact.key)).toEqual(["proof|a"]);
  });

  test("another that holds still decides", () => {
    const judged = vouchedAnswer(answer([path("a"), path("b")]), question, (_, { route }) => ({
      outcome: route === "a" ? "fails" : "holds",
      text: "",
    }));
    expect([judged.verdict, judged.paths.map(({ verdict }) => verdict)]).toEqual([
      "possible",
      ["unknown", true],
    ]);
  });

  test("a governed one that holds does not prove what failed", () => {
    const judged = vouchedAnswer(answer([path("a"), path("b", 3)]), question, (_, { route }) => ({
      outcome: route === "a" ? "fails" : "holds",
      text: "",
    }));
    expect(judged.verdict).toBe("unknown");
  });

  test("one that the check cannot follow says so and keeps its verdict", () => {
    const judged = vouchedAnswer(answer([path("a")]), question, () => ({
      outcome: "not-followed",
      text: "no formula",
    }));
    expect([judged.verdict, judged.paths[0]?.verdict, judged.paths[0]?.unchecked]).toEqual([
      "possible",
      true,
      "no formula",
    ]);
    expect(judged.missing).toEqual([]);
  });
});
