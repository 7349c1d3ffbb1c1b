import { createRoute, z } from "@hono/zod-openapi";
import type { CaseEvent, CaseState } from "../core/cases/index.js";
import type { Case } from "../core/decision/index.js";
import { commandSchema } from "./commands.js";
import { caseId, faults, idempotencyKey, json, notFound, pageQuery, plain, writeFaults } from "./common.js";

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
    level: z.number().int(),
    lead: z.string(),
    contain: z.string().describe("role that contains"),
    owner: z.string().optional().describe("who has taken containment"),
    account: z.string().optional(),
    dueAt: z.string().optional(),
    updatedAt: z.string(),
  })
  .openapi("CaseLine");

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

export const listCases = createRoute({
  method: "get",
  path: "/api/v1/cases",
  operationId: "listCases",
  summary: "Cases, the most severe first",
  request: {
    query: z.object({
      ...pageQuery,
      status: z.enum(["open", "accepted", "closed"]).optional(),
      verdict: z.enum(["none", "governed", "possible", "unknown"]).optional(),
      kind: z.enum(["posture", "flaw", "secret", "identity"]).optional(),
      tier: z.coerce.number().int().min(0).max(3).optional(),
      lead: z.string().max(40).optional(),
      account: z.string().max(200).optional(),
      mine: z.enum(["true"]).optional().describe("only what you have taken"),
      dueBefore: z.string().max(40).optional(),
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(caseLineSchema), next: z.string().optional() }), "a page of cases"),
    ...faults,
  },
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
