import { z } from "zod";
import {
  count,
  decidedRole,
  evidence,
  gap,
  missingFact,
  proven,
  role,
  severity,
  text,
  texts,
  tier,
} from "./common.js";
import { recreation } from "./case-path.js";

const finding = z.strictObject({
  tool: text,
  check: text,
  result: text,
  seenAt: text.exactOptional(),
  evidence,
});

const ownerHint = z.strictObject({
  kind: z.enum([
    "tag",
    "creator-tag",
    "committer",
    "project-owner",
    "security-champion",
    "governance",
    "contact",
    "assignee",
    "project",
    "author",
  ]),
  who: text,
  about: text.exactOptional().describe("the key of a tag, the project, what a contact is for, the due date"),
  tool: text,
  observedAt: text.exactOptional(),
  evidence,
});

const exposure = z.strictObject({
  id: text,
  resource: text,
  resourceName: text,
  resourceKind: text,
  account: text.exactOptional(),
  accountName: text.exactOptional(),
  region: text.exactOptional(),
  weakness: text,
  weaknessTitle: text,
  class: text,
  severity,
  state: z.enum(["open", "fixed", "gone", "muted-external", "unknown"]),
  firstSeen: text.exactOptional().describe("when a tool first saw it"),
  findings: z.array(finding),
  flaw: z
    .strictObject({
      ids: texts,
      purls: texts,
      fixed: texts.exactOptional().describe("empty: the tools say there is no fix; absent: nobody says"),
      exploited: z.boolean().exactOptional(),
      epss: z.number().min(0).max(1).exactOptional(),
    })
    .exactOptional(),
  secret: z
    .strictObject({
      keyIds: texts,
      hmacs: texts.describe("under the key of the installation: equal ones are the same secret, in any run"),
      verified: z.boolean().exactOptional(),
      identities: texts,
      also: texts.describe("other places where the same secret lies"),
    })
    .exactOptional()
    .describe("of a found secret; never the secret itself"),
  ownerHints: z
    .array(ownerHint)
    .exactOptional()
    .describe("whom the tools name: evidence for ownership, never ownership itself"),
  intended: z.strictObject({ reason: text, approvedBy: text, until: text }).exactOptional(),
  now: z.strictObject({ text, evidence: z.array(evidence) }).exactOptional(),
});

export const answerable = z.strictObject({
  role,
  person: text.exactOptional(),
  team: text.exactOptional(),
  via: text,
  confidence: z.number().min(0).max(1),
  inferred: z.boolean(),
  evidence: z.array(evidence),
  authority: z.strictObject({ verdict: z.enum(["can", "cannot", "unknown"]), proof: texts }),
});

const actionKind = z.enum([
  "close-setting",
  "revoke-credential",
  "disable-trust",
  "revoke-sessions",
  "isolate",
  "remove-code",
  "lever",
  "narrow",
  "rotate",
  "replace",
  "review",
  "ask",
  "other",
]);

const action = z.strictObject({
  by: role.exactOptional().describe("who runs it, where that is not the lead of the task"),
  title: text,
  kind: actionKind,
  impact: text,
  command: text.describe("empty when nobody named is proven able to run it"),
  diff: text.exactOptional(),
  requires: texts,
});

const offspringItem = z.strictObject({
  id: text,
  name: text,
  what: z.enum(["identity", "credential", "consent", "compute", "policy", "resource"]),
  how: z.enum(["created", "changed", "consented"]),
  by: text,
  generation: count.describe("1: by the compromised identity itself; 2: by what it created; and so on"),
  at: text.exactOptional(),
  region: text.exactOptional(),
  action: text.exactOptional(),
  stands: z.union([z.literal(true), z.literal(false), z.literal("unknown")]),
  why: text.exactOptional(),
  evidence: z.array(evidence),
});

const offspring = z
  .strictObject({
    made: z.array(offspringItem).describe("on record or stated"),
    possible: z.array(offspringItem).describe("may be theirs: a capability, never a deed"),
    may: z.array(z.strictObject({ action: text, as: text, verdict: proven })),
    more: count.describe("items beyond the limit"),
    since: text.exactOptional().describe("from when on audit records are there"),
    missing: z.array(missingFact),
  })
  .describe("what identities in foreign hands created, consented to or could have created");

const planStep = z.strictObject({
  step: count,
  phase: z.enum(["stop", "revoke", "trace", "rotate", "narrow", "retest", "review"]),
  role,
  title: text,
  kind: actionKind,
  impact: text,
  affected: z
    .array(
      z.strictObject({
        who: text,
        how: text,
        lastUsedAt: text.exactOptional(),
        evidence: z.array(evidence),
      }),
    )
    .describe("whom it cuts off"),
  moreAffected: count,
  requires: texts,
  command: text.describe("empty when nobody named is proven able to run it"),
  canNow: z.strictObject({
    verdict: z.enum(["can", "cannot", "unknown"]),
    who: text.exactOptional(),
    proof: texts,
  }),
  asks: z
    .strictObject({ action: text, resource: text })
    .exactOptional()
    .describe("the call that the step takes; absent where no single call does it"),
  after: z.array(count).describe("steps that come before"),
});

const due = z.union([text, z.null()]);

const task = z.strictObject({
  lead: decidedRole,
  also: z.array(role),
  answerable: z.array(answerable),
  actions: z.array(action),
  due,
  because: text,
});

const fixItem = task.extend({
  item: text,
  hop: z.strictObject({ path: count, hop: count }).exactOptional(),
  row: count,
  accountable: role,
  responsible: z.array(role),
  interim: z.boolean(),
});

const followUp = z.strictObject({
  required: z.boolean(),
  owner: role,
  because: text,
  notApplicable: text.exactOptional(),
});

const answerables = z.array(answerable);

export const caseSchema = z.strictObject({
  id: text.describe("stable over runs: derived from the root cause, never from a finding"),
  title: text,
  kind: z.enum(["posture", "flaw", "secret", "identity"]),
  severity,
  combination: z
    .strictObject({
      own: severity.describe("the worst that a tool gave it"),
      severity,
      with: z.array(
        z.strictObject({
          kind: z.enum(["excess-rights", "long-lived-secret", "metadata-credentials", "another-owner"]),
          text,
          because: z.array(evidence),
        }),
      ),
    })
    .exactOptional()
    .describe("what a modest defect meets, so that it outranks its own severity"),
  tier,
  tierIfUnknown: tier,
  level: count,
  exposures: z.array(exposure),
  facts: z.record(
    text,
    z.strictObject({
      value: z.union([z.literal(true), z.literal(false), z.literal("unknown")]),
      assumed: z.boolean().exactOptional(),
      because: z.array(evidence),
      note: text.exactOptional(),
    }),
  ),
  origin: z.strictObject({
    kind: z.enum(["event", "code", "capability", "unknown"]),
    text,
    how: text,
    evidence: z.array(evidence),
  }),
  decisionChain: z
    .array(
      z.strictObject({
        layer: z.enum(["application ownership", "platform configuration", "security oversight"]),
        role,
        answerable: z.array(answerable),
        remarks: z.array(
          z.strictObject({ text, how: text, at: text.exactOptional(), evidence: z.array(evidence) }),
        ),
        moreRemarks: count.exactOptional(),
        open: text.exactOptional().describe("what no document tells"),
      }),
    )
    .exactOptional()
    .describe("the decisions behind the exposure, by layer: a draft from what is on record"),
  recreation,
  controlPoint: z.strictObject({ kind: text, id: text, label: text }),
  accessPathKey: text,
  rules: z.array(z.strictObject({ id: text, because: text })),
  contain: task,
  trace: task,
  offspring: offspring.exactOptional(),
  containment: z
    .array(planStep)
    .describe("the order of work: stop, revoke, trace, rotate, narrow, retest, review"),
  fix: z.array(fixItem),
  supports: z.array(role),
  lead: decidedRole,
  leadBecause: text,
  commander: z.strictObject({ required: z.boolean(), because: text, person: text.exactOptional() }),
  authorities: z.strictObject({
    revoke: answerables,
    compensatingControl: answerables,
    residualRisk: answerables,
    privilegeChange: answerables,
    emergency: answerables,
  }),
  followUps: z.strictObject({
    accessReview: followUp,
    secretRotation: followUp,
    privilegeReduction: followUp,
  }),
  thirdParty: z
    .strictObject({ id: text, contract: text, technical: text, gap: text.exactOptional() })
    .exactOptional(),
  deadlines: z.array(
    z.strictObject({
      task: z.enum(["triage", "contain", "fix", "decide", "notify"]),
      due,
      rule: text,
      because: text,
    }),
  ),
  frameworks: z.array(
    z.strictObject({
      framework: text,
      version: text,
      id: text,
      reason: text,
      remappedFrom: text.exactOptional(),
    }),
  ),
  gaps: z.array(gap),
  changesIf: z.array(z.strictObject({ if: text, then: text })),
});
