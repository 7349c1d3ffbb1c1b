import { z } from "zod";
import { roles } from "../../core/accountability/index.js";
import { account, id, stated, texts, time, tri } from "../native-estate/scalars.js";
import { duration, oneName, scope } from "./scalars.js";

const name = oneName("write one name, the id of a person or team; a second one is the `deputy`");
const reason = z.string({ error: "write a reason" }).trim().min(1, "write a reason");
const role = z.enum(roles);
const plane = z
  .union([name.transform((owner) => ({ owner })), z.strictObject({ owner: name, deputy: name.optional() })], {
    error: "write a name, or `{ owner: …, deputy: … }`",
  })
  .describe("owner of one control plane, with deputy");

const deadlinePack = z.enum(["default", "bod-26-04", "ssvc", "fedramp-vdr", "nis2", "dora", "own"]);

export const policyBlock = z
  .strictObject({
    regulated: tri.optional().describe("follow-ups are mandatory; unknown counts as true, marked assumed"),
    deadlines: z
      .union([deadlinePack, z.array(deadlinePack).max(20)])
      .optional()
      .describe("rule books of deadlines, beside the product's own posture clock"),
    ownDeadlines: z
      .array(
        z.strictObject({
          task: z.enum(["triage", "contain", "fix", "notify"]),
          within: duration,
          kinds: z.array(z.enum(["posture", "flaw", "secret", "identity"])).default([]),
          when: z.record(z.string(), z.boolean()).default({}).describe("facts that have to be proven so"),
          reason: z.string().min(1),
        }),
      )
      .max(100)
      .optional()
      .describe("what `deadlines: own` sets: the first line of a task whose conditions hold"),
    commander: z.strictObject({ maxDomains: z.number().int().min(1).max(20).optional() }).optional(),
    shortLived: duration.optional().describe("longest life of a credential that counts as short-lived"),
    patchOwnershipAlone: z.boolean().optional().describe("D10 may be used at all"),
    sharedCause: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe("share of exposures from which a cause is shared"),
    jitMax: duration.optional().describe("longest elevation that counts as just-in-time"),
    maxEstateAge: duration.optional().describe("older estate data gives no verdict better than unknown"),
  })
  .describe("switches and limits");

/** The schema of one entry of each list; a wrong entry is rejected by its place, the others are used. */
export const catalogueEntries = {
  people: z.strictObject({
    id,
    name: z.string().min(1).optional().describe("default: the id"),
    active: z.boolean().default(true),
    leftAt: time.optional(),
    manager: name.optional(),
    principals: texts
      .optional()
      .describe("what the person signs in as: principal ids, `*` globs, `#` before the session name"),
    ...stated,
  }),
  teams: z
    .strictObject({
      id,
      role: role.optional(),
      roles: z.array(role).optional(),
      scope: scope.optional().describe("default: everywhere"),
      head: name.optional(),
      members: texts.optional().describe("people, and teams inside this one"),
      onCall: z.strictObject({ ical: z.string().min(1).optional() }).optional(),
      ...stated,
    })
    .describe("`role` or `roles`; a team without an active head or member owns nothing (R47)"),
  accounts: z.strictObject({
    id: account,
    name: z.string().min(1).optional(),
    owner: name.optional(),
    runtimeAuthority: oneName("write one name: an account has exactly one runtime authority (R49)")
      .optional()
      .describe("exactly one per account (R49)"),
    accessDecisions: name.optional().describe("who answers for runtime access decisions (R51)"),
    regulated: tri.optional(),
    environment: z
      .enum(["production", "test"])
      .optional()
      .describe("what reaches production from test is shown (NHI8)"),
    ...stated,
  }),
  workloads: z.strictObject({
    id,
    match: z
      .strictObject({
        resources: texts.optional(),
        principals: texts.optional(),
        repositories: texts.optional(),
      })
      .optional(),
    facts: z
      .strictObject({
        customerFacing: tri.optional(),
        privileged: tri.optional(),
        dataClass: z.string().min(1).optional(),
        mission: z.enum(["low", "medium", "high"]).optional(),
        agentic: tri.optional(),
      })
      .optional(),
    planes: z
      .strictObject({ build: plane.optional(), runtime: plane.optional(), incident: plane.optional() })
      .optional(),
    workloadIdentity: name.optional(),
    shared: z.strictObject({ builtBy: name.optional(), tenants: texts.optional() }).optional(),
    outsourced: id.optional().describe("id of a third party"),
    ...stated,
  }),
  workloadIdentities: z.strictObject({
    principal: id.describe("principal id, `*` globs allowed"),
    owner: name,
    deputy: name.optional(),
    proof: z.enum(["spiffe", "oidc", "held"]).default("held"),
    reviewedAt: time.optional().describe("day of the last access review (R53)"),
    reviewedBy: name.optional().describe("who reviewed it"),
    offboardedAt: time.optional().describe("from then on it has to be gone; what is left of it is a gap"),
    ...stated,
  }),
  authorities: z
    .strictObject({
      kind: z.enum(["revoke", "compensating-control", "residual-risk", "privilege-change", "emergency"]),
      credential: z.enum(["access-key", "oauth-app", "trust", "session", "sas", "password"]).optional(),
      scope,
      holder: name,
      deputy: name.optional(),
      until: time,
      ...stated,
    })
    .refine((entry) => entry.credential === undefined || entry.kind === "revoke", {
      error: "leave `credential` out: only the authority to revoke is given per kind of credential",
      path: ["credential"],
    }),
  commanders: z.strictObject({ person: name, deputy: name.optional(), ...stated }),
  thirdParties: z.strictObject({
    id,
    kind: z.enum(["vendor", "outsourced", "open-source", "affiliate", "we-are-vendor"]).default("vendor"),
    manager: name.optional(),
    contract: z
      .union(
        [
          z.literal("none"),
          z.strictObject({
            mustPatchWithin: duration.optional(),
            notice: duration.optional(),
            clause: z.string().min(1).optional(),
          }),
        ],
        { error: "write `none`, or what was agreed: `{ mustPatchWithin: P14D, notice: PT24H, clause: … }`" },
      )
      .optional(),
    technical: z
      .strictObject({ owner: name, lever: z.string().min(1), telemetry: z.string().min(1).optional() })
      .optional(),
    match: z
      .strictObject({
        accounts: z.union([account, z.array(account)]).optional(),
        purls: texts.optional(),
        apps: texts.optional(),
        issuers: texts.optional(),
      })
      .optional(),
    ...stated,
  }),
  sanctioned: z
    .strictObject({
      kind: z.enum(["just-in-time", "break-glass", "gated-pipeline"]),
      entry: z.strictObject({ role: id, from: id }).describe("the identity that is entered, and from where"),
      reason,
      approvedBy: name,
      until: time,
      approvalByOther: tri.optional().describe("elevation needs the approval of somebody else"),
      endsWithin: duration.optional().describe("elevation ends by itself"),
      mfaRequired: tri.optional().describe("entry needs a second factor"),
      loggedElsewhere: tri.optional().describe("use is logged where the holder cannot change it"),
      ...stated,
    })
    .describe("sanctions an entry, never an identity; counts only when its conditions are proven"),
  intended: z
    .strictObject({
      resource: id.describe("resource id, `*` globs allowed"),
      weakness: id,
      reason,
      approvedBy: name,
      until: time,
      ...stated,
    })
    .describe("an exposure that is wanted; still shown"),
} as const;

export type CatalogueList = keyof typeof catalogueEntries;
export type CatalogueEntry<List extends CatalogueList> = z.output<(typeof catalogueEntries)[List]>;

export const ruleOverride = z.strictObject({
  rule: z
    .string()
    .regex(/^D(?:[1-9]|1[0-4])$/, "write a rule id, `D1` to `D14`: `docs/rules.md` lists them")
    .describe("rule id, `D1` to `D14`"),
  enabled: z.boolean(),
  reason,
});

export const weaknessOverride = z
  .strictObject({ actions: z.array(z.string().min(1)).min(1, "name at least one action"), reason })
  .describe("the actions that bring a weakness about, instead of the derived ones");

export const overridesBlock = z.strictObject({
  rules: z.array(ruleOverride).optional(),
  weaknessActions: z.record(z.string(), weaknessOverride).optional(),
});

export const catalogueSchemaName = "remit.catalogue/1";

/** The whole document, printed by `remit schema catalogue`. Unknown fields are errors: a typo must not hide an owner. */
export const catalogueSchema = z
  .strictObject({
    schema: z.literal(catalogueSchemaName).optional(),
    version: z.literal(1),
    policy: policyBlock.optional(),
    overrides: overridesBlock.optional(),
    ...listSchemas(),
  })
  .describe("Who is answerable: people, teams, workloads, authorities, third parties, sanctions");

/** A file of `--policy`: the `policy` block alone. Printed by `remit schema policy`. */
export const policySchema = z
  .strictObject({
    schema: z.literal("remit.policy/1").optional(),
    version: z.literal(1).optional(),
    policy: policyBlock,
  })
  .describe("Switches and limits, overriding those of the catalogue");

function listSchemas(): {
  [List in CatalogueList]: z.ZodOptional<z.ZodArray<(typeof catalogueEntries)[List]>>;
} {
  const lists = Object.entries(catalogueEntries).map(([list, entry]) => [
    list,
    z.array(entry as z.ZodType).optional(),
  ]);
  return Object.fromEntries(lists) as ReturnType<typeof listSchemas>;
}
