import { z } from "zod";
import { caseSchema } from "./case.js";
import { count, rejection, text, texts, verdict } from "./common.js";

/** Of an installation; what the list of cases shows. */
const caseLine = z.looseObject({
  id: text,
  title: text,
  kind: z.enum(["posture", "flaw", "secret", "identity"]),
  status: z.enum(["open", "accepted", "closed"]),
  verdict,
  words: text.describe("`yes, by itself` … of the column COMES BACK"),
  because: text,
  severity: text,
  tier: count,
  level: count,
  lead: text,
  contain: text.describe("role that contains"),
  owner: text.exactOptional().describe("who has taken containment"),
  dueAt: text.exactOptional(),
  updatedAt: text,
});

/** `remit.cases/1`: cases of an installation, in the order of the table. */
export const casesSchema = z
  .strictObject({
    schema: z.literal("remit.cases/1"),
    items: z.array(caseLine),
    next: text.exactOptional().describe("there are more: give it as `--after`"),
  })
  .describe("cases of an installation");

const state = z
  .looseObject({
    id: text,
    sequence: count.describe("of its last event: what `--seen` takes"),
    head: text,
    status: z.enum(["open", "accepted", "closed"]),
    level: count,
    plan: z.looseObject({ fix: z.array(z.looseObject({})), steps: z.array(z.looseObject({})) }),
    work: z.array(z.looseObject({})),
    approvals: z.array(z.looseObject({})),
    orders: z.array(z.looseObject({})),
    disputes: z.array(z.looseObject({})),
  })
  .describe("where it stands; the events it follows from are in `events`");

const event = z.looseObject({ sequence: count, at: text, hash: text, previous: text });

/** `remit.case/1`: one case: what was decided, where it stands, and what happened. */
export const caseLifeSchema = z
  .strictObject({
    schema: z.literal("remit.case/1"),
    state,
    decided: caseSchema,
    you: z.strictObject({ roles: texts, authorities: texts, commander: z.boolean() }),
    head: text.describe("hash of the last event"),
    events: z.array(event).exactOptional(),
  })
  .describe("one case of an installation");

const refusal = z.strictObject({
  rule: text,
  text,
  todo: text.exactOptional(),
  roles: texts.exactOptional().describe("roles that may"),
  people: texts.exactOptional().describe("people who may"),
});

/** `remit.move/1`: what a move came to: the events that it wrote, or the rule that forbids it. */
export const moveSchema = z
  .strictObject({
    schema: z.literal("remit.move/1"),
    case: text,
    move: text,
    key: text.describe("its Idempotency-Key: given again with `--key`, the move is carried out once"),
    done: z.boolean(),
    sequence: count.exactOptional(),
    status: z.enum(["open", "accepted", "closed"]).exactOptional(),
    events: z.array(event).exactOptional(),
    refused: refusal.exactOptional(),
  })
  .describe("a move in a case, or the rule that forbids it");

export type MoveDocument = z.infer<typeof moveSchema>;

/** `remit.import/1`: what was sent to an installation, and what it changed. */
export const importSchema = z
  .strictObject({
    schema: z.literal("remit.import/1"),
    sent: z.array(
      z.strictObject({ kind: z.enum(["estate", "findings", "catalogue"]), name: text, bytes: count }),
    ),
    catalogue: z.strictObject({ version: count, notices: z.array(rejection) }).exactOptional(),
    opened: texts,
    redecided: texts,
    verified: texts,
    refused: z.array(z.strictObject({ case: text, rule: text, text })),
    rejected: z.array(rejection),
  })
  .describe("documents that an installation took in, and what they changed");

export type ImportDocument = z.infer<typeof importSchema>;

const token = z.looseObject({ id: text, name: text, person: text, scopes: texts, createdAt: text });

/** `remit.tokens/1`: tokens of an installation; never their secrets. */
export const tokensSchema = z
  .strictObject({ schema: z.literal("remit.tokens/1"), items: z.array(token) })
  .describe("tokens of an installation, without their secrets");

const mention = z.strictObject({ case: text, sequence: count, at: text, kind: text, field: text });

/** `remit.erasure/1`: what was erased of a person, and what still names them. */
export const erasureSchema = z
  .strictObject({
    schema: z.literal("remit.erasure/1"),
    pseudonym: text,
    erased: z.boolean().describe("false: a preview"),
    tokens: count,
    sessions: count,
    decisions: count.describe("cases whose stored decision named them"),
    mentions: z.strictObject({ items: z.array(mention), more: count }).describe("texts of the ledger"),
    catalogues: z.array(count).describe("versions of the catalogue"),
  })
  .describe("a person whom an installation was made to forget");

const webhook = z.looseObject({ id: text, url: text, events: texts, createdAt: text });

/** `remit.webhooks/1`: who is told what happens; never their secrets. */
export const webhooksSchema = z
  .strictObject({ schema: z.literal("remit.webhooks/1"), items: z.array(webhook) })
  .describe("who is told what happens in an installation, and to whom nothing gets through");
