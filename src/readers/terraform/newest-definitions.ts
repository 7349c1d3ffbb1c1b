import type { Definition } from "../../core/estate/index.js";
import { laterOf } from "../merge/newer.js";

/**
 * Of several documents that say how one block stands, the latest: a state that is older than a plan of the same
 * workspace (or than another pull of it) says what was. Documents of the same moment are all kept, and so is what
 * is planned or destroyed, which is not in force yet.
 */
export function newestDefinitions(definitions: readonly Definition[]): readonly Definition[] {
  const newest = new Map<string, Definition>();
  for (const item of definitions) {
    const key = keyOf(item);
    const known = key === undefined ? undefined : newest.get(key);
    if (key !== undefined && (known === undefined || laterOf(known.origin, item.origin) === "second"))
      newest.set(key, item);
  }
  return definitions.filter((item) => {
    const latest = newest.get(keyOf(item) ?? "");
    return latest === undefined || latest === item || laterOf(latest.origin, item.origin) !== "first";
  });
}

/** The same block of the same thing: a thing has one owner among workspaces. */
const keyOf = (item: Definition): string | undefined =>
  item.tool === "terraform" && item.status === "applied" && item.target !== undefined
    ? `${item.address}|${item.target}`
    : undefined;
