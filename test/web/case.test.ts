import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startProduct, violations, visit, type Product, type Visit } from "./harness.js";

const root = resolve(import.meta.dirname, "../..");
const at = "/cases/R-6K4V";

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 300_000);
afterAll(() => product?.stop());

const open = async (person: string, path = at): Promise<Visit> => {
  const visited = await visit(product, { person, path });
  await visited.page.getByRole("heading", { name: "Timeline" }).waitFor();
  return visited;
};

const track = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

/** Opens a dialog by its button, says why, and does it. */
async function say(
  page: Page,
  dialog: string | RegExp,
  text: string | undefined,
  act: string,
): Promise<void> {
  const asked = page.getByRole("dialog", { name: dialog });
  if (text !== undefined) await asked.getByRole("textbox").last().fill(text);
  await asked.getByRole("button", { name: act, exact: true }).click();
}

const gone = (page: Page) => page.getByRole("dialog").waitFor({ state: "detached" });

test("claim, contain, trace, fix, verify, close; who asks does not approve; a second window follows by itself (R34, R36, R38, R63)", async () => {
  const meyer = await open("l.meyer");
  const { page } = meyer;
  await page
    .getByRole("region", { name: "Next step" })
    .getByRole("button", { name: "Take this case" })
    .click();
  await track(page, "Contain")
    .getByText(/taken by\s+Lena Meyer/)
    .waitFor();
  const steps = track(page, "Contain").getByRole("listitem");
  const stops = await steps.filter({ hasNotText: "EMERGENCY_APPROVER" }).count();
  for (let step = 0; step < stops; step += 1) {
    await steps
      .filter({ hasNotText: "EMERGENCY_APPROVER" })
      .filter({ hasNotText: "as they say" })
      .first()
      .getByRole("button", { name: "I ran it" })
      .click();
    await say(page, "Say that you ran it", "closed", "I ran it");
    await gone(page);
  }
  await steps.getByText("as they say").first().waitFor();

  // Refused: the rule, the text and who may stand where the button is.
  const silva = await open("r.silva");
  await track(silva.page, "Contain").getByRole("button", { name: "Ask EMERGENCY_APPROVER" }).click();
  await say(silva.page, "Ask EMERGENCY_APPROVER to agree", "open to a whole account", "Ask");
  await gone(silva.page);
  const approvals = track(silva.page, "Approvals and signatures");
  await approvals.getByRole("button", { name: "Approve", exact: true }).click();
  await say(silva.page, /^Approve: /, undefined, "Approve");
  await silva.page.getByRole("alert").getByText("requester-not-approver").waitFor();
  await silva.page.getByRole("dialog").getByRole("button", { name: "Leave it as it is" }).click();

  const okafor = await open("m.okafor");
  await track(okafor.page, "Approvals and signatures")
    .getByRole("button", { name: "Approve", exact: true })
    .click();
  await say(okafor.page, /^Approve: /, undefined, "Approve");
  await gone(okafor.page);

  // Lena Meyer's window has heard of it.
  await track(page, "Approvals and signatures")
    .getByText(/granted\s+by\s+Mira Okafor/)
    .waitFor();
  await steps.filter({ hasText: "EMERGENCY_APPROVER" }).getByRole("button", { name: "I ran it" }).click();
  await say(page, "Say that you ran it", "trust closed", "I ran it");
  await gone(page);
  await track(page, "Contain").getByRole("button", { name: "Containment is done" }).click();
  await say(page, "Say that containment is done", "key policy narrowed, trust closed", "I did it");
  await gone(page);
  await track(page, "Contain")
    .getByText(/said done by/)
    .waitFor();

  const berg = await open("t.berg");
  await track(berg.page, "Trace").getByRole("button", { name: "Name the cause" }).click();
  await berg.page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("vendor-backup");
  await berg.page.getByRole("dialog").getByRole("button", { name: "End the trace" }).click();
  await gone(berg.page);
  await track(berg.page, "Trace")
    .getByText(/cause named/)
    .waitFor();
  await berg.page.getByRole("button", { name: "more moves" }).click();
  await berg.page.getByRole("menuitem", { name: "Close" }).click();
  await say(berg.page, "Close the case?", "all done", "Close it");
  await berg.page.getByRole("alert").getByText("proof-to-close").waitFor();
  await berg.page.getByRole("button", { name: "Leave it open" }).click();

  const ruiz = await open("ana.ruiz");
  const item = track(ruiz.page, "Fix").getByRole("listitem").filter({ hasText: "IDGOV" }).first();
  await item.getByRole("button", { name: "Take it" }).click();
  await item.getByRole("button", { name: "It is fixed" }).click();
  await say(ruiz.page, /is fixed$/, "external id set", "I did it");
  await gone(ruiz.page);

  // A snapshot from after the change is what proves it, in every window.
  await importMended();
  await page.getByText(/contained yes · revoked yes · fixed yes · durable yes/).waitFor();

  const reviews = track(ruiz.page, "Follow-ups").getByRole("listitem");
  await reviews
    .filter({ hasText: "Access review" })
    .getByRole("button", { name: "Done, with proof" })
    .click();
  await say(ruiz.page, "Access review: done", "review 12", "Record it");
  await gone(ruiz.page);
  const follow = track(berg.page, "Follow-ups").getByRole("listitem");
  await follow
    .filter({ hasText: "Privilege reduction" })
    .getByRole("button", { name: "Done, with proof" })
    .click();
  await say(berg.page, "Privilege reduction: done", "diff 7", "Record it");
  await gone(berg.page);
  await allowSigning();
  await track(silva.page, "Follow-ups")
    .getByRole("listitem")
    .filter({ hasText: "Secret rotation" })
    .getByRole("button", { name: "Waive" })
    .click();
  await say(silva.page, /^Waive/, "no secret is part of it", "Sign the waiver");
  await gone(silva.page);

  await berg.page
    .getByRole("region", { name: "Next step" })
    .getByRole("button", { name: "Close the case" })
    .click();
  await say(berg.page, "Close the case?", "durable since the scan of 18:00", "Close it");
  await gone(berg.page);
  await berg.page.getByText("Closed: durable since the scan of 18:00").waitFor();
  await page.getByText("Closed: durable since the scan of 18:00").waitFor();

  for (const window of [meyer, silva, okafor, berg, ruiz]) {
    expect(window.faults).toEqual([]);
    await window.context.close();
  }
}, 180_000);

test("hostile text is shown as text, and nothing of it runs or asks the policy", async () => {
  const path = "/cases/R-95Y5";
  const { page, faults, context } = await open("ana.ruiz", path);
  const hostile =
    '<script>document.title="ran"</script><img src=x onerror="document.title=1"> \u202egnp.exe 🦄 مرحبا';
  await page.getByRole("button", { name: "more moves" }).click();
  await page.getByRole("menuitem", { name: "Write a note" }).click();
  await say(page, "Write a note", hostile, "Keep the note");
  await gone(page);
  const noted = page.getByText('<script>document.title="ran"</script>', { exact: false });
  await noted.waitFor();
  expect(await noted.innerText()).toContain("U+202E");
  expect(await page.title()).toContain("R-95Y5");
  expect(await page.locator("img").count()).toBe(0);
  expect(faults).toEqual([]);
  await context.close();
});

test("ticking the cut breaks the path only when the server has answered, and the address keeps the ticks", async () => {
  const { page, faults, context } = await open("ana.ruiz", "/cases/R-95Y5");
  await page.keyboard.press("w");
  const panel = page.getByRole("complementary", { name: "Cut" });
  await panel.getByRole("button", { name: /^Tick all/ }).click({ timeout: 60_000 });
  await page.waitForURL(/cut=/);
  await panel.getByText("only admins").first().waitFor({ timeout: 60_000 });
  await page.reload();
  await panel.getByText("only admins").first().waitFor({ timeout: 60_000 });
  expect(faults).toEqual([]);
  await context.close();
}, 180_000);

test("any change may be tried: what is ticked or composed breaks the path, and the address shows it to others", async () => {
  const { page, faults, context } = await open("ana.ruiz", "/cases/R-95Y5?as=list&show=what-if");
  const panel = page.getByRole("complementary", { name: "What if" });
  await panel.getByRole("checkbox", { name: /^deny svc-batch sts:AssumeRole/ }).click();
  await panel.getByText("2 of 3 routes cut").waitFor({ timeout: 60_000 });
  await panel.getByText("Another change").press("Enter");
  await panel.getByLabel("Change", { exact: true }).selectOption("disablePrincipal");
  await panel.getByRole("combobox", { name: "Identity" }).fill("arn:aws:iam::222222222222:role/etl-nightly");
  await panel.getByRole("button", { name: "Add this change" }).press("Enter");
  await panel.getByText("3 of 3 routes cut").waitFor({ timeout: 60_000 });
  await panel.getByText("only admins").waitFor();
  await page.reload();
  await panel.getByText("3 of 3 routes cut").waitFor({ timeout: 60_000 });
  expect(await violations(page)).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
}, 180_000);

test("somebody else was faster: both versions stand side by side, what was typed is kept, and it is done to the new one (412)", async () => {
  const silva = await open("r.silva", "/cases/R-6K4V");
  const { page } = silva;
  await page.getByRole("button", { name: "more moves" }).click();
  await page.getByRole("menuitem", { name: "Write a note" }).click();
  await page.getByRole("textbox", { name: "Note" }).fill("half of a thought");
  const meyer = await open("l.meyer", "/cases/R-6K4V");
  await meyer.page.getByRole("button", { name: "more moves" }).click();
  await meyer.page.getByRole("menuitem", { name: "Write a note" }).click();
  await say(meyer.page, "Write a note", "the vendor was called", "Keep the note");
  await gone(meyer.page);
  await page.getByRole("button", { name: "Keep the note" }).click();
  const conflict = page.getByRole("alert").filter({ hasText: "changed while you decided" });
  await conflict.getByText(/You saw, version \d+/).waitFor();
  await conflict.getByText(/the vendor was called/).waitFor();
  expect(await page.getByRole("textbox", { name: "Note" }).inputValue()).toBe("half of a thought");
  expect(await violations(page)).toEqual([]);
  await conflict.getByRole("button", { name: /^Apply to version/ }).click();
  await gone(page);
  await page.getByText("half of a thought").waitFor();
  for (const { faults, context } of [silva, meyer]) {
    expect(faults).toEqual([]);
    await context.close();
  }
}, 120_000);

test("each step opens the statement that it rests on, marked, by keyboard (issue 7)", async () => {
  const { page, faults, context } = await open("ana.ruiz", "/cases/R-95Y5?as=list");
  await page.keyboard.press("e");
  const panel = page.getByRole("complementary", { name: "Evidence" });
  await panel.locator(".evidence-line.marked").first().waitFor();
  expect(new URL(page.url()).search).toContain("show=evidence");
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  expect(faults).toEqual([]);
  await context.close();
});

const asOperator = () => ({ authorization: `Bearer ${product.operatorToken}` });

async function importMended(): Promise<void> {
  const prod = "prod-222222222222";
  const key = "eu-west-1/kms/key-policy-7c1d2e3f-0a1b-4c2d-8e3f-a1b2c3d4e5f6.json";
  const form = new FormData();
  const add = (name: string, path: string, as: string): void =>
    form.append(name, new Blob([readFileSync(join(root, "examples/mended", path))]), as);
  for (const file of ["account-authorization-details.json", key])
    add("estate", `estate/${prod}/${file}`, `examples/estate/${prod}/${file}`);
  add("findings", "findings/prowler-output.ocsf.json", "examples/mended/prowler.json");
  add("findings", "findings/securityhub.asff.json", "examples/mended/securityhub.json");
  const answer = await fetch(`${product.address}/api/v1/imports`, {
    method: "POST",
    headers: asOperator(),
    body: form,
  });
  expect(answer.status, await answer.text()).toBeLessThan(300);
}

/** The gap that the refusal names is in the catalogue, and is mended there. */
async function allowSigning(): Promise<void> {
  const url = `${product.address}/api/v1/catalogue`;
  const before = await fetch(url, { headers: asOperator() });
  const body = (await before.text()).replace(
    /^authorities:$/m,
    '$&\n  - { kind: residual-risk, scope: "aws:222222222222", holder: c.dupont, deputy: r.silva, until: 2036-06-30 }',
  );
  const answer = await fetch(url, {
    method: "PUT",
    headers: {
      ...asOperator(),
      "if-match": before.headers.get("etag") ?? "",
      "content-type": "application/yaml",
    },
    body,
  });
  expect(answer.status, await answer.text()).toBe(200);
}
