import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPageServer } from "./page-server.js";
import { launchBrowser } from "./browser.js";

/** What a report would look like if a hostile name had slipped through its escaping. */
const hostile = (elsewhere: string) => `<!doctype html>
  <title>untouched</title>
  <style>h1 { color: rgb(1, 2, 3); }</style>
  <h1>report</h1>
  <p style="width: 12px">bar</p>
  <script>document.title = "script ran";</script>
  <img src="x" onerror="document.title = 'handler ran'">
  <img src="${elsewhere}/pixel">
  <form action="${elsewhere}/form"><button>send</button></form>`;

let browser: Browser;
let report: Server;
let elsewhere: Server;
const visits: string[] = [];

const listen = (server: Server) =>
  new Promise<string>((done) => {
    server.listen(0, "127.0.0.1", () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  report.close();
  elsewhere.close();
});

test("a browser shows the report, and runs and fetches nothing that is planted in it", async () => {
  elsewhere = createServer((request, response) => {
    visits.push(request.url ?? "");
    response.end();
  });
  const other = await listen(elsewhere);
  report = createPageServer(hostile(other));
  const page = await browser.newPage();
  const refused: string[] = [];
  page.on("console", (message) => refused.push(message.text()));
  await page.goto(await listen(report));

  expect(await page.textContent("h1")).toBe("report");
  const style = (selector: string, property: string) =>
    page.evaluate(`getComputedStyle(document.querySelector("${selector}")).${property}`);
  expect(await style("h1", "color")).toBe("rgb(1, 2, 3)");
  expect(await style("p", "width")).toBe("12px");

  expect(await page.title()).toBe("untouched");
  await page.evaluate(`document.querySelector("button").click()`);
  await page.waitForTimeout(500);
  expect(visits).toEqual([]);
  expect(refused.some((text) => text.includes("Content Security Policy"))).toBe(true);
});
