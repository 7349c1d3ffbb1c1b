import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe, { type AxeResults } from "axe-core";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { launchBrowser } from "../e2e/browser.js";
import { exampleHome } from "./example-home.js";
import { serve } from "./serve.js";

/** The built product in a home of its own; the clock of the example stands at its day. */
export interface Product {
  readonly address: string;
  readonly operatorToken: string;
  readonly browser: Browser;
  readonly stop: () => Promise<void>;
}

/** With the company of the example; or with `nothing`, as somebody finds it who has just installed it. */
export async function startProduct(holding: "example" | "nothing" = "example"): Promise<Product> {
  const example = holding === "example";
  const home = example ? await exampleHome() : mkdtempSync(join(tmpdir(), "remit-web-"));
  const server = await serve(home, example ? ["--example"] : []);
  const browser = await launchBrowser();
  return {
    address: server.address,
    operatorToken: readFileSync(join(home, example ? "example" : "", "admin-token"), "utf8").trim(),
    browser,
    stop: async () => {
      await browser.close();
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong unseen: errors of the console, refusals of the security policy, requests that failed. */
  readonly faults: string[];
}

export interface Visitor {
  /** Id of the catalogue; nobody where absent. */
  readonly person?: string;
  readonly scheme?: "light" | "dark";
  readonly width?: number;
  readonly path?: string;
}

/** A window of somebody; faults are collected from the first byte. */
export async function visit(product: Product, visitor: Visitor): Promise<Visit> {
  const { person, scheme = "light", width = 1440, path = "/" } = visitor;
  const context = await product.browser.newContext({
    baseURL: product.address,
    colorScheme: scheme,
    reducedMotion: "reduce",
    viewport: { width, height: width < 500 ? 844 : 900 },
  });
  context.setDefaultTimeout(90_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: product.address });
  await context.addInitScript({ content: axe.source });
  if (person !== undefined) await signIn(context, product, person);
  const page = await context.newPage();
  const faults = watch(page);
  await page.goto(path);
  return { page, context, faults };
}

export async function signIn(context: BrowserContext, product: Product, person: string): Promise<void> {
  const answer = await context.request.post("/api/v1/session", {
    data: { person },
    headers: { "idempotency-key": crypto.randomUUID(), origin: product.address },
  });
  if (!answer.ok()) throw new Error(`${person} is not signed in: ${await answer.text()}`);
}

/** A refusal is an answer that a screen shows; anything beyond it nobody meant. */
const meant = new Set([401, 403, 404, 409, 412]);

function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    if (
      /Failed to load resource: the server responded with a status of (?:401|403|404|409|412)/.test(
        message.text(),
      )
    )
      return;
    faults.push(`console: ${message.text()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !meant.has(response.status()))
      faults.push(`${String(response.status())} ${response.url()}`);
  });
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    // The browser gives up what nobody waits for any more.
    if (why !== "net::ERR_ABORTED") faults.push(`${why} ${request.url()}`);
  });
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (
      protocol.startsWith("http") &&
      host !== new URL(page.url() === "about:blank" ? request.url() : page.url()).host
    )
      faults.push(`left the host: ${request.url()}`);
  });
  return faults;
}

/** Violations of WCAG 2.2 A and AA, one line each. */
export async function violations(page: Page): Promise<readonly string[]> {
  // A text, as the tests themselves know nothing of a browser's globals.
  const results = await page.evaluate<AxeResults>(
    `axe.run({ runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } })`,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary ?? ""}`),
  );
}

/** The same on the page as it is light, and as it is dark. */
export async function violationsInBoth(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    found.push(...(await violations(page)).map((line) => `${colorScheme}: ${line}`));
  }
  return found;
}

/** What has the focus: `row R-…`, else its label, else its text. */
export const focused = (page: Page): Promise<string> => page.evaluate<string>(focusName);

const focusName = `(() => {
  const at = document.activeElement;
  if (at === null || at === document.body) return "nothing";
  const row = at.getAttribute("data-row");
  if (row !== null) return "row " + row;
  const text = at.getAttribute("aria-label") ?? at.labels?.[0]?.innerText ?? at.innerText ?? "";
  return text.trim().replace(/\\s+/g, " ");
})()`;

interface Tabbing {
  /** With Shift. */
  readonly back?: boolean;
  /** Where several are called the same: the one in here. */
  readonly within?: Locator;
  readonly most?: number;
}

/** Goes on with Tab until what is called so has the focus. */
export async function tabTo(page: Page, name: string | RegExp, tabbing: Tabbing = {}): Promise<void> {
  const { back = false, within, most = 120 } = tabbing;
  const passed: string[] = [];
  while (passed.length < most) {
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
    const at = await focused(page);
    const called = typeof name === "string" ? at === name : name.test(at);
    if (called && (within === undefined || (await within.locator("*:focus").count()) > 0)) return;
    passed.push(at.slice(0, 40));
  }
  throw new Error(`Tab does not come to ${String(name)}; it passed ${passed.join(" | ")}`);
}

/** Goes there with Tab, and presses Enter. */
export async function enter(page: Page, name: string | RegExp, tabbing?: Tabbing): Promise<void> {
  await tabTo(page, name, tabbing);
  await page.keyboard.press("Enter");
}

/** Waits until this has the focus. */
export const focusIs = (page: Page, name: string | RegExp): Promise<void> =>
  typeof name === "string"
    ? expect.poll(() => focused(page)).toBe(name)
    : expect.poll(() => focused(page)).toMatch(name);
