import { z } from "zod";
import type { Proof } from "../core/proof/index.js";
import { certainty, count, missingFact, proven, text, texts, verdict } from "./common.js";
import type { Same } from "./same-type.js";

const place = z
  .strictObject({
    document: text,
    digest: text.describe("sha256, hex, of the raw bytes"),
    pointer: text.optional(),
    inner: text.optional(),
    line: count.optional(),
  })
  .describe("where it stands");

const outcome = z.enum(["holds", "not-followed", "fails"]);

/** `all` and `any` over leaves, as docs/recreation.md explains them. */
const formula: z.ZodType<Proof["questions"][number]["formula"]> = z.union([
  z.null(),
  text,
  z.strictObject({ all: z.array(z.lazy(() => part)) }),
  z.strictObject({ any: z.array(z.lazy(() => part)) }),
]);
const part: z.ZodType<NonNullable<Proof["questions"][number]["formula"]>> = z.union([
  text,
  z.strictObject({ all: z.array(z.lazy(() => part)) }),
  z.strictObject({ any: z.array(z.lazy(() => part)) }),
]);

const hop = z.strictObject({
  from: text,
  to: text,
  via: text,
  action: text.optional(),
  rule: text.optional(),
  asks: z.array(z.strictObject({ action: text, resource: text })).optional(),
  evidence: z.array(z.strictObject({ ...place.shape, excerpt: text })),
  found: z
    .strictObject({
      outcome,
      text,
      grants: z.array(place),
      read: z
        .array(z.strictObject({ ...place.shape, layer: text }))
        .describe("policies of the limiting layers that were read for it"),
      limits: z.array(z.strictObject({ ...place.shape, layer: text })),
      conditions: texts,
      denies: count,
    })
    .describe("what the independent check found by itself"),
});

const path = z.strictObject({
  route: text,
  exposures: texts,
  leg: z.enum(["restore", "bypass", "drift"]),
  verdict: proven,
  certainty,
  governed: z.boolean(),
  starter: text,
  actor: text,
  condition: text.optional(),
  colluding: z.boolean().optional(),
  missing: z.array(missingFact),
  hops: z.array(hop),
  outcome,
  text,
});

const certificate = z.strictObject({
  exposure: text,
  outcome,
  text,
  shut: texts,
  atoms: z.array(
    z.strictObject({
      action: text,
      resource: text,
      candidates: z.array(
        z.strictObject({
          statement: place,
          holders: count,
          able: texts,
          blocked: z.array(z.strictObject({ by: text, identities: count, at: place.optional() })),
        }),
      ),
    }),
  ),
  identities: z.array(z.strictObject({ identity: text, because: text })),
});

export const proofSchema = z
  .strictObject({
    schema: z.literal("remit.proof/1"),
    case: text,
    title: text,
    at: text,
    verdict,
    words: text,
    questions: z.array(
      z.strictObject({
        exposure: text,
        resource: text,
        weakness: text,
        account: text.optional(),
        formula,
        contained: z.strictObject({ what: text, statements: z.array(place) }),
      }),
    ),
    paths: z.array(path),
    morePaths: count,
    missing: z.array(missingFact),
    certificates: z.array(certificate),
    documents: z.array(z.strictObject({ path: text, digest: text })),
    seals: z.array(z.strictObject({ part: text, digest: text })),
    digest: text,
  })
  .describe(
    "a proof that stands alone: `remit check-proof` verifies it against the documents, without the engine",
  );

const _same: Same<z.infer<typeof proofSchema>, Proof> = true;

export const proofCheckSchema = z
  .strictObject({
    schema: z.literal("remit.check-proof/1"),
    file: text,
    verified: z.boolean(),
    case: text,
    verdict: text,
    paths: count,
    certificates: count,
    documents: count,
    faults: z.array(
      z.strictObject({
        part: text.describe("where in the proof: `/paths/0/hops/2`"),
        text,
        at: text.exactOptional().describe("document and pointer"),
        unfollowed: z
          .boolean()
          .describe("no rule or reader of the check covers it; nothing speaks against it"),
      }),
    ),
  })
  .describe("whether a proof holds, and where it does not");

export type ProofCheckDocument = z.infer<typeof proofCheckSchema>;

/** A value as a proof, or the first place where it is none. */
export function validateProof(
  value: unknown,
): { readonly proof: Proof } | { readonly where: string; readonly reason: string } {
  const parsed = proofSchema.safeParse(value);
  if (parsed.success) return { proof: parsed.data };
  const [issue] = parsed.error.issues;
  return { where: `/${(issue?.path ?? []).map(String).join("/")}`, reason: issue?.message ?? "is no proof" };
}
