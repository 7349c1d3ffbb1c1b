import { createRoute, z } from "@hono/zod-openapi";
import { caseId, faults, json, notFound, unusable } from "./common.js";

const count = z.number().int();
const optional = z.string().optional();

const ofCase = {
  case: z.string(),
  title: z.string(),
  words: z.string(),
  because: z.string(),
  tier: count,
};

/** Something that waits for a decision or an answer of yours. */
export const awaitedSchema = z
  .object({
    kind: z.enum(["approval", "order", "hand-over", "dispute", "glass-review"]),
    id: z.string().describe("as commands name it: `A1`, `O2`; empty of a hand-over"),
    ...ofCase,
    what: z.string().describe("what is asked, in words"),
    reason: optional.describe("as who asks gave it"),
    by: optional.describe("who asks"),
    of: optional.describe("role that is asked"),
    since: z.string(),
    until: optional.describe("of an approval: until when it is asked for; of an order: when silence counts"),
    late: z.boolean(),
    own: z.boolean().describe("you asked for it yourself: others have to decide"),
    others: z.array(z.string()).describe("who else may answer"),
  })
  .openapi("Awaited");

/** Work that is yours, or nobody else's and of a role of yours. */
export const dutySchema = z
  .object({
    ...ofCase,
    track: z.enum(["contain", "trace", "fix", "follow-up", "order", "triage", "decide", "notify"]),
    item: optional.describe("of a fix: id of the item; of a follow-up: its name; of a clock: its id"),
    what: z.string().describe("what is to be done, in words"),
    role: z.string(),
    person: optional.describe("who has taken it; absent: nobody yet"),
    state: z
      .enum(["open", "taken", "started", "said"])
      .describe("`said`: finished as people say, not verified"),
    due: optional,
    late: z.boolean(),
    today: z.boolean(),
  })
  .openapi("Duty");

export const myRemitSchema = z
  .object({
    as: z.object({
      kind: z.enum(["me", "team"]),
      id: z.string(),
      name: optional,
      teams: z.array(z.string()),
      roles: z.array(z.string()).describe("of the teams"),
      known: z.boolean().describe("whether the catalogue in force knows them"),
      onCall: z.object({ until: optional, schedule: z.string() }).optional().describe("now"),
    }),
    now: z.string(),
    counts: z.object({
      waiting: count,
      late: count,
      today: count,
      later: count,
      undated: count,
      total: count,
    }),
    waiting: z.array(awaitedSchema),
    yours: z.array(dutySchema).describe("by clock, the latest first; what has no clock last"),
    ifItHappened: z
      .object({
        at: z.string(),
        workloads: count,
        duties: count.describe("carried + cannot + unknown + lapsed"),
        carried: count.describe("named, and proven able or no call needed"),
        cannot: count,
        unknown: count,
        lapsed: count.describe("named once, and left, expired or unconfirmed"),
        withoutDeputy: z.array(z.string()).describe("names of workloads"),
        rows: z.array(
          z.object({
            workload: z.string(),
            name: z.string(),
            tier: count,
            duty: z.string(),
            state: z.enum(["carried", "cannot", "unknown", "lapsed"]),
            deputy: optional,
            proof: z.array(z.string()),
          }),
        ),
      })
      .optional()
      .describe("what you would answer for; absent until the estate was analysed"),
    more: count.describe("cases beyond the limit, of which nothing is listed"),
  })
  .openapi("MyRemit");

export type AwaitedAnswer = z.infer<typeof awaitedSchema>;
export type MyRemit = z.infer<typeof myRemitSchema>;
export type MyDuty = z.infer<typeof dutySchema>;

export const getRemit = createRoute({
  method: "get",
  path: "/api/v1/remit",
  operationId: "getRemit",
  summary:
    "What waits for a decision of yours, what is yours by clock, and what would be yours if it happened",
  request: {
    query: z.object({
      as: z.string().max(300).optional().describe("`me`, where absent, or the id of a team of the catalogue"),
    }),
  },
  responses: { 200: json(myRemitSchema, "your remit"), ...faults, ...notFound },
});

export const incidentSchema = z
  .object({
    ...ofCase,
    status: z.string(),
    declaredAt: z.string(),
    declaredBy: z.string(),
    commander: z
      .object({ person: z.string(), from: z.string(), until: z.string(), over: z.boolean() })
      .optional(),
    handover: z.object({ to: z.string(), at: z.string() }).optional(),
    yours: z.boolean().describe("you command it"),
    orders: z.object({
      waiting: count,
      silent: count.describe("waiting, and asked for the answer more than once"),
      acknowledged: count,
      refused: count,
      done: count,
    }),
    dueAt: optional,
    lastEventAt: z.string(),
  })
  .openapi("Incident");

export type Incident = z.infer<typeof incidentSchema>;

export const listIncidents = createRoute({
  method: "get",
  path: "/api/v1/incidents",
  operationId: "listIncidents",
  summary: "Cases that were declared an incident and are not closed, the newest first; at most 200",
  responses: { 200: json(z.object({ items: z.array(incidentSchema) }), "the incidents"), ...faults },
});

const able = z.object({
  person: z.string(),
  name: optional,
  team: optional,
  role: z.string(),
  inferred: z.boolean(),
  verdict: z.enum(["can", "cannot", "unknown"]),
  proof: z.array(z.string()),
  onCall: z.boolean(),
});

export const whoCanActSchema = z
  .object({
    case: z.string(),
    at: z.string().describe("when ability was proven"),
    domains: z.array(
      z.object({
        domain: z.enum(["cloud", "identity", "secrets"]),
        roles: z.array(z.string()).describe("whose work lies here"),
        state: z.enum(["nothing to do", "nobody found", "open", "in work", "said", "contained"]),
        stateAt: optional.describe("when a snapshot showed it, or somebody said it"),
        steps: z.array(
          z.object({
            step: z.string().describe("as commands name it"),
            title: z.string(),
            phase: z.string(),
            role: z.string(),
            asks: z.object({ action: z.string(), resource: z.string() }).optional(),
            said: z.boolean(),
          }),
        ),
        onCall: z.array(
          z.object({ person: z.string(), name: optional, team: optional, until: optional, level: count }),
        ),
        can: z
          .object({
            verdict: z.enum(["can", "cannot", "unknown"]),
            person: optional,
            proof: z.array(z.string()),
          })
          .describe("the first who would be asked"),
        others: z
          .array(able)
          .describe("who else answers for it: those who can first, then not known, then those who cannot"),
      }),
    ),
  })
  .openapi("WhoCanAct");

export type WhoCanAct = z.infer<typeof whoCanActSchema>;

export const whoCanAct = createRoute({
  method: "get",
  path: "/api/v1/cases/{id}/who-can-act",
  operationId: "whoCanAct",
  summary: "Per domain who is on call now, whether they can do what is to be done, and who else can",
  request: { params: z.object({ id: caseId }) },
  responses: { 200: json(whoCanActSchema, "who can act"), ...faults, ...notFound, ...unusable },
});
