import type {
  Estate,
  ManagedPolicy,
  PolicyDocument,
  PrincipalId,
  PrincipalKind,
  Resource,
} from "../../../estate/index.js";
import type { Change } from "../../change/change.js";

/** A policy document that a change replaces: where it stands, and its text before and after. Absent: there is none. */
export interface TouchedPolicy {
  readonly place:
    | {
        readonly kind: "inline";
        readonly holder: PrincipalKind;
        readonly id: PrincipalId;
        readonly name: string;
        readonly policy: string;
      }
    | { readonly kind: "trust"; readonly id: PrincipalId; readonly name: string }
    | { readonly kind: "managed"; readonly policy: ManagedPolicy }
    | { readonly kind: "resource"; readonly resource: Resource; readonly qualifier: string };
  readonly before?: PolicyDocument;
  readonly after?: PolicyDocument;
}

/** The document that a change is about, in the estate as it is before it and as it is after it. */
export function touchedPolicies(before: Estate, after: Estate, change: Change): readonly TouchedPolicy[] {
  switch (change.kind) {
    case "removeStatement":
    case "narrowStatement":
    case "addCondition": {
      const { principal, resource, policy } = change.statement;
      if (principal !== undefined && policy === "trust") return trust(before, after, principal);
      if (principal !== undefined && policy?.startsWith("arn:") !== true)
        return inline(before, after, principal, (policy ?? "").replace(/^inline\//, ""));
      if (resource !== undefined) return ofResource(before, after, resource, policy ?? "");
      return managed(before, after, policy ?? "");
    }
    case "addStatement":
      if (change.principal !== undefined)
        return inline(before, after, change.principal, change.policy.replace(/^inline\//, ""));
      return change.resource === undefined ? [] : ofResource(before, after, change.resource, change.policy);
    case "tightenTrust":
    case "removeTrust":
    case "justInTime":
      return trust(before, after, change.role);
    case "requireMfa":
      return trust(before, after, change.principal);
    case "federate":
      return change.role === undefined ? [] : trust(before, after, change.role);
    case "set":
      return change.property === "policy" ? ofResource(before, after, change.resource, "") : [];
    default:
      return [];
  }
}

type Documents = Pick<TouchedPolicy, "before" | "after">;

const documents = (before: PolicyDocument | undefined, after: PolicyDocument | undefined): Documents => ({
  ...(before === undefined || before.statements.length === 0 ? {} : { before }),
  ...(after === undefined || after.statements.length === 0 ? {} : { after }),
});

function inline(before: Estate, after: Estate, id: PrincipalId, policy: string): readonly TouchedPolicy[] {
  const holder = before.principal(id);
  if (holder === undefined || holder.provider !== "aws") return [];
  const of = (estate: Estate): PolicyDocument | undefined =>
    estate.principal(id)?.inline.find(({ name }) => name === policy)?.document;
  return [
    {
      place: { kind: "inline", holder: holder.kind, id, name: holder.name, policy },
      ...documents(of(before), of(after)),
    },
  ];
}

function trust(before: Estate, after: Estate, id: PrincipalId): readonly TouchedPolicy[] {
  const role = before.principal(id);
  if (role?.trustPolicy === undefined) return [];
  return [
    {
      place: { kind: "trust", id, name: role.name },
      ...documents(role.trustPolicy.document, after.principal(id)?.trustPolicy?.document),
    },
  ];
}

function managed(before: Estate, after: Estate, arn: string): readonly TouchedPolicy[] {
  const policy = before.managedPolicy(arn);
  if (policy === undefined) return [];
  const of = (estate: Estate): PolicyDocument | undefined =>
    estate.managedPolicy(arn)?.versions.find(({ isDefault }) => isDefault)?.use.document;
  return [{ place: { kind: "managed", policy }, ...documents(of(before), of(after)) }];
}

function ofResource(
  before: Estate,
  after: Estate,
  id: Resource["id"],
  qualifier: string,
): readonly TouchedPolicy[] {
  const resource = before.resource(id);
  if (resource === undefined) return [];
  const of = (estate: Estate): PolicyDocument | undefined =>
    estate.resource(id)?.policies?.get(qualifier)?.document;
  return [{ place: { kind: "resource", resource, qualifier }, ...documents(of(before), of(after)) }];
}
