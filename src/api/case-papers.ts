import { createRoute, z } from "@hono/zod-openapi";
import type { OwnerExplanation } from "../core/accountability/index.js";
import type { Case, PlaybookDocument } from "../core/decision/index.js";
import { caseId, faults, json, notFound, plain, unusable } from "./common.js";

const request = { params: z.object({ id: caseId }) };

export const casePlaybook = createRoute({
  method: "get",
  path: "/api/v1/cases/{id}/playbook",
  operationId: "casePlaybook",
  summary: "Who does what in which order, as Markdown or JSON",
  request: { ...request, query: z.object({ as: z.enum(["markdown", "json"]).optional() }) },
  responses: {
    200: {
      description: "the playbook",
      content: {
        "text/markdown": { schema: z.string() },
        "application/json": {
          schema: plain<PlaybookDocument>("remit.playbook/1: `remit schema playbook`"),
        },
      },
    },
    ...faults,
    ...notFound,
  },
});

export const explainCase = createRoute({
  method: "get",
  path: "/api/v1/cases/{id}/explanation",
  operationId: "explainCase",
  summary: "What `remit explain` tells of a case: its decision in force, and why the owners are its owners",
  request,
  responses: {
    200: json(
      z.object({
        decided: plain<Case>("`Case` of remit.analysis/1: `remit schema analysis`"),
        decidedAt: z.string(),
        folder: z.string().describe("what the names of all documents of the estate begin with"),
        owners: z
          .array(plain<OwnerExplanation>("a role: who, by which evidence, who else was weighed"))
          .describe("worked out from the documents; empty where they do not show the case any more"),
      }),
      "the explanation",
    ),
    ...faults,
    ...notFound,
    ...unusable,
  },
});

export const caseEvidence = createRoute({
  method: "get",
  path: "/api/v1/cases/{id}/evidence",
  operationId: "caseEvidence",
  summary:
    "Everything that an auditor needs to check the case without this installation: a tar file for `remit evidence --verify`",
  request,
  responses: {
    200: {
      description: "the bundle",
      content: { "application/x-tar": { schema: z.string().openapi({ format: "binary" }) } },
    },
    ...faults,
    ...notFound,
    ...unusable,
  },
});

export const caseReport = createRoute({
  method: "get",
  path: "/api/v1/cases/{id}/report",
  operationId: "caseReport",
  summary: "The case as a page to print or to send, in one file",
  request: {
    ...request,
    query: z.object({
      as: z.enum(["html", "markdown"]).optional(),
      owners: z.literal("true").optional().describe("why these owners too: the documents are read for it"),
      brief: z.literal("true").optional().describe("without every route and source"),
    }),
  },
  responses: {
    200: {
      description: "the page",
      content: {
        "text/html": { schema: z.string() },
        "text/markdown": { schema: z.string() },
      },
    },
    ...faults,
    ...notFound,
    ...unusable,
  },
});
