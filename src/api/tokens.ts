import { createRoute, z } from "@hono/zod-openapi";
import { faults, idempotencyKey, json, notFound, writeFaults } from "./common.js";

/** What a token may be used for: `read` looks, `act` makes moves in cases, `import` brings documents, `admin` the rest. */
export const scopeSchema = z.enum(["read", "act", "import", "admin"]);
export type Scope = z.infer<typeof scopeSchema>;

const tokenSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    person: z.string().describe("as the catalogue calls them"),
    scopes: z.array(scopeSchema),
    createdAt: z.string(),
    expiresAt: z.string().optional(),
    usedAt: z.string().optional(),
    revokedAt: z.string().optional(),
  })
  .openapi("Token");

export const issueToken = createRoute({
  method: "post",
  path: "/api/v1/tokens",
  operationId: "issueToken",
  summary: "A token for a person of the catalogue. Its secret is in this answer and nowhere else",
  request: {
    headers: z.object({ "idempotency-key": idempotencyKey.optional() }),
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z.strictObject({
            name: z.string().min(1).max(100),
            person: z.string().min(1).max(300),
            scopes: z.array(scopeSchema).min(1).max(4),
            expiresAt: z.iso.datetime().optional(),
          }),
        },
      },
    },
  },
  responses: {
    201: json(z.object({ token: tokenSchema, secret: z.string() }), "the token"),
    ...faults,
    ...writeFaults,
  },
});

export const listTokens = createRoute({
  method: "get",
  path: "/api/v1/tokens",
  operationId: "listTokens",
  summary: "Tokens, the newest first, those that have ended included",
  responses: { 200: json(z.object({ items: z.array(tokenSchema) }), "the tokens"), ...faults },
});

export const revokeToken = createRoute({
  method: "delete",
  path: "/api/v1/tokens/{id}",
  operationId: "revokeToken",
  summary: "Ends a token at once",
  request: { params: z.object({ id: z.string().max(100) }) },
  responses: { 204: { description: "it has ended" }, ...faults, ...notFound },
});

export const whoAmI = createRoute({
  method: "get",
  path: "/api/v1/me",
  operationId: "whoAmI",
  summary: "Who you are here",
  responses: {
    200: json(
      z.object({
        person: z.string(),
        scopes: z.array(scopeSchema),
        known: z.boolean().describe("whether the catalogue in force knows you"),
      }),
      "you",
    ),
    ...faults,
  },
});
