import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { defaultRetention, sourceKinds } from "../../src/app/index.js";
import { eventKinds } from "../../src/core/cases/index.js";
import { jobKinds } from "../../src/jobs/index.js";
import { defaultLimits } from "../../src/server/index.js";
import { root } from "../server/installed.js";

const read = (path: string): string => readFileSync(join(root, path), "utf8");
const page = read("docs/events-and-webhooks.md");
/** First cells of a table's rows, by the heading of its first column. */
const rowsOf = (heading: string): readonly string[] =>
  (page.split(`\n| ${heading} |`)[1] ?? "")
    .split("\n\n")[0]!
    .split("\n")
    .flatMap((line) => /^\| `([a-z]+)` \|/.exec(line)?.[1] ?? []);

test("the page says what the product does: sources, limits, tries, days", () => {
  expect(rowsOf("kind")).toEqual(Object.keys(sourceKinds));
  const live = ["case", "analysis", "import", "progress", "webhook", "people", "reset"];
  expect(rowsOf("event")).toEqual(live);
  const { each, all, heartbeatMs } = defaultLimits.events;
  expect(page).toContain(`at most ${String(each)} connections, an installation ${String(all)}`);
  expect(page).toContain(`every ${String(heartbeatMs / 1000)} seconds`);
  expect(page).toContain(`${String(jobKinds.delivery.retries + 1)} times`);
  for (const [, kind] of page.matchAll(/"case\.([a-z-]+)"/g)) expect(eventKinds).toContain(kind);
  const days = Object.entries(defaultRetention).map(([name, count]) => `${name}=${String(count)}`);
  expect(read("docs/cli.md")).toContain(`\`${days.join(",")}\``);
});
