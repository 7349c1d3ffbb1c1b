import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../../../../test/settings.js";
import { canonical } from "./canonical.js";

describe("RFC 8785: one way to write a value", () => {
  test("the example of the RFC, section 3.2.2 and 3.2.3", () => {
    const value = {
      numbers: [Number("333333333.33333329"), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\u002f",
      literals: [null, true, false],
    };
    expect(canonical(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    expect(
      canonical({ "\u20ac": 1, "\r": 2, "1": 3, "\u0080": 4, "\u00f6": 5, "\ud83d\ude00": 6, "\ufb33": 7 }),
    ).toBe('{"\\r":2,"1":3,"\u0080":4,"ö":5,"€":1,"😀":6,"\ufb33":7}');
  });

  test("reading back and writing again gives the same bytes, whatever the order of keys", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const written = canonical(value);
        fc.pre(written !== undefined);
        expect(canonical(JSON.parse(written))).toBe(written);
      }),
      { numRuns: runs.property },
    );
  });

  test("what no reader reads alike is not written at all", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100; level += 1) deep = [deep];
    for (const value of [Number.NaN, Infinity, "\ud800", { a: "\udc00" }, { "\ud800": 1 }, [() => 1], deep])
      expect(canonical(value)).toBeUndefined();
  });
});
