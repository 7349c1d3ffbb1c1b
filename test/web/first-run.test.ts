import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../e2e/browser.js";
import { violations, visit, type Product } from "./harness.js";

const root = resolve(import.meta.dirname, "../..");
let product: Product;

beforeAll(async () => {
  product = await startEmpty();
}, 120_000);
afterAll(() => product.stop());

/** The built product without anything in it. */
async function startEmpty(): Promise<Product> {
  const home = mkdtempSync(join(tmpdir(), "remit-first-"));
  const child = spawn(process.execPath, [join(root, "bin/remit"), "serve", "--port", "0"], {
    cwd: root,
    env: { ...process.env, REMIT_HOME: home },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const address = await new Promise<string>((found, lost) => {
    let said = "";
    const heard = (chunk: Buffer): void => {
      said += chunk.toString();
      const at = /serving on (http:\S+)/.exec(said)?.[1];
      if (at !== undefined) found(at);
    };
    child.stdout.on("data", heard);
    child.stderr.on("data", heard);
    child.once("exit", (code) => lost(new Error(`the product ended with ${String(code)}: ${said}`)));
  });
  const browser = await launchBrowser();
  return {
    address,
    operatorToken: readFileSync(join(home, "admin-token"), "utf8").trim(),
    browser,
    stop: async () => {
      await browser.close();
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

test("an empty installation: files are dropped in any order, and the first decision stands there with its reason", async () => {
  const { page, faults, context } = await visit(product, {});
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByLabel("Access token").fill(product.operatorToken);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation", { name: "Screens" }).waitFor();
  await page.goto("/start");
  await page.getByRole("heading", { level: 1, name: /three minutes/ }).waitFor();
  expect(await violations(page)).toEqual([]);
  const of = (path: string) => join(root, "examples", path);
  await page
    .getByLabel("Files to import")
    .setInputFiles([
      of("findings/prowler-output.ocsf.json"),
      of("estate/prod-222222222222/account-authorization-details.json"),
      of("remit.yaml"),
    ]);
  const decision = page.getByRole("region", { name: "First decision" });
  await decision.waitFor({ timeout: 90_000 });
  await decision.locator(".word").waitFor();
  await decision.getByRole("link", { name: /^Open R-/ }).press("Enter");
  await page.waitForURL(/\/cases\/R-/);
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(faults).toEqual([]);
  await context.close();
}, 180_000);
