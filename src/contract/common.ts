import { z } from "zod";
import { roles } from "../core/accountability/index.js";

/** Pieces that several documents share. Objects are strict: a field that the type does not know is a fault of ours. */
export const text = z.string();
export const texts = z.array(z.string());
export const count = z.number().int().min(0);

export const role = z.enum(roles);
export const decidedRole = z.union([role, z.literal("not decided yet")]);
export const severity = z.enum(["critical", "high", "medium", "low", "informational", "unknown"]);
export const tier = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]);
export const band = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export const verdict = z.enum(["none", "governed", "possible", "unknown"]);
export const certainty = z.enum(["certain", "conditional"]);
export const proven = z.union([z.literal(true), z.literal("unknown")]);

export const pathKind = z.enum([
  "standing-credential",
  "inherited-role",
  "federated-workload",
  "service-principal",
  "trust",
  "pipeline",
  "secret-reuse",
  "human",
  "root",
]);

export const evidence = z
  .strictObject({
    document: text,
    digest: text.describe("sha256, hex, of the raw bytes"),
    pointer: text.exactOptional().describe("JSON Pointer into the document"),
    inner: text.exactOptional().describe("pointer into a policy that was decoded from a string at `pointer`"),
    line: count.exactOptional().describe("1-based, for CSV, JSON lines and plain text"),
    excerpt: text,
  })
  .describe("what a reader can open and check by hand");

export const missingFact = z.strictObject({
  key: text,
  fact: text,
  collect: text.describe("the command or file that supplies it"),
});

export const hop = z.strictObject({
  from: text,
  to: text,
  via: text.describe("in words: `may become`, `runs as`, `may s3:PutBucketPolicy`"),
  action: text.exactOptional(),
  rule: text
    .exactOptional()
    .describe(
      "by which it holds: `entry:KIND`, `assume-role`, an escalation id, `right`, `right-granted`, …",
    ),
  asks: z
    .array(z.strictObject({ action: text, resource: text }))
    .exactOptional()
    .describe("every right that it takes, with what it is used on"),
  note: text
    .exactOptional()
    .describe("what is known of the thing that starts here: `lies in …; active, 611 days`"),
  evidence: z.array(evidence),
  cause: z.enum([
    "secret",
    "federation",
    "grant",
    "account-trust",
    "flaw",
    "guardrail",
    "code",
    "human",
    "root",
    "ci",
    "setting",
  ]),
});

/** Of a drift path: what to change in code, where, and who applies it. */
export const pathCode = z.strictObject({
  tool: z.enum(["terraform", "cloudformation", "controller", "other"]),
  address: text,
  file: text.exactOptional(),
  line: count.exactOptional().describe("1-based"),
  repository: text.exactOptional(),
  pipeline: text.exactOptional(),
  identity: text.exactOptional().describe("what the pipeline acts as"),
});

export const certificate = z.strictObject({
  atoms: z.array(z.strictObject({ atom: text, candidates: count, blockedBy: texts })),
  layers: texts,
});

export const stopped = z.strictObject({ who: text, by: text, evidence: evidence.exactOptional() });

export const input = z.strictObject({
  document: text,
  kind: text,
  role: z.enum(["estate", "findings", "catalogue", "policy"]),
  digest: text,
  observedAt: text.exactOptional(),
  entities: z.record(text, z.number()),
});

export const rejection = z.strictObject({
  document: text,
  pointer: text.exactOptional(),
  line: count.exactOptional(),
  column: count.exactOptional(),
  offset: count.exactOptional(),
  reason: text,
  hint: text.exactOptional(),
  used: count.exactOptional().describe("records of the document that were used all the same"),
});

export const gap = z.strictObject({ id: text, kind: text, text, scope: text, hint: text.exactOptional() });
