import type { Duty, Role } from "../../accountability/index.js";
import { parseArn, type Estate, type Workload } from "../../estate/index.js";

export type DutyId =
  | "patch"
  | "run"
  | "respond"
  | "identity"
  | "revoke"
  | "compensating-control"
  | "residual-risk"
  | "privilege-change"
  | "emergency"
  | "runtime-authority"
  | "access-decisions"
  | "command";

/** One thing that somebody has to answer for before anything happens (R43 to R51, R58 to R64, R70). */
export interface DutyKind {
  readonly id: DutyId;
  /** Heading of the column. */
  readonly title: string;
  readonly role: Role;
  /** From which tier on it has to be named (decision-rules.md, Tiers). */
  readonly fromTier: 1 | 2 | 3;
  /** From which tier on a deputy has to stand behind the name (tier 2; ownership.md 6c). */
  readonly deputy: boolean;
  /** Rows of requirements.md. */
  readonly rows: readonly string[];
  /** What the owner has to be able to do, where it is a call: asked of the access engine. Approving takes no right. */
  readonly calls?: (workload: Workload, estate: Estate) => readonly Duty[];
}

/** What stops a workload's own identity: sessions of its role, keys of its user. */
const cutOff = (workload: Workload, estate: Estate): readonly Duty[] =>
  workload.runsAs.flatMap((id): readonly Duty[] => {
    const principal = estate.principal(id);
    if (principal?.provider !== "aws" || principal.immutable !== undefined) return [];
    return principal.kind === "user"
      ? [{ action: "iam:UpdateAccessKey", resource: id }]
      : [{ action: "iam:PutRolePolicy", resource: id }];
  });

/** What the owner of an identity changes: who may become it. */
const retrust = (workload: Workload, estate: Estate): readonly Duty[] =>
  workload.runsAs.flatMap((id): readonly Duty[] => {
    const principal = estate.principal(id);
    return principal?.kind === "role" && principal.provider === "aws" && principal.immutable === undefined
      ? [{ action: "iam:UpdateAssumeRolePolicy", resource: id }]
      : [];
  });

/** One call per kind of thing that whoever runs it needs to close it. */
const closing: Readonly<Record<string, string>> = {
  s3: "s3:PutBucketPublicAccessBlock",
  lambda: "lambda:UpdateFunctionConfiguration",
  ec2: "ec2:ModifyInstanceMetadataOptions",
  rds: "rds:ModifyDBInstance",
  sqs: "sqs:SetQueueAttributes",
  sns: "sns:SetTopicAttributes",
  kms: "kms:PutKeyPolicy",
  ecs: "ecs:UpdateService",
  ecr: "ecr:SetRepositoryPolicy",
};

/** What whoever runs the workload changes on the first thing that it consists of. */
const reconfigure = (workload: Workload): readonly Duty[] =>
  workload.resources
    .flatMap((id): readonly Duty[] => {
      const action = closing[parseArn(id)?.service ?? ""];
      return action === undefined ? [] : [{ action, resource: id }];
    })
    .slice(0, 1);

export const duties: readonly DutyKind[] = [
  { id: "patch", title: "patch", role: "BUILD_OWNER", fromTier: 1, deputy: false, rows: ["R43", "R44"] },
  {
    id: "run",
    title: "run",
    role: "RUNTIME_OWNER",
    fromTier: 1,
    deputy: false,
    rows: ["R43", "R45"],
    calls: reconfigure,
  },
  {
    id: "respond",
    title: "respond",
    role: "INCIDENT_OWNER",
    fromTier: 1,
    deputy: false,
    rows: ["R43", "R46"],
  },
  {
    id: "identity",
    title: "identity",
    role: "WLID",
    fromTier: 1,
    deputy: false,
    rows: ["R15", "R53"],
    calls: retrust,
  },
  {
    id: "runtime-authority",
    title: "account",
    role: "RUNTIME_OWNER",
    fromTier: 1,
    deputy: false,
    rows: ["R49"],
  },
  { id: "access-decisions", title: "access", role: "IDGOV", fromTier: 1, deputy: false, rows: ["R51"] },
  { id: "revoke", title: "revoke", role: "REVOKER", fromTier: 2, deputy: true, rows: ["R58"], calls: cutOff },
  {
    id: "compensating-control",
    title: "control",
    role: "CC_APPROVER",
    fromTier: 2,
    deputy: true,
    rows: ["R59"],
  },
  { id: "residual-risk", title: "risk", role: "RISK_SIGNER", fromTier: 2, deputy: true, rows: ["R60"] },
  {
    id: "privilege-change",
    title: "privilege",
    role: "PRIV_APPROVER",
    fromTier: 2,
    deputy: true,
    rows: ["R64"],
  },
  {
    id: "emergency",
    title: "emergency",
    role: "EMERGENCY_APPROVER",
    fromTier: 2,
    deputy: true,
    rows: ["R63"],
  },
  { id: "command", title: "command", role: "IC", fromTier: 3, deputy: true, rows: ["R70"] },
];
