import { z } from "zod";

/**
 * ISO 8601 durations in hours. Years and months have no fixed length and are refused, so that a limit never
 * depends on the calendar.
 */
export function durationHours(text: string): number | undefined {
  const found = /^P(?:(\d{1,4})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/.exec(
    text,
  );
  if (found === null || /T$|^P$/.test(text)) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  return weeks * 168 + days * 24 + hours + minutes / 60 + seconds / 3600;
}

/** What people write for a time span, in the form that is read. */
function meantDuration(input: unknown): string {
  const found = /^(\d{1,6})\s*(w|weeks?|d|days?|h|hours?|m|min|minutes?)$/i.exec(String(input).trim());
  const [, number = "", word = ""] = found ?? [];
  const unit = word.slice(0, 1).toUpperCase();
  const meant = unit === "H" || unit === "M" ? `PT${number}${unit}` : `P${number}${unit}`;
  return found === null
    ? "write a duration in ISO 8601 of weeks, days, hours, minutes, e.g. `PT1H` or `P14D`"
    : `write the duration in ISO 8601: \`${meant}\``;
}

export const duration = z
  .string({ error: (issue) => meantDuration(issue.input) })
  .refine((value) => durationHours(value) !== undefined, { error: (issue) => meantDuration(issue.input) })
  .describe("ISO 8601 duration, e.g. `PT1H`, `P14D`");

const scopeForms = "write a scope: `PROVIDER:ACCOUNT`, `workload:ID`, `resource:PATTERN` or `*`";

/** The place to which a team or an authority reaches (interfaces.md, scope grammar). */
export const scope = z
  .string({ error: "write a scope in quotes: `PROVIDER:ACCOUNT`, `workload:ID`, `resource:PATTERN` or `*`" })
  .transform((value) => (/^\d{12}$/.test(value) ? `aws:${value}` : value))
  .refine((value) => !/^arn:/.test(value), {
    error: (issue) => `write \`resource:\` in front of an ARN: \`resource:${String(issue.input)}\``,
    abort: true,
  })
  .refine((value) => value === "*" || /^[a-z][a-z0-9-]*:.+$/.test(value), { error: scopeForms, abort: true })
  .refine((value) => !value.startsWith("aws:") || /^aws:(\d{12}|.*[*?].*)$/.test(value), {
    error: "write the twelve digits of the AWS account",
  })
  .describe("`PROVIDER:ACCOUNT`, `workload:ID`, `resource:PATTERN` or `*`; the narrowest that matches wins");

/** One id of a person or team; `wrong` says what to do with anything else. */
export const oneName = (wrong: string) =>
  z
    .union([z.string().min(1), z.number().int()], { error: wrong })
    .transform((value) => String(value))
    .describe("id of a person or team of this catalogue");
