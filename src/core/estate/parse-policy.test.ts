import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../../../test/settings.js";
import { decodePolicy, parsePolicyDocument, policyLimits } from "./parse-policy.js";

const statement = (more: object = {}): object => ({
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: "*",
  ...more,
});
const policy = (...statements: unknown[]): object => ({ Version: "2012-10-17", Statement: statements });
const source = { path: "gaad.json", digest: "d", kind: "k" };

describe("forms in which AWS hands out a policy document", () => {
  const value = policy(statement({ Resource: "arn:aws:s3:::a+b/*" }));
  const expected = parsePolicyDocument(value);

  it("an object, a JSON string and a percent-encoded string mean the same", () => {
    const text = JSON.stringify(value);
    expect(expected.problems).toEqual([]);
    expect(parsePolicyDocument(text)).toEqual(expected);
    expect(parsePolicyDocument(encodeURIComponent(text))).toEqual(expected);
    expect(parsePolicyDocument(` \n${text}`)).toEqual(expected);
  });

  it("a plus sign stays a plus sign in percent-encoded text (RFC 3986, not form encoding)", () => {
    const encoded = encodeURIComponent(JSON.stringify(value)).replaceAll("%2B", "+");
    expect(parsePolicyDocument(encoded).document?.statements[0]?.resource?.patterns).toEqual([
      "arn:aws:s3:::a+b/*",
    ]);
  });

  it("scalars stand where lists are allowed, and a single statement needs no list", () => {
    const single = parsePolicyDocument({
      Statement: { Effect: "Deny", NotAction: "iam:*", NotResource: ["a", "b"] },
    }).document;
    expect(single).toEqual({
      version: "2008-10-17",
      statements: [
        {
          pointer: "/Statement",
          effect: "Deny",
          action: { negated: true, patterns: ["iam:*"] },
          resource: { negated: true, patterns: ["a", "b"] },
          conditions: [],
        },
      ],
    });
  });

  it("a policy from a string points inside that string", () => {
    const origin = { source, pointer: "/Policy" };
    expect(decodePolicy(JSON.stringify(value), "p", origin).use?.origin).toEqual({ ...origin, inner: "" });
    expect(decodePolicy(value, "p", origin).use?.origin).toEqual(origin);
  });

  it("principals: everyone in both spellings, every type, AWS's unique ids of deleted identities kept", () => {
    const principal = (value: unknown): unknown =>
      parsePolicyDocument(policy(statement({ Principal: value }))).document?.statements[0]?.principal;
    const none = { aws: [], service: [], federated: [], canonicalUser: [] };
    expect(principal("*")).toEqual({ negated: false, any: true, ...none });
    expect(principal({ AWS: ["*"] })).toEqual({ negated: false, any: true, ...none });
    expect(
      principal({ AWS: "AROAEXAMPLE", Service: ["a", "b"], Federated: "f", CanonicalUser: "c" }),
    ).toEqual({
      negated: false,
      any: false,
      aws: ["AROAEXAMPLE"],
      service: ["a", "b"],
      federated: ["f"],
      canonicalUser: ["c"],
    });
  });

  it("condition values become text, whatever their type", () => {
    const { document } = parsePolicyDocument(
      policy(
        statement({
          Condition: { Bool: { "aws:SecureTransport": false }, NumericLessThan: { k: [1, "2"] } },
        }),
      ),
    );
    expect(document?.statements[0]?.conditions).toEqual([
      { operator: "Bool", key: "aws:SecureTransport", values: ["false"] },
      { operator: "NumericLessThan", key: "k", values: ["1", "2"] },
    ]);
  });
});

describe("what cannot be read is said, never dropped in silence", () => {
  it("a malformed Allow is left out and placed; the rest stands", () => {
    const { document, problems } = parsePolicyDocument(policy(statement(), statement({ Action: 5 })));
    expect(document?.statements).toHaveLength(1);
    expect(problems).toEqual([
      { pointer: "/Statement/1/Action", reason: "`Action` must be a string or a list of strings" },
    ]);
  });

  const brokenDenies: readonly [string, unknown][] = [
    ["no action", { Effect: "Deny", Resource: "*" }],
    [
      "a misspelt condition, which would deny more than it should",
      { Effect: "Deny", Action: "*", Resource: "*", Conditions: {} },
    ],
    ["a condition that is no object", { Effect: "Deny", Action: "*", Resource: "*", Condition: [] }],
    [
      "a principal of an unknown type",
      { Effect: "Deny", Action: "*", Resource: "*", Principal: { Email: "x" } },
    ],
    [
      "an effect in the wrong case (effects are case sensitive)",
      { Effect: "deny", Action: "*", Resource: "*" },
    ],
    ["no effect at all", { Action: "*", Resource: "*" }],
    ["no object", "Deny"],
  ];
  it.each(brokenDenies)(
    "a statement that may deny, with %s, makes the document unusable",
    (_name, broken) => {
      const { document, problems } = parsePolicyDocument(policy(statement(), broken));
      expect(document).toBeUndefined();
      expect(problems[0]?.pointer).toContain("/Statement/1");
    },
  );

  it.each([
    ["null", null],
    ["a list", []],
    ["empty text", ""],
    ["text", "not a policy"],
    ["broken percent-encoding", "%7B%"],
    ["an object without statements", {}],
    ["an unknown version", { Version: "2020-01-01", Statement: [] }],
  ])("%s is refused with a reason", (_name, value) => {
    const { document, problems } = parsePolicyDocument(value);
    expect(document).toBeUndefined();
    expect(problems.length).toBeGreaterThan(0);
  });

  it("bounds: too many statements or patterns", () => {
    expect(
      parsePolicyDocument({ Statement: Array(policyLimits.statements + 1).fill(statement()) }).document,
    ).toBeUndefined();
    const many = statement({ Action: Array(policyLimits.patterns).fill("s3:*") });
    expect(parsePolicyDocument(policy(many)).problems[0]?.reason).toContain("limit");
  });

  it("never throws, whatever it is given, and an unusable or partial document always has a problem", () => {
    const anything = fc.anything({ withNullPrototype: true, maxDepth: 4 });
    const loose = fc.record(
      {
        Effect: fc.oneof(fc.constantFrom("Allow", "Deny"), anything),
        Action: anything,
        Principal: anything,
        Condition: anything,
        Resource: anything,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          anything,
          fc.record({ Version: fc.constant("2012-10-17"), Statement: fc.oneof(anything, fc.array(loose)) }),
        ),
        (value) => {
          const { document, problems } = parsePolicyDocument(value);
          if (document === undefined) expect(problems.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: runs.property },
    );
  });
});
