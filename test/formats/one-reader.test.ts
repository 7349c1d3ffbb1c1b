import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findingsReaders } from "../../src/readers/findings-registry.js";
import { readJsonElements } from "../../src/readers/json-stream/index.js";
import { isObject } from "../../src/readers/json-value.js";
import { corpusPath } from "../corpus.js";

const root = corpusPath("findings");
const fixtures = "test/fixtures/findings";
const files = [
  ...readdirSync(root)
    .filter((name) => !name.endsWith(".md"))
    .flatMap((format) => readdirSync(join(root, format)).map((name) => join(root, format, name))),
  ...readdirSync(fixtures).map((name) => join(fixtures, name)),
].filter((path) => /\.(json|jsonl|sarif)$/.test(path));

/** Kinds of the readers that take a record for theirs, over all records of all files. */
async function takers(): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const path of files) {
    if (!/^\s*[[{]/.test(readFileSync(path, "utf8").replace(/^\uFEFF/, ""))) continue;
    await readJsonElements(path, {
      onElement({ value }) {
        if (!isObject(value)) return;
        const kinds = findingsReaders
          .filter((reader) => reader.form === "json" && reader.recognises(value))
          .map((reader) => reader.kind);
        if (kinds.length > 1) found.add(kinds.join(" "));
      },
      onFault: () => undefined,
    });
  }
  return found;
}

describe("the registry of findings readers", () => {
  it("no record of the corpus is taken by two readers, but Prowler's OCSF, which is also OCSF", async () => {
    expect([...(await takers())]).toEqual(["prowler-ocsf ocsf"]);
  });

  it("no table is taken by two readers", () => {
    const headers = readdirSync(root)
      .filter((name) => !name.endsWith(".md"))
      .flatMap((format) => readdirSync(join(root, format)).map((name) => join(root, format, name)))
      .filter((path) => path.endsWith(".csv"))
      .map(
        (path) =>
          readFileSync(path, "utf8")
            .replace(/^\uFEFF/, "")
            .split("\n")
            .find((line) => !line.startsWith("#")) ?? "",
      );
    for (const header of headers) {
      const columns = header
        .trim()
        .split(/[;,]/)
        .map((name) => name.replaceAll('"', ""));
      const empty = Object.fromEntries(columns.map((name) => [name, ""]));
      const kinds = findingsReaders.filter((reader) => reader.form === "table" && reader.recognises(empty));
      expect(
        kinds.map((reader) => reader.kind),
        header.slice(0, 80),
      ).toHaveLength(1);
    }
  });
});
