import { createRoute, z } from "@hono/zod-openapi";
import { faults, json, notFound, pageQuery, writeFaults } from "./common.js";

const webhookSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    events: z
      .array(z.string())
      .describe("`case.opened`, `case.*`, `people.*`, `analysis`, `import`, `webhook`; empty: everything"),
    note: z.string(),
    createdBy: z.string(),
    createdAt: z.string(),
    stoppedAt: z.string().optional().describe("nothing is sent any more until it is resumed"),
    stoppedWhy: z.string().optional(),
    failing: z
      .object({ since: z.string(), tries: z.number().int() })
      .optional()
      .describe("since when no try got through; absent: the last one did"),
  })
  .openapi("Webhook");

const deliverySchema = z
  .object({
    id: z.string().describe("`webhook-id`: the same for every try"),
    event: z.string(),
    createdAt: z.string(),
    state: z.enum(["waiting", "delivered", "failed"]),
    tries: z.number().int(),
    lastAt: z.string().optional(),
    status: z.number().int().optional().describe("what the receiver answered"),
    error: z.string().optional(),
  })
  .openapi("Delivery");

const id = z.string().max(100);

export const addWebhookRoute = createRoute({
  method: "post",
  path: "/api/v1/webhooks",
  operationId: "addWebhook",
  summary:
    "Somebody who is told what happens from now on, signed after Standard Webhooks. The secret is in this answer and nowhere else",
  request: {
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z.strictObject({
            url: z.string().min(1).max(2000),
            events: z
              .array(z.string().regex(/^(analysis|import|webhook|(case|people)\.(\*|[a-z-]{1,40}))$/))
              .max(50)
              .default([]),
            note: z.string().max(200).default(""),
          }),
        },
      },
    },
  },
  responses: {
    201: json(z.object({ webhook: webhookSchema, secret: z.string() }), "the webhook"),
    ...faults,
    ...writeFaults,
  },
});

export const listWebhooksRoute = createRoute({
  method: "get",
  path: "/api/v1/webhooks",
  operationId: "listWebhooks",
  summary: "Who is told what happens",
  responses: { 200: json(z.object({ items: z.array(webhookSchema) }), "the webhooks"), ...faults },
});

export const removeWebhookRoute = createRoute({
  method: "delete",
  path: "/api/v1/webhooks/{id}",
  operationId: "removeWebhook",
  summary: "Tells them no more",
  request: { params: z.object({ id }) },
  responses: { 204: { description: "it is gone" }, ...faults, ...notFound },
});

export const resumeWebhookRoute = createRoute({
  method: "post",
  path: "/api/v1/webhooks/{id}/resume",
  operationId: "resumeWebhook",
  summary: "Sends there again what happened since it was stopped, and what was given up meanwhile",
  request: {
    params: z.object({ id }),
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z.strictObject({
            again: z
              .boolean()
              .default(true)
              .describe(
                "false: what was given up stays given up; what was not sent yet is sent all the same",
              ),
          }),
        },
      },
    },
  },
  responses: {
    200: json(
      z.object({
        webhook: webhookSchema,
        again: z.number().int().describe("messages that wait to be sent again"),
      }),
      "it is told again",
    ),
    ...faults,
    ...notFound,
    ...writeFaults,
  },
});

export const listDeliveriesRoute = createRoute({
  method: "get",
  path: "/api/v1/webhooks/{id}/deliveries",
  operationId: "listDeliveries",
  summary: "What was sent to a webhook and what became of it, the newest first",
  request: { params: z.object({ id }), query: z.object(pageQuery) },
  responses: {
    200: json(
      z.object({ items: z.array(deliverySchema), next: z.string().optional() }),
      "a page of deliveries",
    ),
    ...faults,
    ...notFound,
  },
});

/** What a source sends. */
export const sourceKindSchema = z.enum(["securityhub", "wiz", "defender", "ocsf"]);

const sourceSchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    name: z.string(),
    createdBy: z.string(),
    createdAt: z.string(),
    usedAt: z.string().optional(),
  })
  .openapi("WebhookSource");

export const addSourceRoute = createRoute({
  method: "post",
  path: "/api/v1/webhook-sources",
  operationId: "addWebhookSource",
  summary: "Somebody who may send findings as they happen. The secret is in this answer and nowhere else",
  request: {
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z.strictObject({ kind: sourceKindSchema, name: z.string().min(1).max(100) }),
        },
      },
    },
  },
  responses: {
    201: json(z.object({ source: sourceSchema, secret: z.string() }), "the source"),
    ...faults,
    ...writeFaults,
  },
});

export const listSourcesRoute = createRoute({
  method: "get",
  path: "/api/v1/webhook-sources",
  operationId: "listWebhookSources",
  summary: "Who may send findings",
  responses: { 200: json(z.object({ items: z.array(sourceSchema) }), "the sources"), ...faults },
});

export const removeSourceRoute = createRoute({
  method: "delete",
  path: "/api/v1/webhook-sources/{id}",
  operationId: "removeWebhookSource",
  summary: "Takes nothing from them any more",
  request: { params: z.object({ id }) },
  responses: { 204: { description: "it is gone" }, ...faults, ...notFound },
});

export const receiveWebhookRoute = createRoute({
  method: "post",
  path: "/api/v1/webhooks/{kind}",
  operationId: "receiveWebhook",
  summary:
    "Findings as they happen, from a source that signs (Standard Webhooks) or sends its secret as `X-Remit-Source`",
  security: [],
  request: {
    params: z.object({ kind: sourceKindSchema }),
    headers: z.object({
      "x-remit-source": z.string().max(200).optional(),
      "webhook-id": z.string().max(200).optional(),
      "webhook-timestamp": z.string().max(40).optional(),
      "webhook-signature": z.string().max(2000).optional(),
    }),
    body: { required: true, content: { "application/json": { schema: z.unknown() } } },
  },
  responses: {
    202: json(
      z.object({ import: z.string(), findings: z.number().int() }),
      "kept; it is analysed with everything else within seconds",
    ),
    ...faults,
    ...writeFaults,
  },
});
