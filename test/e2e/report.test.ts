import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPageServer } from "./page-server.js";
import type { Analysis } from "../../src/core/decision/index.js";
import { renderHtml } from "../../src/report/index.js";
import {
  evidence,
  exposure,
  hop,
  input,
  path,
  sampleAnalysis,
  sampleCase,
} from "../fixtures/analysis/build.js";
import { firstMinute, leakedKeyCase } from "../fixtures/analysis/first-minute.js";
import { launchBrowser } from "./browser.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser: Browser;
const servers: Server[] = [];
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  for (const server of servers) server.close();
});

interface Opened {
  readonly page: Page;
  readonly console: readonly string[];
  readonly requests: readonly string[];
}

/** Opens the report as `npm start` serves it, under the server's own policy. */
async function open(
  analysis: Analysis,
  view: {
    readonly width?: number;
    readonly dark?: boolean;
    readonly hash?: string;
    readonly bypassCSP?: boolean;
  } = {},
): Promise<Opened> {
  const server = createPageServer(renderHtml(analysis, { all: false, verbose: false }));
  servers.push(server);
  const address = await new Promise<string>((done) => {
    server.listen(0, "127.0.0.1", () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
  const context = await browser.newContext({
    viewport: { width: view.width ?? 1440, height: 900 },
    colorScheme: view.dark === true ? "dark" : "light",
    bypassCSP: view.bypassCSP === true,
  });
  const page = await context.newPage();
  const [console, requests]: [string[], string[]] = [[], []];
  page.on("console", (message) => console.push(message.text()));
  page.on("pageerror", (error) => console.push(String(error)));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(`${address}/${view.hash ?? ""}`);
  return { page, console, requests };
}

test("opens without a console message and without any request but its own", async () => {
  const { page, console, requests } = await open(firstMinute);
  await page.waitForTimeout(200);
  expect(console).toEqual([]);
  // Browsers ask for the icon of a site by themselves; the page names none.
  expect(requests.filter((url) => !url.endsWith("/favicon.ico"))).toHaveLength(1);
  expect(await page.textContent("h1")).toBe("6 of 23 cases can come back, 1 is unknown");
  expect(await page.locator("script").count()).toBe(0);
});

describe.each([
  ["light, 1440", { width: 1440, dark: false }],
  ["dark, 1440", { width: 1440, dark: true }],
  ["light, 390", { width: 390, dark: false }],
  ["dark, 390", { width: 390, dark: true }],
])("%s", (_name, view) => {
  test("has no violation of WCAG A and AA, and no sideways scroll", async () => {
    const { page } = await open(firstMinute, { ...view, bypassCSP: true });
    // Everything that can be opened is judged opened.
    await page.evaluate("document.querySelectorAll('details').forEach((item) => { item.open = true; })");
    // What is off the screen is not laid out, and has no size that could be judged.
    await page.addStyleTag({ content: ".case { content-visibility: visible !important }" });
    await page.addScriptTag({ content: axe });
    const violations = await page.evaluate(
      "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html).join(' | ')))",
    );
    expect(violations).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(view.width);
  });
});

test("dark and light differ, and follow the reader's system", async () => {
  const background = async (dark: boolean): Promise<unknown> =>
    (await open(firstMinute, { dark })).page.evaluate("getComputedStyle(document.body).backgroundColor");
  expect([await background(false), await background(true)]).toEqual([
    "rgb(246, 247, 249)",
    "rgb(13, 16, 21)",
  ]);
});

test("a link of the table opens its case, by keyboard alone", async () => {
  const { page } = await open(firstMinute);
  const opened = (): Promise<unknown> =>
    page.evaluate("document.getElementById('R-M41C').closest('details').open");
  expect(await opened()).toBe(false);
  await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the cases");
  for (let steps = 0; steps < 10; steps += 1) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate("document.activeElement.textContent")) === "R-M41C") break;
  }
  await page.keyboard.press("Enter");
  await page.waitForTimeout(100);
  expect(await opened()).toBe(true);
  expect(await page.locator("#R-M41C").isVisible()).toBe(true);
});

test("a source opens to the statement, with Enter", async () => {
  const { page } = await open(firstMinute, { hash: "#R-M41C" });
  const source = page.locator("#R-M41C details.source", { hasText: "/Policies/22/" });
  await source.locator("summary").focus();
  await page.keyboard.press("Enter");
  expect(await source.locator("pre").isVisible()).toBe(true);
  expect(await source.textContent()).toContain("sha256 9f3c41d2");
});

describe("the access path", () => {
  test("is drawn from the credential on the left to the resource on the right, one hop marked", async () => {
    const { page } = await open(firstMinute, { hash: "#R-M41C" });
    const svg = page.locator("#R-M41C svg.path");
    expect(await svg.locator("title").textContent()).toBe(
      "Access path of R-M41C: leaked key of svc-batch is live; → etl-admin",
    );
    const order = await page.evaluate(
      "[...document.querySelectorAll('#R-M41C svg.path g > text.name')].map((text) => [text.getBoundingClientRect().x, text.textContent]).sort((a, b) => a[0] - b[0]).map(([, name]) => name)",
    );
    expect(order).toEqual(["key AKIA…MPLE", "svc-batch", "etl-admin", "acme-reports"]);
    expect(await svg.locator("g.recurrence").count()).toBe(1);
    expect(await svg.locator("text.flag-text").textContent()).toBe("brings it back");
    expect(await svg.locator("g.stopped").count()).toBe(3);
  });

  test("says the same as the list beside it", async () => {
    const { page } = await open(firstMinute, { hash: "#R-M41C" });
    const hops = await page.locator("#R-M41C .hop .said").allTextContents();
    expect(hops[2]).toBe("etl-admin may s3:PutBucketPolicy on acme-reports · brings it back");
    expect(await page.locator("#R-M41C .hop.back").count()).toBe(1);
  });
});

test("hostile names are shown as they are and nothing in them runs or is fetched", async () => {
  let visits = 0;
  const elsewhere = createServer((_request, response) => {
    visits += 1;
    response.end();
  });
  servers.push(elsewhere);
  const other = await new Promise<string>((done) => {
    elsewhere.listen(0, "127.0.0.1", () =>
      done(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`),
    );
  });
  const name = `"><script>document.title="ran"</script><img src=${other}/x onerror="document.title='ran'">\u202egpj.exe 👩‍👩‍👧`;
  const { page, console } = await open(
    sampleAnalysis({
      inputs: [input("findings", name)],
      rejected: [{ document: name, reason: name }],
      unknowns: [{ key: name, fact: name, collect: name, decides: [], confirms: [] }],
      cases: [
        sampleCase("R-EVIL", {
          title: name,
          exposures: [exposure("s3:bucket", name, name, { accountName: name })],
          origin: {
            kind: "event",
            text: name,
            how: name,
            evidence: [evidence(name, name, { excerpt: name })],
          },
          recreation: {
            because: name,
            paths: [path({ because: name, hops: [hop(name, name, name, [evidence(name)])] })],
            stopped: [{ who: name, by: name }],
            checked: [name],
            floor: [name],
          },
        }),
      ],
    }),
  );
  await page.waitForTimeout(300);
  expect(await page.title()).toBe("1 case · remit");
  expect(visits).toBe(0);
  expect(console).toEqual([]);
  expect(await page.locator("script, img").count()).toBe(0);
  const shown = await page.locator("h2.sentence").first().textContent();
  expect(shown).toContain('<script>document.title="ran"</script>');
  expect(shown).toContain("U+202Egpj.exe 👩‍👩‍👧");
});

describe("honest states", () => {
  test("nothing wrong is said, with the floor", async () => {
    const { page } = await open(sampleAnalysis({ cases: [] }));
    expect(await page.textContent("main")).toContain("Nothing ungoverned can bring anything back");
    expect(await page.textContent("main")).toContain("Floor, not counted: account root");
  });

  test("what was rejected stands open on the page", async () => {
    const { page } = await open(firstMinute);
    expect(await page.getByText("trail-2.json line 88,214: ends in the middle of a record").isVisible()).toBe(
      true,
    );
  });
});

test("2,000 cases open, every one reachable from the first screen", async () => {
  const cases = Array.from({ length: 2000 }, (_, index) => ({
    ...leakedKeyCase,
    id: `R-${String(index).padStart(5, "0")}`,
  }));
  const { page } = await open({ ...firstMinute, cases });
  expect(await page.locator("table.cases").first().locator("tbody tr").count()).toBe(12);
  expect(await page.textContent("details.fold summary")).toContain("+1988 yes, from outside");
  expect(await page.locator("table.cases tbody tr").count()).toBe(2000);
  await page.evaluate("location.hash = '#R-01999'");
  await page.locator("#R-01999").waitFor();
});

test("printed, every case is whole", async () => {
  const { page } = await open(firstMinute);
  await page.emulateMedia({ media: "print" });
  expect(await page.locator("#R-M41C").isVisible()).toBe(true);
});
