import { createRoute, z } from "@hono/zod-openapi";
import type { Rejection } from "../core/estate/index.js";
import type { Unknown } from "../core/decision/index.js";
import { faults, json, plain } from "./common.js";

const count = z.number().int();

export const summarySchema = z
  .object({
    organisation: z.string().optional(),
    now: z.string().describe("the clock of the installation"),
    analysed: z.boolean().describe("false: nothing was imported yet, and everything below is empty"),
    generatedAt: z.string().optional().describe("of the last analysis"),
    example: z.boolean().describe("the company of `examples/`, made up"),
    estate: z.object({
      observedAt: z.string().optional().describe("the newest estate document"),
      oldestAt: z.string().optional().describe("the oldest estate document"),
      ageMinutes: count.optional(),
      documents: count,
      accounts: count,
      identities: count,
      auditLogDays: z.number(),
    }),
    findings: z
      .object({
        files: count,
        rows: count,
        passed: count,
        muted: count,
        manual: count,
        stale: count,
        notApplicable: count,
        rejected: count,
        failing: count,
        access: count.describe("failing rows that are an exposure or an access"),
        plain: count.describe("failing rows that are plain settings"),
        exposures: count,
        cases: count,
      })
      .describe(
        "rows = passed + muted + manual + stale + notApplicable + rejected + failing; failing = access + plain; access → exposures → cases",
      ),
    unknowns: z.array(plain<Unknown>("a missing fact, the command that fetches it, and what it decides")),
    rejected: z.array(plain<Rejection>("what was supplied and not used, with place and remedy")),
    cases: z.object({
      open: count,
      mine: count.describe("open cases with work that is yours"),
      waiting: count.describe("open cases in which your decision or answer is awaited"),
      nobody: count.describe("open cases whose lead or containment is nobody's"),
      unknown: count,
      incidents: count,
      total: count,
    }),
    catalogueVersion: count.describe("0: none yet"),
  })
  .openapi("Summary");

export type Summary = z.infer<typeof summarySchema>;

export const getSummary = createRoute({
  method: "get",
  path: "/api/v1/summary",
  operationId: "getSummary",
  summary: "The numbers that reconcile, how old the estate is, what is unknown and what was rejected",
  responses: { 200: json(summarySchema, "the summary"), ...faults },
});
