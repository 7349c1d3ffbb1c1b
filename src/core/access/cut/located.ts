import type {
  Estate,
  Evidence,
  Grant,
  Origin,
  PolicyUse,
  Principal,
  PrincipalId,
  ResourceId,
  Statement,
} from "../../estate/index.js";
import { evidenceKey as keyOfEvidence, statementKey } from "../recreate/context.js";
import { indexOf } from "../change/place.js";
import type { StatementRef } from "../change/change.js";

/** A statement that some hop rests on, where it stands and who has it. */
export interface Located {
  /** Stable within one estate. */
  readonly key: string;
  readonly ref: StatementRef;
  readonly use: PolicyUse;
  readonly statement: Statement;
  readonly kind: "inline" | "group" | "managed" | "aws-managed" | "trust" | "resource";
  /** Identity, group or role that has the policy; absent for policies that several may have and for resources. */
  readonly holder?: PrincipalId;
  readonly resource?: ResourceId;
  /** ARN of a managed policy. */
  readonly policy?: string;
}

/** Finds what evidence points to. */
export interface Places {
  statement(evidence: Evidence, holder: PrincipalId): Located | undefined;
  nativeGrant(evidence: Evidence): Grant | undefined;
  /** Identities that hold a statement: those with the inline policy, the attachment, or in the group. */
  holdersOf(located: Located): readonly PrincipalId[];
}

export function createPlaces(estate: Estate): Places {
  const known = new Map<string, Located>();
  const add = (
    use: PolicyUse,
    origins: readonly Origin[],
    rest: Omit<Located, "key" | "use" | "statement">,
  ): void => {
    for (const statement of use.document.statements) {
      const at = { ...rest, ref: { ...rest.ref, index: indexOf(statement), ...sidOf(statement) } };
      for (const origin of origins) {
        const key = statementKey(origin, statement.pointer);
        if (!known.has(key)) known.set(key, { ...at, key, use, statement });
      }
    }
  };
  for (const principal of estate.principals) {
    const { id, kind, trustPolicy } = principal;
    for (const use of principal.inline)
      add(use, [use.origin], {
        kind: kind === "group" ? "group" : "inline",
        ref: { principal: id, policy: `inline/${use.name}` },
        holder: id,
      });
    if (trustPolicy !== undefined)
      add(trustPolicy, [trustPolicy.origin], {
        kind: "trust",
        ref: { principal: id, policy: "trust" },
        holder: id,
      });
  }
  for (const { arn, awsManaged, versions } of estate.managedPolicies) {
    for (const { use, copies, isDefault } of versions) {
      if (!isDefault) continue;
      add(use, [use.origin, ...(copies ?? [])], {
        kind: awsManaged ? "aws-managed" : "managed",
        ref: { policy: arn },
        policy: arn,
      });
    }
  }
  for (const { id, policies } of estate.resources)
    for (const [qualifier, use] of policies ?? [])
      add(use, [use.origin], { kind: "resource", ref: { resource: id, policy: qualifier }, resource: id });
  const grants = new Map(estate.grants.map((grant) => [statementKey(grant.origin, ""), grant]));
  const published = createPublished(estate);
  const attached = attachments(estate);
  return {
    statement: (evidence, holder) => known.get(keyOfEvidence(evidence)) ?? published(evidence, holder),
    nativeGrant: (evidence) => grants.get(keyOfEvidence(evidence)),
    holdersOf({ kind, holder, policy }) {
      if (kind === "group" && holder !== undefined) return estate.membersOf(holder).map(({ id }) => id);
      if (policy !== undefined) return attached().get(policy) ?? [];
      return holder === undefined ? [] : [holder];
    },
  };
}

const sidOf = ({ sid }: Statement): { sid?: string } => (sid === undefined ? {} : { sid });

/**
 * Policies of AWS whose text the estate does not hold are judged by their published copy, which stands in no file of the
 * user: what can be changed is that they are attached.
 */
function createPublished(estate: Estate): (evidence: Evidence, holder: PrincipalId) => Located | undefined {
  return ({ pointer = "", document, excerpt, digest }, holder) => {
    if (!document.endsWith("aws-managed-policies.json")) return undefined;
    const [, , escaped = ""] = pointer.split("/");
    const name = escaped.replaceAll("~1", "/").replaceAll("~0", "~");
    const principal = estate.principal(holder);
    const owners = [principal, ...(principal?.groups ?? []).map((group) => estate.principal(group))];
    for (const owner of owners) {
      const policy = owner?.attached.find(({ arn }) => arn.endsWith(`:policy/${name}`));
      if (policy === undefined || owner === undefined) continue;
      const use: PolicyUse = {
        name,
        document: { version: "2012-10-17", statements: [] },
        origin: policy.origin,
      };
      const statement: Statement = {
        pointer,
        effect: "Allow",
        action: { negated: false, patterns: ["*"] },
        conditions: [],
      };
      return {
        key: `${digest}#${pointer}`,
        kind: "aws-managed",
        ref: { policy: policy.arn },
        use,
        statement: excerpt === "" ? statement : { ...statement, sid: name },
        policy: policy.arn,
      };
    }
    return undefined;
  };
}

/** Who has a managed policy, by itself or through a group; built when it is first asked. */
function attachments(estate: Estate): () => ReadonlyMap<string, readonly PrincipalId[]> {
  let found: Map<string, PrincipalId[]> | undefined;
  const add = (arn: string, { id }: Principal): void => {
    const list = found?.get(arn);
    if (list === undefined) found?.set(arn, [id]);
    else if (!list.includes(id)) list.push(id);
  };
  return () => {
    if (found !== undefined) return found;
    found = new Map();
    for (const principal of estate.principals) {
      for (const { arn } of principal.attached) {
        if (principal.kind !== "group") add(arn, principal);
        else for (const member of estate.membersOf(principal.id)) add(arn, member);
      }
    }
    return found;
  };
}
