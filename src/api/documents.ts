import { createRoute, z } from "@hono/zod-openapi";
import { faults, gone, json, notFound, unusable } from "./common.js";

const lineSchema = z.object({
  number: z.number().int().describe("1-based, in the document or, where it was laid out anew, in `lines`"),
  text: z.string(),
  marked: z.boolean().describe("belongs to the statement"),
});

export const documentExcerptSchema = z
  .object({
    path: z.string().describe("as it was uploaded"),
    digest: z.string(),
    kind: z.string().optional().describe("what it was read as"),
    observedAt: z.string().optional().describe("when what it shows was seen"),
    storedAt: z.string(),
    size: z.number().int().describe("bytes"),
    lines: z.array(lineSchema).describe("the statement and what stands around it"),
    laidOut: z.boolean().describe("the document has no useful lines; these were made of it"),
    more: z.boolean().describe("the statement is longer than is shown"),
    breadcrumb: z.array(z.string()).describe("keys from the top of the document to the statement"),
    inner: z
      .object({ lines: z.array(lineSchema), breadcrumb: z.array(z.string()), more: z.boolean() })
      .optional()
      .describe("the policy decoded from the string at the pointer, with the statement marked"),
    masked: z.boolean().describe("something secret in it is not shown"),
  })
  .openapi("DocumentExcerpt");

export type DocumentExcerpt = z.infer<typeof documentExcerptSchema>;

export const getDocumentExcerpt = createRoute({
  method: "get",
  path: "/api/v1/documents/{digest}",
  operationId: "getDocumentExcerpt",
  summary: "The place in a stored document that an evidence cites. Secrets are masked",
  request: {
    params: z.object({
      digest: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .openapi({ param: { name: "digest", in: "path" } }),
    }),
    query: z.object({
      pointer: z.string().max(4000).optional().describe("JSON Pointer (RFC 6901)"),
      inner: z.string().max(4000).optional().describe("JSON Pointer into the policy decoded there"),
      line: z.coerce.number().int().min(1).optional().describe("of CSV, JSON lines or plain text"),
      around: z.coerce.number().int().min(0).max(50).optional().describe("lines around it; 3 where absent"),
    }),
  },
  responses: {
    200: json(documentExcerptSchema, "the excerpt"),
    ...faults,
    ...notFound,
    ...gone,
    ...unusable,
  },
});
