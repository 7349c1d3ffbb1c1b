import { createRoute, z } from "@hono/zod-openapi";
import type { CaseEvent, CaseState } from "../core/cases/index.js";
import { comesBackOrder, type Case } from "../core/decision/index.js";
import { commandSchema } from "./commands.js";
import { caseId, faults, idempotencyKey, json, notFound, pageQuery, plain, writeFaults } from "./common.js";

/** Where a piece of work lies (R44 to R46). */
export const planes = ["build", "runtime", "incident"] as const;

/** The eight words of the column COMES BACK. */
export const comesBack = comesBackOrder;

/** A person or team as lists show them: `~` stands before an inferred one. */
export const nameSchema = z.object({ name: z.string().optional(), inferred: z.boolean() });

/** A line of the list of cases. */
export const caseLineSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    exposed: z
      .object({
        kind: z.string().describe("kind of the resource: `s3 bucket`"),
        name: z.string(),
        weakness: z.array(z.string()).describe("what is wrong with it, in words"),
        more: z.number().int().describe("further resources of the same root cause"),
        account: z.string().optional().describe("name of its account, where it is known"),
      })
      .optional()
      .describe("absent where the case names no resource"),
    kind: z.enum(["posture", "flaw", "secret", "identity"]),
    status: z.enum(["open", "accepted", "closed"]),
    verdict: z.enum(["none", "governed", "possible", "unknown"]),
    words: z.string().describe("`yes, by itself` … of the column COMES BACK"),
    because: z.string(),
    severity: z.string(),
    tier: z.number().int(),
    tierIfUnknown: z.number().int().describe("higher than `tier`: an unknown fact could raise it"),
    level: z.number().int(),
    lead: z.string(),
    leadName: nameSchema.describe("who leads the fix, best known first; without `name`: nobody was found"),
    contain: z.string().describe("role that contains"),
    containName: nameSchema,
    plane: z.enum(planes).describe("on which the lead lies"),
    weakness: z.string().describe("id of the first exposure's; empty where there is none"),
    owner: z.string().optional().describe("who has taken containment"),
    account: z.string().optional(),
    incident: z.boolean().describe("declared"),
    awaited: z.number().int().describe("approvals, orders, hand-overs and disputes without an answer"),
    dueAt: z.string().optional(),
    updatedAt: z.string(),
  })
  .openapi("CaseLine");

export type CaseLine = z.infer<typeof caseLineSchema>;

export const caseSchema = z
  .object({
    state: plain<CaseState>(
      "where it stands: work, approvals, orders, clocks; people as the catalogue calls them",
    ),
    decided: plain<Case>("`Case` of remit.analysis/1: `remit schema analysis`"),
    you: z
      .object({ roles: z.array(z.string()), authorities: z.array(z.string()), commander: z.boolean() })
      .describe("what you are in this case, as the catalogue in force says"),
    head: z.string().describe("hash of the last event"),
  })
  .openapi("Case");

export const caseEventSchema = plain<CaseEvent>(
  "what happened, when, by whom, and the hash of the event before",
);

/** Several values stand side by side with `|` between them: `lead=IDGOV|SECRETS`. */
const several = <Value extends z.ZodType<string, string>>(value: Value) =>
  z
    .string()
    .max(2000)
    .transform((text) => text.split("|"))
    .pipe(z.array(value).min(1).max(50))
    .optional()
    .openapi({ type: "string" });

/** What a list of cases is filtered by; facets are counted under the same. */
const caseFilter = {
  q: z
    .string()
    .max(200)
    .optional()
    .describe("words, each of them the beginning of one in id, title, resource or reason"),
  status: several(z.enum(["open", "accepted", "closed"])),
  verdict: several(z.enum(["none", "governed", "possible", "unknown"])),
  words: several(z.enum(comesBack)),
  kind: several(z.enum(["posture", "flaw", "secret", "identity"])),
  tier: several(z.enum(["0", "1", "2", "3"])),
  lead: several(z.string().max(40)),
  contain: several(z.string().max(40)),
  plane: several(z.enum(planes)),
  weakness: several(z.string().max(200)),
  account: several(z.string().max(200)),
  view: z
    .enum(["open", "mine", "waiting", "nobody", "unknown", "late", "incidents", "all"])
    .optional()
    .describe("`open` and what follows it show open cases only; absent: as the other filters say"),
  mine: z.enum(["true"]).optional().describe("only what you have taken"),
  due: z.string().max(40).optional().describe("a clock runs out before this instant"),
  dueBefore: z.string().max(40).optional().describe("the same as `due`"),
};

export const caseSorts = ["severity", "back", "due", "tier", "updated"] as const;

export const listCases = createRoute({
  method: "get",
  path: "/api/v1/cases",
  operationId: "listCases",
  summary: "Cases, the most severe first; `sort=back` shows first what comes back by itself",
  request: { query: z.object({ ...pageQuery, ...caseFilter, sort: z.enum(caseSorts).optional() }) },
  responses: {
    200: json(
      z.object({
        items: z.array(caseLineSchema),
        next: z.string().optional(),
        total: z.number().int().describe("over all pages"),
      }),
      "a page of cases",
    ),
    ...faults,
  },
});

const facetSchema = z.array(
  z.object({ value: z.string(), label: z.string().optional(), count: z.number().int() }),
);

export const caseFacetsSchema = z
  .object({
    total: z.number().int().describe("cases under all filters"),
    facets: z
      .object({
        words: facetSchema,
        status: facetSchema,
        lead: facetSchema,
        contain: facetSchema,
        plane: facetSchema,
        account: facetSchema,
        weakness: facetSchema,
        tier: facetSchema,
        kind: facetSchema,
      })
      .describe("per value how many cases it would show, its own filter left aside; at most 200 values each"),
    views: z
      .object({
        open: z.number().int(),
        mine: z.number().int(),
        waiting: z.number().int(),
        nobody: z.number().int(),
        unknown: z.number().int(),
        late: z.number().int(),
        incidents: z.number().int(),
      })
      .describe("without any filter"),
  })
  .openapi("CaseFacets");

export type CaseFacets = z.infer<typeof caseFacetsSchema>;

export const getCaseFacets = createRoute({
  method: "get",
  path: "/api/v1/cases/facets",
  operationId: "getCaseFacets",
  summary: "How many cases each value of each filter would show",
  request: { query: z.object(caseFilter) },
  responses: { 200: json(caseFacetsSchema, "the counts"), ...faults },
});

export const getCase = createRoute({
  method: "get",
  path: "/api/v1/cases/{id}",
  operationId: "getCase",
  summary: "A case: what was decided, and where it stands. `ETag` is its sequence",
  request: { params: z.object({ id: caseId }) },
  responses: { 200: json(caseSchema, "the case"), ...faults, ...notFound },
});

export const getCaseEvents = createRoute({
  method: "get",
  path: "/api/v1/cases/{id}/events",
  operationId: "getCaseEvents",
  summary: "Everything that happened in a case, oldest first, each linked to the one before by its hash",
  request: { params: z.object({ id: caseId }) },
  responses: {
    200: json(z.object({ items: z.array(caseEventSchema) }), "the events"),
    ...faults,
    ...notFound,
  },
});

export const actOnCaseRoute = createRoute({
  method: "post",
  path: "/api/v1/cases/{id}/commands",
  operationId: "actOnCase",
  summary: "Makes a move in a case, or tells the rule that forbids it",
  request: {
    params: z.object({ id: caseId }),
    headers: z.object({
      "idempotency-key": idempotencyKey,
      "if-match": z.string().max(40).optional().openapi({ description: "ETag of the case that you saw" }),
    }),
    body: { required: true, content: { "application/json": { schema: commandSchema } } },
  },
  responses: {
    200: json(z.object({ case: caseSchema, events: z.array(caseEventSchema) }), "the case after the move"),
    ...faults,
    ...notFound,
    ...writeFaults,
  },
});
