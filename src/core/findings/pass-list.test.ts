import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../../../test/settings.js";
import { resourceId, type Origin } from "../estate/index.js";
import type { Finding, SeenPassing } from "./finding.js";
import { registered } from "./weakness-registry.js";
import { createPassList } from "./pass-list.js";

const source = { path: "scan.json", digest: "d", kind: "prowler-ocsf" };
const words = fc.constantFrom("a", "b", "");
const places: fc.Arbitrary<Origin> = fc.oneof(
  fc.nat(9).map((index) => ({ source, pointer: `/${String(index)}` })),
  fc.nat(9).map((index) => ({ source, pointer: `/Findings/${String(index)}` })),
  fc.constantFrom<Origin>(
    { source },
    { source, line: 7 },
    { source, pointer: "/3", line: 7 },
    { source, pointer: "/Findings/3" },
    { source, pointer: "/03" },
    { source, pointer: "/" },
    { source, pointer: "/1e3" },
    { source, pointer: "/-0" },
  ),
);
const passes = fc.record({
  tool: words,
  check: words,
  resource: words,
  subLocator: words,
  region: fc.option(words, { nil: undefined }),
  weakness: fc.constantFrom("s3.public", "iam.key.stale"),
  observedAt: fc.option(words, { nil: undefined }),
  origin: places,
});

describe("rows that passed", () => {
  it("come out as they went in, every time they are gone through", () => {
    fc.assert(
      fc.property(fc.array(passes, { maxLength: 30 }), (given) => {
        const list = createPassList(source);
        const expected = given.map(({ resource, region, observedAt, ...rest }): SeenPassing => ({
          ...rest,
          provider: "aws",
          resource: resourceId(resource),
          ...(region === undefined ? {} : { region }),
          ...(observedAt === undefined ? {} : { observedAt }),
        }));
        for (const { origin, weakness, resource, ...values } of expected)
          list.add({ ...values, resource, weakness: registered(weakness) } as Finding, resource, origin);
        expect([...list]).toEqual(expected);
        expect([...list]).toEqual(expected);
        expect(list.size).toBe(given.length);
      }),
      { numRuns: runs.property },
    );
  });
});
