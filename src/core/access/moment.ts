import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Estate } from "../estate/index.js";
import { hasExpired } from "./become/entries/standing.js";
import { isInForce } from "./become/entries/sanction.js";
import { parseDate } from "./condition/holds.js";
import { isOldKey } from "./recreate/formulas/access-key.js";
import type { Sanction } from "./sanction.js";

/** Everything of an estate whose meaning the time changes; collected once, told for as many instants as are asked. */
export interface Moments {
  /** Equal digests: no answer about access differs between the two instants. */
  at(now: string, sanctions: readonly Sanction[]): string;
}

/** Keys of a request that only time decides (IAM user guide, "AWS global condition context keys"). */
const timeKeys: ReadonlySet<string> = new Set(["aws:currenttime", "aws:epochtime", "aws:tokenissuetime"]);
/** As long as a session may be old: see the context of a request. */
const session = 36 * 3_600_000;
const day = 86_400_000;

/**
 * What the time decides about access: the day (ages are days of the calendar), which credentials have expired
 * or grown old, which sanctions are in force, and on which side of the dates of its policies the instant lies. A rule
 * that reads the clock in another way has to be told here: `moment.test.ts` counts the files that do.
 */
export function momentsOf(estate: Estate): Moments {
  const dates = [...timesIn(estate)].sort();
  const { credentials } = estate;
  return {
    at(now, sanctions) {
      const instant = Date.parse(now);
      const facts = [
        Math.floor(instant / day),
        credentials.map((item) => `${Number(hasExpired(item, now))}${Number(isOldKey(item, now))}`).join(" "),
        sanctions.map((item) => Number(isInForce(item, now))).join(""),
        dates.map((text) => sidesOf(text, instant)),
      ];
      return bytesToHex(sha256(utf8ToBytes(JSON.stringify(facts))));
    },
  };
}

/** Before, at or after each reading of a date; a value that is none, or that others fill in, is bound to the instant itself. */
function sidesOf(text: string, now: number): string {
  const number = Number(text);
  const readings = [parseDate(text), Date.parse(text), number, number * 1000].filter(Number.isFinite);
  if (readings.length === 0 || text.includes("${")) return String(now);
  return readings.flatMap((at) => [Math.sign(now - at), Math.sign(now - session - at)]).join();
}

/** Values that policies compare the time with, wherever in the estate a clause stands. */
function timesIn(estate: Estate): ReadonlySet<string> {
  const found = new Set<string>();
  const read = new Set<object>();
  const waiting: unknown[] = [estate];
  while (waiting.length > 0) {
    const item = waiting.pop();
    if (typeof item !== "object" || item === null) continue;
    const { key, values } = item as { readonly key?: unknown; readonly values?: unknown };
    // The same document stands with everybody who holds it.
    if ("statements" in item) {
      if (read.has(item)) continue;
      read.add(item);
    }
    if (typeof key === "string" && Array.isArray(values) && timeKeys.has(key.toLowerCase()))
      for (const value of values) found.add(String(value));
    if (item instanceof Map) for (const value of item.values()) waiting.push(value);
    else for (const value of Object.values(item)) if (typeof value === "object") waiting.push(value);
  }
  return found;
}
