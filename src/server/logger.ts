import { pino } from "pino";
import { maskText } from "../core/findings/index.js";
import type { LogLine } from "./log-line.js";

export interface LoggerOptions {
  /** One line of JSON, with its end. */
  readonly write: (line: string) => void;
  /** ISO instant. */
  readonly now: () => string;
  readonly level?: LogLevel;
}

export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Names under which libraries and people hand secrets over; what stands under them is never written. */
const secretNames = [
  ...["authorization", "cookie", "set-cookie", "token", "secret", "password", "client_secret", "code"],
  ...["access_token", "refresh_token", "id_token", "csrf", "x-csrf-token", "databaseUrl"],
];

/** Tokens of ours, and whatever follows `Bearer` or names a cookie, wherever they stand in a text. */
const ours: readonly (readonly [RegExp, string])[] = [
  [/\bremit_[\w-]{8,}/g, "remit_***"],
  [/\b(Bearer|Basic)\s+[\w.~+/=*-]{4,}/gi, "$1 ***"],
  [/\b((?:set-)?cookie["']?\s*[:=]\s*["']?)[^\n"']+/gi, "$1***"],
];

/** Longer texts are cut, and the cut is shown: a stack, not a document. */
const longest = 8000;

/** A text without anything that signs somebody in. */
export const maskForLog = (text: string): string =>
  ours.reduce((masked, [pattern, shown]) => masked.replace(pattern, shown), maskText(text, longest));

/** Structured lines, one object each; what is secret is masked by its name and by its form. */
export function createLogger({ write, now, level = "info" }: LoggerOptions): (line: LogLine) => void {
  const logger = pino(
    {
      level,
      base: null,
      messageKey: "message",
      timestamp: () => `,"at":${JSON.stringify(now())}`,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
        censor: "***",
      },
    },
    { write },
  );
  return ({ level: of, message, ...fields }) => {
    logger[of](masked(fields), maskForLog(message));
  };
}

/** Every text in it masked, as deep as a line goes. */
function masked(value: object, depth = 4): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, item]: [string, unknown]) => [
      name,
      typeof item === "string"
        ? maskForLog(item)
        : typeof item === "object" && item !== null && !Array.isArray(item)
          ? depth === 0
            ? "…"
            : masked(item, depth - 1)
          : item,
    ]),
  );
}
