import { z } from "zod";
import {
  band,
  certainty,
  certificate,
  count,
  evidence,
  hop,
  input,
  missingFact,
  pathCode,
  pathKind,
  proven,
  rejection,
  stopped,
  text,
  texts,
  tier,
  verdict,
} from "./common.js";

/** What every answer says of its own making. */
const made = { generatedAt: text, inputs: z.array(input), rejected: z.array(rejection) };

const step = z.strictObject({
  from: text,
  to: text,
  via: text,
  certainty,
  assumption: text.exactOptional(),
  condition: text.exactOptional(),
  verdict: proven,
  evidence: z.array(evidence),
});

const entry = z.strictObject({
  label: text,
  kind: pathKind,
  band,
  starter: text,
  verdict: proven,
  certainty,
  evidence: z.array(evidence),
});

const holder = z.strictObject({
  principal: text,
  name: text,
  verdict: proven,
  certainty,
  direct: z.boolean().describe("holds the right itself; false: after becoming the last identity of the path"),
  path: z.array(step),
  grants: z.array(evidence),
  conditions: z.array(z.strictObject({ text, evidence })),
  entries: z.array(entry).describe("how somebody starts as this identity, worst first"),
  missing: z.array(missingFact),
});

export const whoCanSchema = z
  .strictObject({
    schema: z.literal("remit.who-can/1"),
    ...made,
    action: text,
    resource: text,
    can: z.array(holder),
    unknown: z.array(holder).describe("could, if the missing facts turn out that way"),
    more: count.describe("identities beyond the limit"),
    almost: z.array(
      z.strictObject({ principal: text, name: text, by: text, evidence: evidence.exactOptional() }),
    ),
    missing: z.array(missingFact),
  })
  .describe("Every identity that can, who almost can, and what stops them");

export const reachSchema = z
  .strictObject({
    schema: z.literal("remit.reach/1"),
    ...made,
    principal: text,
    name: text,
    tier,
    tierBecause: text,
    becomes: z.array(
      z.strictObject({ principal: text, name: text, verdict: proven, certainty, path: z.array(step) }),
    ),
    administers: z.array(z.strictObject({ account: text, name: text, through: text, verdict: proven })),
    privileges: z.array(z.strictObject({ action: text, through: text, evidence })),
    resources: z.array(
      z.strictObject({
        resource: text,
        name: text,
        kind: text,
        access: z.enum(["read", "change"]),
        action: text,
        through: text,
        verdict: proven,
      }),
    ),
    more: count.describe("resources beyond the limit"),
    entries: z.array(entry),
  })
  .describe("What an identity can become, read and change");

const recreatePath = z.strictObject({
  kind: pathKind,
  leg: z.enum(["restore", "bypass", "drift"]),
  band,
  certainty,
  governed: z.boolean(),
  verdict: proven,
  colluding: z.boolean(),
  route: text,
  because: text,
  starter: text,
  actor: text,
  hops: z.array(hop),
  recurrenceHop: z.number(),
  credential: text.exactOptional(),
  condition: text.exactOptional(),
  missing: z.array(missingFact),
  unchecked: text
    .exactOptional()
    .describe("why the independent check could not follow this path; absent where it did"),
  code: pathCode.extend({ owners: texts.describe("of the file, after CODEOWNERS") }).exactOptional(),
});

export const recreateSchema = z
  .strictObject({
    schema: z.literal("remit.recreate/1"),
    ...made,
    resource: text,
    weakness: text,
    verdict,
    band: band.exactOptional(),
    words: text,
    basis: texts,
    paths: z.array(recreatePath),
    morePaths: count,
    missing: z.array(missingFact.extend({ ifTrue: text, ifFalse: text })),
    sharedCauses: z.array(z.strictObject({ key: text, title: text, members: texts })),
    floor: texts,
    stopped: z.array(stopped),
    checked: texts,
    certificate: certificate.exactOptional(),
    elsewhere: texts,
    findingReturns: text.exactOptional(),
    formula: text,
    derived: z.boolean(),
  })
  .describe("Who could bring an exposure back, by which credential");

export const weaknessListSchema = z
  .array(z.strictObject({ id: text, class: text, title: text, formula: z.boolean(), resourceKinds: texts }))
  .describe("The registry of weaknesses");

export type WhoCanDocument = z.infer<typeof whoCanSchema>;
export type ReachDocument = z.infer<typeof reachSchema>;
export type RecreateDocument = z.infer<typeof recreateSchema>;
