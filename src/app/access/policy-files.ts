import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PolicyText } from "./authorizer.js";

/** Policies of a folder (every `.cedar` in it, by name) or of one file. Throws the system's error where there is none. */
export function readPolicyFiles(path: string): readonly PolicyText[] {
  if (statSync(path).isFile()) return [{ name: path, text: readFileSync(path, "utf8") }];
  return readdirSync(path)
    .filter((name) => name.endsWith(".cedar"))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(path, name), "utf8") }));
}

/** Those that ship: `policies/` beside the `bin/` of the installation. */
export function shippedPolicies(): readonly PolicyText[] {
  for (let at = dirname(fileURLToPath(import.meta.url)); dirname(at) !== at; at = dirname(at)) {
    const found = join(at, "policies");
    try {
      if (statSync(join(found, "10-base.cedar")).isFile()) return readPolicyFiles(found);
    } catch {
      // One folder further up.
    }
  }
  throw new Error("the installation is incomplete: policies/ is missing");
}
