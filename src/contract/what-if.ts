import { z } from "zod";
import type { WhatIfDocument } from "../core/decision/index.js";
import {
  band,
  count,
  decidedRole,
  evidence,
  input,
  missingFact,
  pathKind,
  rejection,
  text,
  texts,
  verdict,
} from "./common.js";
import type { Same } from "./same-type.js";

const answer = z.enum(["can", "unknown", "cannot"]);

const accessChange = z.strictObject({
  principal: text,
  action: text,
  resource: text.describe("as asked, or the pattern that it stands for"),
  before: answer,
  after: answer,
  onlyIf: texts.exactOptional().describe("new conditions of the request"),
  noLongerOnlyIf: texts.exactOptional(),
  because: text.exactOptional(),
  evidence: z.array(evidence),
  missing: z.array(missingFact),
});

const side = z.strictObject({
  case: text.exactOptional().describe("id of the case; absent where there is none"),
  verdict,
  band: band.exactOptional(),
  words: text,
  because: text,
  lead: decidedRole,
});

const exposure = z.strictObject({
  resource: text,
  name: text,
  weakness: text,
  title: text,
});

export const whatIfSchema = z
  .strictObject({
    schema: z.literal("remit.what-if/1"),
    generatedAt: text,
    inputs: z.array(input),
    rejected: z.array(rejection).describe("of the inputs, and changes that name nothing of the estate"),
    change: z.strictObject({
      document: text,
      digest: text,
      applied: z.array(z.strictObject({ kind: text, text, pointer: text, line: count.exactOptional() })),
    }),
    verdicts: z
      .array(
        exposure.extend({
          before: side.exactOptional(),
          after: side.exactOptional(),
          effect: z.enum(["better", "worse", "other"]),
          closed: z.boolean().describe("the setting itself no longer stands"),
        }),
      )
      .describe("answers that are others after the change"),
    unchanged: count.describe("exposures whose answer stays"),
    newExposures: z.array(exposure.extend({ words: text.exactOptional() })),
    access: z
      .strictObject({
        lost: z.array(accessChange),
        gained: z.array(accessChange),
        conditional: z.array(accessChange).describe("the right stays, under other conditions of the request"),
        more: count.describe("rows beyond the limit"),
      })
      .describe("set difference over identities and actions, by their own rights"),
    entries: z.array(
      z.strictObject({
        into: text,
        label: text,
        kind: pathKind,
        starter: text,
        credential: text.exactOptional(),
        before: band.exactOptional().describe("absent: not there"),
        after: band.exactOptional(),
        evidence: z.array(evidence),
      }),
    ),
    broken: z
      .array(
        z.strictObject({
          who: text,
          action: text,
          resource: text,
          lastUsedAt: text,
          uses: count,
          certainty: z.enum(["certain", "possible"]),
          because: text,
          evidence: z.array(evidence),
        }),
      )
      .describe("access that is on record to be used and would not work any more"),
    asked: z.strictObject({
      questions: count,
      unasked: count.describe("at least so many beyond the limits"),
      uses: count.describe("distinct uses on record that were tried again"),
      untried: count,
      auditLogDays: count,
    }),
  })
  .describe("The same analysis after a proposed change");

/** Fails to compile when the schema and the type of the document drift apart. */
const _same: Same<z.infer<typeof whatIfSchema>, WhatIfDocument> = true;
