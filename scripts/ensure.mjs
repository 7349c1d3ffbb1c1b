/**
 * Makes a checkout runnable: installs the dependencies and builds `dist` when they are missing or out of
 * date, and costs a few milliseconds when they are not. Uses Node alone, as nothing else may be there yet.
 */
import { assertNode, isBuilt, isInstalled, isMain, root, run } from "./checkout.mjs";

/** @param {string} [at] the checkout */
export async function ensure(at = root) {
  assertNode(process.versions.node);
  await ensureInstalled(at);
  await ensureBuilt(at);
}

/** @param {string} [at] */
export async function ensureInstalled(at = root) {
  if (isInstalled(at)) return;
  const { install } = await import("./make.mjs");
  await install(at);
}

/** @param {string} [at] */
export async function ensureBuilt(at = root) {
  if (isBuilt(at)) return;
  const { build } = await import("./make.mjs");
  await build(at);
}

if (isMain(import.meta.url)) {
  await run(async () => {
    await ensure();
    return 0;
  });
}
