import { z } from "zod";
import type { FlawDocument } from "../core/decision/index.js";
import { answerable } from "./case.js";
import {
  count,
  decidedRole,
  evidence,
  input,
  missingFact,
  rejection,
  role,
  severity,
  text,
  texts,
  tier,
} from "./common.js";
import { summedReach } from "./reach-parts.js";
import type { Same } from "./same-type.js";

const fact = z.union([z.literal(true), z.literal(false), z.literal("unknown")]);

const owner = z.strictObject({
  role,
  plane: z.enum(["build", "runtime", "incident"]),
  answerable: z.array(answerable),
  gap: text.exactOptional(),
});

const move = z.strictObject({
  phase: z.enum(["stop", "revoke", "trace", "rotate", "narrow", "retest", "review"]),
  role,
  title: text,
  requires: texts,
  command: text.describe("empty when nobody named is proven able to run it"),
  canNow: z.strictObject({
    verdict: z.enum(["can", "cannot", "unknown"]),
    who: text.exactOptional(),
    proof: texts,
  }),
});

const carrier = z.strictObject({
  id: text,
  name: text,
  kind: z.enum(["workload", "resource"]),
  account: text.exactOptional(),
  accountName: text.exactOptional(),
  deployed: fact.describe("false only where a document says so"),
  exposed: fact,
  state: z.enum(["open", "fixed", "gone", "muted-external", "unknown"]),
  tier,
  tierIfUnknown: tier,
  severity,
  case: text,
  lead: decidedRole,
  organisational: texts.describe("why it is more than a code issue; empty where it is none"),
  found: z.array(z.strictObject({ tool: text, check: text, resource: text, evidence })),
  purls: texts,
  fixed: texts,
  owners: z
    .array(owner)
    .describe("who patches, who runs it, who responds; where nothing runs it only who patches"),
  identities: texts,
  reach: summedReach,
  act: z.array(move),
  clocks: z.array(
    z.strictObject({
      task: z.enum(["triage", "contain", "fix", "decide", "notify"]),
      due: z.union([text, z.null()]),
      rule: text,
      because: text,
      late: z.boolean(),
    }),
  ),
});

/** `remit.flaw/1`: one flaw over the whole estate. */
export const flawSchema = z
  .strictObject({
    schema: z.literal("remit.flaw/1"),
    generatedAt: text,
    inputs: z.array(input),
    rejected: z.array(rejection),
    policyVersion: text,
    asked: text,
    flaw: z.strictObject({
      ids: texts,
      components: texts,
      fixed: texts,
      knownExploited: z
        .union([z.literal(true), z.literal("unknown")])
        .describe("CISA KEV, or a tool's word; not being listed is no proof"),
      epss: z.number().min(0).max(1).exactOptional(),
      severity,
    }),
    carriers: z.array(carrier),
    unscanned: z.array(
      z.strictObject({
        workload: text,
        name: text,
        purl: text,
        state: z.enum(["same-version", "mended", "not-judged"]),
      }),
    ),
    notAffected: z
      .array(z.strictObject({ resource: text, name: text, reason: text }))
      .describe("hidden by a statement of somebody, with the reason given; never counted"),
    total: z.strictObject({
      carriers: count,
      running: count,
      perhapsRunning: count,
      open: count,
      exposed: count,
      worstTier: tier,
      reach: summedReach,
      late: count,
      canActNow: count,
      unowned: count,
    }),
    unknowns: z.array(missingFact),
  })
  .describe("Every workload that carries one flaw, who answers for each, and what they reach together");

const _same: Same<z.infer<typeof flawSchema>, FlawDocument> = true;
