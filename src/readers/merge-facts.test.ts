import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../../test/settings.js";
import { awsAccount, principalId, resourceId } from "../core/estate/index.js";
import type { EstateFacts, Origin, PolicyUse, Principal, Resource } from "../core/estate/index.js";
import { mergeFacts } from "./merge-facts.js";

const from = (path: string, observedAt = "2024-01-01T00:00:00Z"): Origin => ({
  source: { path, digest: path, kind: "k", observedAt },
  pointer: "",
});
const use = (action: string, origin: Origin): PolicyUse => ({
  name: "p",
  document: {
    version: "2012-10-17",
    statements: [
      {
        pointer: "/Statement",
        effect: "Allow",
        action: { negated: false, patterns: [action] },
        conditions: [],
      },
    ],
  },
  origin,
});
const bucketId = resourceId("arn:aws:s3:::acme");
const bucket = (origin: Origin, blocked: boolean | undefined, policy?: string): Resource => ({
  id: bucketId,
  kind: "s3:bucket",
  name: "acme",
  properties: new Map(
    blocked === undefined ? [] : [["publicAccessBlock.BlockPublicPolicy", { value: blocked, origin }]],
  ),
  ...(policy === undefined ? {} : { policies: new Map([["", use(policy, origin)]]) }),
  tags: {},
  origin,
});
const role = (name: string, origin: Origin, more: Partial<Principal> = {}): Principal => ({
  id: principalId(`arn:aws:iam::111122223333:role/${name}`),
  kind: "role",
  provider: "aws",
  account: awsAccount("111122223333"),
  name,
  tags: {},
  inline: [],
  attached: [],
  groups: [],
  instanceProfiles: [],
  origin,
  ...more,
});
const blocked = (facts: EstateFacts): unknown =>
  facts.resources[0]?.properties.get("publicAccessBlock.BlockPublicPolicy")?.value;
const coverage = (origin: Origin): Partial<EstateFacts> => ({
  coverage: [
    { topic: "iam", scope: "aws:111122223333", origin },
    { topic: "resource-policy", scope: bucketId, origin },
  ],
});

describe("two documents about one setting", () => {
  it("equal statements are one fact and no conflict", () => {
    const facts = mergeFacts([
      { resources: [bucket(from("a"), true)] },
      { resources: [bucket(from("b"), true)] },
    ]);
    expect(blocked(facts)).toBe(true);
    expect(facts.conflicts).toEqual([]);
  });

  it("the later one counts, and the difference is shown", () => {
    const facts = mergeFacts([
      { resources: [bucket(from("a", "2024-02-01T00:00:00Z"), false)] },
      { resources: [bucket(from("b"), true)] },
    ]);
    expect(blocked(facts)).toBe(false);
    expect(facts.conflicts).toMatchObject([{ fact: expect.stringContaining("the later one is used") }]);
  });

  it("of the same moment: unknown, and a third voice does not settle it", () => {
    const statements = [true, false, true].map((value, index) => ({
      resources: [bucket(from(`f${index}`), value)],
    }));
    const facts = mergeFacts(statements);
    expect(blocked(facts)).toBeUndefined();
    expect(facts.conflicts).toHaveLength(1);
  });

  it("a disputed resource policy is not collected any more, whoever says so third", () => {
    const facts = mergeFacts([
      coverage(from("c")),
      { resources: [bucket(from("a"), undefined, "s3:GetObject")] },
      { resources: [bucket(from("b"), undefined, "s3:*")] },
      { resources: [bucket(from("d"), undefined, "s3:GetObject")] },
    ]);
    expect(facts.resources[0]?.policies).toBeUndefined();
    expect(facts.coverage.map((item) => item.topic)).toEqual(["iam"]);
  });

  it("a disputed trust policy takes the account's coverage away, so that no `no` rests on it", () => {
    const trust = (path: string, action: string): Partial<EstateFacts> => ({
      principals: [role("r", from(path), { trustPolicy: use(action, from(path)) })],
    });
    const facts = mergeFacts([coverage(from("c")), trust("a", "sts:AssumeRole"), trust("b", "sts:*")]);
    expect(facts.principals[0]?.trustPolicy).toBeUndefined();
    expect(facts.coverage.map((item) => item.topic)).toEqual(["resource-policy"]);
  });
});

describe("order and size", () => {
  it("the order of the documents does not change the facts", () => {
    const readings: Partial<EstateFacts>[] = [
      { resources: [bucket(from("a"), true, "s3:*")] },
      { resources: [bucket(from("b", "2024-03-01T00:00:00Z"), false)] },
      { principals: [role("r", from("c"), { tags: { a: "1" } }), role("q", from("c"))] },
      {
        principals: [
          role("r", from("d", "2024-05-01T00:00:00Z"), {
            tags: { a: "2" },
            lastUsedAt: "2024-01-01T00:00:00Z",
          }),
        ],
      },
      coverage(from("c")),
    ];
    const expected = mergeFacts(readings);
    fc.assert(
      fc.property(fc.shuffledSubarray(readings, { minLength: readings.length }), (shuffled) => {
        expect(mergeFacts(shuffled)).toEqual(expected);
      }),
      { numRuns: Math.min(runs.property, 120) },
    );
  });

  it("merging twice changes nothing", () => {
    const once = mergeFacts([
      { principals: [role("r", from("c"))], resources: [bucket(from("a"), true, "s3:*")] },
    ]);
    expect(mergeFacts([once])).toEqual(once);
  });

  it("100,000 identities from two documents take seconds at most", () => {
    const list = (path: string): Principal[] =>
      Array.from({ length: 100_000 }, (_, index) => role(`r${index}`, from(path)));
    const readings = [{ principals: list("a") }, { principals: list("b") }];
    const start = performance.now();
    const facts = mergeFacts(readings);
    const took = performance.now() - start;
    expect(facts.principals).toHaveLength(100_000);
    expect(took).toBeLessThan(30_000);
    if (process.env["REMIT_SHOW_TIMES"] !== undefined)
      process.stdout.write(`merge of 2 x 100,000 principals: ${Math.round(took)} ms\n`);
  });
});
