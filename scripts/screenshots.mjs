/**
 * Makes docs/screens/*.png: every screen, light and dark, typical, empty, crowded and when the server answers with a
 * fault, out of the built product. `npm run screenshots`, or with words that the names of the pictures must hold:
 * `npm run screenshots -- cases light`.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { isMain, root, run } from "./checkout.mjs";
import { findChromium } from "./chromium.mjs";
import { crowded } from "./crowded.mjs";
import { declare, furnish, incident, mendCatalogue, warmed } from "./lived-in.mjs";

const out = join(root, "docs/screens");
const width = 1280;
const schemes = /** @type {const} */ (["light", "dark"]);
/** Of a screen that is read from top to bottom in one go, more is in the picture. */
const heights = /** @type {Readonly<Record<string, number>>} */ ({
  case: 1480,
  command: 1000,
  reach: 960,
  "reports-posture": 960,
});

/** A page that is drawn without asking the server: it has no picture of a failing one. */
const unasked = new Set(["settings", "settings-you"]);

/** A view that is empty, or fails, just as the screen that it belongs to. */
const views = new Set(["readiness-gaps", "readiness-trend", "settings-you"]);

/** Pictures of what came of a change: made after it. */
const changed = new Set(["compare", "catalogue-history", "readiness-trend"]);

/** Name of the picture, address, and who looks. `:import` stands for the last import. */
export const screens = /** @type {const} */ ([
  ["sign-in", "/sign-in", ""],
  ["start", "/start", "s.kaya"],
  ["remit", "/remit", "ana.ruiz"],
  ["cases", "/cases", "ana.ruiz"],
  ["case", `/cases/${incident}`, "ana.ruiz"],
  ["incidents", "/command", "m.okafor"],
  ["command", `/command/${incident}`, "m.okafor"],
  ["readiness", "/readiness", "s.kaya"],
  ["readiness-gaps", "/readiness?view=gaps", "s.kaya"],
  ["readiness-trend", "/readiness?view=trend", "s.kaya"],
  ["who-can", "/estate/who-can?action=s3:PutBucketPolicy&resource=arn:aws:s3:::acme-reports", "ana.ruiz"],
  ["reach", "/estate/reach?principal=svc-batch", "ana.ruiz"],
  ["credentials", "/estate/search?kind=credential", "ana.ruiz"],
  ["compare", "/estate/compare", "ana.ruiz"],
  ["findings", "/findings", "ana.ruiz"],
  ["imports", "/findings?imports=true", "ana.ruiz"],
  ["findings-import", "/findings/imports/:import", "ana.ruiz"],
  ["catalogue", "/catalogue", "s.kaya"],
  ["catalogue-file", "/catalogue?as=file", "s.kaya"],
  ["catalogue-history", "/catalogue/history", "s.kaya"],
  ["reports", "/reports/clocks", "s.kaya"],
  ["reports-posture", "/reports/posture", "s.kaya"],
  ["reports-recurrence", "/reports/recurrence", "s.kaya"],
  ["reports-evidence", "/reports/evidence", "s.kaya"],
  ["settings", "/settings/access", "s.kaya"],
  ["settings-roles", "/settings/roles", "s.kaya"],
  ["settings-tokens", "/settings/tokens", "s.kaya"],
  ["settings-webhooks", "/settings/webhooks", "s.kaya"],
  ["settings-keys", "/settings/keys", "s.kaya"],
  ["settings-audit", "/settings/audit", "s.kaya"],
  ["settings-system", "/settings/system", "s.kaya"],
  ["settings-you", "/settings/you", "s.kaya"],
]);

/** @param {readonly string[]} words */
async function main(words) {
  mkdirSync(out, { recursive: true });
  const wanted = (/** @type {string} */ name) => words.every((word) => name.includes(word));
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ["--disable-gpu", "--disable-dev-shm-usage", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
  });
  const example = await serve(["--example"]);
  const empty = await serve([]);
  try {
    await declare(example.address);
    await furnish(example.address);
    await warmed(example.address);
    /** @param {"typical" | "empty" | "error" | "crowded"} state @param {(name: string) => boolean} now */
    const shootAll = async (state, now) => {
      for (const scheme of schemes) {
        for (const [name, path, person] of screens) {
          const picture = `${name}-${state}-${scheme}`;
          if (!wanted(picture) || !now(name)) continue;
          if (state === "crowded" && crowded[name] === undefined) continue;
          if (state === "error" && unasked.has(name)) continue;
          if ((state === "empty" || state === "error") && views.has(name)) continue;
          const server = state === "empty" ? empty : example;
          await shoot(browser, { server, name, path, person, state, scheme, picture });
        }
      }
    };
    await shootAll("typical", (name) => !changed.has(name));
    await shootAll("empty", () => true);
    await shootAll("error", () => true);
    await shootAll("crowded", () => true);
    if (
      screens.some(([name]) => changed.has(name) && schemes.some((one) => wanted(`${name}-typical-${one}`)))
    ) {
      await mendCatalogue(example.address);
      await warmed(example.address);
      await shootAll("typical", (name) => changed.has(name));
    }
  } finally {
    await browser.close();
    await Promise.all([example.stop(), empty.stop()]);
  }
  writePage();
  return 0;
}

/**
 * @param {import("playwright-core").Browser} browser
 * @param {{ server: Server, name: string, path: string, person: string, state: string, scheme: "light" | "dark", picture: string }} shot
 */
async function shoot(browser, { server, name, path, person, state, scheme, picture }) {
  const context = await browser.newContext({
    baseURL: server.address,
    colorScheme: scheme,
    viewport: {
      width,
      height: heights[name] !== undefined && state !== "empty" && state !== "error" ? heights[name] : 760,
    },
    reducedMotion: "reduce",
  });
  if (person !== "") {
    const signedIn = await context.request.post("/api/v1/session", {
      data: state === "empty" ? { token: server.token } : { person },
      headers: { "idempotency-key": crypto.randomUUID(), origin: server.address },
    });
    if (!signedIn.ok()) throw new Error(`${picture}: not signed in: ${await signedIn.text()}`);
  }
  const page = await context.newPage();
  if (state === "error") await failing(page);
  if (state === "crowded") await crowd(page, name);
  const framed = person === "" || page.waitForResponse((answer) => answer.url().includes("/api/v1/summary"));
  await page.goto(path.replace(":import", await lastImport(context)));
  await framed;
  await page.getByRole("heading", { level: 1 }).or(page.getByRole("alert")).first().waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: "detached", timeout: 120_000 });
  await page.evaluate("document.fonts.ready");
  // Two frames: what the answer brought is laid out and drawn.
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  await page.screenshot({ path: join(out, `${picture}.png`), animations: "disabled" });
  await context.close();
  process.stderr.write(`${picture}\n`);
}

/**
 * @param {import("playwright-core").BrowserContext} context
 * @returns {Promise<string>} `none` where nothing was imported or nobody is signed in
 */
async function lastImport(context) {
  const answer = await context.request.get("/api/v1/imports", { params: { limit: 1 } });
  return answer.ok() ? ((await answer.json()).items[0]?.id ?? "none") : "none";
}

/** What stays readable when the store does not answer: the frame, and in place of each part what was not done. */
const alive = /\/api\/v1\/(?:session|summary|events)/;

const fault = {
  contentType: "application/problem+json",
  body: JSON.stringify({
    type: "/problems/internal",
    title: "a fault of the server",
    status: 500,
    hint: "look for `reference` in its log",
    reference: "7d0c2f4e-51aa-4c5e-9a53-0f4f4b8f8a11",
  }),
};

/** @param {import("playwright-core").Page} page */
async function failing(page) {
  // Before anybody is signed in, the ways in are all there is to be read.
  await page.route("**/auth/methods", (route) => route.fulfill({ status: 500, ...fault }));
  await page.route("**/api/v1/**", async (route) => {
    if (alive.test(route.request().url())) return route.continue();
    return route.fulfill({ status: 500, ...fault });
  });
}

/**
 * @param {import("playwright-core").Page} page
 * @param {string} name
 */
async function crowd(page, name) {
  for (const { at, make } of crowded[name] ?? []) {
    await page.route(at, async (route) => {
      const answer = await route.fetch();
      return route.fulfill({ response: answer, json: make(await answer.json()) });
    });
  }
}

/** @typedef {{ address: string, token: string, stop: () => Promise<void> }} Server */

/**
 * @param {readonly string[]} flags
 * @returns {Promise<Server>}
 */
async function serve(flags) {
  const home = mkdtempSync(join(tmpdir(), "remit-screens-"));
  const child = spawn(process.execPath, [join(root, "bin/remit"), "serve", ...flags, "--port", "0"], {
    cwd: root,
    env: { ...process.env, REMIT_HOME: home },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const address = await new Promise((/** @type {(address: string) => void} */ found, lost) => {
    let said = "";
    const heard = (/** @type {Buffer} */ chunk) => {
      said += chunk.toString();
      const at = /serving on (http:\S+)/.exec(said)?.[1];
      if (at !== undefined) found(at);
    };
    child.stdout.on("data", heard);
    child.stderr.on("data", heard);
    child.once("exit", (code) => lost(new Error(`the product ended with ${String(code)}: ${said}`)));
  });
  const folder = flags.includes("--example") ? join(home, "example") : home;
  return {
    address,
    token: readFileSync(join(folder, "admin-token"), "utf8").trim(),
    stop: async () => {
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** docs/screens/README.md: every picture by its screen. */
function writePage() {
  const files = new Set(readdirSync(out).filter((file) => file.endsWith(".png")));
  const lines = ["# The screens", "", "Made by `npm run screenshots` out of the built product.", ""];
  for (const [name, path] of screens) {
    lines.push(`## ${name}`, "", `\`${path.replace(/\?.*/, "")}\``, "");
    for (const state of ["typical", "empty", "crowded", "error"]) {
      const shown = ["light", "dark"].filter((scheme) => files.has(`${name}-${state}-${scheme}.png`));
      if (shown.length === 0) continue;
      lines.push(
        shown.map((scheme) => `[${state}, ${scheme}](${name}-${state}-${scheme}.png)`).join(" · "),
        "",
      );
    }
  }
  writeFileSync(join(out, "README.md"), lines.join("\n"));
}

if (isMain(import.meta.url)) await run(() => main(process.argv.slice(2)));
