import type { Change, StatementRef } from "../change/change.js";
import { shortName } from "../recreate/context.js";

/** A proposed change as people say it: `revoke AKIA…`, `acme-exports: publicAccessBlock.BlockPublicPolicy becomes true`. */
export function changeWords(change: Change): string {
  switch (change.kind) {
    case "set":
      return `${shortName(change.resource)}: ${change.property} becomes ${brief(change.to)}`;
    case "revoke":
      return `revoke ${shortName(change.credential)}`;
    case "rotate":
      return `rotate ${shortName(change.credential)}`;
    case "removeStatement":
      return `remove ${statementWords(change.statement)}`;
    case "narrowStatement":
      return `narrow ${statementWords(change.statement)}`;
    case "addCondition":
      return `add a condition to ${statementWords(change.statement)}`;
    case "addStatement":
      return `add ${change.policy} to ${shortName(change.principal ?? change.resource ?? "")}`;
    case "removeAttachment":
      return `detach ${shortName(change.policy)} from ${shortName(change.principal)}`;
    case "removeMembership":
      return `take ${shortName(change.principal)} out of ${shortName(change.group)}`;
    case "tightenTrust":
      return `tighten the trust of ${shortName(change.role)}`;
    case "removeTrust":
      return `${shortName(change.role)} no longer trusts ${shortName(change.principal)}`;
    case "disablePrincipal":
      return `disable ${shortName(change.principal)}`;
    case "revokeSessions":
      return `revoke the sessions of ${shortName(change.principal)}`;
    case "removeConsent":
      return `take back the consent of ${shortName(change.app)}: ${change.scopes.join(", ")}`;
    case "addGuardrail":
      return `add ${change.type.toUpperCase()} ${change.name} on ${change.target}`;
    case "federate":
      return `replace ${shortName(change.credential)} by a token of ${change.provider ?? "a provider"}`;
    case "justInTime":
      return `put ${shortName(change.role)} under approved elevation of at most ${String(change.maxHours)} h`;
    case "requireMfa":
      return `demand a second factor of ${shortName(change.principal)}`;
    case "replaceCode":
      return `change ${change.address} in code`;
    case "terraformPlan":
      return `apply the plan ${change.path}`;
    case "upgrade":
      return `upgrade ${change.component} to ${change.to}`;
    case "pin":
      return `pin ${change.uses} to ${change.commit.slice(0, 8)}`;
    case "isolate":
      return `isolate ${change.workload}`;
  }
}

const statementWords = ({ principal, resource, policy, sid, index }: StatementRef): string => {
  const which = sid ?? (index === undefined ? "the statement" : `statement ${String(index)}`);
  const holder = principal ?? resource;
  const where = [
    ...(holder === undefined ? [] : [shortName(holder)]),
    ...(policy === undefined || policy === "" ? [] : [shortName(policy)]),
  ];
  return `${which} of ${where.join(" ")}`;
};

const brief = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};
