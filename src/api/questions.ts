import { createRoute, z } from "@hono/zod-openapi";
import type {
  CutDocument,
  ReachDocument,
  ReadinessDocument,
  RecreateDocument,
  WhoCanDocument,
} from "../contract/index.js";
import type { Analysis, FlawDocument, WhatIfDocument } from "../core/decision/index.js";
import { caseId, faults, json, narrowed, notFound, plain, unusable, writeFaults } from "./common.js";

/** What questions to the estate answer with beside their own: the estate is read once, in a process of its own. */
const asked = { ...faults, ...unusable };
const typed = (description: string) => z.string().min(1).max(2000).describe(description);

export const cutCase = createRoute({
  method: "get",
  path: "/api/v1/cases/{id}/cut",
  operationId: "cutCase",
  summary: "The smallest set of changes after which nobody ungoverned can bring it back",
  request: { params: z.object({ id: caseId }) },
  responses: {
    200: json(plain<CutDocument>("remit.cut/1: `remit schema cut`"), "the cut"),
    ...asked,
    ...notFound,
  },
});

const side = z.object({
  verdict: z.enum(["none", "governed", "possible", "unknown"]),
  words: z.string(),
  because: z.string(),
  lead: z.string(),
});

export const caseWhatIfSchema = z
  .object({
    case: z.string(),
    before: side,
    after: side.optional().describe("absent: nothing of the case is left"),
    routes: z
      .array(
        z.object({
          route: z.number().int().describe("index in `recreation.paths` of the case"),
          because: z.string(),
          broken: z.boolean(),
        }),
      )
      .describe("every route that the case shows, and whether it still works"),
    opened: z.array(z.string()).describe("routes that only the change opens, in words"),
    lost: z.object({
      used: z.number().int().describe("rights on record to be used that would not work any more"),
      unused: z.number().int(),
      unknown: z.number().int().describe("not covered by the audit log that was supplied"),
    }),
    document: plain<WhatIfDocument>("remit.what-if/1, of the whole estate: `remit schema what-if`"),
  })
  .openapi("CaseWhatIf");

export type CaseWhatIf = z.infer<typeof caseWhatIfSchema>;

export const whatIfCase = createRoute({
  method: "post",
  path: "/api/v1/cases/{id}/what-if",
  operationId: "whatIfCase",
  summary:
    "What a change would make of the case. Changes nothing: it may be asked by whoever may read the case",
  request: {
    params: z.object({ id: caseId }),
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z.union([
            z.strictObject({
              cut: z
                .array(z.number().int().min(0).max(10_000))
                .min(1)
                .max(200)
                .describe("indices into `changes` of the case's cut"),
            }),
            z
              .record(z.string(), z.unknown())
              .describe("remit.change/1 (`remit schema change`), or a Terraform plan as JSON"),
          ]),
        },
      },
    },
  },
  responses: { 200: json(caseWhatIfSchema, "before and after"), ...asked, ...notFound, ...writeFaults },
});

export const whoCan = createRoute({
  method: "get",
  path: "/api/v1/who-can",
  operationId: "whoCan",
  summary: "Every identity that can do this there, who almost can, and what stops them",
  request: {
    query: z.object({
      action: typed("`s3:PutBucketPolicy`"),
      resource: typed("id or ARN, or the name of exactly one resource"),
      limit: z.coerce.number().int().min(1).max(1000).optional(),
    }),
  },
  responses: {
    200: json(plain<WhoCanDocument>("remit.who-can/1: `remit schema who-can`"), "who can"),
    ...asked,
    ...notFound,
  },
});

export const reach = createRoute({
  method: "get",
  path: "/api/v1/reach",
  operationId: "reach",
  summary: "What an identity can become, read and change",
  request: {
    query: z.object({
      principal: typed("id or ARN, or the name of exactly one identity"),
      limit: z.coerce.number().int().min(1).max(1000).optional(),
    }),
  },
  responses: {
    200: json(plain<ReachDocument>("remit.reach/1: `remit schema reach`"), "its reach"),
    ...asked,
    ...notFound,
  },
});

export const recreate = createRoute({
  method: "get",
  path: "/api/v1/recreate",
  operationId: "recreate",
  summary: "Who could bring an exposure back, by which credential",
  request: {
    query: z.object({
      resource: typed("id or ARN, or the name of exactly one resource"),
      weakness: typed("`s3.public`: `remit schema weakness` lists them"),
    }),
  },
  responses: {
    200: json(plain<RecreateDocument>("remit.recreate/1: `remit schema recreate`"), "who could"),
    ...asked,
    ...notFound,
  },
});

export const flaw = createRoute({
  method: "get",
  path: "/api/v1/flaw",
  operationId: "flaw",
  summary: "One flaw over the whole estate. For those who may ask about all of it",
  request: { query: z.object({ id: typed("`CVE-2021-44228`, `GHSA-…`, or a package URL") }) },
  responses: {
    200: json(plain<FlawDocument>("remit.flaw/1: `remit schema flaw`"), "the flaw"),
    ...asked,
  },
});

export const getAnalysis = createRoute({
  method: "get",
  path: "/api/v1/analysis",
  operationId: "getAnalysis",
  summary: "The last analysis as a whole. For those who may ask about all of the estate",
  responses: {
    200: json(plain<Analysis>("remit.analysis/1: `remit schema analysis`"), "the analysis"),
    ...asked,
  },
});

export const readiness = createRoute({
  method: "get",
  path: "/api/v1/readiness",
  operationId: "readiness",
  summary: "Workload × duty: who would have to act today, and whether they can",
  responses: {
    200: json(plain<ReadinessDocument>("remit.readiness/1: `remit schema readiness`"), "the readiness"),
    ...asked,
  },
});

export const readinessTrend = createRoute({
  method: "get",
  path: "/api/v1/readiness/trend",
  operationId: "readinessTrend",
  summary: "How much was covered, one point per analysis, oldest first",
  responses: {
    200: json(
      z
        .object({
          points: z.array(
            z.object({
              at: z.string(),
              required: z.number().int(),
              covered: z.number().int(),
              unproven: z.number().int(),
              gaps: z.number().int(),
            }),
          ),
          narrowed: narrowed.describe("the trend is of everything, and not shown"),
        })
        .openapi("ReadinessTrend"),
      "the points",
    ),
    ...faults,
  },
});

const caseSideSchema = z.object({
  verdict: z.string(),
  words: z.string(),
  because: z.string(),
  lead: z.string(),
  leadName: z.string().optional(),
  contain: z.string(),
  tier: z.number().int(),
  severity: z.string(),
});

export const diffSchema = z
  .object({
    schema: z.literal("remit.diff/1"),
    from: z.object({ id: z.string(), generatedAt: z.string() }),
    to: z.object({ id: z.string(), generatedAt: z.string() }),
    cases: z.object({
      new: z.array(z.object({ id: z.string(), title: z.string(), after: caseSideSchema })),
      gone: z.array(z.object({ id: z.string(), title: z.string(), before: caseSideSchema })),
      changed: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          before: caseSideSchema,
          after: caseSideSchema,
          flipped: z.array(z.enum(["verdict", "owner", "tier", "severity", "reason"])),
        }),
      ),
      same: z.number().int(),
    }),
    exposures: z.object({
      new: z.array(
        z.object({ id: z.string(), resource: z.string(), weakness: z.string(), title: z.string() }),
      ),
      gone: z.array(
        z.object({ id: z.string(), resource: z.string(), weakness: z.string(), title: z.string() }),
      ),
      same: z.number().int(),
    }),
    documents: z.object({
      new: z.array(z.string()),
      gone: z.array(z.string()),
      changed: z.array(z.string()),
    }),
    unknowns: z.object({ new: z.array(z.string()), gone: z.array(z.string()) }),
    narrowed,
  })
  .openapi("Diff");

export type Diff = z.infer<typeof diffSchema>;

const snapshotId = z.string().regex(/^[0-9a-f]{64}$/);

export const compare = createRoute({
  method: "get",
  path: "/api/v1/compare",
  operationId: "compare",
  summary: "Two stored analyses: what is new, what is gone, which verdicts and owners are others",
  request: {
    query: z.object({
      from: snapshotId,
      to: snapshotId.optional().describe("the last one where absent"),
    }),
  },
  responses: { 200: json(diffSchema, "the differences"), ...faults, ...notFound },
});

export const snapshotSchema = z
  .object({
    id: z.string().describe("for `from` and `to` of /compare"),
    number: z.number().int().describe("1 is the first analysis of this installation"),
    at: z.string(),
    current: z.boolean(),
  })
  .openapi("Snapshot");

export type Snapshot = z.infer<typeof snapshotSchema>;

export const listSnapshots = createRoute({
  method: "get",
  path: "/api/v1/snapshots",
  operationId: "listSnapshots",
  summary: "Analyses that are stored, the newest first",
  request: {
    query: z.object({
      after: z.string().max(2000).optional(),
      limit: z.coerce.number().int().min(1).max(1000).optional(),
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(snapshotSchema), next: z.string().optional() }), "the analyses"),
    ...faults,
  },
});
