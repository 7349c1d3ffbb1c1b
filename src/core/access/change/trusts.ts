import type {
  ConditionClause,
  Principal,
  PrincipalElement,
  PrincipalId,
  Statement,
} from "../../estate/index.js";
import type { Change } from "./change.js";
import type { Draft } from "./draft.js";
import { changeOrigin, indexOf } from "./place.js";
import type { Refusal } from "./policies.js";

type Of<Kind extends Change["kind"]> = Extract<Change, { readonly kind: Kind }>;

/** A role whose trust the account can change, with its statements. */
export function trusting(
  draft: Draft,
  id: PrincipalId,
): { readonly role: Principal; readonly statements: readonly Statement[] } | { readonly reason: string } {
  const role = draft.principal(id);
  if (role === undefined) return { reason: `the estate holds no identity \`${id}\`` };
  if (role.immutable !== undefined)
    return { reason: `\`${role.name}\` is ${role.immutable}: nobody of the account changes its trust` };
  if (role.trustPolicy === undefined) return { reason: `\`${role.name}\` has no trust policy in the estate` };
  return { role, statements: role.trustPolicy.document.statements };
}

export function putTrust(draft: Draft, role: Principal, statements: readonly Statement[]): void {
  const { trustPolicy } = role;
  if (trustPolicy === undefined) return;
  draft.putPrincipal({
    ...role,
    trustPolicy: { ...trustPolicy, document: { ...trustPolicy.document, statements } },
  });
}

export function tightenTrust(draft: Draft, { role: id, condition, sid, index }: Of<"tightenTrust">): Refusal {
  const found = trusting(draft, id);
  if ("reason" in found) return found.reason;
  if (condition.length === 0)
    return "`tightenTrust` holds no condition: write `{ Operator: { key: value } }`";
  const keys = new Set(condition.map(({ key }) => key.toLowerCase()));
  let touched = 0;
  const statements = found.statements.map((statement) => {
    const picked =
      sid === undefined && index === undefined
        ? speaksOf(statement, keys)
        : (sid === undefined || statement.sid === sid) &&
          (index === undefined || indexOf(statement) === index);
    if (statement.effect !== "Allow" || !picked) return statement;
    touched += 1;
    const kept = statement.conditions.filter(({ key }) => !keys.has(key.toLowerCase()));
    return { ...statement, conditions: [...kept, ...condition] };
  });
  if (touched === 0)
    return `the trust of \`${found.role.name}\` has no statement that \`${condition[0]?.key ?? ""}\` speaks of: name one by \`sid\` or \`index\``;
  putTrust(draft, found.role, statements);
  return undefined;
}

/** `HOST:sub` and `HOST:aud` speak of tokens of that issuer, `sts:ExternalId` of AWS accounts, others of any statement. */
function speaksOf({ principal }: Statement, keys: ReadonlySet<string>): boolean {
  if (principal === undefined) return false;
  return [...keys].some((key) => {
    if (key === "sts:externalid") return principal.aws.length > 0 || principal.any;
    if (key.startsWith("aws:") || key.startsWith("sts:") || key.startsWith("saml:")) return true;
    const issuer = key.slice(0, key.lastIndexOf(":"));
    return principal.federated.some((name) => name.toLowerCase().includes(issuer));
  });
}

export function removeTrust(draft: Draft, { role: id, principal }: Of<"removeTrust">): Refusal {
  const native = draft.list("trusts");
  const kept = native.filter(({ from, to }) => to !== id || !isSame(from, principal));
  if (kept.length < native.length) draft.putList("trusts", kept);
  const found = trusting(draft, id);
  if ("reason" in found) return kept.length < native.length ? undefined : found.reason;
  let taken = 0;
  const statements = found.statements.flatMap((statement) => {
    if (statement.effect !== "Allow" || statement.principal === undefined) return [statement];
    const next = withoutName(statement.principal, principal);
    if (next === statement.principal) return [statement];
    taken += 1;
    return next === undefined ? [] : [{ ...statement, principal: next }];
  });
  if (taken === 0)
    return kept.length < native.length
      ? undefined
      : `the trust of \`${found.role.name}\` does not name \`${principal}\``;
  putTrust(draft, found.role, statements);
  return undefined;
}

/** The element without a name; the same object where it does not hold it, undefined where nobody is left. */
function withoutName(element: PrincipalElement, name: string): PrincipalElement | undefined {
  const drop = (list: readonly string[]): readonly string[] =>
    list.some((item) => isSame(item, name)) ? list.filter((item) => !isSame(item, name)) : list;
  const any = element.any && name !== "*";
  const aws = drop(element.aws);
  const service = drop(element.service);
  const federated = drop(element.federated);
  const canonicalUser = drop(element.canonicalUser);
  if (
    any === element.any &&
    aws === element.aws &&
    service === element.service &&
    federated === element.federated &&
    canonicalUser === element.canonicalUser
  )
    return element;
  if (!any && aws.length + service.length + federated.length + canonicalUser.length === 0) return undefined;
  return { ...element, any, aws, service, federated, canonicalUser };
}

/** Twelve digits, `aws:DIGITS` and the root of the account are the same name (IAM, "AWS account principals"). */
function isSame(name: string, asked: string): boolean {
  return name === asked || accountNamed(name) === (accountNamed(asked) ?? "");
}

const accountNamed = (name: string): string | undefined =>
  /^(?:aws:)?(\d{12})$/.exec(name)?.[1] ?? /^arn:[^:]+:iam::(\d{12}):root$/.exec(name)?.[1];

export function federate(draft: Draft, change: Of<"federate">): Refusal {
  const credential = draft.credential(change.credential);
  if (credential === undefined) return `the estate holds no credential \`${change.credential}\``;
  if (change.role !== undefined) {
    const { provider } = change;
    if (provider === undefined)
      return "`federate` names a role and no provider: name the provider that mints tokens";
    if (change.condition.length === 0)
      return "`federate` says nothing of the subject: without a condition any token of the provider would enter";
    const found = trusting(draft, change.role);
    if ("reason" in found) return found.reason;
    putTrust(draft, found.role, [
      ...found.statements,
      admitting(federatedElement(provider), "sts:AssumeRoleWithWebIdentity", change.condition, "federated"),
    ]);
  }
  draft.putCredential({ ...credential, status: "deleted" });
  return undefined;
}

export function justInTime(
  draft: Draft,
  { role: id, from, maxHours }: Of<"justInTime">,
  at: number,
): Refusal {
  const role = draft.principal(id);
  if (role === undefined) return `the estate holds no identity \`${id}\``;
  const set = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(role.name)?.[1];
  if (role.immutable === "aws-reserved" && set !== undefined) {
    const arns = draft.base.permissionSets.filter(({ name }) => name === set).map(({ arn }) => arn);
    draft.putList(
      "assignments",
      draft
        .list("assignments")
        .filter(
          (item) =>
            item.account !== role.account ||
            (!arns.includes(item.permissionSet) && item.permissionSet !== set),
        ),
    );
  } else {
    const found = trusting(draft, id);
    if ("reason" in found) return found.reason;
    const named = namedBy(role, from);
    if (named === undefined) return `\`${from}\` cannot be named in a trust: write \`saml:NAME\` or an ARN`;
    // Services that run as the role are no standing entry of a person and stay.
    const services = found.statements.filter(({ principal }) => (principal?.service.length ?? 0) > 0);
    putTrust(draft, role, [...services, admitting(named.element, named.action, [], `jit-${String(at)}`)]);
  }
  draft.addSanction({
    kind: "just-in-time",
    role: id,
    from: set === undefined ? from : `sso:${set}`,
    reason: "proposed change: elevation by approval",
    approvedBy: "proposed",
    until: "9999-12-31",
    stated: {
      approvalByOther: true,
      endsWithinHours: maxHours,
      mfaRequired: "unknown",
      loggedElsewhere: "unknown",
    },
  });
  return undefined;
}

const nobodyElse = { negated: false, any: false, aws: [], service: [], federated: [], canonicalUser: [] };
const federatedElement = (provider: string): PrincipalElement => ({ ...nobodyElse, federated: [provider] });

function namedBy(
  role: Principal,
  from: string,
): { readonly element: PrincipalElement; readonly action: string } | undefined {
  const saml = /^saml:(.+)$/.exec(from)?.[1];
  if (saml !== undefined) {
    const partition = role.id.split(":")[1] ?? "aws";
    const account = role.account?.replace(/^aws:/, "") ?? "";
    return {
      element: federatedElement(`arn:${partition}:iam::${account}:saml-provider/${saml}`),
      action: "sts:AssumeRoleWithSAML",
    };
  }
  if (!from.startsWith("arn:")) return undefined;
  return from.includes(":oidc-provider/")
    ? { element: federatedElement(from), action: "sts:AssumeRoleWithWebIdentity" }
    : { element: { ...nobodyElse, aws: [from] }, action: "sts:AssumeRole" };
}

const admitting = (
  principal: PrincipalElement,
  action: string,
  conditions: readonly ConditionClause[],
  name: string,
): Statement => ({
  pointer: `/Statement/added-${name}`,
  effect: "Allow",
  action: { negated: false, patterns: [action] },
  principal,
  conditions,
});

/** Roles: sessions need a second factor. Users: their password does. */
export function requireMfa(draft: Draft, { principal: id }: Of<"requireMfa">, at: number): Refusal {
  const principal = draft.principal(id);
  if (principal === undefined) return `the estate holds no identity \`${id}\``;
  if (principal.kind !== "role") {
    if (principal.console === undefined && principal.provider === "aws")
      return `how \`${principal.name}\` signs in was not collected: a second factor cannot be judged`;
    draft.putPrincipal({
      ...principal,
      console: {
        password: true,
        origin: changeOrigin(at),
        ...principal.console,
        mfa: true,
      },
    });
    return undefined;
  }
  const found = trusting(draft, id);
  if ("reason" in found) return found.reason;
  const people = found.statements.filter(
    ({ effect, principal: who }) =>
      effect === "Allow" && who !== undefined && (who.any || who.aws.length > 0),
  );
  if (people.length === 0)
    return `nobody enters \`${principal.name}\` by a call that carries a second factor`;
  putTrust(
    draft,
    found.role,
    found.statements.map((statement) =>
      people.includes(statement)
        ? {
            ...statement,
            conditions: [
              ...statement.conditions,
              { operator: "Bool", key: "aws:MultiFactorAuthPresent", values: ["true"] },
            ],
          }
        : statement,
    ),
  );
  return undefined;
}
