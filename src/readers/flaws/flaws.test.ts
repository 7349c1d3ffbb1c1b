import { describe, expect, it, test } from "vitest";
import { flawIds, parsePurl, scoreOfVector, severityOfScore } from "./index.js";
import { imageRepository } from "./artifact.js";

describe("the names of a flaw", () => {
  test.each([
    [
      "a GHSA and its CVE are one",
      "ghsa-Q7RV-6hp3-vh96",
      ["cve-2022-24775"],
      ["CVE-2022-24775", "GHSA-q7rv-6hp3-vh96"],
    ],
    // drupal's notice names the CVEs of what it bundles: those are other flaws.
    [
      "several CVEs are several flaws",
      "GHSA-q7rv-6hp3-vh96",
      ["CVE-2022-24775", "CVE-2023-29197"],
      ["GHSA-q7rv-6hp3-vh96"],
    ],
    ["another CVE is another flaw", "CVE-2022-1", ["CVE-2023-2", "DSA-1-1"], ["CVE-2022-1", "DSA-1-1"]],
    ["what is no id is dropped", "CVE-2022-1", ["", "see the advisory", undefined], ["CVE-2022-1"]],
    ["without an id of its own, an alias that is alone", undefined, ["CVE-2022-1"], ["CVE-2022-1"]],
    [
      "an id of an unknown issuer stands for itself",
      "c7129ff8-08bc-4afe-82ec-7d97b9491741",
      [],
      ["c7129ff8-08bc-4afe-82ec-7d97b9491741"],
    ],
  ])("%s", (_, own, aliases, expected) => {
    expect(flawIds(own, aliases)).toEqual(expected);
  });
});

describe("a CVSS vector", () => {
  // Scores of NVD for these vectors.
  test.each([
    ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10],
    ["CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:L/A:N", 3.7],
    ["AV:N/AC:M/Au:N/C:N/I:P/A:N", 4.3],
    ["CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 9.3],
  ])("%s scores %d", (vector, score) => {
    expect(scoreOfVector(vector)).toBe(score);
  });

  it.each([undefined, "", "high", "CVSS:3.1/AV:Q", "x".repeat(600), "AV:N/__proto__:1"])(
    "%s has no score",
    (vector) => {
      expect(scoreOfVector(vector)).toBeUndefined();
    },
  );

  it("rates as FIRST does (CVSS 3.1, table 14)", () => {
    const words = [0, 0.1, 3.9, 4, 6.9, 7, 8.9, 9, 10, 11, -1].map(severityOfScore);
    expect(words).toEqual([
      "informational", "low", "low", "medium", "medium", "high", "high", "critical", "critical", "unknown", "unknown",
    ]); // prettier-ignore
  });
});

describe("a package URL", () => {
  it("has one spelling and a component whatever its version", () => {
    const parsed = parsePurl("pkg:golang/github.com/docker/distribution@v2.7.1%2Bincompatible?arch=x");
    expect(parsed).toMatchObject({
      component: "golang/github.com/docker/distribution",
      version: "v2.7.1+incompatible",
      qualifiers: { arch: "x" },
    });
  });

  it.each([undefined, "", "musl", "pkg:", "pkg:npm", `pkg:npm/${"x".repeat(3000)}`])("%s is none", (text) => {
    expect(parsePurl(text)).toBeUndefined();
  });
});

test.each([
  ["alpine:3.9", "alpine"],
  ["registry.example:5000/team/shop:1.2@sha256:0123456789abcdef", "registry.example:5000/team/shop"],
  ["registry.example:5000/team/shop", "registry.example:5000/team/shop"],
])("the repository of %s is %s", (reference, repository) => {
  expect(imageRepository(reference)).toBe(repository);
});
