import type { Page } from "playwright-core";
import { pageCpuMs, quantile, window, type Bench } from "./web-at.js";
import { actsScript, everyRowScript, interactionScript, pathScript } from "./web-page.js";

/** Rows that are laid out for comparison, as a list that draws every one would. */
const everyRow = 2000;

/** Milliseconds until the next paint, unless said otherwise. */
export interface Acting {
  readonly acts: number;
  readonly actP95Ms: number;
  readonly slowestAct: string;
  /** As the browser itself tells, in steps of 8 ms; what took less than 16 counts as 16. */
  readonly eventP95Ms: number;
  readonly rows: number;
  readonly everyRowMs: number;
}

/** Keys and clicks as somebody works through the list and a case. */
export async function acting(at: Bench): Promise<Acting> {
  const context = await window(at);
  const page = await context.newPage();
  await page.addInitScript({ content: interactionScript });
  const acts: { readonly name: string; readonly ms: number }[] = [];
  let seen = 0;
  /** `count`: keys and clicks that it takes. */
  const act = async (name: string, work: () => Promise<void>, count = 1): Promise<void> => {
    await work();
    const all = await page.evaluate<number[]>(actsScript(seen + count));
    for (const ms of all.slice(seen)) acts.push({ name, ms });
    seen = all.length;
  };
  const key = (name: string, press: string) => act(name, () => page.keyboard.press(press));
  await page.goto("/cases");
  await page.locator("[data-row]").first().focus();
  for (let time = 0; time < 20; time += 1) await key("next row", "j");
  for (let time = 0; time < 10; time += 1) await key("page down", "PageDown");
  for (let time = 0; time < 10; time += 1) await key("row before", "k");
  for (let time = 0; time < 3; time += 1) await key("select", "x");
  await key("look beside", "o");
  await key("close it", "o");
  for (let time = 0; time < 3; time += 1) {
    await act("open a dialog", () => page.getByRole("button", { name: "Assign all" }).click());
    await page.getByRole("dialog").waitFor();
    await act("close a dialog", () => page.getByRole("button", { name: "Close", exact: true }).click());
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  await key("to the filter", "/");
  await act("type a filter", () => page.keyboard.type("acme exports", { delay: 30 }), 12);
  await page.waitForURL(/q=/);
  await act("open a menu", () => page.locator("button.facet", { hasText: /^Lead/ }).click());
  await act("choose", () => page.locator(".facet-values input").first().click());
  await page.waitForURL(/lead=/);
  await key("close a menu", "Escape");
  await act("remove filters", () => page.getByRole("button", { name: "Remove all filters" }).click());
  await key("find", "Control+k");
  await act("type what is sought", () => page.keyboard.type("R-95Y5", { delay: 30 }), 6);
  await page
    .getByRole("option", { name: /R-95Y5/ })
    .first()
    .waitFor();
  await key("go there", "Enter");
  await page.locator("button[data-hop]").first().waitFor();
  await act("open a step", () => page.locator("button[data-hop]").first().click());
  await key("cut", "w");
  await page.locator(".cut-change input").first().waitFor({ timeout: 60_000 });
  for (let time = 0; time < 4; time += 1)
    await act("tick a change", () =>
      page
        .locator(".cut-change input")
        .nth(time % 2)
        .click(),
    );
  await key("as a list", "l");
  await key("as a diagram", "l");
  await key("back to the list", "u");
  await page.locator("[data-row]").first().waitFor();
  const events = await page.evaluate<[number, number][]>("window.benchEvents");
  const longest = new Map<number, number>();
  for (const [id, ms] of events) longest.set(id, Math.max(ms, longest.get(id) ?? 0));
  const told = [
    ...longest.values(),
    ...Array.from({ length: Math.max(0, acts.length - longest.size) }, () => 16),
  ];
  const everyRowMs = await page.evaluate<number>(everyRowScript(everyRow));
  await context.close();
  const [slowest] = acts.toSorted((a, b) => b.ms - a.ms);
  return {
    acts: acts.length,
    actP95Ms: quantile(
      acts.map(({ ms }) => ms),
      0.95,
    ),
    slowestAct: `${slowest?.name ?? "none"}: ${(slowest?.ms ?? 0).toFixed(0)} ms`,
    eventP95Ms: quantile(told, 0.95),
    rows: everyRow,
    everyRowMs,
  };
}

/** Comes to the case from another one, as what draws paths is loaded with the first; the median of five. */
export async function drawing(at: Bench, id: string, nodes: number) {
  const runs: { readonly ms: number; readonly nodes: number; readonly cpuMs: number }[] = [];
  for (let time = 0; time < 5; time += 1) {
    const context = await window(at);
    const page = await context.newPage();
    await page.goto("/cases/R-95Y5");
    await page.locator("button[data-hop]").first().waitFor();
    await seek(page, id);
    const before = await pageCpuMs(at);
    const drawn = page.evaluate<{ ms: number; nodes: number }>(pathScript(id, nodes));
    await page.keyboard.press("Enter");
    runs.push({ ...(await drawn), cpuMs: (await pageCpuMs(at)) - before });
    await context.close();
  }
  return {
    ms: quantile(
      runs.map(({ ms }) => ms),
      0.5,
    ),
    cpuMs: quantile(
      runs.map(({ cpuMs }) => cpuMs),
      0.5,
    ),
    nodes: runs[0]?.nodes ?? 0,
  };
}

async function seek(page: Page, id: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.locator(".find-field").fill(id);
  await page
    .getByRole("option", { name: new RegExp(id) })
    .first()
    .waitFor();
}
