import type { Candidate, HopCause } from "../core/access/index.js";
import type { Duty, OwnerFinder, OwnershipScope, Role } from "../core/accountability/index.js";
import { accountOfArn, principalId, resourceId, type Estate } from "../core/estate/index.js";

/** Who makes a change: the role of decision-rules.md C, and the best-known names for it. */
export interface CutOwner {
  readonly role: Role;
  readonly names: readonly string[];
  readonly inferred: boolean;
  readonly authority: "can" | "cannot" | "unknown";
  /** Role and first name: equal texts are one team. */
  readonly team: string;
}

const roleOf: Readonly<Record<HopCause, Role>> = {
  secret: "SECRETS",
  federation: "WLID",
  grant: "IDGOV",
  "account-trust": "IDGOV",
  flaw: "APP",
  guardrail: "PLATFORM",
  code: "APP",
  human: "IDGOV",
  root: "IDGOV",
  ci: "APP",
  setting: "CLOUD_OPS",
};

/** Where a role does not exist in a scope, rows 1 and 2 name who stands in for it. */
const standIn: Partial<Record<Role, Role>> = { SECRETS: "IDGOV", WLID: "RUNTIME_OWNER" };

export function cutOwners(estate: Estate, finder: OwnerFinder): (candidate: Candidate) => CutOwner {
  const known = new Map<string, CutOwner>();
  return (candidate) => {
    const key = `${candidate.cause} ${candidate.subject}`;
    let owner = known.get(key);
    if (owner === undefined) known.set(key, (owner = find(estate, finder, candidate)));
    return owner;
  };
}

function find(estate: Estate, finder: OwnerFinder, candidate: Candidate): CutOwner {
  const scope = scopeOf(estate, candidate.subject);
  const wanted = roleOf[candidate.cause];
  const role = finder.exists(wanted, scope) ? wanted : (standIn[wanted] ?? wanted);
  const { answerables } = finder.owners(role, scope, dutyOf(candidate));
  const [first] = answerables;
  const names = answerables
    .flatMap(({ person, team }) => person ?? team ?? [])
    .filter((name, at, all) => all.indexOf(name) === at)
    .slice(0, 3);
  return {
    role,
    names,
    inferred: first?.inferred ?? true,
    authority: first?.authority.verdict ?? "unknown",
    team: `${role} ${names[0] ?? ""}`,
  };
}

function scopeOf(estate: Estate, subject: string): OwnershipScope {
  const credential = estate.credentials.find(({ id }) => (id as string) === subject);
  const principal = estate.principal(principalId(credential?.holder ?? subject));
  const resource = estate.resource(resourceId(subject));
  const definitions = estate.definitions.filter(({ address }) => address === subject);
  const account =
    principal?.account ??
    resource?.account ??
    accountOfArn(subject) ??
    (/^[a-z]+:[^:/]+$/.test(subject) ? subject : undefined);
  return {
    accounts: account === undefined ? [] : [account],
    resources: [
      ...(resource === undefined ? [] : [resource.id]),
      ...definitions.flatMap(({ target }) => target ?? []),
    ],
    principals: principal === undefined ? [] : [principal.id],
    workloads: estate.workloads
      .filter(({ runsAs }) => principal !== undefined && runsAs.includes(principal.id))
      .map(({ id }) => id),
    files: definitions.flatMap(({ file, repository }) =>
      file === undefined ? [] : [{ file, ...(repository === undefined ? {} : { repository }) }],
    ),
    credentials: credential === undefined ? [] : [credential.id],
  };
}

/** The call whose right proves that somebody is able to make the change (R58). */
function dutyOf({ edit, subject }: Candidate): Duty | undefined {
  const on = (action: string, resource: string): Duty => ({ action, resource });
  if (edit.kind === "deny") return on(putPolicy(edit.principal), edit.principal);
  if (edit.kind !== "changes") {
    const { at } = edit;
    if (at.policy !== undefined) return on("iam:CreatePolicyVersion", at.policy);
    return at.holder === undefined ? undefined : on(putPolicy(at.holder), at.holder);
  }
  const [change] = edit.changes;
  switch (change?.kind) {
    case "removeTrust":
    case "tightenTrust":
    case "justInTime":
      return on("iam:UpdateAssumeRolePolicy", change.role);
    case "removeAttachment":
      return on(
        change.principal.includes(":role/") ? "iam:DetachRolePolicy" : "iam:DetachUserPolicy",
        change.principal,
      );
    case "removeMembership":
      return on("iam:RemoveUserFromGroup", change.group);
    case "revoke":
    case "federate":
      return subject.startsWith("aws:password/") ? undefined : on("iam:DeleteAccessKey", "*");
    case "removeStatement": {
      const { principal, policy } = change.statement;
      if (principal === undefined) return undefined;
      return policy === "trust"
        ? on("iam:UpdateAssumeRolePolicy", principal)
        : on(putPolicy(principal), principal);
    }
    case "set":
      return change.property.startsWith("s3.")
        ? on("s3:PutAccountPublicAccessBlock", "*")
        : change.property.startsWith("publicAccessBlock.")
          ? on("s3:PutBucketPublicAccessBlock", change.resource)
          : undefined;
    default:
      return undefined;
  }
}

const putPolicy = (id: string): string =>
  id.includes(":role/")
    ? "iam:PutRolePolicy"
    : id.includes(":group/")
      ? "iam:PutGroupPolicy"
      : "iam:PutUserPolicy";
