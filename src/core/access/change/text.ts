import type { ConditionClause, PolicyDocument } from "../../estate/index.js";
import { policyObject } from "./policy-text.js";
import type { Change } from "./change.js";

/** A change as `remit.change/1` writes it; Terraform plans by the path of their file. */
export function changeText(change: Change): Readonly<Record<string, unknown>> {
  switch (change.kind) {
    case "set":
      return { set: `${change.resource}#${change.property}`, to: change.to };
    case "revoke":
    case "rotate":
      return { [change.kind]: change.credential };
    case "removeStatement":
      return { removeStatement: change.statement };
    case "narrowStatement": {
      const { statement, actions, resources } = change;
      return {
        narrowStatement: {
          ...statement,
          ...(actions === undefined ? {} : { actions }),
          ...(resources === undefined ? {} : { resources }),
        },
      };
    }
    case "addCondition":
      return { addCondition: { ...change.statement, condition: conditionText(change.condition) } };
    case "addStatement": {
      const { principal, resource, policy, document } = change;
      return {
        addStatement: {
          ...(principal === undefined ? {} : { principal }),
          ...(resource === undefined ? {} : { resource }),
          policy,
          document: documentText(document),
        },
      };
    }
    case "removeAttachment":
      return { removeAttachment: { principal: change.principal, policy: change.policy } };
    case "removeMembership":
      return { removeMembership: { principal: change.principal, group: change.group } };
    case "tightenTrust": {
      const { role, condition, sid, index } = change;
      return {
        tightenTrust: {
          role,
          condition: conditionText(condition),
          ...(sid === undefined ? {} : { sid }),
          ...(index === undefined ? {} : { index }),
        },
      };
    }
    case "removeTrust":
      return { removeTrust: { role: change.role, principal: change.principal } };
    case "disablePrincipal":
    case "revokeSessions":
    case "requireMfa":
      return { [change.kind]: change.principal };
    case "removeConsent":
      return { removeConsent: { app: change.app, scopes: change.scopes } };
    case "addGuardrail": {
      const { type, target, name, document } = change;
      return { addGuardrail: { kind: type, target, name, document: documentText(document) } };
    }
    case "federate": {
      const { credential, role, provider, condition } = change;
      return {
        federate: {
          credential,
          ...(role === undefined ? {} : { role }),
          ...(provider === undefined ? {} : { provider }),
          ...(condition.length === 0 ? {} : { condition: conditionText(condition) }),
        },
      };
    }
    case "justInTime":
      return { justInTime: { role: change.role, from: change.from, maxHours: change.maxHours } };
    case "replaceCode":
      return { replaceCode: { address: change.address, set: change.set } };
    case "terraformPlan":
      return { terraformPlan: change.path };
    case "upgrade":
      return { upgrade: { component: change.component, to: change.to } };
    case "pin":
      return { pin: { uses: change.uses, commit: change.commit } };
    case "isolate":
      return { isolate: change.workload };
  }
}

const documentText = (document: PolicyDocument): unknown => policyObject(document);

function conditionText(condition: readonly ConditionClause[]): Record<string, Record<string, unknown>> {
  const found: Record<string, Record<string, unknown>> = {};
  for (const { operator, key, values } of condition)
    (found[operator] ??= {})[key] = values.length === 1 ? values[0] : values;
  return found;
}
