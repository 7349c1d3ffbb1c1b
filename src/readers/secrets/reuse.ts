import type { FindingRow } from "../../core/findings/index.js";

const placeOf = (row: FindingRow): string =>
  row.subLocator === "" ? row.resource : `${row.resource} ${row.subLocator}`;

/** What equal secrets have in common: the name of the key, else the keyed HMAC of the value. */
const nameOf = (row: FindingRow): string | undefined => row.secret?.keyId ?? row.secret?.hmac;

/**
 * Names for each secret the other places where the same one lies (path kind `secret-reuse`). Whoever revokes it has to
 * know them all, so that the list is never cut. Depends on the set of rows only, and not on the key of the HMAC.
 */
export function withReuse(rows: readonly FindingRow[]): readonly FindingRow[] {
  const places = new Map<string, Set<string>>();
  for (const row of rows) {
    const name = nameOf(row);
    // The row of the identity is no place where the secret lies.
    if (name === undefined || row.weakness.id !== "secret.in-code") continue;
    const known = places.get(name) ?? new Set();
    places.set(name, known.add(placeOf(row)));
  }
  if (places.size === 0) return rows;
  return rows.map((row) => {
    const name = nameOf(row);
    if (row.secret === undefined || name === undefined) return row;
    const own = placeOf(row);
    const also = [...(places.get(name) ?? [])].filter((place) => place !== own).sort();
    return also.length === 0 ? row : { ...row, secret: { ...row.secret, also } };
  });
}

/**
 * The rows without the HMAC of their secrets, and how many had one: under the key of one run it tells nobody anything.
 */
export function withoutHmac(rows: readonly FindingRow[]): {
  readonly rows: readonly FindingRow[];
  readonly removed: number;
} {
  let removed = 0;
  const bare = rows.map((row) => {
    if (row.secret?.hmac === undefined) return row;
    removed += 1;
    const { hmac: _hmac, ...secret } = row.secret;
    return { ...row, secret };
  });
  return removed === 0 ? { rows, removed } : { rows: bare, removed };
}
