import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../../../test/settings.js";
import { jsonStreamLimits, type JsonStreamLimits } from "./limits.js";
import type { RawElement, ScanFault } from "./scan-types.js";
import { createScanner } from "./scanner.js";

interface Scanned {
  readonly values: readonly unknown[];
  readonly places: readonly RawElement[];
  readonly faults: readonly ScanFault[];
  readonly stopped: ScanFault | undefined;
  readonly lists: number;
  readonly literals: readonly string[];
  /** What stands behind the list of each envelope, with the objects that are open there. */
  readonly tails: readonly (readonly [rest: string | undefined, open: number])[];
}

/** Scans a text that is handed over in pieces of `size` bytes. */
function scan(text: string | Buffer, size = 7, limits: Partial<JsonStreamLimits> = {}): Scanned {
  const bytes = Buffer.from(text);
  const values: unknown[] = [];
  const places: RawElement[] = [];
  const faults: ScanFault[] = [];
  const tails: (readonly [string | undefined, number])[] = [];
  const scanner = createScanner(
    {
      element(element, at) {
        values.push(JSON.parse(element.toString("utf8")));
        places.push(at);
      },
      fault: (fault) => faults.push(fault),
      tail: (rest, open) => tails.push([rest?.toString("utf8"), open]),
    },
    { ...jsonStreamLimits, ...limits },
  );
  for (let at = 0; at < bytes.length; at += size) scanner.push(Buffer.from(bytes.subarray(at, at + size)));
  const end = scanner.finish();
  return { values, places, faults, stopped: end.stopped, lists: end.lists, literals: end.literals, tails };
}

const records = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { minKeys: 1 }), {
  maxLength: 6,
});
const pieces = fc.integer({ min: 1, max: 40 });
/** A record whose own members make it an envelope is one, whatever surrounds it. */
const plain = (list: readonly Record<string, unknown>[]): boolean =>
  !list.some((each) => "Findings" in each || "findings" in each || "detail" in each);

describe("the stream of elements", () => {
  it("gives every element of a list, however the bytes arrive", () => {
    fc.assert(
      fc.property(records, pieces, fc.constantFrom(undefined, 2, 4), (list, size, indent) => {
        const scanned = scan(JSON.stringify(list, null, indent), size);
        expect(scanned.values).toEqual(JSON.parse(JSON.stringify(list)));
        expect(scanned.stopped).toBeUndefined();
        expect(scanned.faults).toEqual([]);
        expect(scanned.places.map((place) => place.pointer)).toEqual(list.map((_, index) => `/${index}`));
      }),
      { numRuns: runs.property },
    );
  });

  it.each([
    ["Findings", (list: unknown) => ({ NextToken: "[{", Findings: list, after: [{ a: "}" }] }), "/Findings"],
    ["findings", (list: unknown) => ({ findings: list }), "/findings"],
    [
      "EventBridge",
      (list: unknown) => ({
        version: "0",
        resources: ["findings", [1]],
        detail: { x: {}, findings: list, y: 1 },
        z: 2,
      }),
      "/detail/findings",
    ],
  ])("enters the envelope %s and leaves it again", (_name, wrap, pointer) => {
    fc.assert(
      fc.property(records, pieces, (list, size) => {
        const text = JSON.stringify(wrap(list), null, 1);
        const scanned = scan(`${text}\n${text}`, size);
        const once = JSON.parse(JSON.stringify(list)) as unknown[];
        expect(scanned.values).toEqual([...once, ...once]);
        expect(scanned.stopped).toBeUndefined();
        expect(scanned.lists).toBe(2);
        expect(scanned.places.map((place) => place.pointer)).toEqual(
          [...list, ...list].map((_, index) => `${pointer}/${index % list.length}`),
        );
        expect(scanned.places.map((place) => place.document)).toEqual([
          ...list.map(() => 0),
          ...list.map(() => 1),
        ]);
      }),
      { numRuns: runs.property },
    );
  });

  it("hands out what stands behind the list of an envelope, however the bytes arrive", () => {
    fc.assert(
      fc.property(records, fc.jsonValue({ maxDepth: 3 }), pieces, (list, rest, size) => {
        const flat = scan(JSON.stringify({ a: 1, Findings: list, rest }), size);
        expect(flat.tails).toEqual([[`,${JSON.stringify({ rest }).slice(1)}`, 1]]);
        const nested = scan(`${JSON.stringify({ detail: { findings: list, rest }, z: 2 })}\n`, size);
        expect(nested.tails).toEqual([[`,${JSON.stringify({ rest }).slice(1)},"z":2}`, 2]]);
        expect(scan(JSON.stringify({ findings: list }), size).tails).toEqual([["}", 1]]);
      }),
      { numRuns: runs.property },
    );
  });

  it("a tail that is longer than any is not held, and told of", () => {
    const text = JSON.stringify({ Findings: [{ a: 1 }], rest: "x".repeat(300_000) });
    const scanned = scan(`${text}\n{"b":2}`, 50_000);
    expect(scanned.tails).toEqual([[undefined, 1]]);
    expect(scanned.values).toEqual([{ a: 1 }, { b: 2 }]);
    expect(scanned.faults).toEqual([]);
  });

  it("reads JSON lines, objects written one after the other, and one object", () => {
    fc.assert(
      fc.property(
        records.filter(plain),
        pieces,
        fc.constantFrom("\n", "", "\r\n\r\n", ", "),
        (list, size, between) => {
          const scanned = scan(list.map((each) => JSON.stringify(each)).join(between), size);
          expect(scanned.values).toEqual(JSON.parse(JSON.stringify(list)));
          expect(scanned.places.map((place) => place.pointer)).toEqual(list.map(() => ""));
        },
      ),
      { numRuns: runs.property },
    );
  });

  it("a name `findings` deeper inside a record makes it no envelope", () => {
    const record = { a: { findings: [{ x: 1 }] }, b: "findings", c: [["Findings"], [{ y: 1 }]] };
    expect(scan(JSON.stringify([record])).values).toEqual([record]);
    expect(scan(JSON.stringify(record)).values).toEqual([record]);
  });

  it("counts lines and offsets", () => {
    const { places } = scan('[\n  {"a": 1},\n  {"b":\n 2}\n]');
    expect(places.map(({ line, offset }) => [line, offset])).toEqual([
      [2, 4],
      [3, 16],
    ]);
  });
});

describe("what is no JSON, or not all of it", () => {
  it("a file cut anywhere gives the whole records before the cut, and says where it ends", () => {
    const list = [{ a: 'x"\\' }, { b: ["é", { c: null }] }, { d: "]}" }];
    const bytes = Buffer.from(JSON.stringify(list, null, 2));
    const ends = scan(bytes).places.map(
      (place, index) => place.offset + JSON.stringify(list[index], null, 2).length,
    );
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const scanned = scan(bytes.subarray(0, cut), 5);
      expect(scanned.stopped?.reason).toMatch(/ends/);
      expect(scanned.stopped?.offset).toBeLessThanOrEqual(cut);
      expect(scanned.values).toEqual(list.slice(0, scanned.values.length));
      // Indentation makes the text of a nested record longer than alone: at least the records that surely ended.
      expect(scanned.values.length).toBeGreaterThanOrEqual(ends.filter((end) => end + 40 <= cut).length);
    }
  });

  it("nesting beyond the limit costs one record and no stack", () => {
    const deep = `[${"[".repeat(500_000)}${"]".repeat(500_000)},{"ok":1}]`;
    const scanned = scan(deep, 65536);
    expect(scanned.faults.map((fault) => fault.reason)).toEqual([
      "the element is nested deeper than 200 levels",
    ]);
    expect(scanned.values).toEqual([{ ok: 1 }]);
    expect(scanned.faults[0]?.pointer).toBe("/0");
  });

  it("a record beyond the size limit, and one with too many names, are skipped", () => {
    const big = JSON.stringify([{ a: "x".repeat(5000) }, { ok: 1 }, { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1 }]);
    const scanned = scan(big, 100, { elementBytes: 1000, keys: 5 });
    expect(scanned.values).toEqual([{ ok: 1 }]);
    expect(scanned.faults.map((fault) => fault.pointer)).toEqual(["/0", "/2"]);
  });

  it("a broken line among JSON lines costs that line only", () => {
    const text = '{"a":1}\n{"b": "cut in the mid\n{"c":3}\n{"d":[}\n{"e":5}\n';
    for (const size of [1, 3, 1000]) {
      const scanned = scan(text, size);
      expect(scanned.faults.map((fault) => fault.line)).toContain(2);
      expect(scanned.values).toContainEqual({ a: 1 });
      expect(scanned.values).toContainEqual({ e: 5 });
      expect(scanned.stopped).toBeUndefined();
    }
  });

  it.each([
    ["not json at all, but prose", /not JSON/],
    ["<html></html>", /`<` stands where/],
    ['[{"a":1}}', /does not match|not an object|middle|closed/],
    ['"a string"', /not JSON/],
    ['[{"a":1},\0\0\0', /NUL/],
  ])("%j is refused with a reason", (text, reason) => {
    const scanned = scan(text);
    const reasons = [...scanned.faults, ...(scanned.stopped === undefined ? [] : [scanned.stopped])].map(
      (each) => each.reason,
    );
    expect(reasons.join(" ")).toMatch(reason);
  });

  it("members of a list that are no objects are counted, one fault each", () => {
    const scanned = scan('[1, "a,]\\"{", {"ok":1}, null, true]', 2);
    expect(scanned.faults.map((fault) => fault.pointer)).toEqual(["/0", "/1", "/3", "/4"]);
    expect(scanned.values).toEqual([{ ok: 1 }]);
  });

  it("tells `null` from an empty list and from nothing", () => {
    expect(scan("null\n")).toMatchObject({ literals: ["null"], lists: 0 });
    expect(scan("[\n  \n]")).toMatchObject({ literals: [], lists: 1 });
    expect(scan("")).toMatchObject({ literals: [], lists: 0 });
  });

  it("ends on any bytes, and never loses count of them", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), pieces, (bytes, size) => {
        const faults: ScanFault[] = [];
        const scanner = createScanner(
          { element: () => undefined, fault: (fault) => faults.push(fault) },
          jsonStreamLimits,
        );
        for (let at = 0; at < bytes.length; at += size)
          scanner.push(Buffer.from(bytes.subarray(at, at + size)));
        const end = scanner.finish();
        for (const fault of [...faults, ...(end.stopped ? [end.stopped] : [])]) {
          expect(fault.offset).toBeLessThanOrEqual(bytes.length);
        }
      }),
      { numRuns: runs.property },
    );
  });
});
