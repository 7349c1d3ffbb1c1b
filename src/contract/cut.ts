import { z } from "zod";
import { role } from "./common.js";
import { count, evidence, input, missingFact, rejection, text, texts, verdict } from "./common.js";

const owner = z.strictObject({
  role,
  names: texts.describe("persons or teams, best first; empty: nobody was found"),
  inferred: z.boolean().describe("the names are not stated by a catalogue"),
  authority: z.enum(["can", "cannot", "unknown"]).describe("whether the first is able to make the change"),
});

const broken = z.strictObject({
  principal: text,
  action: text,
  resource: text,
  at: text.exactOptional().describe("last use"),
  evidence: evidence.exactOptional(),
});

const fix = z.enum(["narrow", "rotate", "ephemeral", "just-in-time"]);
const use = z.enum(["used", "unused", "unknown"]).describe("what is taken away, as the audit log shows it");

export const cutChange = z.strictObject({
  title: text,
  owner,
  fix: fix.exactOptional(),
  use,
  interim: z.boolean().describe("weaker than short-lived identity with policy at request time (R37)"),
  interimBecause: text.exactOptional(),
  closes: count.describe("ways, of those that were found, that it breaks"),
  breaks: z.array(broken).describe("used rights that stop working"),
  diff: text.describe("unified diff of the policies that it changes"),
  commands: texts.describe("AWS CLI, in order"),
  terraform: text,
  changes: z.array(z.unknown()).describe("the same as entries of a remit.change/1 document"),
});

export const cutSchema = z
  .strictObject({
    schema: z.literal("remit.cut/1"),
    generatedAt: text,
    inputs: z.array(input),
    rejected: z.array(rejection),
    cases: z.array(z.strictObject({ id: text, title: text })).describe("what the cut is to end"),
    before: verdict,
    after: verdict,
    basis: texts,
    changes: z.array(cutChange),
    owners: z.array(
      z.strictObject({ role, names: texts, changes: z.array(count).describe("indices into `changes`") }),
    ),
    exact: z.boolean().describe("no cheaper choice of the changes considered does it; proven"),
    cost: count,
    bound: count.describe("no choice is cheaper than this"),
    inexact: texts.describe("why it is not exact"),
    derivations: count.describe("ways that were found and broken"),
    considered: count.describe("changes that were weighed"),
    rounds: count,
    breaks: z.array(broken),
    options: z
      .array(
        z.strictObject({
          fix,
          title: text,
          owner: role,
          use,
          interim: z.boolean(),
          chosen: z.boolean(),
        }),
      )
      .describe("the four kinds of fix, where they apply (R35)"),
    uncut: z.array(z.strictObject({ because: text })).describe("ways that nothing considered would break"),
    left: z
      .array(z.strictObject({ because: text, missing: texts }))
      .describe("ways that only missing facts open; supply the facts first"),
    cannotPromise: z.array(missingFact).describe("facts without which nobody can say that nothing is left"),
    order: z
      .array(
        z.strictObject({
          change: count,
          ends: texts.describe("cases that end with it"),
          total: count.describe("cases that have ended by then"),
        }),
      )
      .describe("over several cases: the changes that end most of them first (greedy maximum coverage)"),
    orderReckoned: z
      .boolean()
      .describe(
        "what ends with each change follows from the ways that it meets, and was not asked one by one",
      ),
    changeDocument: z
      .strictObject({
        schema: z.literal("remit.change/1"),
        version: z.literal(1),
        changes: z.array(z.unknown()),
      })
      .describe("all of it, for `remit what-if --change`"),
  })
  .describe("The smallest set of changes after which nobody ungoverned can bring it back");

export type CutDocument = z.infer<typeof cutSchema>;
