import { createRoute, z } from "@hono/zod-openapi";
import { faults, json } from "./common.js";

export const ledgerHead = createRoute({
  method: "get",
  path: "/api/v1/ledger/head",
  operationId: "ledgerHead",
  summary: "Where the ledger ends: whoever keeps this elsewhere can prove later that nothing was rewritten",
  responses: {
    200: json(
      z.object({
        position: z.number().int(),
        chain: z.string().describe("hash over all events up to there"),
        checkpoint: z
          .object({
            schema: z.literal("remit.checkpoint/1"),
            position: z.number().int(),
            head: z.string(),
            at: z.string(),
            keyId: z.string(),
            signature: z.string().describe("Ed25519, base64"),
          })
          .nullable(),
      }),
      "the end of the ledger and the last signed checkpoint",
    ),
    ...faults,
  },
});
