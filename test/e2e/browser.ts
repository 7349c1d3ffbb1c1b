import { chromium, type Browser } from "playwright-core";
import { findChromium } from "../../scripts/chromium.mjs";

/** Nothing that would reach for the network or ask a question on its first run. */
const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Containers give /dev/shm 64 MB, less than a page with a large table needs.
  "--disable-dev-shm-usage",
];

/** A headless Chromium of the machine. Close it in `afterAll`. */
export function launchBrowser(): Promise<Browser> {
  // Chromium refuses to run its sandbox as root, which is who runs tests in a container.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: findChromium(), headless: true, args: [...quiet, ...sandbox] });
}
