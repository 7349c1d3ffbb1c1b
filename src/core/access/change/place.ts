import type {
  ManagedPolicy,
  Origin,
  PolicyDocument,
  PolicyUse,
  Principal,
  Resource,
  Statement,
} from "../../estate/index.js";
import type { StatementRef } from "./change.js";
import type { Draft } from "./draft.js";

/** The document that a reference names, and how to put another in its place. */
export interface Place {
  readonly use: PolicyUse;
  readonly put: (use: PolicyUse) => void;
}

export type Found<Value> = { readonly value: Value } | { readonly reason: string };

export const changeOrigin = (at: number): Origin => ({
  source: { path: "change", digest: "", kind: "remit-change" },
  pointer: `/changes/${String(at)}`,
});

/** Where a policy stands. Policies of AWS stand where nobody of us can change them. */
export function placeOf(draft: Draft, ref: StatementRef): Found<Place> {
  if (ref.principal !== undefined) {
    const principal = draft.principal(ref.principal);
    if (principal === undefined) return { reason: `the estate holds no identity \`${ref.principal}\`` };
    return policyOfPrincipal(draft, principal, ref.policy);
  }
  if (ref.resource !== undefined) {
    const resource = draft.resource(ref.resource);
    if (resource === undefined) return { reason: `the estate holds no resource \`${ref.resource}\`` };
    return policyOfResource(draft, resource, ref.policy ?? "");
  }
  const policy = ref.policy === undefined ? undefined : draft.managedPolicy(ref.policy);
  if (policy === undefined)
    return {
      reason: `the estate holds no managed policy \`${ref.policy ?? ""}\`; name a principal or a resource`,
    };
  return managed(draft, policy);
}

function policyOfPrincipal(draft: Draft, principal: Principal, policy: string | undefined): Found<Place> {
  if (principal.immutable !== undefined)
    return { reason: `\`${principal.name}\` is ${principal.immutable}: nobody of the account changes it` };
  if (policy === "trust") {
    const { trustPolicy } = principal;
    return trustPolicy === undefined
      ? { reason: `\`${principal.name}\` has no trust policy` }
      : {
          value: {
            use: trustPolicy,
            put: (use) => draft.putPrincipal({ ...principal, trustPolicy: use }),
          },
        };
  }
  if (policy?.startsWith("arn:") === true) {
    const known = draft.managedPolicy(policy);
    if (known === undefined || !principal.attached.some(({ arn }) => arn === policy))
      return { reason: `\`${policy}\` is not attached to \`${principal.name}\`` };
    return managed(draft, known);
  }
  const name = policy?.replace(/^inline\//, "");
  const use = principal.inline.find((item) => item.name === name);
  if (use === undefined) {
    const known = principal.inline.map((item) => `\`inline/${item.name}\``);
    return {
      reason: `\`${principal.name}\` has no policy \`${policy ?? ""}\`${known.length === 0 ? "" : `; it has ${known.join(", ")}`}`,
    };
  }
  return {
    value: {
      use,
      put: (next) => {
        const now = draft.principal(principal.id) ?? principal;
        draft.putPrincipal({
          ...now,
          inline: now.inline.map((item) => (item.name === use.name ? next : item)),
        });
      },
    },
  };
}

function policyOfResource(draft: Draft, resource: Resource, qualifier: string): Found<Place> {
  const use = resource.policies?.get(qualifier);
  if (use === undefined)
    return {
      reason: `\`${resource.id}\` has no policy${qualifier === "" ? "" : ` of \`${qualifier}\``} in the estate`,
    };
  return {
    value: {
      use,
      put: (next) =>
        draft.putResource({
          ...resource,
          policies: new Map([...(resource.policies ?? []), [qualifier, next]]),
        }),
    },
  };
}

function managed(draft: Draft, policy: ManagedPolicy): Found<Place> {
  if (policy.awsManaged)
    return {
      reason: `\`${policy.name}\` is a policy of AWS and cannot be changed: take it off with \`removeAttachment\``,
    };
  const version = policy.versions.find(({ isDefault }) => isDefault);
  if (version === undefined) return { reason: `\`${policy.arn}\` has no version in force in the estate` };
  return {
    value: {
      use: version.use,
      put: (use) =>
        draft.putManagedPolicy({
          ...policy,
          versions: policy.versions.map((item) => (item === version ? { ...item, use } : item)),
        }),
    },
  };
}

/** The statement of a document that `sid` or `index` names; the only one where neither is given. */
export function statementIn(document: PolicyDocument, ref: StatementRef): Found<Statement> {
  const { statements } = document;
  const { sid, index } = ref;
  if (sid !== undefined) {
    const named = statements.filter((item) => item.sid === sid);
    const [only] = named;
    if (only !== undefined && named.length === 1) return { value: only };
    return {
      reason:
        only === undefined
          ? `no statement has the Sid \`${sid}\``
          : `several statements have the Sid \`${sid}\`: name one by \`index\``,
    };
  }
  if (index !== undefined) {
    const found = statements.find((item) => indexOf(item) === index);
    return found === undefined
      ? { reason: `the policy has no statement at index ${String(index)}` }
      : { value: found };
  }
  const [only] = statements;
  return only !== undefined && statements.length === 1
    ? { value: only }
    : { reason: `the policy has ${String(statements.length)} statements: name one by \`sid\` or \`index\`` };
}

/** `/Statement/2` is 2; a single object is 0. Pointers stay what they were when others are removed. */
export function indexOf(statement: Statement): number {
  const at = Number(statement.pointer.slice(statement.pointer.lastIndexOf("/") + 1));
  return Number.isInteger(at) ? at : 0;
}

/** Replaces a statement by another, or by none. */
export const withStatement = (
  use: PolicyUse,
  before: Statement,
  after: Statement | undefined,
): PolicyUse => ({
  ...use,
  document: {
    ...use.document,
    statements: use.document.statements.flatMap((item) =>
      item === before ? (after === undefined ? [] : [after]) : [item],
    ),
  },
});
