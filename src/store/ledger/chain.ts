import { createHash } from "node:crypto";

/**
 * The chain over all cases: each link holds the one before and the hash of an event, so that no event can be taken
 * out, put in or moved, not even together with the whole of its case.
 */
export const chainOf = (previous: string, position: number, hash: string): string =>
  createHash("sha256")
    .update(`${previous}\n${String(position)}\n${hash}`)
    .digest("hex");
