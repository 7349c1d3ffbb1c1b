import { isWellFormed } from "../chain/canonical.js";
import { refuse, type Check } from "../refusal.js";

/** Longest text that a person may put into a case. */
export const mostText = 2000;
/** Longest name or id. */
const mostName = 300;

/** A text that a person wrote: there, readable by every store and reader, and bounded. */
export function textCheck(field: string, text: string, most = mostText): Check {
  if (text.trim() === "") return refuse("plain-text", `\`${field}\` is empty`, `say ${field} in a few words`);
  if (text.length > most)
    return refuse(
      "plain-text",
      `\`${field}\` has ${String(text.length)} characters`,
      `shorten it to ${String(most)}, and keep the rest in a document`,
    );
  // NUL cannot be stored as PostgreSQL text, half a surrogate pair not as UTF-8.
  return text.includes("\u0000") || !isWellFormed(text)
    ? refuse("plain-text", `\`${field}\` holds characters that are no text`, "paste it as plain text")
    : undefined;
}

export const nameCheck = (field: string, text: string): Check => textCheck(field, text, mostName);

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?Z$/;

export const isInstant = (text: string): boolean => instant.test(text) && Number.isFinite(Date.parse(text));

/** An end that lies ahead and within its limit. */
export function endCheck(field: string, until: string, now: string, mostHours: number): Check {
  if (!isInstant(until))
    return refuse(
      "readable-time",
      `\`${until.slice(0, 40)}\` is no instant`,
      `write ${field} like 2026-11-22T18:00:00Z`,
    );
  const ahead = Date.parse(until) - Date.parse(now);
  if (ahead <= 0)
    return refuse(
      "readable-time",
      `${field} \`${until}\` does not lie ahead of ${now}`,
      "choose a later end",
    );
  return ahead > mostHours * 3_600_000
    ? refuse(
        "readable-time",
        `${field} \`${until}\` is more than ${String(mostHours)} hours away`,
        "choose an earlier end, and renew it when it comes",
      )
    : undefined;
}

/** `hours` after an instant; ISO. */
export const hoursAfter = (at: string, hours: number): string =>
  new Date(Date.parse(at) + hours * 3_600_000).toISOString();
