import { describe, expect, test } from "vitest";
import { weaknesses, weaknessReturns } from "../findings/index.js";
import type { Path } from "../access/index.js";
import type { CaseExposure } from "./analysis.js";
import { caseTitle } from "./case-title.js";
import { guardText } from "./guard-words.js";

const exposure: CaseExposure = {
  id: "e",
  resource: "arn:aws:s3:::acme-reports",
  resourceName: "acme-reports",
  resourceKind: "s3:bucket",
  weakness: "s3.public",
  weaknessTitle: "public access",
  class: "public-exposure",
  severity: "high",
  state: "open",
  findings: [],
};

const route = (more: Partial<Path>): { readonly path: Path } => ({
  path: {
    kind: "standing-credential",
    leg: "restore",
    band: 1,
    certainty: "certain",
    governed: false,
    verdict: true,
    hops: [],
    recurrenceHop: 0,
    route: "r",
    because: "",
    missing: [],
    starter: "s",
    actor: "a",
    control: { kind: "grant", id: "c", label: "c" },
    ...more,
  },
});

const title = (
  verdict: "possible" | "unknown" | "governed" | "none",
  basis: readonly string[] = [],
  path: Partial<Path> = {},
): string => caseTitle([exposure], { verdict, basis, floor: [] }, [route(path)]);

describe("the first line is a sentence that a manager can repeat (first-minute.md 2)", () => {
  test("each verdict in its own words, none stronger than the verdict", () => {
    const startedBy = "a leaked key of svc-batch";
    expect([
      title("possible", [], { startedBy }),
      title("possible", [], { startedBy, certainty: "conditional" }),
      title("possible", [], { startedBy: "Terraform", leg: "drift", band: 0 }),
      title("unknown"),
      title("governed", ["expected"]),
      title("governed", ["sanctioned"]),
      title("none", ["floor"]),
      title("none", ["immutable"]),
    ]).toEqual([
      "a leaked key of svc-batch can make s3 acme-reports public again",
      "a leaked key of svc-batch could make s3 acme-reports public again",
      "Terraform makes s3 acme-reports public again",
      "whether s3 acme-reports can become public again is not known",
      "only administrators can make s3 acme-reports public again",
      "s3 acme-reports can become public again only in sanctioned ways",
      "nobody but the account root and organisation management can make s3 acme-reports public again",
      "s3 acme-reports cannot become public again",
    ]);
  });

  test("an unproven route is never the subject of `can`", () => {
    expect(title("possible", [], { startedBy: "somebody", verdict: "unknown" })).not.toContain("somebody");
  });

  test("every weakness of the registry with a formula has words of its own", () => {
    const without = weaknesses.filter(
      (weakness) => weakness.formula !== undefined && /[?]`/.test(weaknessReturns(weakness.id, "?")),
    );
    expect(without.map((weakness) => weakness.id)).toEqual([]);
    expect(weaknessReturns("ec2.open-ingress", "port 22 open")).toBe("become open on port 22");
  });
});

test("R9: the guard rail item names the one switch to set, and counts the others", () => {
  expect(
    guardText(
      "nothing stands in the way: no organisation policy sets the S3 block of every account, BlockPublicPolicy is off on the account, BlockPublicPolicy is off on the bucket, no RCP on s3",
    ),
  ).toBe("account-level block public access on (or one of 3 narrower)");
  expect(guardText("nothing stands in the way: no RCP on kms")).toBe("an RCP on kms");
});
