import { z } from "zod";
import { account, id, policy, stated, tags, texts, time, tri } from "./scalars.js";

export const accountEntry = z
  .union([
    account.transform((value) => ({ id: value })),
    z.strictObject({
      id: account,
      name: z.string().optional(),
      provider: z.string().optional().describe("default: the part of the id before the colon"),
      organization: z
        .string()
        .optional()
        .describe(
          "id of the organisation, or `none`: the account stands alone, no SCP, RCP or other organisation policy binds it",
        ),
      ...stated,
    }),
  ])
  .describe("an account, subscription or project; the id alone will do");

const namedPolicy = z.strictObject({ name: z.string().default("inline"), document: policy, ...stated });

export const principalKinds = [
  "user",
  "role",
  "group",
  "root",
  "service-account",
  "managed-identity",
  "application",
  "federated-subject",
  "saml-subject",
  "service",
  "external-account",
  "person",
  "everyone",
] as const;

export const principalEntry = z
  .strictObject({
    id: id.describe("AWS: the ARN; else `PROVIDER:KIND/NAME`, e.g. `entra:app/1`, `user:ana`"),
    kind: z.enum(principalKinds).optional().describe("default: read from the id where it says so"),
    provider: z.string().optional(),
    account: account.optional(),
    name: z.string().optional(),
    path: z.string().optional(),
    uniqueId: z.string().optional(),
    createdAt: time.optional(),
    lastUsedAt: time.optional(),
    tags: tags.optional(),
    policies: z.array(namedPolicy).optional().describe("inline AWS policies"),
    attached: texts.optional().describe("ARNs of managed policies"),
    boundary: id.optional().describe("ARN of the permissions boundary"),
    groups: texts.optional().describe("ids of groups it is in"),
    trust: policy.optional().describe("AWS trust policy of a role"),
    console: z
      .strictObject({
        password: tri.default("unknown"),
        mfa: tri.default("unknown"),
        lastUsedAt: time.optional(),
        ...stated,
      })
      .optional(),
    immutable: z.enum(["service-linked", "aws-reserved"]).optional(),
    instanceProfiles: texts.optional(),
    ...stated,
  })
  .describe("an identity that can hold rights");

export const credentialKinds = [
  "access-key",
  "password",
  "ssh-key",
  "certificate",
  "service-specific",
  "hmac-key",
  "sas",
  "storage-key",
  "client-secret",
  "service-account-key",
  "personal-access-token",
  "oauth-grant",
  "session",
  "database-password",
] as const;

export const credentialEntry = z
  .strictObject({
    id: id.describe("`aws:access-key/AKIA…`, `secret:NAME`, `azure:sas/NAME`; never the secret itself"),
    kind: z.enum(credentialKinds).optional().describe("default: read from the id where it says so"),
    holder: id,
    status: z.enum(["active", "inactive", "expired", "deleted", "unknown"]).default("unknown"),
    createdAt: time.optional(),
    created: time.optional().describe("same as createdAt"),
    expiresAt: time.optional(),
    expires: time.optional().describe("same as expiresAt"),
    lastUsedAt: time.optional(),
    lastUsed: time.optional().describe("same as lastUsedAt"),
    lastUsedService: z.string().optional(),
    autoRotated: tri.default("unknown"),
    copies: z
      .array(
        z.union([
          z
            .string()
            .min(1)
            .transform((place) => ({ place, readableBy: "unknown" as const })),
          z.strictObject({
            place: z.string().min(1),
            at: z.string().optional(),
            readableBy: z.enum(["public", "leaked", "internal", "unknown"]).default("unknown"),
            ...stated,
          }),
        ]),
      )
      .default([])
      .describe("places where a copy of the secret lies"),
    consumers: texts.optional().describe("workloads or principals that use it"),
    ...stated,
  })
  .describe("a standing secret and its life");

export const trustEntry = z
  .strictObject({
    id: id.optional(),
    from: id.describe("a principal or account id, an OIDC subject pattern such as `repo:acme/*`, or `*`"),
    to: id,
    kind: z.enum(["principal", "external-account", "oidc", "saml", "service", "everyone"]).optional(),
    externalId: tri.default("unknown"),
    condition: z.string().optional(),
    ...stated,
  })
  .describe("who may become `to`, where no provider document says it");

export const grantEntry = z
  .strictObject({
    id: id.optional(),
    holder: id,
    effect: z.enum(["Allow", "Deny", "allow", "deny"]).default("Allow"),
    actions: texts.optional(),
    action: texts.optional().describe("same as actions"),
    resources: texts.optional(),
    resource: texts.optional().describe("same as resources"),
    condition: z.string().optional(),
    inheritedFrom: z.string().optional(),
    ...stated,
  })
  .refine((entry) => entry.actions !== undefined || entry.action !== undefined, { error: "write `actions`" })
  .refine((entry) => entry.resources !== undefined || entry.resource !== undefined, {
    error: "write `resources`",
  })
  .describe("a right that no provider document expresses; patterns with `*` and `?`");

export const consentEntry = z
  .strictObject({
    id: id.optional(),
    app: id,
    scopes: texts,
    grantedBy: z.string().optional(),
    createdAt: time.optional(),
    ...stated,
  })
  .describe("an OAuth or admin consent of an application");

export const providerEntry = z
  .strictObject({
    id,
    kind: z.enum(["oidc", "saml"]),
    account: account.optional(),
    url: z
      .string()
      .optional()
      .transform((value) => value?.replace(/^https:\/\//, "").replace(/\/$/, "")),
    clientIds: texts.optional(),
    ...stated,
  })
  .describe("an identity provider");

export const managedPolicyEntry = z
  .strictObject({
    arn: id,
    name: z.string().optional(),
    awsManaged: z.boolean().optional(),
    document: policy.optional(),
    versions: z
      .array(z.strictObject({ id, default: z.boolean().default(false), document: policy }))
      .optional(),
    ...stated,
  })
  .refine((entry) => (entry.document === undefined) !== (entry.versions === undefined), {
    error: "write either `document` or `versions`",
  })
  .describe("a managed AWS policy");

export const permissionSetEntry = z
  .strictObject({
    arn: id,
    name: z.string(),
    managed: texts.optional(),
    sessionDuration: z.string().optional(),
    ...stated,
  })
  .describe("an Identity Center permission set");

export const assignmentEntry = z
  .strictObject({
    permissionSet: id,
    account,
    principalKind: z.enum(["user", "group"]),
    principal: id,
    actor: id.optional(),
    ...stated,
  })
  .describe("an Identity Center account assignment");
