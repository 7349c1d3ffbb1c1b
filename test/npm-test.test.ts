import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findChromium } from "../scripts/chromium.mjs";
import { makeCheckout, type Checkout } from "./checkout.js";

const root = resolve(import.meta.dirname, "..");
const good = "export async function main(argv: string[]): Promise<number> {\n  return argv.length;\n}\n";

let checkout: Checkout;
beforeEach(() => {
  checkout = makeCheckout(good);
  const settings = ["vitest.config.ts", "test/setup.ts", "test/run-folder.ts", "test/settings.ts"];
  for (const file of [...settings, "eslint.config.js", ".prettierrc.json", ".prettierignore"]) {
    cpSync(join(root, file), join(checkout.at, file));
  }
});
afterEach(() => checkout.remove());

/** `npm test` on the checkout: its exit code and its last line. */
function check(only: string, env: Record<string, string> = {}) {
  const args = [join(checkout.at, "scripts/test.mjs"), "--only", only];
  const run = spawnSync(process.execPath, args, { encoding: "utf8", env: { ...process.env, ...env } });
  return { status: run.status, last: run.stdout.trimEnd().split("\n").at(-1), stdout: run.stdout };
}

const testFile = (body: string) => `import { expect, test } from "vitest";\n${body}\n`;
const passing = `test("one", () => expect(1).toBe(1));`;

describe("npm test", () => {
  test("adds the tests to the other checks", () => {
    checkout.put("test/one.test.ts", testFile(passing));
    expect(check("build,tests")).toMatchObject({ status: 0, last: "2 passed, 0 failed" });
  });

  test.each([
    ["fails", `test("two", () => expect(1).toBe(2));`],
    ["is skipped", `test.skip("two", () => expect(1).toBe(1));`],
    ["skips itself", `test("two", (context) => context.skip());`],
    ["is still to be written", `test.todo("two");`],
  ])("a test that %s is a failure", (_what, body) => {
    checkout.put("test/one.test.ts", testFile(passing + body));
    expect(check("tests")).toMatchObject({ status: 1, last: "1 passed, 1 failed" });
  });

  test("a test left on `only` is a failure", () => {
    checkout.put("test/one.test.ts", testFile(`${passing} test.only("two", () => expect(1).toBe(1));`));
    expect(check("tests").status).toBe(1);
  });

  test("no test at all is a failure", () => {
    expect(check("tests")).toMatchObject({ status: 1, last: "0 passed, 1 failed" });
  });

  test.each([
    ["types", `const wrong: string = 1;\nexport { wrong };\n`],
    ["lint", `export const loose: any = 1;\n`],
    ["format", `export const  spaced = 1\n`],
    ["build", `const wrong: string = 1;\nexport { wrong };\n`],
  ])("%s passes, and fails for a planted fault", (name, fault) => {
    expect(check(name)).toMatchObject({ status: 0, last: "1 passed, 0 failed" });
    checkout.put("src/cli/fault.ts", fault);
    expect(check(name)).toMatchObject({ status: 1, last: "0 passed, 1 failed" });
  });

  test("without a browser it fails at once and says what to install", () => {
    const lost = check("types,tests", { REMIT_CHROMIUM: "", PATH: "/nowhere" });
    expect(lost).toMatchObject({ status: 1, last: "0 passed, 1 failed" });
    expect(lost.stdout).toContain("apt-get install chromium");
    expect(lost.stdout).not.toContain("== types");
    const wrong = check("types,tests", { REMIT_CHROMIUM: "/no/such/browser" });
    expect(wrong).toMatchObject({ status: 1, last: "0 passed, 1 failed" });
    expect(wrong.stdout).toContain("REMIT_CHROMIUM is `/no/such/browser`");
  });
});

test("the browser is the one that is named, else the first of the usual names", () => {
  checkout.put("a/google-chrome", "");
  checkout.put("b/chromium", "");
  const [chrome, chromium] = ["a/google-chrome", "b/chromium"].map((file) => join(checkout.at, file));
  for (const file of [chrome!, chromium!]) spawnSync("chmod", ["+x", file]);
  const PATH = `${join(checkout.at, "a")}:${join(checkout.at, "b")}`;
  expect(findChromium({ PATH })).toBe(chromium);
  expect(findChromium({ PATH, REMIT_CHROMIUM: chrome })).toBe(chrome);
});
