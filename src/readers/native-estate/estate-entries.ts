import { z } from "zod";
import { account, id, policy, stated, tags, texts, time, tri } from "./scalars.js";

const json: z.ZodType = z.unknown();

export const resourceEntry = z
  .strictObject({
    id: id.describe("AWS: the ARN; an account: its id; else the provider's own id or `KIND:NAME`"),
    kind: z
      .string()
      .optional()
      .describe("`SERVICE:TYPE`, e.g. `s3:bucket`; default: read from the ARN where it says so"),
    account: account.optional(),
    region: z.string().optional(),
    name: z.string().optional(),
    properties: z
      .record(z.string(), json)
      .default({})
      .describe("known settings; `unknown` says the same as leaving one out. Dotted names may be nested"),
    policy: z
      .union([policy, z.literal("none")])
      .optional()
      .describe("resource policy, or `none`: there is none"),
    policies: z
      .record(z.string(), policy)
      .optional()
      .describe("resource policies by qualifier (alias or version)"),
    tags: tags.optional(),
    runsAs: id.optional(),
    ...stated,
  })
  .describe("a thing that can be exposed");

export const workloadEntry = z
  .strictObject({
    id,
    name: z.string().optional(),
    account: account.optional(),
    runsAs: texts.optional(),
    resources: texts.optional(),
    exposed: tri.default("unknown").describe("reachable from the internet"),
    components: z
      .array(z.union([id, z.strictObject({ purl: id }).transform((item) => item.purl)]))
      .default([])
      .describe("package URLs"),
    repository: z.string().optional(),
    facts: z.record(z.string(), json).default({}),
    ...stated,
  })
  .describe("a deployed application");

export const linkEntry = z
  .strictObject({
    kind: z.enum(["repository-pipeline", "pipeline-role", "secret-copy", "created-by", "deploys"]),
    from: id,
    to: id,
    at: z.string().optional(),
    ...stated,
  })
  .describe("repository → pipeline → role, secret place → credential, thing → who created it");

export const eventEntry = z
  .strictObject({
    id: id.optional(),
    at: time,
    action: z.string().describe("`SERVICE:ACTION`"),
    account: account.optional(),
    region: z.string().optional(),
    actor: id.optional(),
    person: z.string().optional(),
    credential: id.optional(),
    targets: texts.optional(),
    error: z.string().optional().describe("set when the call was refused"),
    parameters: json.optional(),
    ...stated,
  })
  .describe("a recorded change");

export const incidentEntry = z
  .strictObject({
    id,
    declaredAt: time,
    scope: id.describe("`workload:ID`, a resource or principal id, or an account id"),
    exploited: tri.default("unknown"),
    used: texts.optional().describe("credentials or principals that the intruder is known to have used"),
    ...stated,
  })
  .describe("a declared incident");

export const closureEntry = z
  .strictObject({
    accessPathKey: id,
    closedAt: time,
    signer: z.string().optional(),
    remaining: texts.optional(),
    ...stated,
  })
  .describe("an earlier case on the same access path that was closed");

export const exposureEntry = z
  .strictObject({
    id: id.optional().describe("default: resource, weakness and part"),
    resource: id,
    account: account.optional(),
    weakness: id.describe("id of the registry, printed by `remit schema weakness`"),
    subLocator: z.string().optional().describe("which part of the resource; default: the credential"),
    severity: z.enum(["critical", "high", "medium", "low", "informational", "unknown"]).default("high"),
    state: z.enum(["open", "fixed"]).default("open"),
    credential: id.optional().describe("the secret that is the exposure, or that it hands out"),
    facts: z
      .record(z.string(), json)
      .default({})
      .describe("what is known of the exposure itself, e.g. `patchAvailable: false`"),
    ...stated,
  })
  .describe("an exposure that no scanner reports");

const onOff = z
  .union(
    [z.enum(["on", "off"]), z.boolean().transform((value) => (value ? ("on" as const) : ("off" as const)))],
    {
      error: "write on or off",
    },
  )
  .describe("on or off");

export const guardrailEntry = z
  .strictObject({ id, resource: id, state: onOff, kind: z.enum(["write", "effect"]), ...stated })
  .describe("a guard rail whose state is stated by hand or by another tool");

export const pipelineEntry = z
  .strictObject({
    id: id.describe("`OWNER/REPO#FILE`"),
    file: z.string().optional(),
    repository: z.string().optional().describe("default: the part of the id before `#`"),
    runsAs: id.optional(),
    uses: z
      .array(
        z.union([
          z
            .string()
            .min(1)
            .transform((ref) => ({ ref })),
          z.strictObject({ ref: z.string().min(1), pinned: tri.optional() }),
        ]),
      )
      .default([])
      .describe("actions or templates it uses; pinned: by a commit of 40 hex digits"),
    secrets: texts.optional(),
    ranAt: z.array(time).default([]),
    gate: z
      .strictObject({
        protectedRef: tri.default("unknown"),
        reviewRequired: tri.default("unknown"),
        adminBypass: tri.default("unknown"),
      })
      .optional(),
    ...stated,
  })
  .describe("a pipeline and the gate in front of it");

export const definitionEntry = z
  .strictObject({
    tool: z.enum(["terraform", "cloudformation", "controller", "other"]).default("other"),
    address: id,
    resourceType: z.string().optional(),
    target: id.optional(),
    file: z.string().optional(),
    line: z.number().int().positive().optional(),
    repository: z.string().optional(),
    pipeline: id.optional(),
    status: z.enum(["applied", "planned", "destroyed"]).default("applied"),
    declares: z.record(z.string(), json).default({}),
    tags: tags.optional(),
    ...stated,
  })
  .describe("a setting as code defines it");

export const coverageTopics = [
  "iam",
  "access-keys",
  "console",
  "root-credentials",
  "organization",
  "scp",
  "rcp",
  "org-s3-policy",
  "declarative-policies",
  "resource-policy",
  "inventory",
  "repository",
  "audit-log",
] as const;

export const coverageEntry = z
  .strictObject({
    topic: z
      .union([z.enum(coverageTopics), z.array(z.enum(coverageTopics))])
      .transform((value) => (typeof value === "string" ? [value] : value)),
    scope: texts.describe("account id, resource id, repository, or `ACCOUNT/KIND` for inventory"),
    ...stated,
  })
  .describe("what was collected completely, so that absence means absence");

const policyType = z.enum(["scp", "rcp", "s3", "declarative-ec2"]);

export const organizationEntry = z
  .strictObject({
    id,
    managementAccount: account.optional(),
    enabledPolicyTypes: z.array(policyType).optional(),
    nodes: z
      .array(
        z.strictObject({
          id,
          kind: z.enum(["root", "ou", "account"]).optional(),
          name: z.string().optional(),
          parent: id.optional(),
        }),
      )
      .default([]),
    policies: z
      .array(
        z.strictObject({
          id,
          type: policyType,
          name: z.string().optional(),
          awsManaged: z.boolean().default(false),
          document: policy.optional().describe("content of an SCP or RCP"),
          content: json.optional().describe("content of an S3 or declarative policy"),
          targets: texts.optional(),
          ...stated,
        }),
      )
      .default([]),
    delegatedAdministrators: z.array(z.strictObject({ account, service: z.string() })).default([]),
    ...stated,
  })
  .describe("an AWS organisation: its tree and policies");

export const codeOwnersEntry = z
  .strictObject({
    repository: z.string().optional(),
    dialect: z.enum(["github", "gitlab"]).optional(),
    text: z.string().describe("the file, line by line"),
    ...stated,
  })
  .describe("a CODEOWNERS file");

export const unknownEntry = z
  .strictObject({ key: id, fact: z.string(), collect: z.string(), ...stated })
  .describe("a fact that is known to be missing");
