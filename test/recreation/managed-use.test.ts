import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { policyEstate, policyUse } from "../policy-estate.js";
import { mergeFacts } from "../../src/readers/merge-facts.js";
import { loadReferenceData } from "../../src/readers/reference/index.js";
import { createEstate, principalId, type ManagedPolicy, type Origin } from "../../src/core/estate/index.js";
import { createAccessEngine } from "../../src/core/access/index.js";

const arn = "arn:aws:iam::aws:policy/AdministratorAccess";
const of = (path: string): Origin => ({
  source: { path, digest: path, kind: "test" },
  pointer: "/Policies/0",
});
const text = (Action: string) => ({ Statement: [{ Effect: "Allow" as const, Action, Resource: "*" }] });
const policy = (path: string, action = "*"): ManagedPolicy => ({
  arn,
  name: "AdministratorAccess",
  awsManaged: true,
  versions: [
    {
      id: "v1",
      isDefault: true,
      use: { ...policyUse("AdministratorAccess", text(action), ""), origin: of(path) },
    },
  ],
});
const ops = (account: string): string => `arn:aws:iam::${account}:role/ops`;

/** Which document proves that each account's role may write buckets. */
function proofs(policies: readonly ManagedPolicy[], paths: Readonly<Record<string, string>>) {
  const base = policyEstate({
    principals: Object.fromEntries(Object.keys(paths).map((account) => [ops(account), {}])),
  });
  const principals = base.principals.map((item) => ({
    ...item,
    attached: [{ arn, origin: of(paths[item.id.split(":")[4] ?? ""] ?? "") }],
  }));
  const { managedPolicies } = mergeFacts(policies.map((item) => ({ managedPolicies: [item] })));
  const engine = createAccessEngine(createEstate({ ...base, principals, managedPolicies }), {
    managedPolicies: loadReferenceData().managedPolicies,
  });
  return Object.keys(paths).map(
    (account) => engine.decide(principalId(ops(account)), "iam:CreateUser", "*").grants[0],
  );
}

describe("an AWS managed policy is proven from the account's own export", () => {
  const both = [policy("111/details.json"), policy("222/details.json")];
  test("the document that attaches it, else its folder, else the first that holds it", () => {
    const found = proofs(both, {
      111111111111: "111/details.json",
      222222222222: "222/details.json",
      333333333333: "222/page-1.json",
      444444444444: "444/details.json",
    });
    expect(found.map((item) => item?.document)).toEqual([
      "111/details.json",
      "222/details.json",
      "222/details.json",
      "111/details.json",
    ]);
  });

  test("another text under the same version is no copy", () => {
    const other = [policy("111/details.json"), policy("222/details.json", "iam:*")];
    expect(proofs(other, { 222222222222: "222/details.json" })[0]?.document).toBe("111/details.json");
  });

  test("no document holds it: the reference data, with its date, its place and the digest of the file", () => {
    const [found] = proofs([], { 111111111111: "111/details.json" });
    const raw = readFileSync("data/aws-managed-policies.json", "utf8");
    expect(found).toMatchObject({
      document: "data/aws-managed-policies.json",
      digest: createHash("sha256").update(raw).digest("hex"),
      pointer: "/policies/AdministratorAccess/0",
    });
    expect(found?.excerpt).toMatch(
      /^AWS managed policy AdministratorAccess, version as of \d{4}-\d\d-\d\d: /,
    );
    const { policies } = JSON.parse(raw) as { policies: Record<string, readonly string[]> };
    expect(policies["AdministratorAccess"]?.[0]).toBeDefined();
  });
});
