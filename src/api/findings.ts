import { createRoute, z } from "@hono/zod-openapi";
import type { FindingEvent } from "../core/findings/index.js";
import type { Rejection } from "../core/estate/index.js";
import { importedSchema, importStates } from "./imports.js";
import { faults, json, narrowed, notFound, pageQuery, plain } from "./common.js";

const count = z.number().int();
const optional = z.string().optional();

export const findingStates = [
  "open",
  "fixed",
  "recurred",
  "gone",
  "muted-external",
  "accepted",
  "unknown",
] as const;

export const findingSchema = z
  .object({
    fingerprint: z.string(),
    tool: z.string(),
    check: z.string(),
    title: z.string(),
    weakness: z.string(),
    class: z.string(),
    resource: z.string(),
    resourceName: z.string(),
    resourceKind: z.string(),
    account: optional,
    region: optional,
    severity: z.string(),
    state: z.enum(findingStates),
    open: z.boolean(),
    returned: count.describe("how many times it came back"),
    firstSeen: optional,
    lastSeen: z.string(),
    passedAt: optional.describe("when it was last seen passing"),
    muted: z
      .object({ by: optional, reason: optional, until: optional, owner: z.boolean() })
      .optional()
      .describe("as the tool says; `owner` false: nobody answers for it"),
    case: optional.describe("the case that its exposure belongs to"),
    also: z.array(z.string()).describe("other tools that report the same exposure"),
    document: z.string(),
    digest: z.string(),
    pointer: optional,
    line: count.optional(),
  })
  .openapi("Finding");

export type FindingLine = z.infer<typeof findingSchema>;

export const listFindings = createRoute({
  method: "get",
  path: "/api/v1/findings",
  operationId: "listFindings",
  summary: "Findings over all imports, the most severe first, then the last seen",
  request: {
    query: z.object({
      ...pageQuery,
      q: z
        .string()
        .max(200)
        .optional()
        .describe("words, each of them the beginning of one in resource, check, weakness or title"),
      tool: z.string().max(100).optional(),
      weakness: z.string().max(200).optional(),
      account: z.string().max(200).optional(),
      state: z.enum(findingStates).optional(),
      open: z.enum(["true", "false"]).optional().describe("not fixed and not gone"),
      muted: z
        .enum(["true", "unowned"])
        .optional()
        .describe("`unowned`: nobody answers for the mute, or it has no end"),
      repeat: z.enum(["true"]).optional().describe("came back at least once"),
      case: z
        .string()
        .regex(/^R-[0-9A-Z]{4,32}$/)
        .optional()
        .describe("what every tool reports of the exposures of this case"),
    }),
  },
  responses: {
    200: json(
      z.object({ items: z.array(findingSchema), next: z.string().optional(), total: count, narrowed }),
      "a page of findings",
    ),
    ...faults,
  },
});

export const findingsSummarySchema = z
  .object({
    total: count,
    open: count,
    muted: count,
    mutedUnowned: count,
    repeated: count,
    tools: z.array(z.object({ value: z.string(), count })),
    states: z.array(z.object({ value: z.string(), count })),
    weaknesses: z
      .array(z.object({ value: z.string(), count }))
      .describe("at most 200, the most frequent first"),
    narrowed,
  })
  .openapi("FindingsSummary");

export type FindingsSummary = z.infer<typeof findingsSummarySchema>;

export const getFindingsSummary = createRoute({
  method: "get",
  path: "/api/v1/findings/summary",
  operationId: "getFindingsSummary",
  summary: "How many findings there are, per tool, state and weakness",
  responses: { 200: json(findingsSummarySchema, "the counts"), ...faults },
});

const countsSchema = z
  .object({
    rows: count,
    passed: count,
    muted: count,
    manual: count,
    stale: count,
    notApplicable: count,
    rejected: count,
    failing: count,
    access: count,
    plain: count,
  })
  .describe("rows = passed + muted + manual + stale + notApplicable + rejected + failing");

export const importLineSchema = z
  .object({
    id: z.string(),
    at: z.string(),
    by: optional.describe("as the catalogue calls them"),
    documents: count,
    read: count,
    inPart: count,
    rejected: count,
    rows: count,
    new: count.describe("findings that were new"),
    gone: count.describe("that a whole scan of their place does not list any more"),
    passing: count.describe("that were seen passing"),
    returned: count.describe("that came back"),
    analysis: optional.describe("id of the snapshot that was made of it"),
  })
  .openapi("ImportLine");

export const importSchema = importLineSchema
  .extend({
    files: z.array(
      z.object({
        path: z.string(),
        digest: z.string(),
        role: z.enum(["estate", "findings"]),
        kind: optional.describe("what it was read as; absent: nothing knows it"),
        state: z.enum(["read", "in part", "rejected", "same as before"]),
        observedAt: optional,
        entities: z.record(z.string(), z.number()),
        rejections: z.array(plain<Rejection>("where, what is wrong, what to do")),
      }),
    ),
    rejections: z.array(plain<Rejection>("where, what is wrong, what to do")),
    counts: countsSchema.optional().describe("absent where no findings came with it"),
    cases: z.object({
      opened: z.array(z.string()),
      redecided: z.array(z.string()),
      verified: z.array(z.string()),
    }),
    state: z.enum(importStates).describe("before `done`, numbers are 0 and lists are empty"),
    bytes: count.optional().describe("what was sent, where it was sent over the API"),
    progress: z
      .object({ phase: z.string(), done: count, total: count.optional() })
      .optional()
      .describe("while it is `running`: what is being done, and how much of it"),
    failure: optional,
    result: importedSchema.optional().describe("what `POST` answers with when it is waited for"),
  })
  .openapi("Import");

export type ImportLine = z.infer<typeof importLineSchema>;
export type ImportDetail = z.infer<typeof importSchema>;

export const listImports = createRoute({
  method: "get",
  path: "/api/v1/imports",
  operationId: "listImports",
  summary: "What was imported, the newest first",
  request: { query: z.object(pageQuery) },
  responses: {
    200: json(z.object({ items: z.array(importLineSchema), next: z.string().optional() }), "the imports"),
    ...faults,
  },
});

export const getImport = createRoute({
  method: "get",
  path: "/api/v1/imports/{id}",
  operationId: "getImport",
  summary: "An import: what each file was read as, what was not used and why, and what it changed",
  request: {
    params: z.object({
      id: z
        .string()
        .max(100)
        .openapi({ param: { name: "id", in: "path" } }),
    }),
  },
  responses: { 200: json(importSchema, "the import"), ...faults, ...notFound },
});

export const listFindingEvents = createRoute({
  method: "get",
  path: "/api/v1/findings/{fingerprint}/events",
  operationId: "listFindingEvents",
  summary: "What happened to a finding over all imports, oldest first; at most 1,000",
  request: {
    params: z.object({
      fingerprint: z
        .string()
        .max(200)
        .openapi({ param: { name: "fingerprint", in: "path" } }),
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(plain<FindingEvent>("what happened, and when")) }), "the events"),
    ...faults,
    ...notFound,
  },
});
