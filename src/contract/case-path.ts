import { z } from "zod";
import {
  band,
  certainty,
  certificate,
  count,
  evidence,
  hop,
  missingFact,
  pathCode,
  pathKind,
  proven,
  stopped,
  text,
  texts,
  verdict,
} from "./common.js";

/** One route by which an exposure comes back. */
const path = z.strictObject({
  kind: pathKind,
  leg: z.enum(["restore", "bypass", "drift"]),
  band,
  route: text,
  certainty,
  verdict: proven,
  governed: z.boolean(),
  because: text,
  starter: text,
  actor: text,
  hops: z.array(hop),
  recurrenceHop: z.number(),
  credential: text.exactOptional(),
  condition: text.exactOptional(),
  missing: z.array(missingFact),
  identityProof: z
    .strictObject({
      kind: z.enum(["spiffe", "oidc", "saml", "platform", "held", "person", "code", "unknown"]),
      of: text,
      because: text,
      evidence: z.array(evidence),
    })
    .exactOptional()
    .describe("how the identity that starts it proves itself"),
  requestPolicy: z
    .strictObject({
      value: z.union([z.literal(true), z.literal(false), z.literal("unknown")]),
      because: text,
    })
    .exactOptional()
    .describe("whether access on it is decided by policy when it is asked for"),
  unchecked: text
    .exactOptional()
    .describe("why the independent check could not follow this path; absent where it did"),
  colluding: z
    .literal(true)
    .exactOptional()
    .describe("only two different actors together: shown, not counted"),
  code: pathCode.extend({ owners: texts.describe("of the file, after CODEOWNERS") }).exactOptional(),
  exposures: texts,
});

/** Whether an exposure comes back, by which routes, and what was checked. */
export const recreation = z.strictObject({
  verdict,
  band: band.exactOptional(),
  words: text,
  because: text,
  basis: texts,
  paths: z.array(path),
  morePaths: count,
  missing: texts,
  missingFacts: z.array(missingFact.extend({ ifTrue: text, ifFalse: text })),
  togetherDecide: z
    .strictObject({ ifTrue: text, ifFalse: text })
    .exactOptional()
    .describe("what all missing facts at once decide"),
  floor: texts,
  sharedCases: z.array(z.strictObject({ case: text, members: count })),
  elsewhere: texts,
  stopped: z.array(stopped),
  checked: texts,
  certificate: certificate.exactOptional(),
  findingReturns: text.exactOptional(),
  formula: text,
  derived: z.boolean(),
});
