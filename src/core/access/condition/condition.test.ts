import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../../../../test/settings.js";
import { commonText, globMatches, quoteGlob } from "../glob.js";
import { conditionHolds, parseDate } from "./holds.js";
import { parseIpRange } from "./ip-range.js";
import { parseOperator } from "./operator.js";
import { satisfiable } from "./satisfiable.js";
import type { Literal } from "./literal.js";

const holds = (
  operator: string,
  actual: readonly string[] | undefined,
  expected: readonly string[],
): boolean => conditionHolds(parseOperator(operator)!, actual, expected);

const literal = (operator: string, key: string, values: readonly string[], wanted = true): Literal => ({
  key,
  operator: parseOperator(operator)!,
  values,
  wanted,
  text: `${operator} ${key} ${values.join()}`,
});

describe("condition operators (IAM user guide, Condition operators)", () => {
  test.each([
    ["StringEquals", ["a"], ["a", "b"], true],
    ["StringEquals", undefined, ["a"], false],
    ["StringEqualsIfExists", undefined, ["a"], true],
    ["StringEqualsIgnoreCase", ["A"], ["a"], true],
    ["StringNotEquals", undefined, ["a"], true],
    ["StringNotEquals", ["c"], ["a", "b"], true],
    ["StringNotEquals", ["b"], ["a", "b"], false],
    ["StringLike", ["repo:acme/etl"], ["repo:acme/*"], true],
    ["NumericLessThanEquals", ["10"], ["10"], true],
    ["NumericLessThan", ["ten"], ["10"], false],
    ["DateGreaterThan", ["2026-01-02T00:00:00Z"], ["2026-01-01"], true],
    ["DateLessThan", ["1767225600"], ["2026-01-01T00:00:01Z"], true],
    ["Bool", ["True"], ["true"], true],
    ["BinaryEquals", ["QmFzZTY0"], ["QmFzZTY0"], true],
    ["IpAddress", ["203.0.113.9"], ["203.0.113.0/24"], true],
    ["IpAddress", ["2001:db8::1"], ["2001:db8::/32"], true],
    ["NotIpAddress", ["203.0.113.9"], ["203.0.113.0/24", "10.0.0.0/8"], false],
    ["ArnLike", ["arn:aws:iam::1:role/a"], ["arn:aws:iam::*:role/*"], true],
    ["ArnEquals", ["arn:aws:iam::1:user/role"], ["arn:aws:iam:*:role"], false],
    // The page's own example: a star of an ARN operator stays between its colons, one of StringLike does not.
    [
      "ArnLike",
      ["arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"],
      ["arn:aws:someservice:*:111122223333:finance/*"],
      false,
    ],
    [
      "StringLike",
      ["arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"],
      ["arn:aws:someservice:*:111122223333:finance/*"],
      true,
    ],
    ["IpAddress", ["2001:db8::1"], ["0.0.0.0/0"], false],
    ["NumericNotEquals", ["ten"], ["10"], true],
    ["Null", undefined, ["true"], true],
    ["Null", ["x"], ["true"], false],
    ["ForAllValues:StringEquals", ["a", "b"], ["a"], false],
    ["ForAllValues:StringEquals", undefined, ["a"], true],
    ["ForAnyValue:StringEquals", ["a", "b"], ["b"], true],
    ["ForAnyValue:StringNotEquals", ["a", "b"], ["b"], true],
    ["ForAnyValue:StringLike", [], ["*"], false],
  ] as const)("%s: %j against %j is %s", (operator, actual, expected, result) => {
    expect(holds(operator, actual, expected)).toBe(result);
  });

  test("an operator that IAM does not know is not guessed", () =>
    expect(parseOperator("StringSomething")).toBeUndefined());

  test("dates without a zone are UTC, and broken addresses are no range", () => {
    expect(parseDate("2026-01-01T00:00:00")).toBe(Date.UTC(2026, 0, 1));
    expect(["1.2.3", "1.2.3.4/33", "::1::2", "1.2.3.4/8/8", ""].map(parseIpRange)).toEqual(
      Array(5).fill(undefined),
    );
  });
});

describe("conditions that only the request decides", () => {
  test.each([
    [[literal("StringEquals", "k", ["a"]), literal("StringEquals", "k", ["a"], false)], false],
    [[literal("StringLike", "k", ["a*"]), literal("StringLike", "k", ["*b"])], true],
    [[literal("StringEquals", "k", ["a"]), literal("StringEquals", "k", ["b"])], false],
    [
      [literal("ForAnyValue:StringEquals", "k", ["a"]), literal("ForAnyValue:StringEquals", "k", ["b"])],
      true,
    ],
    [[literal("NumericLessThan", "k", ["5"]), literal("NumericGreaterThan", "k", ["4"])], true],
    [[literal("NumericLessThan", "k", ["4"]), literal("NumericGreaterThan", "k", ["5"])], false],
    [[literal("IpAddress", "k", ["10.0.0.0/8"]), literal("IpAddress", "k", ["10.1.0.0/16"], false)], true],
    [[literal("IpAddress", "k", ["10.1.0.0/16"]), literal("NotIpAddress", "k", ["10.0.0.0/8"])], false],
    [[literal("Null", "k", ["true"]), literal("StringEquals", "k", ["a"])], false],
    [[literal("Bool", "k", ["true", "false"], false), literal("Null", "k", ["false"])], false],
    [[literal("StringLike", "k", ["vpce-*"]), literal("StringEquals", "k", ["x"])], false],
    // A star is a wildcard for StringLike only: a request whose value is `v*` itself escapes this Deny.
    [[literal("StringNotEquals", "k", ["v*"], false)], true],
    [[literal("StringNotEqualsIfExists", "k", ["v?"], false)], true],
    [[literal("StringEquals", "k", ["v*"]), literal("StringLike", "k", ["v*"])], true],
    [[literal("StringNotEquals", "k", ["v*"], false), literal("StringEquals", "k", ["vx"])], false],
    [[literal("StringEqualsIgnoreCase", "k", ["ab"]), literal("StringEquals", "k", ["ab"], false)], true],
    [[literal("StringEqualsIgnoreCase", "k", ["a"]), literal("StringNotEquals", "k", ["a", "A"])], false],
    [[literal("NumericLessThan", "k", ["5.2"]), literal("NumericGreaterThan", "k", ["5.1"])], true],
    [[literal("NumericEquals", "k", ["5"]), literal("NumericNotEquals", "k", ["5"])], false],
    [
      [
        literal("DateGreaterThan", "k", ["2026-01-01T10:00:00Z"]),
        literal("DateLessThan", "k", ["2026-01-01T10:00:00.5Z"]),
      ],
      true,
    ],
    [[literal("DateNotEquals", "k", ["never"]), literal("Null", "k", ["false"])], true],
    [[literal("DateGreaterThan", "k", ["99999999999999999"])], true],
    [[literal("NotIpAddress", "k", ["0.0.0.0/0"]), literal("Null", "k", ["false"])], true],
    [
      [
        literal("NotIpAddress", "k", ["0.0.0.0/0"]),
        literal("NotIpAddress", "k", ["::/0"]),
        literal("Null", "k", ["false"]),
      ],
      false,
    ],
  ] as const)("%j can be met together: %s", (literals, possible) => {
    expect(satisfiable(literals)).toBe(possible);
  });

  test("what holds for some value is never called impossible", () => {
    const operators = fc.constantFrom(
      "StringEquals",
      "StringNotEquals",
      "StringLike",
      "StringNotLike",
      "StringEqualsIfExists",
      "StringEqualsIgnoreCase",
      "StringNotEqualsIgnoreCase",
    );
    const values = fc.array(fc.constantFrom("a", "b", "a*", "*b", "a?", "Ab"), {
      minLength: 1,
      maxLength: 2,
    });
    const literals = fc.array(fc.tuple(operators, values, fc.boolean()), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        literals,
        fc.option(fc.constantFrom("a", "b", "ab", "axb", "z", "", "A", "AB", "aB", "a*", "A?"), {
          nil: undefined,
        }),
        (list, value) => {
          const group = list.map(([operator, expected, wanted]) => literal(operator, "k", expected, wanted));
          const actual = value === undefined ? undefined : [value];
          if (group.every((item) => conditionHolds(item.operator!, actual, item.values) === item.wanted)) {
            expect(satisfiable(group)).not.toBe(false);
          }
        },
      ),
      { numRuns: runs.property },
    );
  });
});

describe("wildcards", () => {
  test("match as a regular expression would, and a quoted star is itself only", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "/", "*", "?"), maxLength: 8 });
    fc.assert(
      fc.property(text, text, (pattern, subject) => {
        const source = pattern.replaceAll("?", ".").replaceAll("*", ".*");
        expect(globMatches(pattern, subject)).toBe(new RegExp(`^${source}$`, "s").test(subject));
        expect(globMatches(quoteGlob(pattern), subject)).toBe(pattern === subject);
      }),
      { numRuns: runs.property },
    );
  });

  test("a common text is matched by all patterns", () => {
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 3 }), pattern, (patterns, subject) => {
        const found = commonText(patterns);
        if (found === undefined) expect(patterns.every((item) => globMatches(item, subject))).toBe(false);
        else expect(patterns.every((item) => globMatches(item, found))).toBe(true);
      }),
      { numRuns: runs.property },
    );
  });

  test("hostile patterns cost no time", () => {
    expect(globMatches(`${"*a".repeat(200)}b`, "a".repeat(5000))).toBe(false);
  });
});
