import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe, { type AxeResults } from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
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

/** What has the focus: `row R-…`, else its label, else its text. */
export async function focused(page: Page): Promise<string> {
  const at = page.locator("*:focus");
  if ((await at.count()) === 0) return "nothing";
  const row = await at.getAttribute("data-row");
  if (row !== null) return `row ${row}`;
  const text = (await at.getAttribute("aria-label")) ?? (await at.innerText());
  return text.trim().replace(/\s+/g, " ");
}
