import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { runs } from "../../../test/settings.js";
import { child, children, parseXml, type XmlElement } from "./xml.js";

const element = (source: string): XmlElement => {
  const parsed = parseXml(source);
  if ("reason" in parsed) throw new Error(parsed.reason);
  return parsed;
};

describe("XML", () => {
  it("is elements without prefixes, attributes, text, CDATA and references", () => {
    const root = element(
      `\uFEFF<?xml version="1.0"?><!-- a > b --><v:bom v:ref='a "b"'><id>CVE-1 &amp; &#x41;&#66;</id><id/><![CDATA[<x>]]></v:bom>`,
    );
    expect(root).toMatchObject({ name: "bom", attributes: { ref: 'a "b"' }, text: "<x>" });
    expect(children(root, "id").map((each) => each.text)).toEqual(["CVE-1 & AB", ""]);
    expect(child(root, "none")).toBeUndefined();
  });

  test.each([
    [
      "a document type, which may bring entities without bound",
      `<!DOCTYPE b [<!ENTITY a "x">]><b>&a;</b>`,
      /document type/,
    ],
    ["one that was cut", "<bom><id>CVE-1</id>", /ends before/],
    ["one that was cut in a tag", "<bom><id", /not well-formed/],
    ["wrong order", "<a><b></a></b>", /closes what is not open/],
    ["two documents", "<a/><b/>", /second document/],
    ["text outside", "<a/>more", /text stands outside/],
    ["deep nesting", "<a>".repeat(200), /nested deeper than 100/],
    ["nothing", "", /ends before/],
  ])("refuses %s", (_, source, reason) => {
    expect(parseXml(source)).toEqual({ reason: expect.stringMatching(reason) as string });
  });

  it("never fails otherwise, and gives back the text that was put in", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseXml(text);
        const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
        expect(parseXml(`<a>${escaped}</a>`)).toMatchObject({ text: text.trim() });
      }),
      { numRuns: runs.property },
    );
  });

  it("takes time in proportion to its length", () => {
    const open = performance.now();
    parseXml(`<${"a".repeat(2_000_000)}`);
    parseXml(`<a ${'b="c" '.repeat(200_000)}`);
    expect(performance.now() - open).toBeLessThan(30_000);
  });
});
