import { z } from "zod";

/** Building blocks of the `remit.estate/1` schema: what people write, and what it becomes. */

const digits = /^\d{12}$/;

/** YAML reads an unquoted account number as a number and would lose its leading zero. */
export const id = z
  .union([z.string().min(1), z.number().int()], { error: "write a text" })
  .transform((value) => String(value));

export const account = id
  .transform((value) => (digits.test(value) ? `aws:${value}` : value))
  .refine((value) => /^[a-z][a-z0-9-]*:.+$/.test(value), {
    error: "write an account as `PROVIDER:ID`, e.g. `aws:111111111111`; quote a number that starts with 0",
  })
  .refine((value) => !value.startsWith("aws:") || digits.test(value.slice(4)), {
    error: "write the twelve digits of the AWS account; quote a number that starts with 0",
  })
  .describe("`PROVIDER:ID`, e.g. `aws:111111111111`; twelve digits alone mean AWS");

/** `Date.parse` takes 30 February for a day in March. */
function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

function wrongTime(input: unknown): string {
  const text = String(input);
  // Day first, as most of the world writes it; with the month first nobody could tell 03/04 apart.
  const [, day = "", month = "", year = ""] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (year !== "" && isDay(iso)) return `write it in ISO 8601: \`${iso}\``;
  if (/^\d{4}-\d\d-\d\d/.test(text) && !isDay(text.slice(0, 10)))
    return "write a day that the calendar has, in ISO 8601";
  return "write a date or time in ISO 8601, e.g. `2026-11-20` or `2026-11-20T10:00:00Z`";
}

/** ISO 8601, a day or a time with zone. */
export const time = z
  .string({ error: "write a date or time in ISO 8601, e.g. `2026-11-20`" })
  .refine(
    (value) =>
      /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?$/.test(value) &&
      isDay(value.slice(0, 10)) &&
      !Number.isNaN(Date.parse(value)),
    { error: (issue) => wrongTime(issue.input) },
  )
  .transform((value) => (value.length === 10 ? value : new Date(value).toISOString()))
  .describe("ISO 8601: `2026-11-20` or `2026-11-20T10:00:00Z`");

export const tri = z
  .union([z.boolean(), z.literal("unknown")], { error: "write true, false or unknown" })
  .describe("true, false or unknown");

/** One text or a list of texts. */
export const texts = z
  .union([id, z.array(id)], { error: "write a text or a list of texts" })
  .transform((value) => (typeof value === "string" ? [value] : value))
  .describe("one text or a list of texts");

export const tags = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
  .describe("tag names and values");

/** Shared by every entry: who states it, and when it was seen. */
export const stated = {
  source: z.string().min(1).optional().describe("who or what states this, e.g. `siem`, `manual`"),
  observedAt: time.optional().describe("when it was seen; default: that of the document"),
} as const;

/** An AWS policy: the object, or the text of it, plain or URL-encoded. */
export const policy = z
  .union([z.record(z.string(), z.unknown()), z.string().min(2)], { error: "write a policy document" })
  .describe("an AWS policy document: an object, or JSON text, plain or URL-encoded");
