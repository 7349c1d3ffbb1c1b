import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

/** Crockford's base 32: no I, L, O, U, so that an id can be read aloud and typed. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * The full id of a root cause: `R-` and 26 characters. Same root cause, same id, whatever else the analysis
 * holds; people see the shortest prefix that is unique (`shortCaseIds`).
 */
export function fullCaseId(rootCause: string): string {
  const digest = sha256(utf8ToBytes(rootCause));
  let text = "R-";
  for (let index = 0; index < 26; index += 1) text += alphabet[(digest[index] ?? 0) & 31] ?? "";
  return text;
}

/** What people call each of these root causes: `shortCaseIds` of their full ids. */
export function caseIdsOf(rootCauses: readonly string[]): (rootCause: string) => string {
  const full = new Map(rootCauses.map((rootCause) => [rootCause, fullCaseId(rootCause)]));
  const short = shortCaseIds([...full.values()]);
  return (rootCause) => {
    const id = full.get(rootCause) ?? fullCaseId(rootCause);
    return short.get(id) ?? id;
  };
}

/**
 * The ids that people see: four characters, more only for those that would collide. An id that was handed
 * out shorter stays a prefix, so `explain` can still find it or name the candidates.
 */
export function shortCaseIds(fullIds: readonly string[]): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  let open = [...new Set(fullIds)];
  for (let length = 4; open.length > 0; length += 1) {
    const byPrefix = new Map<string, string[]>();
    for (const id of open) {
      const prefix = id.slice(0, 2 + length);
      const same = byPrefix.get(prefix);
      if (same === undefined) byPrefix.set(prefix, [id]);
      else same.push(id);
    }
    open = [];
    for (const [prefix, same] of byPrefix) {
      const [only] = same;
      if (same.length === 1 && only !== undefined) result.set(only, prefix);
      else if (length >= 26) for (const id of same) result.set(id, id);
      else open.push(...same);
    }
  }
  return result;
}
