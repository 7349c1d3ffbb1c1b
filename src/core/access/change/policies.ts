import type { PolicyDocument, PolicyUse, PrincipalId, ResourceId, Statement } from "../../estate/index.js";
import { globMatches } from "../glob.js";
import type { Change } from "./change.js";
import type { Draft } from "./draft.js";
import { changeOrigin, placeOf, statementIn, withStatement } from "./place.js";

type Of<Kind extends Change["kind"]> = Extract<Change, { readonly kind: Kind }>;
/** Undefined: done. Else why it names nothing, or nothing that can be changed. */
export type Refusal = string | undefined;

export function removeStatement(draft: Draft, { statement }: Of<"removeStatement">): Refusal {
  const native = /^grant\/(.+)$/.exec(statement.policy ?? "")?.[1];
  if (native !== undefined) return removeGrant(draft, native, statement.principal);
  return editStatement(draft, statement, () => ({ after: undefined }));
}

/** A right of the native estate document: `{ principal, policy: grant/ID }`. */
function removeGrant(draft: Draft, id: string, holder: PrincipalId | undefined): Refusal {
  const grants = draft.list("grants");
  const kept = grants.filter((item) => item.id !== id || (holder !== undefined && item.holder !== holder));
  if (kept.length === grants.length) return `the estate holds no grant \`${id}\``;
  draft.putList("grants", kept);
  return undefined;
}

export function narrowStatement(
  draft: Draft,
  { statement, actions, resources }: Of<"narrowStatement">,
): Refusal {
  if (actions === undefined && resources === undefined)
    return "`narrowStatement` says neither `actions` nor `resources`: name what is to be kept";
  return editStatement(draft, statement, (before) => {
    const wide =
      before.effect === "Deny"
        ? undefined
        : (actions?.find((item) => !within(before.action, item.toLowerCase(), lower)) ??
          (before.resource === undefined
            ? resources?.[0]
            : resources?.find((item) => !within(before.resource, item, same))));
    if (wide !== undefined)
      return { reason: `\`${wide}\` is not within what the statement gives: narrowing only takes away` };
    return {
      after: {
        ...before,
        ...(actions === undefined ? {} : { action: { negated: false, patterns: actions } }),
        ...(resources === undefined ? {} : { resource: { negated: false, patterns: resources } }),
      },
    };
  });
}

const lower = (text: string): string => text.toLowerCase();
const same = (text: string): string => text;

/** A pattern all of whose matches are among those of the list. Text against glob: `s3:Get*` lies within `s3:*`. */
function within(
  list: Statement["action"] | undefined,
  pattern: string,
  fold: (text: string) => string,
): boolean {
  if (list === undefined) return false;
  if (!list.negated) return list.patterns.some((item) => globMatches(fold(item), pattern));
  return !list.patterns.some((item) => globMatches(fold(item), pattern) || globMatches(pattern, fold(item)));
}

export function addCondition(draft: Draft, { statement, condition }: Of<"addCondition">): Refusal {
  if (condition.length === 0)
    return "`addCondition` holds no condition: write `{ Operator: { key: value } }`";
  return editStatement(draft, statement, (before) => ({
    after: { ...before, conditions: [...before.conditions, ...condition] },
  }));
}

function editStatement(
  draft: Draft,
  ref: Of<"removeStatement">["statement"],
  edit: (before: Statement) => { readonly after: Statement | undefined } | { readonly reason: string },
): Refusal {
  const place = placeOf(draft, ref);
  if ("reason" in place) return place.reason;
  const { use, put } = place.value;
  const found = statementIn(use.document, ref);
  if ("reason" in found) return `policy \`${use.name}\`: ${found.reason}`;
  const edited = edit(found.value);
  if ("reason" in edited) return edited.reason;
  put(withStatement(use, found.value, edited.after));
  return undefined;
}

export function addStatement(draft: Draft, change: Of<"addStatement">, at: number): Refusal {
  const { principal, resource, policy, document } = change;
  if (document.statements.length === 0) return "the document to add holds no statement";
  if (principal !== undefined) return addToPrincipal(draft, principal, policy, document, at);
  if (resource !== undefined) return addToResource(draft, resource, policy, document, at);
  return "`addStatement` names neither a principal nor a resource";
}

function addToPrincipal(
  draft: Draft,
  id: PrincipalId,
  policy: string,
  document: PolicyDocument,
  at: number,
): Refusal {
  const principal = draft.principal(id);
  if (principal === undefined) return `the estate holds no identity \`${id}\``;
  if (principal.immutable !== undefined)
    return `\`${principal.name}\` is ${principal.immutable}: nobody of the account changes it`;
  const name = policy.replace(/^inline\//, "");
  const own = principal.inline.find((use) => use.name === name);
  const use: PolicyUse =
    own === undefined
      ? { name, document, origin: changeOrigin(at) }
      : {
          ...own,
          document: { ...own.document, statements: [...own.document.statements, ...newly(document, at)] },
        };
  draft.putPrincipal({
    ...principal,
    inline:
      own === undefined
        ? [...principal.inline, use]
        : principal.inline.map((item) => (item === own ? use : item)),
  });
  return undefined;
}

function addToResource(
  draft: Draft,
  id: ResourceId,
  qualifier: string,
  document: PolicyDocument,
  at: number,
): Refusal {
  const resource = draft.resource(id);
  if (resource === undefined) return `the estate holds no resource \`${id}\``;
  if (resource.policies === undefined)
    return `the policy of \`${id}\` was not collected: what is added to it cannot be judged`;
  const own = resource.policies.get(qualifier);
  const use: PolicyUse =
    own === undefined
      ? { name: "resource policy", document, origin: changeOrigin(at) }
      : {
          ...own,
          document: { ...own.document, statements: [...own.document.statements, ...newly(document, at)] },
        };
  draft.putResource({ ...resource, policies: new Map([...resource.policies, [qualifier, use]]) });
  return undefined;
}

/** Places of their own, so that no statement of the document before bears the same name. */
const newly = (document: PolicyDocument, at: number): readonly Statement[] =>
  document.statements.map((item, i) => ({ ...item, pointer: `/Statement/added-${String(at)}-${String(i)}` }));

export function removeAttachment(draft: Draft, { principal: id, policy }: Of<"removeAttachment">): Refusal {
  const principal = draft.principal(id);
  if (principal === undefined) return `the estate holds no identity \`${id}\``;
  if (principal.immutable !== undefined)
    return `\`${principal.name}\` is ${principal.immutable}: nobody of the account changes it`;
  const attached = principal.attached.filter(({ arn }) => arn !== policy);
  if (attached.length === principal.attached.length)
    return `\`${policy}\` is not attached to \`${principal.name}\``;
  draft.putPrincipal({ ...principal, attached });
  return undefined;
}

export function removeMembership(draft: Draft, { principal: id, group }: Of<"removeMembership">): Refusal {
  const principal = draft.principal(id);
  if (principal === undefined) return `the estate holds no identity \`${id}\``;
  if (!principal.groups.includes(group)) return `\`${principal.name}\` is no member of \`${group}\``;
  draft.putPrincipal({ ...principal, groups: principal.groups.filter((item) => item !== group) });
  return undefined;
}
