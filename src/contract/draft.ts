import { z } from "zod";
import { input, rejection, role, text, texts } from "./common.js";

const reason = z.strictObject({
  text,
  place: text.exactOptional().describe("document with line or pointer"),
});
const reasons = z.array(reason);
const gaps = texts.describe("what is missing, in words");

const proposals = z
  .array(
    z.strictObject({
      holder: text.describe("id of a person or team of this draft"),
      confidence: z.number().min(0).max(1),
      written: z.boolean().describe("stands out enough to be a line; else it is only worth asking"),
      reasons,
    }),
  )
  .describe("best first");

/** What `remit init --format json` prints. */
export const draftSchema = z
  .strictObject({
    schema: z.literal("remit.draft/1"),
    generatedAt: text,
    inputs: z.array(input),
    rejected: z.array(rejection),
    draft: z.strictObject({
      people: z.array(
        z.strictObject({
          id: text,
          name: text.exactOptional(),
          active: z.boolean(),
          leftAt: text.exactOptional(),
          manager: text.exactOptional(),
          principals: texts,
          source: text,
          reasons,
          gaps,
        }),
      ),
      teams: z.array(z.strictObject({ id: text, roles: z.array(role), members: texts, reasons, gaps })),
      accounts: z.array(
        z.strictObject({ id: text, name: text.exactOptional(), runtimeAuthority: proposals, gaps }),
      ),
      workloads: z.array(
        z.strictObject({
          id: text,
          resources: texts,
          principals: texts,
          repositories: texts,
          build: proposals,
          runtime: proposals,
          workloadIdentity: proposals,
          reasons,
          gaps,
        }),
      ),
      workloadIdentities: z.array(
        z.strictObject({
          principal: text,
          proof: z.enum(["oidc", "held"]),
          owner: proposals,
          reasons,
          gaps,
        }),
      ),
      thirdParties: z.array(z.strictObject({ id: text, accounts: texts, reasons, gaps })),
      authorities: z
        .array(z.enum(["revoke", "compensating-control", "residual-risk", "privilege-change", "emergency"]))
        .describe("given by people, never drafted"),
      cut: texts.describe("what was left out because there is too much of it"),
    }),
  })
  .describe("A catalogue as evidence suggests it, for people to confirm; nothing in it is attested");

export type DraftDocument = z.infer<typeof draftSchema>;
