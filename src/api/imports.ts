import { createRoute, z } from "@hono/zod-openapi";
import type { Rejection } from "../core/estate/index.js";
import { faults, json, notFound, plain, writeFaults } from "./common.js";

export const rejectionSchema = plain<Rejection>("document, line and column, reason, what to do");

export const importedSchema = z
  .object({
    id: z.string().describe("of the import: `GET /api/v1/imports/{id}`"),
    documents: z.number().int(),
    analysis: z.string().describe("digest of the analysis document"),
    opened: z.array(z.string()),
    redecided: z.array(z.string()),
    verified: z.array(z.string()),
    refused: z
      .array(z.object({ case: z.string(), rule: z.string(), text: z.string() }))
      .describe("what the analysis asked of a case and a rule forbade: a fault of ours, to be reported"),
    rejected: z.array(rejectionSchema).describe("everything that could not be read, with place and remedy"),
  })
  .openapi("Imported");

export type ImportResult = z.infer<typeof importedSchema>;

export const importStates = ["waiting", "running", "done", "failed"] as const;

const acceptedSchema = z
  .object({
    id: z.string(),
    state: z.enum(["waiting", "running"]),
    documents: z.number().int(),
    bytes: z.number().int(),
  })
  .openapi("ImportAccepted");

/** No zod: what it checks it would read into memory first. */
const document = { schema: { type: "string", format: "binary" } } as const;

/**
 * multipart/form-data, a part per document: `estate` or `findings`, file name as it is to be shown. Or one document as
 * the body.
 */
export const importDocuments = createRoute({
  method: "post",
  path: "/api/v1/imports",
  operationId: "importDocuments",
  summary: "Takes in documents, analyses all that is known, and tests every case against it",
  description:
    "A form with a part per document, or with `as` and `name` one document as the body, of any type and recognised by its content. Documents are stored as they come, and are there, all of them or none, when the request is answered. Up to 32 MiB the analysis is waited for; `Prefer: wait=SECONDS` waits for any, `Prefer: respond-async` for none (RFC 7240). What is not waited for is answered with 202 and goes on: `GET /api/v1/imports/{id}` and the event `progress` tell how far it is.",
  request: {
    headers: z.object({
      prefer: z.string().max(200).optional().openapi({ example: "respond-async" }),
    }),
    query: z.object({
      as: z
        .enum(["estate", "findings"])
        .optional()
        .describe("the body is one document of this kind, not a form"),
      name: z
        .string()
        .min(1)
        .max(500)
        .optional()
        .describe(
          "of the document that is the body; else from `Content-Disposition`. The newest of a name counts",
        ),
    }),
    body: {
      required: true,
      content: {
        "multipart/form-data": {
          schema: {
            type: "object",
            properties: {
              estate: { type: "array", items: { type: "string", format: "binary" } },
              findings: { type: "array", items: { type: "string", format: "binary" } },
            },
          },
        },
        "application/json": document,
        "application/x-ndjson": document,
        "application/gzip": document,
        "application/octet-stream": document,
      },
    },
  },
  responses: {
    200: json(importedSchema, "what was taken in, and what it changed"),
    202: json(acceptedSchema, "stored, and not analysed yet; `Location` is where to ask"),
    ...faults,
    ...writeFaults,
  },
});

export const putCatalogue = createRoute({
  method: "put",
  path: "/api/v1/catalogue",
  operationId: "putCatalogue",
  summary:
    "A new version of the catalogue, as a whole or not at all. `If-Match` is the version that it was edited from",
  request: {
    headers: z.object({ "if-match": z.string().max(40).openapi({ example: '"0"' }) }),
    body: { required: true, content: { "application/yaml": { schema: z.string() } } },
  },
  responses: {
    200: json(
      z.object({
        version: z.number().int(),
        notices: z.array(rejectionSchema),
        analysis: z
          .string()
          .nullable()
          .describe("digest of the analysis that follows from it; null before the first import"),
      }),
      "the version in force",
    ),
    ...faults,
    ...writeFaults,
  },
});

export const getCatalogue = createRoute({
  method: "get",
  path: "/api/v1/catalogue",
  operationId: "getCatalogue",
  summary: "The catalogue in force, as it was sent. `ETag` is its version",
  responses: {
    200: { description: "the catalogue", content: { "application/yaml": { schema: z.string() } } },
    ...faults,
    ...notFound,
  },
});
