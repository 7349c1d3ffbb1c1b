import { createRoute, z } from "@hono/zod-openapi";
import { faults, idempotencyKey, json, notFound, writeFaults } from "./common.js";

const count = z.number().int().min(0);

const erasureSchema = z
  .object({
    pseudonym: z.string().describe("what the ledger goes on calling them; it stands for nobody now"),
    erased: z.boolean().describe("false: this was a preview"),
    tokens: count.describe("tokens that ended"),
    sessions: count.describe("sessions that ended"),
    decisions: count.describe("cases whose stored decision named them"),
    mentions: z.object({
      items: z
        .array(
          z.object({
            case: z.string(),
            sequence: z.number().int(),
            at: z.string(),
            kind: z.string().describe("of the event: `noted`"),
            field: z.string().describe("where in the event: `text`"),
          }),
        )
        .describe("texts that people wrote and that name them; part of the ledger, so they stay"),
      more: count.describe("found beyond those"),
    }),
    catalogues: z.array(z.number().int()).describe("versions of the catalogue that name them; they stay"),
  })
  .openapi("Erasure");

export type Erasure = z.infer<typeof erasureSchema>;

export const erasePersonRoute = createRoute({
  method: "post",
  path: "/api/v1/people/erasures",
  operationId: "erasePerson",
  summary: "Lets the ledger's pseudonym of a person stand for nobody; says what still names them",
  description:
    "For somebody whom the catalogue in force no longer names. Their tokens and sessions end; the ledger keeps who erased, when and why, by pseudonyms. It cannot be undone. `preview` changes nothing.",
  request: {
    headers: z.object({ "idempotency-key": idempotencyKey.optional() }),
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z.strictObject({
            person: z.string().min(1).max(300).describe("as the catalogue called them"),
            reason: z.string().min(1).max(2000).describe("stays in the ledger: without the name"),
            preview: z.boolean().optional(),
          }),
        },
      },
    },
  },
  responses: {
    200: json(erasureSchema, "what was erased, and what is left"),
    ...faults,
    ...notFound,
    ...writeFaults,
  },
});
