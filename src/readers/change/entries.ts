import type { z } from "zod";
import type { Change, StatementRef } from "../../core/access/index.js";
import {
  credentialId,
  principalId,
  resourceId,
  type ConditionClause,
  type JsonValue,
  type PolicyDocument,
} from "../../core/estate/index.js";
import type { changeEntries, ChangeName } from "./schema.js";

type Entry<Name extends ChangeName> = z.output<(typeof changeEntries)[Name]>;

/** Documents that an entry names by path, read beforehand. */
export interface ReadFiles {
  policy(value: Readonly<Record<string, unknown>> | string): PolicyDocument | undefined;
}

/** The entries whose content stands in the document itself, as changes of core. Undefined: its policy could not be read. */
export const makers: {
  readonly [Name in Exclude<ChangeName, "terraformPlan">]: (
    entry: Entry<Name>,
    files: ReadFiles,
  ) => Change | undefined;
} = {
  set: (entry) => {
    const at = entry.set.indexOf("#");
    return {
      kind: "set",
      resource: resourceId(entry.set.slice(0, at)),
      property: entry.set.slice(at + 1),
      to: entry.to as JsonValue,
    };
  },
  revoke: (entry) => ({ kind: "revoke", credential: credentialId(entry.revoke) }),
  rotate: (entry) => ({ kind: "rotate", credential: credentialId(entry.rotate) }),
  removeStatement: (entry) => ({ kind: "removeStatement", statement: refOf(entry.removeStatement) }),
  narrowStatement: ({ narrowStatement: { actions, resources, ...ref } }) => ({
    kind: "narrowStatement",
    statement: refOf(ref),
    ...(actions === undefined ? {} : { actions }),
    ...(resources === undefined ? {} : { resources }),
  }),
  addCondition: ({ addCondition: { condition, ...ref } }) => ({
    kind: "addCondition",
    statement: refOf(ref),
    condition: clausesOf(condition),
  }),
  addStatement: ({ addStatement: entry }, files) => {
    const document = files.policy(entry.document);
    if (document === undefined) return undefined;
    return {
      kind: "addStatement",
      ...(entry.principal === undefined ? {} : { principal: principalId(entry.principal) }),
      ...(entry.resource === undefined ? {} : { resource: resourceId(entry.resource) }),
      policy: entry.policy ?? (entry.principal === undefined ? "" : "remit"),
      document,
    };
  },
  removeAttachment: ({ removeAttachment: entry }) => ({
    kind: "removeAttachment",
    principal: principalId(entry.principal),
    policy: entry.policy,
  }),
  removeMembership: ({ removeMembership: entry }) => ({
    kind: "removeMembership",
    principal: principalId(entry.principal),
    group: principalId(entry.group),
  }),
  tightenTrust: ({ tightenTrust: { role, condition, ...rest } }) => ({
    kind: "tightenTrust",
    role: principalId(role),
    condition: clausesOf(condition),
    ...rest,
  }),
  removeTrust: ({ removeTrust: entry }) => ({
    kind: "removeTrust",
    role: principalId(entry.role),
    principal: entry.principal,
  }),
  disablePrincipal: (entry) => ({
    kind: "disablePrincipal",
    principal: principalId(entry.disablePrincipal),
  }),
  revokeSessions: (entry) => ({ kind: "revokeSessions", principal: principalId(entry.revokeSessions) }),
  removeConsent: ({ removeConsent: entry }) => ({
    kind: "removeConsent",
    app: principalId(entry.app),
    scopes: entry.scopes,
  }),
  addGuardrail: ({ addGuardrail: entry }, files) => {
    const document = files.policy(entry.document);
    if (document === undefined) return undefined;
    const { kind: type, target } = entry;
    return {
      kind: "addGuardrail",
      type,
      target,
      name: entry.name ?? (typeof entry.document === "string" ? entry.document : `proposed ${type}`),
      document,
    };
  },
  federate: ({ federate: entry }) => ({
    kind: "federate",
    credential: credentialId(entry.credential),
    ...(entry.role === undefined ? {} : { role: principalId(entry.role) }),
    ...(entry.provider === undefined ? {} : { provider: entry.provider }),
    condition: clausesOf(entry.condition ?? {}),
  }),
  justInTime: ({ justInTime: entry }) => ({
    kind: "justInTime",
    role: principalId(entry.role),
    from: entry.from,
    maxHours: entry.maxHours,
  }),
  requireMfa: (entry) => ({ kind: "requireMfa", principal: principalId(entry.requireMfa) }),
  replaceCode: ({ replaceCode: entry }) => ({
    kind: "replaceCode",
    address: entry.address,
    set: entry.set,
  }),
  upgrade: ({ upgrade: entry }) => ({ kind: "upgrade", ...entry }),
  pin: ({ pin: entry }) => ({ kind: "pin", ...entry }),
  isolate: (entry) => ({ kind: "isolate", workload: entry.isolate }),
};

function refOf(ref: {
  readonly principal?: string;
  readonly resource?: string;
  readonly policy?: string;
  readonly sid?: string;
  readonly index?: number;
}): StatementRef {
  const { principal, resource, ...rest } = ref;
  return {
    ...rest,
    ...(principal === undefined ? {} : { principal: principalId(principal) }),
    ...(resource === undefined ? {} : { resource: resourceId(resource) }),
  };
}

type ConditionText = Readonly<
  Record<string, Readonly<Record<string, string | number | boolean | readonly (string | number | boolean)[]>>>
>;

const clausesOf = (condition: ConditionText): readonly ConditionClause[] =>
  Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => ({
      operator,
      key,
      values: (typeof value === "object" ? value : [value]).map(String),
    })),
  );
