import { afterAll, beforeAll, expect, test } from "vitest";
import { focused, startProduct, violations, violationsInBoth, visit, type Product } from "./harness.js";

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

test("the findings of every tool stand behind the case, each opens its row, and all of them are one link away", async () => {
  const { page, faults, context } = await visit(product, { person: "ana.ruiz", path: "/cases/R-95Y5" });
  const fold = page.locator("summary", { hasText: "2 findings" });
  await fold.focus();
  await page.keyboard.press("Enter");
  const rows = page.locator("table.linked-rows tbody tr");
  await rows.first().waitFor();
  expect(await rows.allInnerTexts()).toEqual([
    expect.stringMatching(/^Security Hub[^]*critical[^]*failing/),
    expect.stringMatching(/^Prowler[^]*critical[^]*failing/),
  ]);
  await rows
    .first()
    .getByRole("button", { name: /source: .*asff/ })
    .press("Enter");
  await page.getByLabel("the statement in its document").getByText("acme-reports").first().waitFor();
  await page.getByRole("link", { name: "Open them in Findings" }).press("Enter");
  await page.waitForURL(/\/findings\?case=R-95Y5$/);
  await page.getByText("2 of 2").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("link", { name: "Show those of every case" }).press("Enter");
  await page.getByText(/^100 of \d+|^\d+ of \d+/).waitFor();
  expect(new URL(page.url()).search).toBe("");
  expect(faults).toEqual([]);
  await context.close();
});

test("settings: roles, webhooks, keys and the system, for an administrator; a paused webhook is resumed (WCAG 2.2 AA)", async () => {
  const { page, faults, context } = await visit(product, { person: "s.kaya", path: "/settings/access" });
  const said = {
    Roles: page.getByRole("row", { name: /^IDGOV .* iam-team$/ }),
    Keys: page.getByText(/^The ledger is signed with key [0-9a-f]{16}\.$/),
    Audit: page.getByRole("definition").filter({ hasText: /^sha256 [0-9a-f]{64}$/ }),
    System: page.getByText("No login set up: reachable from this machine only."),
    You: page.getByRole("combobox", { name: "Time zone" }),
  };
  for (const [name, seen] of Object.entries(said)) {
    await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name }).press("Enter");
    await seen.waitFor();
    expect(await violationsInBoth(page), name).toEqual([]);
  }
  // Pausing takes days of failures: the list is as a server with one would answer; resuming is asked of this one.
  const hook = { id: "w1", url: "https://chat.example/secret", events: [], note: "", createdBy: "s.kaya" };
  const paused = { createdAt: "2026-11-20T12:00:00Z", stoppedAt: "2026-11-21T12:00:00Z", stoppedWhy: "gone" };
  await page.route("**/api/v1/webhooks", (route) =>
    route.fulfill({ json: { items: [{ ...hook, ...paused }] } }),
  );
  await page.getByRole("link", { name: "Webhooks" }).press("Enter");
  await page.getByText("1 of 1 is paused and told nothing.").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Resume chat.example" }).press("Enter");
  await expect.poll(() => focused(page)).toBe("Leave it paused");
  await page.getByRole("button", { name: "Resume", exact: true }).press("Enter");
  await page.getByText(/there is no webhook\s+w1/).waitFor();
  expect(faults).toEqual([]);
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
