import { z } from "zod";
import { id, texts } from "../native-estate/scalars.js";

/** `{ Operator: { key: value } }`, as AWS writes conditions. */
const condition = z
  .record(
    z.string(),
    z.record(
      z.string(),
      z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number(), z.boolean()]))]),
    ),
  )
  .refine((value) => Object.values(value).some((keys) => Object.keys(keys).length > 0), {
    error: "write `{ Operator: { key: value } }`",
  })
  .describe("conditions as AWS writes them: `{ StringEquals: { key: value } }`");

const statementRef = {
  principal: id.exactOptional().describe("ARN of the identity whose policy it is"),
  resource: id.exactOptional().describe("or the resource"),
  policy: id
    .exactOptional()
    .describe("`inline/NAME`, `trust` or the ARN of a managed policy; with a resource its qualifier"),
  sid: z.string().exactOptional(),
  index: z.number().int().min(0).exactOptional().describe("0-based, where there is no Sid"),
} as const;

const document = z
  .union([z.record(z.string(), z.unknown()), z.string().min(1)], {
    error: "write a policy document or the path of its file",
  })
  .describe("a policy document, or the path of its file beside the change document");

/** One shape per change, by the key that names it. */
export const changeEntries = {
  set: z.strictObject({
    set: z
      .string()
      .regex(/^.+#.+$/, { error: "write `RESOURCE#PROPERTY`" })
      .describe("`RESOURCE#PROPERTY`: properties of the estate document, or `policy`"),
    to: z.json(),
  }),
  revoke: z.strictObject({ revoke: id.describe("credential: `aws:access-key/AKIA…`") }),
  rotate: z.strictObject({ rotate: id.describe("credential or secret") }),
  removeStatement: z.strictObject({ removeStatement: z.strictObject(statementRef) }),
  narrowStatement: z.strictObject({
    narrowStatement: z.strictObject({
      ...statementRef,
      actions: texts.optional().describe("what is kept"),
      resources: texts.optional().describe("what is kept"),
    }),
  }),
  addCondition: z.strictObject({ addCondition: z.strictObject({ ...statementRef, condition }) }),
  addStatement: z.strictObject({
    addStatement: z.strictObject({
      principal: id.exactOptional(),
      resource: id.exactOptional(),
      policy: z.string().exactOptional().describe("name of the inline policy; with a resource its qualifier"),
      document,
    }),
  }),
  removeAttachment: z.strictObject({
    removeAttachment: z.strictObject({ principal: id, policy: id.describe("ARN") }),
  }),
  removeMembership: z.strictObject({ removeMembership: z.strictObject({ principal: id, group: id }) }),
  tightenTrust: z.strictObject({
    tightenTrust: z.strictObject({
      role: id,
      condition,
      sid: z.string().exactOptional(),
      index: z.number().int().min(0).exactOptional(),
    }),
  }),
  removeTrust: z.strictObject({
    removeTrust: z.strictObject({
      role: id,
      principal: id.describe("as the trust names it, or `aws:ACCOUNT`"),
    }),
  }),
  disablePrincipal: z.strictObject({ disablePrincipal: id }),
  revokeSessions: z.strictObject({ revokeSessions: id }),
  removeConsent: z.strictObject({ removeConsent: z.strictObject({ app: id, scopes: texts }) }),
  addGuardrail: z.strictObject({
    addGuardrail: z.strictObject({
      kind: z.enum(["scp", "rcp"]),
      target: id.describe("`r-…`, `ou-…` or an account"),
      name: z.string().exactOptional(),
      document,
    }),
  }),
  federate: z.strictObject({
    federate: z.strictObject({
      credential: id,
      role: id.exactOptional().describe("the role that takes its place"),
      provider: id.exactOptional().describe("ARN of the OIDC provider"),
      condition: condition.exactOptional(),
    }),
  }),
  justInTime: z.strictObject({
    justInTime: z.strictObject({
      role: id,
      from: id.describe("who may ask: `saml:NAME`, or an ARN"),
      maxHours: z.number().positive().max(12).default(4),
    }),
  }),
  requireMfa: z.strictObject({ requireMfa: id }),
  replaceCode: z.strictObject({
    replaceCode: z.strictObject({
      address: z.string().min(1),
      set: z.record(z.string(), z.json()).describe("what it declares afterwards; null: no longer"),
    }),
  }),
  terraformPlan: z.strictObject({
    terraformPlan: z.string().min(1).describe("file of `terraform show -json PLAN`"),
  }),
  upgrade: z.strictObject({
    upgrade: z.strictObject({ component: z.string().min(1).describe("package URL"), to: z.string().min(1) }),
  }),
  pin: z.strictObject({ pin: z.strictObject({ uses: z.string().min(1), commit: z.string() }) }),
  isolate: z.strictObject({ isolate: id.describe("`workload:ID`") }),
} as const;

export type ChangeName = keyof typeof changeEntries;
export const changeNames = Object.keys(changeEntries) as ChangeName[];

export const changeDocumentName = "remit.change/1";

export const changeSchema = z
  .strictObject({
    schema: z.literal(changeDocumentName).optional(),
    version: z.literal(1),
    changes: z.array(z.union(Object.values(changeEntries))),
  })
  .describe("Proposed changes, in the order in which they are applied");
