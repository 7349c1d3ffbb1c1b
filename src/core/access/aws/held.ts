import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type {
  ConditionClause,
  Estate,
  PolicyUse,
  Principal,
  PrincipalId,
  Statement,
} from "../../estate/index.js";
import type {
  ManagedPolicyDocument,
  ManagedPolicyReference,
  ManagedPolicyStatement,
} from "./managed-policies.js";
import { managedUse } from "../managed-use.js";
import { missing } from "./missing.js";
import type { Actor, Attachment } from "./model.js";

/** Finds the policies that principals hold: their own, attached ones, those of their groups, native grants. */
export interface Holdings {
  of(actor: Actor): readonly Attachment[];
  /** Undefined: no boundary is set. */
  boundaryOf(actor: Actor): Attachment | undefined;
}

type AttachedPolicy = Principal["attached"][number];

/** Actors whose policies are at hand; few actors are asked about again and again. */
const mostRecent = 8192;

export function holdingsOf(
  estate: Estate,
  reference: ManagedPolicyReference | undefined,
  native: ReadonlyMap<PrincipalId, readonly PolicyUse[]>,
): Holdings {
  const published = new Map<string, PolicyUse | undefined>();
  const resolve = ({ arn, origin }: AttachedPolicy): PolicyUse | undefined => {
    const own = managedUse(estate.managedPolicy(arn), origin);
    if (own !== undefined) return own;
    if (!published.has(arn)) published.set(arn, fromReference(arn, reference));
    return published.get(arn);
  };
  const attached = (policy: AttachedPolicy, via: "attached" | "group"): Attachment => {
    const { arn } = policy;
    const use = resolve(policy);
    return use === undefined
      ? { kind: "missing", fact: missing.managedPolicy(arn), via }
      : { kind: "use", use, via };
  };
  const groups = new Map<PrincipalId, readonly Attachment[]>();
  const ofGroup = (id: PrincipalId): readonly Attachment[] => {
    const known = groups.get(id);
    if (known !== undefined) return known;
    const group: Principal | undefined = estate.principal(id);
    const found: readonly Attachment[] =
      group === undefined
        ? [{ kind: "missing", fact: missing.group(id), via: "group" }]
        : [
            ...group.inline.map((use): Attachment => ({ kind: "use", use, via: "group" })),
            ...group.attached.map((policy) => attached(policy, "group")),
            ...(native.get(id) ?? []).map((use): Attachment => ({ kind: "use", use, via: "group" })),
          ];
    groups.set(id, found);
    return found;
  };
  // By the actor itself: an identity that does not exist yet may bear the name of one that does.
  const recent = new Map<Actor, readonly Attachment[]>();
  const collect = ({ id, principal }: Actor): readonly Attachment[] => {
    const granted = (native.get(id) ?? []).map((use): Attachment => ({ kind: "use", use, via: "native" }));
    if (principal === undefined) return granted;
    return [
      ...principal.inline.map((use): Attachment => ({ kind: "use", use, via: "inline" })),
      ...principal.attached.map((policy) => attached(policy, "attached")),
      ...principal.groups.flatMap(ofGroup),
      ...granted,
    ];
  };
  return {
    of(actor) {
      const before = recent.get(actor);
      if (before !== undefined) return before;
      const found = collect(actor);
      if (recent.size >= mostRecent) recent.clear();
      recent.set(actor, found);
      return found;
    },
    boundaryOf({ principal }) {
      return principal?.boundary === undefined ? undefined : attached(principal.boundary, "attached");
    },
  };
}

/** A policy of AWS whose document the estate does not hold: the published default version, marked as such. */
function fromReference(arn: string, reference: ManagedPolicyReference | undefined): PolicyUse | undefined {
  const document = reference?.document(arn);
  if (reference === undefined || document === undefined) return undefined;
  const name = arn.slice(arn.indexOf(":policy/") + ":policy/".length);
  const digest = reference.digest ?? bytesToHex(sha256(utf8ToBytes(JSON.stringify(document))));
  return {
    name: `AWS managed policy ${name.slice(name.lastIndexOf("/") + 1)}, version as of ${reference.version}`,
    document: { version: document.Version, statements: statementsOf(document) },
    origin: {
      source: {
        path: "data/aws-managed-policies.json",
        digest,
        kind: "aws-managed-policy-reference",
        observedAt: reference.version,
      },
      pointer: `/policies/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
    },
  };
}

const statementsOf = ({ Statement: statements }: ManagedPolicyDocument): readonly Statement[] =>
  statements.map((statement, i) => ({
    // The reference holds the statements of a policy as a list.
    pointer: `/${i}`,
    effect: statement.Effect,
    action: {
      negated: statement.NotAction !== undefined,
      patterns: statement.NotAction ?? statement.Action ?? [],
    },
    resource: {
      negated: statement.NotResource !== undefined,
      patterns: statement.NotResource ?? statement.Resource ?? [],
    },
    conditions: clausesOf(statement),
  }));

function clausesOf({ Condition }: ManagedPolicyStatement): readonly ConditionClause[] {
  return Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => ({
      operator,
      key,
      values: (Array.isArray(value) ? (value as readonly (string | number | boolean)[]) : [value]).map(
        String,
      ),
    })),
  );
}
