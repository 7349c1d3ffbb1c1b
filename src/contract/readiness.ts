import { z } from "zod";
import { count, evidence, input, rejection, text, texts } from "./common.js";

const duty = z.enum([
  "patch",
  "run",
  "respond",
  "identity",
  "runtime-authority",
  "access-decisions",
  "revoke",
  "compensating-control",
  "residual-risk",
  "privilege-change",
  "emergency",
  "command",
]);
export const workloadTier = z.union([z.literal(1), z.literal(2), z.literal(3)]);

const cell = z.strictObject({
  duty,
  state: z
    .enum(["can", "named", "open", "gap", "-"])
    .describe(
      "can: named and proven able; named: named, no call needed or ability open; open: likely, unconfirmed; -: not asked for at this tier",
    ),
  who: text.exactOptional(),
  deputy: text.exactOptional(),
  via: text.exactOptional(),
  authority: z
    .strictObject({ verdict: z.enum(["can", "cannot", "unknown"]), proof: texts })
    .exactOptional()
    .describe("absent where the duty takes no call"),
});

export const gapKind = z.enum([
  "no-owner",
  "bare-team",
  "unlisted",
  "departed",
  "expired",
  "other-class",
  "several",
  "unconfirmed",
  "cannot-act",
  "no-deputy",
  "no-runtime-authority",
  "one-side-only",
  "static-access",
  "orphaned",
]);

export const readinessGap = z.strictObject({
  kind: gapKind,
  scope: text,
  duty: duty.exactOptional(),
  text,
  fix: text.describe("the line of the catalogue, or what to do"),
  tier: workloadTier.exactOptional(),
  evidence: evidence.exactOptional(),
  stoppedBy: z
    .array(evidence)
    .exactOptional()
    .describe("statements that stop whoever is named, for `cannot-act`"),
  rows: texts.describe("rows of the requirements"),
});

export const coverage = z.strictObject({
  required: count,
  covered: count,
  unproven: count,
  share: z.number().min(0).max(1),
});

const lifeStage = z.enum(["created", "in-use", "rotated", "reviewed", "offboarded"]);

const identityLife = z.strictObject({
  identity: text,
  name: text,
  kind: text,
  account: text.exactOptional(),
  owner: text.exactOptional(),
  state: z.enum([...lifeStage.options, "unknown"]).describe("the furthest stage that is proven"),
  steps: z.array(z.strictObject({ stage: lifeStage, at: text.exactOptional(), text, evidence })),
  open: z.array(lifeStage).describe("stages that no document shows"),
});

/** `remit.readiness/1`: workload × duty, before any incident. */
export const readinessSchema = z
  .strictObject({
    schema: z.literal("remit.readiness/1"),
    generatedAt: text,
    inputs: z.array(input),
    rejected: z.array(rejection),
    workloads: z.array(
      z.strictObject({
        workload: text,
        name: text,
        account: text.exactOptional(),
        tier: workloadTier,
        tierIfUnknown: workloadTier,
        tierBecause: texts,
        cells: z.array(cell),
      }),
    ),
    gaps: z.array(readinessGap),
    coverage,
    identities: z
      .array(identityLife)
      .describe("identities that are nobody's person, least far in their life first"),
    moreIdentities: count.describe("beyond the limit"),
    compared: z
      .strictObject({
        figure: text,
        says: text,
        report: text,
        citedBy: text,
        publisher: z.literal("not verified"),
      })
      .describe("somebody else's figure, only ever with its source; no figure of this document rests on it"),
    diffuse: z.strictObject({ nobody: count, several: count }),
    narrowed: z
      .literal(true)
      .exactOptional()
      .describe("only what the teams of whoever asked answer for; the shares are of that"),
  })
  .describe("who answers for what, and whether they can");

export type ReadinessDocument = z.infer<typeof readinessSchema>;
