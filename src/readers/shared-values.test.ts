import { expect, it } from "vitest";
import { normaliseFinding, type Finding } from "../core/findings/index.js";
import { createSharedValues } from "./shared-values.js";
import { loadReferenceData } from "./reference/index.js";

const reference = loadReferenceData().checks;
const source = { path: "scan.json", digest: "", kind: "" };
const origin = { source, pointer: "/1" };

/** As a parser hands it out: no text is one that somebody holds already. */
const findingOf = (check: string, tags: Readonly<Record<string, string>>): Finding =>
  normaliseFinding(
    {
      tool: "prowler",
      provider: "aws",
      check: { kind: "prowler", id: check },
      resource: {
        provider: "aws",
        rawId: ["arn:aws:s3::", "acme-exports-of-the-data-team"].join(":"),
        rawAccount: "222222222222",
        region: "eu-west-1",
      },
      result: "fail",
      severity: "high",
      title: ["Buckets", "are", "not", "public"].join(" "),
      detail: "the bucket is public",
      nativeIds: [],
      tags: Object.fromEntries(Object.entries(tags)),
      observedAt: "2026-11-20T10:00:00.000Z",
      quality: [],
    },
    reference,
  );

it("a row says what its finding said", () => {
  const shared = createSharedValues();
  for (const tags of [{ team: "data", env: "prod" }, {}, { env: "prod", team: "data" }]) {
    const finding = findingOf("s3_bucket_public_access", tags);
    const before = structuredClone(finding);
    expect(shared.row(finding, origin)).toEqual({ ...before, origin });
  }
});

it("rows with equal tags hold one list of them, sorted; others their own", () => {
  const shared = createSharedValues();
  const row = (tags: Readonly<Record<string, string>>) =>
    shared.row(findingOf("s3_bucket_public_access", tags), origin);
  const [one, other, third] = [
    row({ team: "data", env: "prod" }),
    row({ env: "prod", team: "data" }),
    row({ team: "web" }),
  ];
  expect(other.tags).toBe(one.tags);
  expect(Object.keys(one.tags)).toEqual(["env", "team"]);
  expect(third.tags).toEqual({ team: "web" });
});

it("a tag named like a member of the prototype stays a tag", () => {
  const tags = Object.fromEntries([["__proto__", "x"]]);
  const { tags: kept } = createSharedValues().row(findingOf("s3_bucket_public_access", tags), origin);
  expect(Object.entries(kept)).toEqual([["__proto__", "x"]]);
  expect(Object.getPrototypeOf(kept)).toBe(Object.prototype);
});
