import type { Duty, OwnershipScope } from "./answerable.js";
import type { AuthorityGrant, AuthorityKind, Catalogue } from "./catalogue.js";
import type { Claim, Claims } from "./claim.js";
import { problem, type OwnerProblem } from "./owner-problem.js";
import type { Role } from "./role.js";
import { isPattern } from "./pattern-index.js";
import { rankOf } from "./scope-rank.js";
import { stillHolds } from "./until.js";

/** Roles that are recorded authorities (R58 to R60, R63, R64). */
export const authorityKinds: Partial<Record<Role, AuthorityKind>> = {
  REVOKER: "revoke",
  CC_APPROVER: "compensating-control",
  RISK_SIGNER: "residual-risk",
  PRIV_APPROVER: "privilege-change",
  EMERGENCY_APPROVER: "emergency",
};

const verbs: Readonly<Record<AuthorityKind, string>> = {
  revoke: "to revoke",
  "compensating-control": "to approve compensating controls",
  "residual-risk": "to sign residual risk",
  "privilege-change": "to approve privilege changes",
  emergency: "to approve emergency action",
};

type CredentialClass = NonNullable<AuthorityGrant["credential"]>;

/** Recorded authorities of one kind that fit; those that ended or fit another credential are named as void (R62). */
export function authorityClaims(
  kind: AuthorityKind,
  about: OwnershipScope,
  catalogue: Catalogue,
  now: string,
  duty: Duty | undefined,
): Claims {
  const found: Claim[] = [];
  const voids: OwnerProblem[] = [];
  const classes = kind === "revoke" ? classesOf(about, duty) : [];
  const others = new Set<string>();
  for (const grant of grantsOf(catalogue.authorities, kind, about)) {
    const rank = rankOf(grant.scope, about);
    if (rank === undefined) continue;
    const { credential } = grant;
    if (credential !== undefined && classes.length > 0 && !classes.includes(credential)) {
      others.add(credential);
      continue;
    }
    if (!stillHolds(grant.until, now)) {
      const deputy = grant.deputy === undefined ? "no deputy" : `deputy ${grant.deputy}`;
      voids.push(
        problem(
          "expired",
          `the authority of ${grant.holder} ${verbs[kind]} (${grant.scope}) ended ${grant.until.slice(0, 10)}: renew it; ${deputy}`,
        ),
      );
      continue;
    }
    found.push({
      holder: grant.holder,
      ...(grant.deputy === undefined ? {} : { deputy: grant.deputy }),
      via: `authority ${verbs[kind]}${credential === undefined ? "" : ` ${credential}`} for ${grant.scope}, until ${grant.until.slice(0, 10)}`,
      rank,
      direct: true,
      personal: true,
      origin: grant.origin,
    });
  }
  if (found.length === 0 && others.size > 0)
    voids.push(
      problem(
        "other-class",
        `the authority to revoke ${classes.join(" or ")} is not recorded, only ${[...others].sort().join(", ")}`,
      ),
    );
  return { found, void: voids };
}

interface GrantIndex {
  /** Positions by kind of those that are for more than one workload or account. */
  readonly wide: ReadonlyMap<AuthorityKind, readonly number[]>;
  /** Positions by kind and by the workload or account that they are for. */
  readonly own: ReadonlyMap<string, readonly number[]>;
}

const indexes = new WeakMap<readonly AuthorityGrant[], GrantIndex>();
const ofWorkload = "workload:";

/** Grants of a kind without those of other workloads and accounts, in the order of the catalogue. */
function grantsOf(
  grants: readonly AuthorityGrant[],
  kind: AuthorityKind,
  { workloads, accounts }: OwnershipScope,
): readonly AuthorityGrant[] {
  let index = indexes.get(grants);
  if (index === undefined) indexes.set(grants, (index = indexGrants(grants)));
  const { wide, own } = index;
  const found = [
    ...(wide.get(kind) ?? []),
    ...workloads.flatMap((id) => own.get(`${kind} ${ofWorkload}${id}`) ?? []),
    ...accounts.flatMap((id) => own.get(`${kind} ${id}`) ?? []),
  ];
  return [...new Set(found)].sort((a, b) => a - b).flatMap((at) => grants[at] ?? []);
}

function indexGrants(grants: readonly AuthorityGrant[]): GrantIndex {
  const wide = new Map<AuthorityKind, number[]>();
  const own = new Map<string, number[]>();
  grants.forEach(({ kind, scope }, at) => {
    if (scope.startsWith(ofWorkload) || !(isPattern(scope) || scope.startsWith("resource:")))
      put(own, `${kind} ${scope}`, at);
    else put(wide, kind, at);
  });
  return { wide, own };
}

function put<Key>(lists: Map<Key, number[]>, key: Key, at: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [at]);
  else list.push(at);
}

/** What has to be revoked: said by the call where one is asked for, else by the credentials of the question. */
function classesOf(about: OwnershipScope, duty: Duty | undefined): readonly CredentialClass[] {
  const byDuty = duty === undefined ? undefined : classOfAction(duty.action);
  if (byDuty !== undefined) return [byDuty];
  return [...new Set(about.credentials.flatMap((id) => classOfCredential(id) ?? []))];
}

function classOfAction(action: string): CredentialClass | undefined {
  if (/^iam:(Update|Delete)AccessKey$/i.test(action)) return "access-key";
  if (/^iam:(UpdateAssumeRolePolicy|DeleteOpenIDConnectProvider|DeleteSAMLProvider)$/i.test(action))
    return "trust";
  if (/^iam:(Delete|Update)LoginProfile$/i.test(action)) return "password";
  return undefined;
}

function classOfCredential(id: string): CredentialClass | undefined {
  if (/(^|:)access-key\//.test(id)) return "access-key";
  if (/(^|:)(password|database-password)\//.test(id)) return "password";
  if (/(^|:)(sas|storage-key)\//.test(id)) return "sas";
  if (/(^|:)session\//.test(id)) return "session";
  if (/(^|:)(oauth[a-z-]*|client-secret|consent|app)\//.test(id)) return "oauth-app";
  return undefined;
}
