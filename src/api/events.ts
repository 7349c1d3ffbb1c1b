import { createRoute, z } from "@hono/zod-openapi";
import { caseId, faults } from "./common.js";

const shapes = `\`case\` {id, sequence, kind, at}: an event of the ledger; \`analysis\` {at, digest}: everything that is known was analysed anew; \`import\` {at, id, kind, documents}: documents were taken in; \`progress\` {at, id, state, phase?, done?, total?}: how far an import is; \`reset\` {}: the installation was restored from a copy, read everything again. \`id\` resumes without loss (\`Last-Event-ID\`). A comment every 15 seconds says that the connection lives.`;

export const liveEvents = createRoute({
  method: "get",
  path: "/api/v1/events",
  operationId: "liveEvents",
  summary: "What happens, as it happens: server-sent events",
  description: shapes,
  request: {
    query: z.object({
      case: caseId
        .openapi({ param: { name: "case", in: "query" } })
        .optional()
        .describe("only events of this case"),
    }),
    headers: z.object({
      "last-event-id": z.string().max(40).optional().openapi({
        description: "`id` of the last event that was heard; absent: from now on",
      }),
    }),
  },
  responses: {
    200: { description: "events", content: { "text/event-stream": { schema: z.string() } } },
    ...faults,
  },
});
