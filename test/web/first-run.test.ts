import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enter, focusIs, startProduct, tabTo, violations, visit, type Product } from "./harness.js";

const root = resolve(import.meta.dirname, "../..");
let product: Product;

beforeAll(async () => {
  product = await startProduct("nothing");
});
afterAll(() => product.stop());

test("an empty installation, by keyboard alone: files are chosen in any order, and the first decision stands there with its reason (WCAG 2.1.1, 2.4.3)", async () => {
  const { page, faults, context } = await visit(product, {});
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByLabel("Access token").waitFor();
  await tabTo(page, "Access token", { most: 6 });
  await page.keyboard.type(product.operatorToken);
  await page.keyboard.press("Enter");
  // Who has nothing yet is led to where it begins.
  await page.waitForURL(/\/start$/);
  await focusIs(page, "See a decision in three minutes");
  expect(await violations(page)).toEqual([]);
  const choosing = page.waitForEvent("filechooser");
  await enter(page, "Choose files", { most: 3 });
  const chooser = await choosing;
  const of = (path: string) => join(root, "examples", path);
  await chooser.setFiles([
    of("findings/prowler-output.ocsf.json"),
    of("estate/prod-222222222222/account-authorization-details.json"),
    of("remit.yaml"),
  ]);
  await page.getByRole("heading", { name: /^Imported \d+ documents/ }).waitFor({ timeout: 90_000 });
  const decision = page.getByRole("region", { name: "First decision" });
  await decision.waitFor({ timeout: 90_000 });
  await decision.locator(".word").waitFor();
  await focusIs(page, "Choose files");
  await enter(page, /^Open R-/, { within: decision });
  await page.waitForURL(/\/cases\/R-/);
  const sentence = page.getByRole("heading", { level: 1, name: /\w/ });
  await page.getByRole("heading", { name: "Timeline" }).waitFor();
  await focusIs(page, (await sentence.innerText()).replace(/\s+/g, " "));
  expect(faults).toEqual([]);
  await context.close();
}, 180_000);
