import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const src = resolve(import.meta.dirname, "../src");
const longest = 350;

/** Paths relative to src, with forward slashes. */
function filesOf(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(directory.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

/** `action-table.ts`, `path.test.ts`, `001-start.sql`: lower case and hyphens, then what kind of file it is. */
function isKebab(path: string): boolean {
  return path.split("/").every((name) => /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(name));
}

/** Tables and generated files may be long, as nobody reads them from top to bottom; tests too. */
function mustBeShort(path: string): boolean {
  return (
    /\.tsx?$/.test(path) &&
    !/\.test\.tsx?$/.test(path) &&
    !/(^|\/)(data|generated)\/|\.generated\.ts$/.test(path)
  );
}

const lines = (path: string) => readFileSync(join(src, path), "utf8").trimEnd().split("\n").length;

describe("house style", () => {
  test("file names are kebab-case", () => {
    expect(filesOf(src).filter((path) => !isKebab(path))).toEqual([]);
  });

  test(`a source file has at most ${longest} lines`, () => {
    const long = filesOf(src)
      .filter(mustBeShort)
      .map((path) => ({ path, lines: lines(path) }))
      .filter((file) => file.lines > longest);
    expect(long).toEqual([]);
  });

  test.each([
    ["core/access/who-can.ts", true],
    ["core/access/who-can.test.ts", true],
    ["store/migrations/001-start.sql", true],
    ["core/access/whoCan.ts", false],
    ["core/Access/who-can.ts", false],
    ["core/access/who_can.ts", false],
  ])("%s is kebab-case: %s", (path, expected) => expect(isKebab(path)).toBe(expected));

  test.each([
    ["core/access/who-can.ts", true],
    ["core/access/who-can.test.ts", false],
    ["core/findings/data/weaknesses.ts", false],
    ["core/database/x.ts", true],
    ["core/access/actions.generated.ts", false],
  ])("%s must be short: %s", (path, expected) => expect(mustBeShort(path)).toBe(expected));
});
