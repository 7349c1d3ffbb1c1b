import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { mainOf, makeCheckout, type Checkout } from "./checkout.js";

/** A `remit` that prints its arguments, and serves until it is told to stop. */
const fake = mainOf(`
  console.log(JSON.stringify(argv));
  if (argv[0] !== "serve") return Number(process.env.FAKE_CODE ?? 0);
  console.log("serving on http://127.0.0.1:1");
  const wait = setInterval(() => undefined, 1000);
  await new Promise<void>((done) => { for (const name of ["SIGINT", "SIGTERM"]) process.once(name, () => done()); });
  clearInterval(wait);
  return 0;`);

let checkout: Checkout;
const running = new Set<ChildProcess>();
beforeAll(() => void (checkout = makeCheckout(fake)));
afterAll(() => checkout.remove());
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
});

const script = () => join(checkout.at, "scripts/start.mjs");
const once = (args: string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [script(), ...args], {
    encoding: "utf8",
    env: { ...process.env, ...env },
    timeout: 120_000,
  });

async function start(args: string[] = []) {
  const child = spawn(process.execPath, [script(), ...args]);
  running.add(child);
  const ended = new Promise<number | null>((done) => child.on("exit", done));
  let stdout = "";
  await new Promise<void>((found, lost) => {
    child.stdout.on("data", (chunk) => {
      stdout += String(chunk);
      if (stdout.includes("serving on")) found();
    });
    child.on("exit", () => lost(new Error(`ended early: ${stdout}`)));
  });
  return { child, ended, lines: stdout.split("\n") };
}

describe("npm start", () => {
  test("prints the decisions of the example estate and serves them as cases", async () => {
    const { lines, child, ended } = await start(["--port", "0"]);
    const examples =
      '"--estate","examples/estate","--findings","examples/findings","--catalogue","examples/remit.yaml",' +
      '"--now","2026-11-22T12:00:00Z"';
    expect(lines[0]).toBe(`["analyze",${examples},"--format","table"]`);
    expect(lines[1]).toBe('["serve","--example","--port","0"]');
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  test("ends cleanly on SIGINT", async () => {
    const { child, ended } = await start();
    child.kill("SIGINT");
    expect(await ended).toBe(0);
  });

  test("--once prints and ends", () => {
    const run = once(["--once"]);
    expect(run.status).toBe(0);
    expect(run.stdout.trim().split("\n")).toHaveLength(1);
  });

  test("rejected input is passed on as exit code 3, and a fault ends it", () => {
    expect(once(["--once"], { FAKE_CODE: "3" }).status).toBe(3);
    expect(once([], { FAKE_CODE: "2" }).status).toBe(2);
    expect(once([], { FAKE_CODE: "4" }).status).toBe(4);
  });

  test("an option that is not known is wrong usage", () => {
    const run = once(["--prot", "1"]);
    expect(run.stderr).toContain("Unknown option '--prot'");
    expect(run.status).toBe(2);
  });
});
