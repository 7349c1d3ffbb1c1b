import { createRoute, z } from "@hono/zod-openapi";
import { faults, json, writeFaults } from "./common.js";
import { scopeSchema } from "./tokens.js";

/** Who is signed in with a browser. */
export const signedInSchema = z
  .object({
    person: z.string().describe("as the catalogue calls them"),
    name: z.string(),
    roles: z.array(z.string()).describe("of their teams, wherever these hold"),
    teams: z.array(z.string()),
    scopes: z.array(scopeSchema),
    csrf: z.string().describe("send it as `X-CSRF-Token` with every write"),
    method: z.enum(["token", "oidc", "example"]).describe("how they signed in"),
    endsAt: z.string().describe("whatever they do until then"),
  })
  .openapi("SignedIn");

export type SignedIn = z.infer<typeof signedInSchema>;

export const authMethods = createRoute({
  method: "get",
  path: "/auth/methods",
  operationId: "authMethods",
  summary: "How one can sign in here",
  security: [],
  responses: {
    200: json(
      z
        .object({
          token: z.literal(true),
          oidc: z
            .object({ label: z.string(), href: z.string().describe("open it in the browser") })
            .optional(),
          example: z
            .object({
              people: z.array(z.object({ id: z.string(), name: z.string(), roles: z.array(z.string()) })),
            })
            .optional()
            .describe("only of the example: whom one can be, without proof"),
        })
        .openapi("AuthMethods"),
      "the ways in",
    ),
    ...faults,
  },
});

export const signIn = createRoute({
  method: "post",
  path: "/api/v1/session",
  operationId: "signIn",
  summary: "Begins a session with a token, or in the example as anybody; the session before it ends",
  description: "Answers with a cookie that no script can read. Writes with it need `X-CSRF-Token`.",
  security: [],
  request: {
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z.union([
            z.strictObject({ token: z.string().min(1).max(500) }),
            z.strictObject({ person: z.string().min(1).max(300) }),
          ]),
        },
      },
    },
  },
  responses: { 200: json(signedInSchema, "who you are"), ...faults, ...writeFaults },
});

export const getSession = createRoute({
  method: "get",
  path: "/api/v1/session",
  operationId: "getSession",
  summary: "Who is signed in with this browser",
  security: [{ session: [] }],
  responses: { 200: json(signedInSchema, "who you are"), ...faults },
});

export const signOut = createRoute({
  method: "delete",
  path: "/api/v1/session",
  operationId: "signOut",
  summary: "Ends the session",
  security: [{ session: [] }],
  responses: { 204: { description: "it has ended" }, ...faults },
});
