import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  enter,
  focused,
  focusIs,
  startProduct,
  tabTo,
  violations,
  visit,
  type Product,
  type Visit,
} from "./harness.js";

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

/** To the block of who acts, on to this button in this part of it, and presses it. */
async function act(page: Page, place: Locator, name: string): Promise<void> {
  await page.keyboard.press("4");
  await focusIs(page, /Who acts$/);
  await enter(page, name, { within: place });
}

/** In the dialog that was opened `first` has the focus, a field or the safe button; says why, and does it. */
async function say(page: Page, dialog: string | RegExp, first: string, text: string, does: string) {
  const asked = page.getByRole("dialog", { name: dialog });
  await asked.waitFor();
  await focusIs(page, first);
  await page.keyboard.type(text);
  await enter(page, does, { within: asked, most: 6 });
}

/** Where one stays, what it says. */
const gone = (page: Page) => expect.poll(() => page.getByRole("dialog").allInnerTexts()).toEqual([]);

/** What is done rarely, out of the menu of the case. */
async function rare(page: Page, name: string): Promise<void> {
  await page.keyboard.press("1");
  await enter(page, "more moves", { back: true });
  await page.getByRole("menuitem", { name }).waitFor();
  for (let presses = 0; presses < 8 && (await focused(page)) !== name; presses += 1)
    await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toBe(name);
  await page.keyboard.press("Enter");
}

/** The safe button before this one, which leaves things as they are. */
async function leave(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Shift+Tab");
  expect(await focused(page)).toBe(name);
  await page.keyboard.press("Enter");
  await gone(page);
}

test("claim, contain, trace, fix, verify, close, by keyboard alone; who asks does not approve; a second window follows by itself (R34, R36, R38, R63, WCAG 2.1.1, 2.4.3)", async () => {
  const meyer = await open("l.meyer");
  const { page } = meyer;
  const contain = track(page, "Contain");
  await enter(page, "Take this case", { within: page.getByRole("region", { name: "Next step" }) });
  await contain.getByText(/taken by\s+Lena Meyer/).waitFor();
  await focusIs(page, "Next step");
  const steps = contain.getByRole("listitem");
  const stops = await steps.filter({ hasNotText: "EMERGENCY_APPROVER" }).count();
  for (let step = 0; step < stops; step += 1) {
    const next = steps
      .filter({ hasNotText: "EMERGENCY_APPROVER" })
      .filter({ hasNotText: "as they say" })
      .first();
    await act(page, next, "I ran it");
    await say(page, "Say that you ran it", "What you ran, and what it answered", "closed", "I ran it");
    await gone(page);
    await focusIs(page, /Lena Meyer ran it, as they say/);
  }

  // Refused: the rule, the text and who may stand where the button is.
  const silva = await open("r.silva");
  await act(silva.page, track(silva.page, "Contain"), "Ask EMERGENCY_APPROVER");
  const ask = "Ask EMERGENCY_APPROVER to agree";
  await say(silva.page, ask, "Why it has to happen now", "open to a whole account", "Ask");
  await gone(silva.page);
  await focusIs(silva.page, "Ask EMERGENCY_APPROVER");
  const approvals = track(silva.page, "Approvals and signatures");
  await enter(silva.page, "Approve", { within: approvals });
  await say(silva.page, /^Approve: /, "Leave it as it is", "", "Approve");
  await silva.page.getByRole("alert").getByText("requester-not-approver").waitFor();
  await focusIs(silva.page, "Approve");
  await leave(silva.page, "Leave it as it is");
  await focusIs(silva.page, "Approve");
  expect(await approvals.locator("*:focus").count()).toBe(1);

  const okafor = await open("m.okafor");
  await act(okafor.page, track(okafor.page, "Approvals and signatures"), "Approve");
  await say(okafor.page, /^Approve: /, "Leave it as it is", "", "Approve");
  await gone(okafor.page);
  await focusIs(okafor.page, /granted by Mira Okafor/);

  // Lena Meyer's window has heard of it, and the focus stays where she works.
  await track(page, "Approvals and signatures")
    .getByText(/granted\s+by\s+Mira Okafor/)
    .waitFor();
  expect(await focused(page)).toMatch(/Lena Meyer ran it, as they say/);
  await act(page, steps.filter({ hasText: "EMERGENCY_APPROVER" }), "I ran it");
  await say(page, "Say that you ran it", "What you ran, and what it answered", "trust closed", "I ran it");
  await gone(page);
  await focusIs(page, /Lena Meyer ran it, as they say/);
  await act(page, contain, "Containment is done");
  const done = "key policy narrowed, trust closed";
  await say(page, "Say that containment is done", "What was done", done, "I did it");
  await gone(page);
  await contain.getByText(/said done by/).waitFor();
  await focusIs(page, "Contain");

  const berg = await open("t.berg");
  const trace = track(berg.page, "Trace");
  await act(berg.page, trace, "Name the cause");
  await focusIs(berg.page, "Keep looking");
  await tabTo(berg.page, "Name", { back: true, most: 6 });
  await berg.page.keyboard.press("Control+a");
  await berg.page.keyboard.type("vendor-backup");
  await enter(berg.page, "End the trace", { most: 6 });
  await gone(berg.page);
  await trace.getByText(/cause named: role vendor-backup/).waitFor();
  await focusIs(berg.page, "Trace");
  await rare(berg.page, "Close");
  await say(berg.page, "Close the case?", "On what it rests", "all done", "Close it");
  await berg.page.getByRole("alert").getByText("proof-to-close").waitFor();
  await focusIs(berg.page, "Close it");
  await leave(berg.page, "Leave it open");
  await focusIs(berg.page, "more moves");

  const ruiz = await open("ana.ruiz");
  const item = track(ruiz.page, "Fix").getByRole("listitem").filter({ hasText: "IDGOV" }).first();
  await act(ruiz.page, item, "Take it");
  await focusIs(ruiz.page, /taken by Ana Ruiz/);
  await enter(ruiz.page, "It is fixed", { within: item });
  await say(ruiz.page, /is fixed$/, "What was done", "external id set", "I did it");
  await gone(ruiz.page);
  await focusIs(ruiz.page, /said done by Ana Ruiz/);

  // A snapshot from after the change is what proves it, in every window.
  await importMended();
  for (const window of [meyer, silva, berg, ruiz])
    await window.page.getByText(/contained yes · revoked yes · fixed yes · durable yes/).waitFor();

  // Who moves next has seen what moved last: whoever has not is asked first, which has its own test.
  const followUp = ({ page }: Visit, name: string) =>
    track(page, "Follow-ups").getByRole("listitem").filter({ hasText: name });
  await act(ruiz.page, followUp(ruiz, "Access review"), "Done, with proof");
  await say(ruiz.page, "Access review: done", "Where the proof is", "review 12", "Record it");
  await gone(ruiz.page);
  await focusIs(ruiz.page, /^Access review .*: review 12$/);
  await followUp(berg, "Access review").getByText("review 12").waitFor();
  await act(berg.page, followUp(berg, "Privilege reduction"), "Done, with proof");
  await say(berg.page, "Privilege reduction: done", "Where the proof is", "diff 7", "Record it");
  await gone(berg.page);
  await focusIs(berg.page, /^Privilege reduction .*: diff 7$/);
  await allowSigning();
  await followUp(silva, "Privilege reduction").getByText("diff 7").waitFor();
  await act(silva.page, followUp(silva, "Secret rotation"), "Waive");
  await say(silva.page, /^Waive/, "Why it is not needed", "no secret is part of it", "Sign the waiver");
  await gone(silva.page);
  await focusIs(silva.page, /^Secret rotation .*: no secret is part of it$/);

  await followUp(berg, "Secret rotation").getByText("no secret is part of it").waitFor();
  await berg.page.keyboard.press("1");
  await enter(berg.page, "Close the case", { back: true });
  await say(berg.page, "Close the case?", "On what it rests", "durable since the scan of 18:00", "Close it");
  await gone(berg.page);
  await berg.page.getByText("Closed: durable since the scan of 18:00").waitFor();
  await focusIs(berg.page, "Next step");
  await page.getByText("Closed: durable since the scan of 18:00").waitFor();

  for (const window of [meyer, silva, okafor, berg, ruiz]) {
    expect(window.faults).toEqual([]);
    await window.context.close();
  }
}, 240_000);

/** What would run, be fetched, turn the line round or ring, and is longer than any name. */
const hostile =
  '<script>window.ran=1</script><img src=x onerror="window.ran=1"> \u0007\u202egnp.exe 🦄 مرحبا';
/** Holds what a screen or a printer obeys instead of showing it. */
const isObeyed = (text: string): boolean => text.includes("\u0007") || text.includes("\u202e");

const asText = async ({ page }: Visit): Promise<void> => {
  await page.getByText("<img src=x onerror=", { exact: false }).first().waitFor();
  expect(await page.evaluate("window.ran"), page.url()).toBeUndefined();
  expect(await page.locator("img").count(), page.url()).toBe(0);
  expect(isObeyed(await page.locator("body").innerText()), page.url()).toBe(false);
};

test("hostile text is shown as text, and nothing of it runs or asks the policy", async () => {
  const visited = await open("ana.ruiz", "/cases/R-95Y5");
  const { page, faults, context } = visited;
  await rare(page, "Write a note");
  await page.getByRole("dialog").waitFor();
  await focusIs(page, "Note");
  await page.keyboard.insertText(hostile.replace("\u0007", ""));
  await enter(page, "Keep the note", { most: 6 });
  await gone(page);
  await focusIs(page, "more moves");
  await asText(visited);
  expect(await page.title()).toContain("R-95Y5");
  expect(faults).toEqual([]);
  await context.close();
});

test("a finding whose every word is hostile is imported, and is text on every screen and paper that names it (issue 7)", async () => {
  const visited = await visit(product, { person: "s.kaya", path: "/findings" });
  const { page, faults, context } = visited;
  const { id, opened } = await importHostile(visited);
  const [found] = opened;
  expect(found).toBeDefined();
  const screens = [
    "/findings?q=gnp",
    `/findings/imports/${id}`,
    "/cases",
    `/cases/${found ?? ""}`,
    `/cases/${found ?? ""}?as=list`,
    `/api/v1/cases/${found ?? ""}/report?as=html`,
  ];
  for (const path of screens) {
    await page.goto(path);
    await asText(visited);
  }
  const paper = await context.request.get(`/api/v1/cases/${found ?? ""}/report?as=markdown`);
  expect(await paper.text()).toContain("U+202E");
  expect(isObeyed(await paper.text())).toBe(false);
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

test("somebody else was faster: both versions stand side by side, what was typed is kept, and it is done to the new one; a reminder stops nobody (412)", async () => {
  const silva = await open("r.silva", "/cases/R-6K4V");
  const { page } = silva;
  await rare(page, "Write a note");
  await focusIs(page, "Note");
  await page.keyboard.type("half of a thought");
  const meyer = await open("l.meyer", "/cases/R-6K4V");
  await rare(meyer.page, "Write a note");
  await say(meyer.page, "Write a note", "Note", "the vendor was called", "Keep the note");
  await gone(meyer.page);
  await enter(page, "Keep the note", { most: 6 });
  const conflict = page.getByRole("alert").filter({ hasText: "changed while you decided" });
  await conflict.getByText(/You saw, version \d+/).waitFor();
  await conflict.getByText(/the vendor was called/).waitFor();
  expect(await page.getByRole("textbox", { name: "Note" }).inputValue()).toBe("half of a thought");
  expect(await violations(page)).toEqual([]);
  await enter(page, /^Apply to version/, { within: conflict });
  await gone(page);
  await page.getByText("half of a thought").waitFor();

  // A reminder that went out meanwhile is nothing that anybody decides on: nobody is asked again.
  await meyer.page.getByText("half of a thought").waitFor();
  const tried: string[] = [];
  await meyer.page.route("**/commands", async (route) => {
    const headers = route.request().headers();
    tried.push(headers["if-match"] ?? "");
    const [first = ""] = tried;
    if (tried.length > 1) return route.continue({ headers: { ...headers, "if-match": first } });
    const sequence = Number(first.replaceAll('"', "")) + 1;
    const events = [{ sequence, at: "2026-11-22T12:00:00Z", kind: "reminded", by: "clocks" }];
    const conflict = { seen: first, current: `"${String(sequence)}"`, events };
    const contentType = "application/problem+json";
    const body = JSON.stringify({ type: "about:blank", title: "changed", status: 412, conflict });
    return route.fulfill({ status: 412, contentType, body });
  });
  await rare(meyer.page, "Write a note");
  await say(meyer.page, "Write a note", "Note", "all the same", "Keep the note");
  await gone(meyer.page);
  expect(tried).toHaveLength(2);
  expect(Number(tried[1]?.replaceAll('"', ""))).toBe(Number(tried[0]?.replaceAll('"', "")) + 1);
  for (const { faults, context } of [silva, meyer]) {
    expect(faults).toEqual([]);
    await context.close();
  }
});

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
    add("estate", `estate/${prod}/${file}`, `${prod}/${file}`);
  add("findings", "findings/prowler-output.ocsf.json", "mended/prowler.json");
  add("findings", "findings/securityhub.asff.json", "mended/securityhub.json");
  const answer = await fetch(`${product.address}/api/v1/imports`, {
    method: "POST",
    headers: asOperator(),
    body: form,
  });
  expect(answer.status, await answer.text()).toBeLessThan(300);
}

/** Of a row of the example, as a scanner would write it that was told these names. */
async function importHostile({ page, context }: Visit) {
  const [row] = JSON.parse(
    readFileSync(join(root, "examples/findings/prowler-output.ocsf.json"), "utf8"),
  ) as { readonly finding_info: object; readonly resources: readonly object[] }[];
  const long = `${hostile} ${"x".repeat(10_000)}`;
  const [resource] = row?.resources ?? [];
  const finding = {
    ...row,
    message: long,
    status_detail: long,
    finding_info: { ...row?.finding_info, title: long, desc: long },
    resources: [{ ...resource, name: hostile, uid: `arn:aws:s3:::${hostile}` }],
  };
  const choosing = page.waitForEvent("filechooser");
  await enter(page, "Import files");
  const chooser = await choosing;
  await chooser.setFiles({
    name: "<img src=x onerror=window.ran=1>.ocsf.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify([finding])),
  });
  await page.getByText("import finished").waitFor({ timeout: 90_000 });
  const read = async (path: string): Promise<unknown> =>
    (await context.request.get(`/api/v1/imports${path}`)).json();
  const [last] = ((await read("?limit=1")) as { readonly items: readonly { readonly id: string }[] }).items;
  const id = last?.id ?? "";
  const { cases } = (await read(`/${id}`)) as { readonly cases: { readonly opened: readonly string[] } };
  return { id, opened: cases.opened };
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
