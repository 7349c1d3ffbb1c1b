import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { focused, startProduct, violations, visit, type Product } from "./harness.js";

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 120_000);
afterAll(() => product.stop());

const incident = "R-95Y5";

/** Goes on with Tab until `name` has the focus. */
async function tabTo(page: Page, name: RegExp, most = 80): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press("Tab");
    if (name.test(await focused(page))) return;
  }
  throw new Error(`Tab does not come to ${String(name)}: the focus is on ${await focused(page)}`);
}

async function press(page: Page, name: RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press("Enter");
}

test("an incident is declared, commanded and ordered by keyboard alone; an order is refused, and passed to someone else", async () => {
  const kaya = await visit(product, { person: "s.kaya", path: `/command/${incident}` });
  await kaya.page.getByRole("heading", { level: 1 }).waitFor();
  await press(kaya.page, /^Declare an incident$/);
  await kaya.page.getByRole("dialog").waitFor();
  await expect.poll(() => kaya.page.locator("textarea:focus").count()).toBe(1);
  await kaya.page.keyboard.type("a stranger read the bucket");
  await press(kaya.page, /^Declare the incident$/);
  await kaya.page.getByText(/declared 2026/).waitFor();
  await press(kaya.page, /^Appoint a commander$/);
  await kaya.page.getByRole("dialog").waitFor();
  await kaya.page.getByLabel("Person").fill("m.okafor");
  await press(kaya.page, /^Appoint$/);
  await kaya.page.getByText(/Commander Mira Okafor/).waitFor();
  // Who does not command gives no orders.
  expect(await kaya.page.getByRole("button", { name: "New order" }).count()).toBe(0);

  const okafor = await visit(product, { person: "m.okafor", path: `/command/${incident}` });
  await okafor.page.getByRole("button", { name: "New order" }).waitFor();
  await press(okafor.page, /^New order$/);
  await okafor.page.getByRole("dialog").waitFor();
  await okafor.page.getByLabel("What is ordered").fill("drop s3:PutBucketPolicy from etl-admin");
  await okafor.page.getByLabel("To the role").selectOption("IDGOV");
  await expect.poll(() => okafor.page.getByLabel("Person").locator("option").count()).toBeGreaterThan(1);
  await okafor.page.getByLabel("Person").selectOption("ana.ruiz");
  await press(okafor.page, /^Give the order$/);
  await okafor.page.getByRole("cell", { name: "O1", exact: true }).waitFor();

  const ana = await visit(product, { person: "ana.ruiz", path: `/command/${incident}` });
  await ana.page.getByRole("button", { name: "Refuse" }).waitFor();
  await press(ana.page, /^Refuse$/);
  await ana.page.getByRole("dialog").waitFor();
  await expect.poll(() => ana.page.locator("textarea:focus").count()).toBe(1);
  await ana.page.keyboard.type("six people would be cut off");
  await press(ana.page, /^Refuse the order$/);
  await ana.page
    .getByRole("region", { name: /refused/ })
    .getByText(/six people/)
    .waitFor();

  // The commander's window hears of it by itself, and passes the order to somebody else.
  await okafor.page
    .getByRole("region", { name: /refused/ })
    .getByText(/six people/)
    .waitFor();
  await press(okafor.page, /^Order someone else$/);
  await okafor.page.getByRole("dialog", { name: /someone else/ }).waitFor();
  await expect.poll(() => okafor.page.getByLabel("Person").locator("option").count()).toBeGreaterThan(1);
  expect(await okafor.page.getByLabel("Person").locator('option[value="ana.ruiz"]').count()).toBe(0);
  await okafor.page.getByLabel("Person").selectOption("t.berg");
  await press(okafor.page, /^Give the order$/);
  await okafor.page.getByRole("cell", { name: "O2", exact: true }).waitFor();
  expect(await violations(okafor.page)).toEqual([]);
  for (const { faults, context } of [kaya, okafor, ana]) {
    expect(faults).toEqual([]);
    await context.close();
  }
}, 180_000);

test("the catalogue is mended by keyboard, one sees what changes before it is saved, and readiness rises", async () => {
  const { page, faults, context } = await visit(product, { person: "s.kaya", path: "/readiness" });
  const lead = page.locator(".page-head .lead");
  await lead.waitFor({ timeout: 90_000 });
  const before = await lead.innerText();
  expect(before).toMatch(/^2 of 5 workloads have nobody who may sign what risk remains/);
  await page.goto("/catalogue?as=file");
  const file = page.getByRole("textbox", { name: "remit.yaml" });
  await file.waitFor();
  const text = await file.inputValue();
  await file.fill(text.replace("workloads:\n", "workload:\n"));
  await page
    .getByRole("button", { name: /line \d+/ })
    .first()
    .waitFor();
  await expect.poll(() => page.getByRole("button", { name: /Save under your name/ }).isDisabled()).toBe(true);
  const risk =
    '  - { kind: residual-risk, scope: "*", holder: c.dupont, deputy: m.okafor, until: 2027-03-31 }\n';
  await file.fill(text.replace("authorities:\n", `authorities:\n${risk}`));
  await expect.poll(() => page.getByRole("button", { name: /Save under your name/ }).isEnabled()).toBe(true);
  await file.press("Home");
  await page.getByRole("button", { name: "Show what changes" }).press("Enter");
  await page.getByText(/duties change; coverage/).waitFor({ timeout: 90_000 });
  await page.getByRole("button", { name: "Save under your name" }).press("Enter");
  await page.getByText("Version 2 is in force.").waitFor({ timeout: 90_000 });
  await page.goto("/readiness");
  await expect.poll(() => lead.innerText(), { timeout: 90_000 }).not.toBe(before);
  await page.goto("/catalogue/history");
  await page.getByRole("button", { name: "Show version 2" }).press("Enter");
  await page.getByText("c.dupont, deputy: m.okafor").waitFor();
  expect(faults).toEqual([]);
  await context.close();
}, 240_000);

test("somebody is named in a cell: whether they technically can is told before it is saved, and the cell follows (R58)", async () => {
  const cell = "/readiness?cell=platform-runner%20revoke";
  const { page, faults, context } = await visit(product, { person: "s.kaya", path: cell });
  const form = page.getByRole("form", { name: /^Name somebody for platform-runner, revoke/ });
  const who = form.getByRole("combobox", { name: "Who", exact: true });
  await who.waitFor({ timeout: 90_000 });
  // Of read-only sign-ins: named, and stopped.
  await who.fill("m.okafor");
  await page.getByRole("option", { name: /Mira Okafor/ }).press("Enter");
  await form.getByRole("button", { name: "See whether they can" }).press("Enter");
  await form.getByText(/cannot do it/).waitFor({ timeout: 90_000 });
  await form.getByText(/iam:/).first().waitFor();
  await who.fill("r.silva");
  await form.getByRole("button", { name: "See whether they can" }).press("Enter");
  await form.getByRole("button", { name: /^can do it/ }).waitFor({ timeout: 90_000 });
  expect(await violations(page)).toEqual([]);
  await form.getByRole("button", { name: "Save under your name" }).press("Enter");
  await page.getByText(/^Version \d+ is in force/).waitFor({ timeout: 90_000 });
  await page.goto(cell);
  await page.getByRole("complementary").getByText("can do it, proven").waitFor({ timeout: 90_000 });
  expect(faults).toEqual([]);
  await context.close();
}, 240_000);

test("the map of readiness is walked with arrows; a cell opens beside it and closes back to where one was", async () => {
  const { page, faults, context } = await visit(product, { person: "ana.ruiz", path: "/readiness" });
  await page.getByRole("grid").waitFor({ timeout: 90_000 });
  await tabTo(page, /, patch: /);
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => focused(page)).toMatch(/, patch/);
  await page.keyboard.press("ArrowUp");
  for (const duty of ["run", "respond", "identity"]) {
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => focused(page)).toContain(`, ${duty}:`);
  }
  await page.keyboard.press("Enter");
  await page.waitForURL(/cell=/);
  await expect.poll(() => focused(page)).toMatch(/, identity$/);
  await page.keyboard.press("Escape");
  await expect.poll(() => focused(page)).toContain(", identity:");
  expect(faults).toEqual([]);
  await context.close();
}, 120_000);

const screens = [
  "/remit",
  "/command",
  "/readiness",
  "/readiness?view=gaps",
  "/readiness?view=trend",
  "/findings",
  "/findings?imports=true",
  "/estate/who-can?action=s3%3APutBucketPolicy&resource=acme-exports",
  "/estate/reach?principal=svc-batch",
  "/estate/search?kind=credential",
  "/estate/compare",
  "/command/R-95Y5",
  "/catalogue",
  "/catalogue?as=file",
  "/catalogue/history",
  "/reports/clocks",
  "/reports/posture",
  "/reports/recurrence",
  "/reports/evidence",
  "/settings/access",
  "/settings/tokens",
  "/settings/audit",
  "/settings/you",
  "/start",
] as const;

test.each(["light", "dark"] as const)(
  "axe finds nothing on any of these screens, %s (WCAG 2.2 AA)",
  async (scheme) => {
    const { page, faults, context } = await visit(product, { person: "s.kaya", scheme, path: "/remit" });
    const found: string[] = [];
    const headers = { authorization: `Bearer ${product.operatorToken}` };
    const imports = (await (await fetch(`${product.address}/api/v1/imports`, { headers })).json()) as {
      items: { id: string }[];
    };
    const [last] = imports.items;
    expect(last).toBeDefined();
    for (const path of [...screens, `/findings/imports/${last?.id ?? ""}`]) {
      await page.goto(path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await expect.poll(() => page.locator('[aria-busy="true"]').count(), { timeout: 60_000 }).toBe(0);
      found.push(...(await violations(page)).map((line) => `${path}: ${line}`));
    }
    expect(found).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  },
  240_000,
);
