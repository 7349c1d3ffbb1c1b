import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds `bin/remit`. */
export function projectRoot(): string {
  let at = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(at, "bin/remit")) && dirname(at) !== at) at = dirname(at);
  return at;
}

/** What an analysis runs in a process of its own. */
export const programFile = (): string => join(projectRoot(), "bin/remit");
