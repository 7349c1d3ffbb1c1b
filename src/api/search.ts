import { createRoute, z } from "@hono/zod-openapi";
import { faults, json, narrowed, unusable } from "./common.js";

/** Kinds of things that are found, in the order in which they are shown. */
export const searchKinds = [
  "case",
  "identity",
  "credential",
  "resource",
  "person",
  "team",
  "workload",
  "document",
] as const;

export const foundSchema = z
  .object({
    kind: z.enum(searchKinds),
    id: z.string(),
    name: z.string(),
    detail: z
      .string()
      .optional()
      .describe("kind of the resource, holder of the credential, words of the case"),
    account: z.string().optional(),
    accountName: z.string().optional(),
    exact: z.boolean().describe("id or name is what was asked for"),
    credential: z
      .object({
        kind: z.string(),
        holder: z.string(),
        active: z.union([z.boolean(), z.literal("unknown")]),
        createdAt: z.string().optional(),
        expiresAt: z.string().optional(),
        lastUsedAt: z.string().optional().describe("absent: nobody says"),
        neverUsed: z.boolean().optional(),
        ageDays: z.number().int().optional(),
        copies: z.number().int().describe("places where it lies"),
      })
      .optional(),
  })
  .openapi("Found");

export type Found = z.infer<typeof foundSchema>;

export const search = createRoute({
  method: "get",
  path: "/api/v1/search",
  operationId: "search",
  summary: "Everything with this in its id or name: exact first, then what begins so, then the rest",
  request: {
    query: z.object({
      q: z.string().max(300).optional().describe("absent: everything of `kind`"),
      kind: z.enum(searchKinds).optional(),
      olderThanDays: z.coerce.number().int().min(0).max(100_000).optional().describe("credentials only"),
      unusedForDays: z.coerce
        .number()
        .int()
        .min(0)
        .max(100_000)
        .optional()
        .describe("credentials only; those of which nobody says when they were used are in"),
      limit: z.coerce.number().int().min(1).max(500).optional().describe("per kind; 5, with `kind` 100"),
    }),
  },
  responses: {
    200: json(
      z.object({
        items: z.array(foundSchema),
        more: z
          .array(z.object({ kind: z.enum(searchKinds), count: z.number().int() }))
          .describe("per kind how many are beyond the limit"),
        estate: z.boolean().describe("false: the estate is not ready yet, only what is stored was searched"),
        narrowed,
      }),
      "what was found",
    ),
    ...faults,
    ...unusable,
  },
});
