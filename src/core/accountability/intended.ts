import { globMatches } from "../access/index.js";
import type { Catalogue, IntendedExposure } from "./catalogue.js";
import { stillHolds } from "./until.js";

export type Intention =
  { readonly intended: IntendedExposure } | { readonly expired: IntendedExposure } | undefined;

/**
 * Whether an exposure is wanted, by whom and until when. An expired line suppresses nothing and is handed out as
 * such (R62). Of several that hold the one that ends last, of several expired ones the latest.
 */
export function intendedFor(
  catalogue: Catalogue | undefined,
  resource: string,
  weakness: string,
  now: string,
): Intention {
  const lines = (catalogue?.intended ?? [])
    .filter((line) => line.weakness === weakness && globMatches(line.resource, resource))
    .sort((a, b) => (a.until < b.until ? 1 : a.until > b.until ? -1 : 0));
  const holding = lines.find((line) => stillHolds(line.until, now));
  if (holding !== undefined) return { intended: holding };
  const [expired] = lines;
  return expired === undefined ? undefined : { expired };
}
