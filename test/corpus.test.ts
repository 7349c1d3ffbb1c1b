import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { corpusHas, corpusPath } from "./corpus.js";

const folders: string[] = [];

function widerCorpus(): string {
  const dir = mkdtempSync(join(tmpdir(), "remit-corpus-"));
  folders.push(dir);
  mkdirSync(join(dir, "escalations"));
  writeFileSync(join(dir, "escalations", "aws-paths.json"), "not the project's");
  writeFileSync(join(dir, "only-there.json"), "{}");
  return dir;
}

afterEach(() => {
  vi.unstubAllEnvs();
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
});

describe("corpusPath", () => {
  it("finds the project's own copy", () => {
    vi.stubEnv("REMIT_CORPUS", undefined);
    expect(readFileSync(corpusPath("escalations", "aws-paths.json"), "utf8")).toContain("pathfinding.cloud");
    expect(readdirSync(corpusPath("estates", "labs"))).toHaveLength(63);
  });

  it("prefers the project's copy over the wider collection", () => {
    vi.stubEnv("REMIT_CORPUS", widerCorpus());
    expect(readFileSync(corpusPath("escalations", "aws-paths.json"), "utf8")).toContain("pathfinding.cloud");
  });

  it("looks in the wider collection for what the project does not hold", () => {
    vi.stubEnv("REMIT_CORPUS", undefined);
    expect(corpusHas("only-there.json")).toBe(false);
    vi.stubEnv("REMIT_CORPUS", widerCorpus());
    expect(corpusHas("only-there.json")).toBe(true);
    expect(existsSync(corpusPath("only-there.json"))).toBe(true);
  });

  it("names what is missing and what to do", () => {
    vi.stubEnv("REMIT_CORPUS", widerCorpus());
    expect(() => corpusPath("estates", "nowhere")).toThrow(/`estates\/nowhere`.*REMIT_CORPUS/);
  });
});

describe("the indexes of the corpus", () => {
  const indexed = (index: string, kind: RegExp): Map<string, string[]> => {
    const files = new Map<string, string[]>();
    let at: string | undefined;
    for (const line of readFileSync(index, "utf8").split("\n")) {
      at = kind.exec(line)?.[1] ?? at;
      const cells = line.split("|").map((cell) => cell.trim().replaceAll("`", ""));
      const name = cells[1];
      if (
        at === undefined ||
        cells.length < 7 ||
        name === undefined ||
        name === "file" ||
        name.startsWith("--")
      )
        continue;
      files.set(at, [...(files.get(at) ?? []), name]);
    }
    return files;
  };

  it.each([
    ["estates/documents", /^### (\S+)$/],
    ["findings", /^## (\S+)$/],
  ] as const)("name every file of %s, its origin and licence", (folder, kind) => {
    const dir = corpusPath(...folder.split("/"));
    const kept = new Map(
      readdirSync(dir)
        .filter((name) => statSync(join(dir, name)).isDirectory())
        .map((name) => [name, readdirSync(join(dir, name)).sort()] as const),
    );
    const index = indexed(join(dir, "README.md"), kind);
    expect([...index.keys()].sort()).toEqual([...kept.keys()].sort());
    for (const [name, files] of kept) expect(index.get(name)?.sort(), name).toEqual(files);
  });
});
