import { afterAll, beforeAll, expect, test } from "vitest";
import { focused, startProduct, violations, visit, type Product } from "./harness.js";

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 300_000);
afterAll(() => product?.stop());

test("find goes to a case by its id, by keyboard alone, and the focus returns where it was", async () => {
  const { page, faults, context } = await visit(product, { person: "ana.ruiz", path: "/cases" });
  await page.getByRole("grid").waitFor();
  await page.locator("[data-row]").first().focus();
  const before = await focused(page);
  await page.keyboard.press("Control+k");
  const find = page.getByRole("combobox", { name: /^Find/ });
  await find.waitFor();
  await expect.poll(() => focused(page)).toContain("Find cases");
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await find.waitFor({ state: "detached" });
  await expect.poll(() => focused(page)).toBe(before);
  await page.keyboard.press("Control+k");
  await find.fill("R-95Y5");
  await page
    .getByRole("option", { name: /R-95Y5/ })
    .first()
    .waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/cases\/R-95Y5/);
  await expect.poll(() => focused(page)).toContain("a leaked key of svc-batch");
  expect(faults).toEqual([]);
  await context.close();
});

test("the skip link comes first, and g c goes to the cases", async () => {
  const { page, context } = await visit(product, { person: "ana.ruiz", path: "/remit" });
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("Skip to the content");
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await page.waitForURL(/\/cases$/);
  await expect.poll(() => focused(page)).toBe("Cases");
  await context.close();
});

test("signed out while writing: the dialog lies over the page, and what was written is still there", async () => {
  const { page, context } = await visit(product, { person: "ana.ruiz", path: "/cases/R-95Y5" });
  await page.getByRole("heading", { name: "Timeline" }).waitFor();
  await page.getByRole("button", { name: "more moves" }).click();
  await page.getByRole("menuitem", { name: "Write a note" }).click();
  await page.getByRole("textbox", { name: "Note" }).fill("half a sentence");
  await context.clearCookies();
  await page.getByRole("button", { name: "Keep the note" }).click();
  const dialog = page.getByRole("dialog", { name: "You are signed out" });
  await dialog.getByRole("button", { name: /Ana Ruiz/ }).click();
  await dialog.waitFor({ state: "detached" });
  expect(await page.getByRole("textbox", { name: "Note" }).inputValue()).toBe("half a sentence");
  await page.getByRole("button", { name: "Keep the note" }).click();
  await page.getByText("half a sentence").waitFor();
  await context.close();
});

test("the server is away: it is said, reading goes on, and it heals by itself", async () => {
  const { page, context } = await visit(product, { person: "ana.ruiz", path: "/cases" });
  await page.getByRole("grid").waitFor();
  await context.setOffline(true);
  await page.getByRole("button", { name: /^what waits/ }).click();
  await page.getByText(/No answer since/).waitFor();
  await page.keyboard.press("Escape");
  expect(await page.locator("[data-row]").count()).toBeGreaterThan(5);
  await context.setOffline(false);
  await page.getByText(/No answer since/).waitFor({ state: "detached" });
  await context.close();
});

for (const width of [1024, 390]) {
  test(`at ${String(width)} px nothing makes the page scroll sideways, and nothing stands against WCAG 2.2 AA`, async () => {
    const { page, context } = await visit(product, { person: "ana.ruiz", width, path: "/cases" });
    for (const path of ["/cases", "/cases/R-95Y5", "/sign-in"]) {
      await page.goto(path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      if (path.startsWith("/cases")) await page.locator("[data-row], .timeline > li").first().waitFor();
      expect(await page.evaluate<number>("document.documentElement.scrollWidth"), path).toBeLessThanOrEqual(
        width,
      );
      expect(await violations(page)).toEqual([]);
    }
    await context.close();
  });
}
