import { z } from "zod";
import type { Analysis } from "../core/decision/index.js";
import { caseSchema } from "./case.js";
import { count, gap, input, missingFact, rejection, text, texts } from "./common.js";
import type { Same } from "./same-type.js";

export const analysisSchema = z
  .strictObject({
    schema: z.literal("remit.analysis/1"),
    generatedAt: text,
    inputs: z.array(input),
    policyVersion: text,
    cases: z.array(caseSchema),
    configuration: z.strictObject({ exposures: count, findings: count }),
    readiness: z.array(gap),
    rejected: z.array(rejection),
    unknowns: z.array(missingFact.extend({ decides: texts, confirms: texts })),
    floor: texts,
    stats: z.strictObject({
      accounts: count,
      identities: count,
      auditLogDays: count,
      findings: z.strictObject({
        files: count,
        rows: count,
        passed: count,
        muted: count,
        manual: count,
        stale: count,
        notApplicable: count,
        rejected: count,
        failing: count,
        failingAccess: count,
        failingConfiguration: count,
      }),
      exposures: count,
      cases: count,
      statements: count,
    }),
  })
  .describe("Who answers for each exposure, and whether it will come back");

/** Fails to compile when the schema and the type of the document drift apart. */
const _same: Same<z.infer<typeof analysisSchema>, Analysis> = true;
