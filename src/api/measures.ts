import { createRoute, z } from "@hono/zod-openapi";
import { faults, json } from "./common.js";

const count = z.number().int();

const took = z
  .object({
    median: z.number().optional().describe("hours; absent under 5 cases"),
    n: count.describe("cases of the period in which it is proven"),
    open: count.describe("cases of the period in which it is not, yet"),
    said: count.describe("of the open ones: those of which people say that it is done"),
  })
  .describe("proven by snapshots, from the opening of the round");

const period = z.object({
  from: z.string(),
  to: z.string(),
  contain: took,
  revoke: took,
  durable: took,
  opened: count,
  closed: count,
  recurred: count,
  recurrenceRate: z.number().optional().describe("recurred / closed; absent where none was closed"),
});

export const measuresSchema = z
  .object({
    now: z.string(),
    period,
    before: period.describe("the period of the same length before it"),
    weeks: z
      .array(
        z.object({
          from: z.string(),
          contain: took,
          revoke: took,
          durable: took,
          opened: count,
          closed: count,
          recurred: count,
        }),
      )
      .describe("oldest first; a week counts the rounds that began in it"),
    cases: z
      .array(
        z.object({
          case: z.string(),
          title: z.string(),
          lead: z.string(),
          tier: count,
          since: z.string(),
          ended: z.string().optional(),
          contain: z.number().optional(),
          revoke: z.number().optional(),
          durable: z.number().optional(),
          recurred: z.boolean(),
        }),
      )
      .describe("the rounds of the period, the newest first"),
    more: count.describe("rounds beyond the 500 that are listed; they are counted"),
  })
  .openapi("Measures");

export type Measures = z.infer<typeof measuresSchema>;

export const getMeasures = createRoute({
  method: "get",
  path: "/api/v1/measures",
  operationId: "getMeasures",
  summary: "How long it took to contain, revoke and durably fix, and how much came back (R42)",
  request: {
    query: z.object({
      from: z.string().max(40).optional().describe("90 days before `to` where absent"),
      to: z.string().max(40).optional().describe("now where absent"),
    }),
  },
  responses: { 200: json(measuresSchema, "the measures"), ...faults },
});
