import { z } from "zod";
import type { PlaybookDocument } from "../core/decision/index.js";
import { count, evidence, input, rejection, role, text, texts, tier } from "./common.js";
import { summedReach } from "./reach-parts.js";
import type { Same } from "./same-type.js";

export const contact = z.strictObject({
  who: text,
  team: text.exactOptional(),
  via: text,
  inferred: z.boolean().describe("found by evidence and confirmed by nobody"),
  authority: z.strictObject({ verdict: z.enum(["can", "cannot", "unknown"]), proof: texts }),
  evidence: z.array(evidence),
});

const contacts = z.array(contact);
const checks = z.array(z.strictObject({ text, command: text }));
const due = z.union([text, z.null()]);

const step = z.strictObject({
  step: count,
  phase: z.enum(["stop", "revoke", "trace", "rotate", "narrow", "retest", "review"]),
  role,
  contacts: contacts.describe("whoever is named for the step first, then who stands in"),
  title: text,
  impact: text,
  affected: z.array(
    z.strictObject({ who: text, how: text, lastUsedAt: text.exactOptional(), evidence: z.array(evidence) }),
  ),
  moreAffected: count,
  approvals: z.array(
    z.strictObject({
      role: text,
      contacts: contacts.describe("whoever does not do the step first"),
      conflict: text.exactOptional().describe("nobody but whoever does the step could agree to it"),
    }),
  ),
  command: text.describe("empty when nobody named is proven able to run it"),
  fill: texts.describe("what has to be filled in first, and where it comes from"),
  find: text.describe("how to find somebody who can, where nobody named is proven able"),
  look: checks.describe("where a trace begins to look"),
  checks,
  after: z.array(count),
});

/** `remit.playbook/1`: what somebody follows when it happens. */
export const playbookSchema = z
  .strictObject({
    schema: z.literal("remit.playbook/1"),
    generatedAt: text,
    inputs: z.array(input),
    rejected: z.array(rejection),
    policyVersion: text,
    about: z.enum(["case", "workload"]),
    id: text,
    title: text,
    severity: text,
    tier,
    tierIfUnknown: tier,
    decidedAt: text,
    comesBack: z.strictObject({ words: text, because: text }),
    clocks: z.array(
      z.strictObject({
        task: z.enum(["triage", "contain", "fix", "decide", "notify"]),
        due,
        late: z.boolean(),
        rule: text,
        because: text,
      }),
    ),
    commander: z.strictObject({ required: z.boolean(), because: text, contacts }),
    calls: z.array(
      z.strictObject({
        role,
        contacts,
        leads: z.array(z.enum(["containment", "trace", "fix"])),
        steps: z.array(count),
        agreesTo: z.array(count),
      }),
    ),
    split: z.array(
      z.strictObject({
        domain: z.enum(["cloud", "identity", "secrets", "code", "runtime", "incident", "supplier"]),
        roles: z.array(role),
        who: texts,
        steps: z.array(count),
        fixes: texts,
      }),
    ),
    steps: z.array(step),
    durable: z.array(
      z.strictObject({
        item: text,
        accountable: role,
        contacts,
        responsible: z.array(role),
        interim: z.boolean(),
        due,
      }),
    ),
    followUps: z.array(
      z.strictObject({
        name: text,
        required: z.boolean(),
        owner: role,
        contacts,
        because: text,
        notApplicable: text.exactOptional(),
      }),
    ),
    supplier: z
      .strictObject({
        to: text,
        from: contacts,
        contract: text,
        lever: text,
        gap: text.exactOptional(),
        subject: text,
        lines: texts,
      })
      .exactOptional(),
    closing: texts,
    gaps: texts,
    workload: z
      .strictObject({
        workload: text,
        name: text,
        account: text.exactOptional(),
        planes: z.array(z.strictObject({ plane: text, role, who: text, via: text })),
        identities: texts,
        reach: summedReach,
        credentials: z.array(
          z.strictObject({
            id: text,
            kind: text,
            holder: text,
            status: text,
            lastUsedAt: text.exactOptional(),
            consumers: texts,
            copies: texts,
          }),
        ),
        cases: z.array(z.strictObject({ id: text, title: text, words: text })),
      })
      .exactOptional(),
  })
  .describe("Who does what in which order, how it is checked, what is due, and what is said to a supplier");

const _same: Same<z.infer<typeof playbookSchema>, PlaybookDocument> = true;
