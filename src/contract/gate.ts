import { z } from "zod";
import { count, input, rejection, text } from "./common.js";
import { coverage, gapKind, readinessGap, workloadTier } from "./readiness.js";

/** `remit.gate/1`: whether a release may go, with reasons. */
export const gateSchema = z
  .strictObject({
    schema: z.literal("remit.gate/1"),
    generatedAt: text,
    inputs: z.array(input),
    rejected: z.array(rejection),
    policy: z.strictObject({ fromTier: workloadTier, advisory: z.array(gapKind) }),
    pass: z.boolean(),
    reasons: z.array(readinessGap.extend({ level: z.enum(["error", "note"]) })),
    known: count.describe("gaps that the baseline holds already"),
    workloads: count,
    coverage,
  })
  .describe("the accountability policy, held against a release");

/** The part of an earlier `remit.readiness/1` that a gate compares with. */
export const baselineGaps = z.object({
  schema: z.literal("remit.readiness/1"),
  gaps: z.array(z.object({ kind: gapKind, scope: text, duty: readinessGap.shape.duty })),
});
