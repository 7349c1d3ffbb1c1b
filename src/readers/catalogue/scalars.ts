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

export const duration = z
  .string({ error: "write a duration in ISO 8601, e.g. `PT1H` or `P14D`" })
  .refine((value) => durationHours(value) !== undefined, {
    error: "write a duration in ISO 8601 of weeks, days, hours, minutes, e.g. `PT1H` or `P14D`",
  })
  .describe("ISO 8601 duration, e.g. `PT1H`, `P14D`");

/** The place to which a team or an authority reaches (interfaces.md, scope grammar). */
export const scope = z
  .string({ error: "write a scope: `PROVIDER:ACCOUNT`, `workload:ID`, `resource:PATTERN` or `*`" })
  .transform((value) => (/^\d{12}$/.test(value) ? `aws:${value}` : value))
  .refine((value) => value === "*" || /^[a-z][a-z0-9-]*:.+$/.test(value), {
    error: "write a scope: `PROVIDER:ACCOUNT`, `workload:ID`, `resource:PATTERN` or `*`",
  })
  .refine((value) => !/^arn:/.test(value), { error: "write `resource:` in front of an ARN" })
  .describe("`PROVIDER:ACCOUNT`, `workload:ID`, `resource:PATTERN` or `*`; the narrowest that matches wins");
