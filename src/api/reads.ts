import { createRoute, z } from "@hono/zod-openapi";
import { faults, json, pageQuery } from "./common.js";

export const listReads = createRoute({
  method: "get",
  path: "/api/v1/reads",
  operationId: "listReads",
  summary: "Who opened which proof, when: cases, their events and papers, documents. The newest first",
  request: {
    query: z.object({
      ...pageQuery,
      subject: z.string().max(500).optional().describe("id of a case, digest of a document, what was asked"),
      person: z.string().max(300).optional().describe("as the catalogue calls them"),
    }),
  },
  responses: {
    200: json(
      z.object({
        items: z.array(
          z
            .object({
              at: z.string(),
              person: z.string(),
              action: z.string().describe("operationId of the route"),
              subject: z.string(),
              caller: z.string().describe("token or session"),
            })
            .openapi("ProofRead"),
        ),
        next: z.string().optional(),
      }),
      "the reads; one a minute of the same proof by the same person",
    ),
    ...faults,
  },
});
