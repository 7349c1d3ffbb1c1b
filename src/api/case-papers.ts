import { createRoute, z } from "@hono/zod-openapi";
import { caseId, faults, notFound, unusable } from "./common.js";

const text = (type: string, description: string) => ({
  description,
  content: { [type]: { schema: z.string() } },
});
const request = { params: z.object({ id: caseId }) };

export const casePlaybook = createRoute({
  method: "get",
  path: "/api/v1/cases/{id}/playbook",
  operationId: "casePlaybook",
  summary: "Who does what in which order, as Markdown",
  request,
  responses: { 200: text("text/markdown", "the playbook"), ...faults, ...notFound },
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
    query: z.object({ as: z.enum(["html", "markdown"]).optional() }),
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
  },
});
