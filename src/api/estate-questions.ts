import { createRoute, z } from "@hono/zod-openapi";
import type { CutDocument, DraftDocument } from "../contract/index.js";
import type { OwnerExplanation } from "../core/accountability/index.js";
import type { PlaybookDocument, WhatIfDocument } from "../core/decision/index.js";
import { faults, json, notFound, plain, unusable, writeFaults } from "./common.js";

/** Questions to the estate as a whole, beside those about one case or one thing. */
const asked = { ...faults, ...unusable };

export const cutAll = createRoute({
  method: "get",
  path: "/api/v1/cut",
  operationId: "cutAll",
  summary:
    "The changes that end every case that comes back, those that end most of them first. For those who may ask about all of the estate",
  responses: {
    200: json(plain<CutDocument>("remit.cut/1: `remit schema cut`"), "the cut"),
    ...asked,
  },
});

/** remit.change/1 as it is sent: what is wrong with it is told with its place. */
export const sentChange = z
  .record(z.string(), z.unknown())
  .describe("remit.change/1 (`remit schema change`), or a Terraform plan as JSON")
  .openapi({
    example: {
      schema: "remit.change/1",
      version: 1,
      changes: [{ disablePrincipal: "arn:aws:iam::111111111111:role/build" }],
    },
  });

export const whatIf = createRoute({
  method: "post",
  path: "/api/v1/what-if",
  operationId: "whatIf",
  summary:
    "What a change would make of everything. Changes nothing. For those who may ask about all of the estate",
  request: { body: { required: true, content: { "application/json": { schema: sentChange } } } },
  responses: {
    200: json(plain<WhatIfDocument>("remit.what-if/1: `remit schema what-if`"), "before and after"),
    ...asked,
    ...writeFaults,
  },
});

export const workloadPlaybook = createRoute({
  method: "get",
  path: "/api/v1/playbook",
  operationId: "workloadPlaybook",
  summary: "Who would do what in which order, if a workload were in strange hands now",
  request: {
    query: z.object({ workload: z.string().min(1).max(2000).describe("id or name: `billing`") }),
  },
  responses: {
    200: json(plain<PlaybookDocument>("remit.playbook/1: `remit schema playbook`"), "the playbook"),
    ...asked,
    ...notFound,
  },
});

export const draftCatalogue = createRoute({
  method: "get",
  path: "/api/v1/catalogue/draft",
  operationId: "draftCatalogue",
  summary:
    "A catalogue as the documents suggest it; nothing in it is attested. For those who may ask about all of the estate",
  responses: {
    200: json(plain<DraftDocument>("remit.draft/1: `remit schema draft`"), "the draft"),
    ...asked,
  },
});

/** As many as a report tells it of. */
const mostExplained = 200;

export const explainOwners = createRoute({
  method: "get",
  path: "/api/v1/analysis/owners",
  operationId: "explainOwners",
  summary:
    "Why the owners of cases of the last analysis are their owners. For those who may ask about all of the estate",
  request: {
    query: z.object({
      cases: z
        .string()
        .regex(/^R-[0-9A-Z]{4,32}(?:,R-[0-9A-Z]{4,32}){0,199}$/)
        .describe(`at most ${String(mostExplained)} ids: \`R-7K2Q,R-6K4V\``),
    }),
  },
  responses: {
    200: json(
      z.object({
        items: z.array(
          z.object({
            case: z.string(),
            owners: z.array(plain<OwnerExplanation>("a role: who, by which evidence, who else was weighed")),
          }),
        ),
      }),
      "those that the last analysis shows",
    ),
    ...asked,
  },
});
