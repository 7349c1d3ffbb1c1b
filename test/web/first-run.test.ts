import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startProduct, violations, visit, type Product } from "./harness.js";

const root = resolve(import.meta.dirname, "../..");
let product: Product;

beforeAll(async () => {
  product = await startProduct("nothing");
}, 120_000);
afterAll(() => product.stop());

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
