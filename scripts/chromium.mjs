import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { EnsureError } from "./checkout.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * The browser of the end-to-end tests: REMIT_CHROMIUM, else the first of the usual names on the path.
 *
 * @param {{ readonly [name: string]: string | undefined }} [env]
 */
export function findChromium(env = process.env) {
  const named = env.REMIT_CHROMIUM;
  if (named !== undefined && named !== "") {
    if (isProgram(named)) return named;
    throw new EnsureError(
      `REMIT_CHROMIUM is \`${named}\`, which is not a program: set it to a Chromium browser`,
    );
  }
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
  if (found !== undefined) return found;
  throw new EnsureError(
    "no Chromium was found, and the end-to-end tests need one: install it (Debian: `apt-get install chromium`) " +
      "or set REMIT_CHROMIUM to a Chromium or Chrome browser",
  );
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
