import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import {
  enter,
  focused,
  focusIs,
  startProduct,
  tabTo,
  violations,
  violationsInBoth,
  visit,
  type Product,
} from "./harness.js";

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.stop());

const incident = "R-95Y5";

/** In the choice that has the focus, down to this one. */
async function pick(page: Page, value: string): Promise<void> {
  const choice = page.locator("select:focus");
  for (let presses = 0; presses < 60 && (await choice.inputValue()) !== value; presses += 1)
    await page.keyboard.press("ArrowDown");
  expect(await choice.inputValue()).toBe(value);
}

test("an incident is declared, commanded and ordered by keyboard alone; an order is refused, and passed to someone else (WCAG 2.1.1, 2.4.3)", async () => {
  const kaya = await visit(product, { person: "s.kaya", path: `/command/${incident}` });
  await kaya.page.getByRole("heading", { level: 1 }).waitFor();
  await enter(kaya.page, "Declare an incident");
  await focusIs(kaya.page, "Reason");
  await kaya.page.keyboard.type("a stranger read the bucket");
  await enter(kaya.page, "Declare the incident", { most: 6 });
  await kaya.page.getByText(/declared 2026/).waitFor();
  // The button went with what it did: its block has the focus, and the next button is the next Tab.
  await focusIs(kaya.page, new RegExp(`^${incident} .* Appoint a commander`));
  await enter(kaya.page, "Appoint a commander", { most: 3 });
  await focusIs(kaya.page, "Person");
  await kaya.page.keyboard.press("Control+a");
  await kaya.page.keyboard.type("m.okafor");
  await enter(kaya.page, "Appoint", { most: 6 });
  await kaya.page.getByText(/Commander Mira Okafor/).waitFor();
  await focusIs(kaya.page, new RegExp(`^${incident} .* Commander Mira Okafor`));
  // Who does not command gives no orders.
  expect(await kaya.page.getByRole("button", { name: "New order" }).count()).toBe(0);

  const okafor = await visit(product, { person: "m.okafor", path: `/command/${incident}` });
  const person = okafor.page.getByLabel("Person");
  await okafor.page.getByRole("button", { name: "New order" }).waitFor();
  await enter(okafor.page, "New order");
  await focusIs(okafor.page, "Step of the playbook");
  await tabTo(okafor.page, "What is ordered", { most: 1 });
  await okafor.page.keyboard.type("drop s3:PutBucketPolicy from etl-admin");
  await tabTo(okafor.page, "To the role", { most: 1 });
  await pick(okafor.page, "IDGOV");
  await expect.poll(() => person.locator("option").count()).toBeGreaterThan(1);
  await tabTo(okafor.page, "Person", { most: 1 });
  await pick(okafor.page, "ana.ruiz");
  await enter(okafor.page, "Give the order", { most: 3 });
  await okafor.page.getByRole("cell", { name: "O1", exact: true }).waitFor();
  await focusIs(okafor.page, "New order");

  const ana = await visit(product, { person: "ana.ruiz", path: `/command/${incident}` });
  await ana.page.getByRole("button", { name: "Refuse" }).waitFor();
  await enter(ana.page, "Refuse");
  await focusIs(ana.page, "Reason");
  await ana.page.keyboard.type("six people would be cut off");
  await enter(ana.page, "Refuse the order", { most: 6 });
  await ana.page
    .getByRole("region", { name: /refused/ })
    .getByText(/six people/)
    .waitFor();
  await focusIs(ana.page, /^O1 .*refused by Ana Ruiz.*six people would be cut off$/);

  // The commander's window hears of it by itself, the focus stays, and the order is passed to somebody else.
  const refused = okafor.page.getByRole("region", { name: /refused/ });
  await refused.getByText(/six people/).waitFor();
  expect(await focused(okafor.page)).toBe("New order");
  await enter(okafor.page, "Order someone else", { back: true });
  await okafor.page.getByRole("dialog", { name: /someone else/ }).waitFor();
  await focusIs(okafor.page, "Step of the playbook");
  await expect.poll(() => person.locator("option").count()).toBeGreaterThan(1);
  expect(await person.locator('option[value="ana.ruiz"]').count()).toBe(0);
  await tabTo(okafor.page, "Person", { most: 3 });
  await pick(okafor.page, "t.berg");
  await enter(okafor.page, "Give the order", { most: 3 });
  await okafor.page.getByRole("cell", { name: "O2", exact: true }).waitFor();
  await okafor.page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await focused(okafor.page)).not.toBe("nothing");
  expect(await violations(okafor.page)).toEqual([]);
  for (const { faults, context } of [kaya, okafor, ana]) {
    expect(faults).toEqual([]);
    await context.close();
  }
}, 180_000);

test("the catalogue is mended by keyboard alone, one sees what changes before it is saved, and readiness rises (WCAG 2.1.1, 2.4.3)", async () => {
  const { page, faults, context } = await visit(product, { person: "s.kaya", path: "/readiness" });
  const { keyboard } = page;
  const lead = page.locator(".page-head .lead");
  await lead.waitFor({ timeout: 90_000 });
  const before = await lead.innerText();
  expect(before).toMatch(/^2 of 5 workloads have nobody who may sign what risk remains/);
  await page.goto("/catalogue?as=file");
  const file = page.getByRole("textbox", { name: "remit.yaml" });
  await file.waitFor();
  const lines = (await file.inputValue()).split("\n");
  /** To the end of this line. */
  const goTo = async (line: string): Promise<void> => {
    await keyboard.press("Control+Home");
    for (let down = lines.indexOf(line); down > 0; down -= 1) await keyboard.press("ArrowDown");
    await keyboard.press("End");
  };
  await tabTo(page, "remit.yaml", { within: page.locator(".file-text") });
  await goTo("workloads:");
  await keyboard.press("ArrowLeft");
  await keyboard.press("Backspace");
  await page
    .getByRole("button", { name: /line \d+/ })
    .first()
    .waitFor();
  const save = page.getByRole("button", { name: "Save under your name" });
  await expect.poll(() => save.isDisabled()).toBe(true);
  await page.locator("textarea:focus").waitFor();
  await keyboard.type("s");
  await goTo("authorities:");
  await keyboard.press("Enter");
  await keyboard.type(
    '  - { kind: residual-risk, scope: "*", holder: c.dupont, deputy: m.okafor, until: 2027-03-31 }',
  );
  await expect.poll(() => save.isEnabled()).toBe(true);
  await enter(page, "Show what changes", { back: true });
  await page.getByText(/duties change; coverage/).waitFor({ timeout: 90_000 });
  await focusIs(page, "Show what changes");
  await enter(page, "Save under your name", { most: 1 });
  await page.getByText("Version 2 is in force.").waitFor({ timeout: 90_000 });
  await focusIs(page, "Version 2 is in force.");
  await keyboard.press("g");
  await keyboard.press("r");
  await page.waitForURL(/\/readiness$/);
  await focusIs(page, "Readiness");
  await expect.poll(() => lead.innerText(), { timeout: 90_000 }).not.toBe(before);
  await page.goto("/catalogue/history");
  await page.getByRole("button", { name: "Show version 2" }).waitFor();
  await enter(page, "Show version 2");
  await page.getByText("c.dupont, deputy: m.okafor").waitFor();
  expect(await focused(page)).not.toBe("nothing");
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
});

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

test("axe finds nothing on any of these screens, light and dark (WCAG 2.2 AA)", async () => {
  const { page, faults, context } = await visit(product, { person: "s.kaya", path: "/remit" });
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
    found.push(...(await violationsInBoth(page)).map((line) => `${path}: ${line}`));
  }
  expect(found).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
}, 360_000);
