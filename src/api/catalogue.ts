import { createRoute, z } from "@hono/zod-openapi";
import type { Rejection } from "../core/estate/index.js";
import { faults, json, narrowed, notFound, pageQuery, plain, unusable, writeFaults } from "./common.js";

const count = z.number().int();
const problems = z.array(plain<Rejection>("line, column, what is wrong, what to do"));

export const listCatalogueVersions = createRoute({
  method: "get",
  path: "/api/v1/catalogue/history",
  operationId: "listCatalogueVersions",
  summary: "Versions of the catalogue, the newest first",
  request: { query: z.object(pageQuery) },
  responses: {
    200: json(
      z.object({
        items: z.array(
          z
            .object({
              version: count,
              at: z.string(),
              by: z.string().describe("as the catalogue calls them"),
              note: z.string(),
              digest: z.string(),
              current: z.boolean(),
            })
            .openapi("CatalogueVersion"),
        ),
        next: z.string().optional(),
      }),
      "the versions",
    ),
    ...faults,
  },
});

export const getCatalogueVersion = createRoute({
  method: "get",
  path: "/api/v1/catalogue/history/{version}",
  operationId: "getCatalogueVersion",
  summary: "A version of the catalogue, as it was sent",
  request: {
    params: z.object({
      version: z.coerce
        .number()
        .int()
        .min(1)
        .max(1_000_000_000)
        .openapi({ param: { name: "version", in: "path" } }),
    }),
  },
  responses: {
    200: { description: "the catalogue", content: { "application/yaml": { schema: z.string() } } },
    ...faults,
    ...notFound,
  },
});

const side = z.object({
  words: z.string(),
  lead: z.string(),
  leadName: z.string().optional(),
  contain: z.string(),
  tier: count,
});
const cell = z.object({
  state: z.string().describe("as in remit.readiness/1"),
  who: z.string().optional(),
  authority: z
    .object({ verdict: z.enum(["can", "cannot", "unknown"]), proof: z.array(z.string()) })
    .optional()
    .describe("whether they technically can; absent where the duty takes no call"),
});

export const catalogueCheckSchema = z
  .object({
    valid: z.boolean().describe("false: it would not be stored"),
    problems,
    notices: problems.describe("worth knowing, and no fault: entries that have ended"),
    effect: z
      .object({
        cases: z.array(
          z.object({ id: z.string(), title: z.string(), before: side.optional(), after: side.optional() }),
        ),
        cells: z.array(
          z.object({
            workload: z.string(),
            name: z.string(),
            duty: z.string(),
            before: cell.optional(),
            after: cell.optional(),
          }),
        ),
        coverage: z
          .object({ before: z.number(), after: z.number() })
          .describe("share that is covered, 0 to 1"),
        more: count.describe("rows beyond the limit of 500 each"),
      })
      .optional()
      .describe("what would change; absent where it is not valid or nothing was analysed yet"),
  })
  .openapi("CatalogueCheck");

export type CatalogueCheck = z.infer<typeof catalogueCheckSchema>;

export const checkCatalogue = createRoute({
  method: "post",
  path: "/api/v1/catalogue/check",
  operationId: "checkCatalogue",
  summary: "What is wrong with a catalogue, and what would change with it. Stores nothing",
  request: {
    query: z.object({
      effect: z.enum(["true", "false"]).optional().describe("false: only what is wrong, at once"),
    }),
    body: { required: true, content: { "application/yaml": { schema: z.string() } } },
  },
  responses: { 200: json(catalogueCheckSchema, "the check"), ...faults, ...writeFaults },
});

export const suggestionSchema = z
  .object({
    id: z.string().describe("stable as long as it says the same"),
    section: z.enum(["people", "teams", "accounts", "workloads", "workloadIdentities", "thirdParties"]),
    entry: z.string().describe("id of the entry"),
    name: z.string().optional(),
    field: z.string().optional().describe("`runtime`: the owner that is proposed; absent: the entry itself"),
    proposal: z.string().optional().describe("id of a person or team"),
    confidence: z.number().min(0).max(1).optional(),
    written: z.boolean().describe("stands out enough to be a line; else it is only worth asking"),
    reasons: z.array(z.object({ text: z.string(), place: z.string().optional() })),
    against: z.array(
      z.object({
        proposal: z.string(),
        confidence: z.number(),
        reasons: z.array(z.object({ text: z.string(), place: z.string().optional() })),
      }),
    ),
    gaps: z.array(z.string()),
    known: z.boolean().describe("the catalogue in force has this entry, and says nothing here yet"),
    line: z.string().describe("the entry as the catalogue would say it"),
  })
  .openapi("Suggestion");

export type Suggestion = z.infer<typeof suggestionSchema>;

export const listSuggestions = createRoute({
  method: "get",
  path: "/api/v1/catalogue/suggestions",
  operationId: "listSuggestions",
  summary:
    "What evidence suggests and the catalogue does not say, the surest first. Nothing of it is attested",
  responses: {
    200: json(
      z.object({
        items: z.array(suggestionSchema),
        more: count,
        yaml: z.string().describe("the whole draft as a file, as `remit init` writes it"),
        narrowed,
      }),
      "the suggestions",
    ),
    ...faults,
    ...unusable,
  },
});
