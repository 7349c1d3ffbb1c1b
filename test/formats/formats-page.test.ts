import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatsPage } from "../../src/readers/index.js";
import { findingsReaders, textFindingsReaders } from "../../src/readers/findings-registry.js";

describe("docs/formats.md (Done-when 5 of issue 4)", () => {
  it("is what the readers say of themselves: `node scripts/formats.mjs` writes it", () => {
    expect(readFileSync("docs/formats.md", "utf8")).toBe(formatsPage());
  });

  it("every reader says what it reads and what it does not, and no two have one kind and form, or one title", () => {
    const readers = [...findingsReaders, ...textFindingsReaders];
    for (const { kind, title, about } of readers) {
      expect(about.versions, kind).not.toBe("");
      expect(about.envelopes, kind).not.toBe("");
      expect(about.reads.length, kind).toBeGreaterThan(0);
      expect(about.ignores.length, kind).toBeGreaterThan(0);
      expect(formatsPage()).toContain(`## ${title}\n\n\`${kind}\``);
    }
    expect(new Set(readers.map((each) => `${each.kind} ${each.form}`)).size).toBe(readers.length);
    expect(new Set(readers.map((each) => each.title)).size).toBe(readers.length);
  });
});
