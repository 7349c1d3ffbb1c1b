/**
 * Joins the compiled modules into a few files: Node finds, reads and compiles hundreds of small modules in a third of
 * a second, and a dozen larger ones in a tenth of that. Packages stay outside, with their own licences.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What `bin/remit` starts, inside `dist`. */
export const bundleEntry = "bundle/main.js";

/**
 * Writes `bundleEntry` into the folder of a build. Where that fails, the entry leads to `cli/main.js`, which is the
 * same product: slower is better than not at all.
 *
 * @param {string} dist the compiled modules
 * @returns {Promise<string | undefined>} why they were not joined
 */
export async function bundle(dist) {
  try {
    await joinModules(dist);
    return undefined;
  } catch (error) {
    mkdirSync(join(dist, "bundle"), { recursive: true });
    writeFileSync(join(dist, bundleEntry), `export { main } from "../cli/main.js";\n`);
    return (error instanceof Error ? error.message : String(error)).split("\n")[0];
  }
}

/** @param {string} dist */
async function joinModules(dist) {
  // Not at the top: this is a package, and ensure.mjs runs before any is installed.
  const { rolldown } = await import("rolldown");
  const modules = await rolldown({
    input: join(dist, "cli/main.js"),
    platform: "node",
    external: /^[^./]/,
    onLog: () => undefined,
  });
  try {
    await modules.write({ dir: join(dist, "bundle"), format: "esm" });
  } finally {
    await modules.close();
  }
}
