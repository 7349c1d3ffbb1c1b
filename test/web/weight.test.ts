import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { initialBudget } from "../../scripts/web.mjs";

const web = resolve(import.meta.dirname, "../../dist/web");

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

const manifest = JSON.parse(readFileSync(join(web, "manifest.json"), "utf8")) as Readonly<
  Record<string, Chunk>
>;

/** A chunk and all that must be there before it runs. */
function loadedWith(name: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const other of manifest[name]?.imports ?? []) loadedWith(other, seen);
  return seen;
}

const entry = Object.entries(manifest).find(([, { isEntry }]) => isEntry === true)?.[0] ?? "";
const textOf = (name: string): Buffer => readFileSync(join(web, manifest[name]?.file ?? ""));

test("what is loaded before anything is seen is at most 250 KB gzipped (issue 7, figures)", () => {
  const initial = [...loadedWith(entry)];
  expect(initial.length).toBeGreaterThan(0);
  const size = initial.reduce((sum, name) => sum + gzipSync(textOf(name)).length, 0);
  expect(size).toBeGreaterThan(50_000);
  expect(size).toBeLessThanOrEqual(initialBudget);
});

test("the drawing of paths comes with the first path, not before", () => {
  for (const screen of [entry, "cases/cases-screen.tsx", "case/case-screen.tsx"]) {
    const names = [...loadedWith(screen)].join(" ");
    expect(names, screen).not.toMatch(/path-diagram/);
    expect(
      [...loadedWith(screen)].some((name) => textOf(name).includes("react-flow__")),
      screen,
    ).toBe(false);
  }
  expect(Object.keys(manifest).some((name) => name.includes("path-diagram"))).toBe(true);
});
