import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const held = fileURLToPath(new URL("./corpus", import.meta.url));

function find(parts: readonly string[], held: string, wider: string | undefined): string | undefined {
  const own = join(held, ...parts);
  if (existsSync(own)) return own;
  if (wider === undefined || wider === "") return undefined;
  const other = join(wider, ...parts);
  return existsSync(other) ? other : undefined;
}

/**
 * The file or folder of the test corpus at `parts`: the project's own copy in `test/corpus`, else, when the
 * environment variable REMIT_CORPUS names a wider collection, the one there. Throws when neither holds it.
 */
export function corpusPath(...parts: string[]): string {
  const path = find(parts, held, process.env["REMIT_CORPUS"]);
  if (path === undefined) {
    throw new Error(
      `the test corpus does not hold \`${parts.join("/")}\`: set REMIT_CORPUS to a collection that does`,
    );
  }
  return path;
}

/** Whether `corpusPath(...parts)` would find something: for tests over documents that only a wider collection has. */
export function corpusHas(...parts: string[]): boolean {
  return find(parts, held, process.env["REMIT_CORPUS"]) !== undefined;
}
