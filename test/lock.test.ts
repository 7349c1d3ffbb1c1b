import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withLock } from "../scripts/lock.mjs";
import { runs } from "./settings.js";

let at = "";
let file = "";
beforeEach(() => {
  at = mkdtempSync(join(tmpdir(), "remit-lock-"));
  file = join(at, "lock");
});
afterEach(() => rmSync(at, { recursive: true, force: true }));

const deadOwner = () =>
  JSON.stringify({ host: hostname(), pid: spawnSync(process.execPath, ["-e", "0"]).pid });

test("gives the result of the work and is gone afterwards", async () => {
  expect(await withLock(file, async () => existsSync(file))).toBe(true);
  expect(existsSync(file)).toBe(false);
});

test("is released when the work fails", async () => {
  await expect(withLock(file, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(existsSync(file)).toBe(false);
});

test("waits for a living owner and says so once", async () => {
  writeFileSync(file, JSON.stringify({ host: hostname(), pid: process.pid }));
  let waits = 0;
  setTimeout(() => rmSync(file), 200);
  await withLock(
    file,
    async () => undefined,
    () => waits++,
  );
  expect(waits).toBe(1);
});

test("an owner on another machine is believed for ten minutes", async () => {
  writeFileSync(file, JSON.stringify({ host: `not-${hostname()}`, pid: 1 }));
  const old = Date.now() / 1000 - 11 * 60;
  utimesSync(file, old, old);
  expect(await withLock(file, async () => 1)).toBe(1);
});

/** Each process adds one to a number in a file, reading it well before writing it: overlaps lose counts. */
const adder = `
  const { withLock } = await import(process.argv[1]);
  const { readFileSync, writeFileSync } = await import("node:fs");
  const [file, counter] = process.argv.slice(2);
  for (let i = 0; i < 5; i++) await withLock(file, async () => {
    const n = Number(readFileSync(counter, "utf8"));
    await new Promise((r) => setTimeout(r, 3));
    writeFileSync(counter, String(n + 1));
  });`;

test(
  "processes never overlap, also when they all find a lock whose owner has died",
  { timeout: 600_000 },
  async () => {
    for (let round = 0; round < runs.crash; round++) {
      const counter = join(at, "counter");
      writeFileSync(counter, "0");
      writeFileSync(file, deadOwner());
      const script = resolve(import.meta.dirname, "../scripts/lock.mjs");
      const args = ["--input-type=module", "-e", adder, "--", script, file, counter];
      const children = Array.from({ length: 6 }, () => spawn(process.execPath, args, { stdio: "inherit" }));
      await Promise.all(children.map((child) => new Promise((done) => child.on("exit", done))));
      expect(readFileSync(counter, "utf8")).toBe("30");
    }
  },
);
