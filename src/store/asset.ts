import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The path of a file of this room that is no module of TypeScript (`migrations/001-start.sql`). This code runs from
 * `src/store`, from its compiled form and from the joined modules, which lie in a folder beside `store`.
 */
export function assetOf(name: string): string {
  const places = [`./${name}`, `../store/${name}`];
  const found = places
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error(`the installation is incomplete: store/${name} is missing`);
  return found;
}
