import { createHash } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import {
  isAuthorizedPartial,
  policySetTextToParts,
  policyToJson,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
  validate,
  type DetailedError,
  type EntityJson,
  type PolicyJson,
} from "@cedar-policy/cedar-wasm/nodejs";
import type { CaseVisibility } from "../../store/index.js";
import { routeActions } from "./actions.js";
import { cedarSchema } from "./cedar-schema.js";
import type { Principal } from "./principal.js";
import { conditionOf, none, visibilityOf } from "./residual.js";

// V8 of Node 20 now and then dies of a call into WebAssembly that it had inlined (Deoptimizer, "unreachable code").
setFlagsFromString("--no-turbo-inline-js-wasm-calls");

/** A case as policies see it. */
export interface CaseAttributes {
  readonly id: string;
  /** Keys of everybody it concerns. */
  readonly audience: readonly string[];
  readonly kind: string;
  readonly status: string;
  readonly verdict: string;
  readonly lead: string;
  readonly tier: number;
  readonly level: number;
  readonly severity: number;
  readonly open: boolean;
}

export type Judged =
  | { readonly allowed: true }
  /** Ids of the policies that forbid it; empty: none permits it. */
  | { readonly allowed: false; readonly policies: readonly string[] };

/** What is sent, as far as policies look at it. */
export type PolicyContext = Readonly<Record<string, string | boolean | number | readonly string[]>>;

/** Decides by policies who may see and do what. Denies what nothing permits. */
export interface Authorizer {
  /** `on`: a case; absent: the installation. */
  judge(principal: Principal, action: string, on?: CaseAttributes, context?: PolicyContext): Judged;
  /** All cases that `seeCase` lets somebody see, as a filter: what `judge` says of each of them one by one. */
  visibleTo(principal: Principal): CaseVisibility;
}

/** A file of policies. */
export interface PolicyText {
  readonly name: string;
  readonly text: string;
}

/** Policies that cannot be used; the message says which and why. */
export interface PolicyFault extends Error {
  readonly kind: "policy-fault";
}

export const isPolicyFault = (error: unknown): error is PolicyFault =>
  error instanceof Error && "kind" in error && error.kind === "policy-fault";

const policyFault = (message: string): PolicyFault =>
  Object.assign(new Error(message), { kind: "policy-fault" as const });

const mostRemembered = 1000;

/** Throws a `PolicyFault` for policies that cannot be read, do not fit the schema or cannot become a filter. */
export function createAuthorizer(files: readonly PolicyText[]): Authorizer {
  const policies = readPolicies(files);
  const schema = cedarSchema();
  check(policies, schema);
  // Names are those of what they stand for: another set of policies in the same process has another name.
  const name = createHash("sha256")
    .update(JSON.stringify([policies, schema]))
    .digest("hex");
  const set = { staticPolicies: { ...policies } };
  for (const answer of [preparseSchema(name, schema), preparsePolicySet(name, set)])
    if (answer.type === "failure") throw policyFault(words(answer.errors));
  const remembered = new Map<string, CaseVisibility>();
  const visible = (principal: Principal): CaseVisibility => {
    const answer = isAuthorizedPartial({
      principal: personUid,
      action: { type: "Remit::Action", id: "seeCase" },
      resource: null,
      context: {},
      policies: set,
      entities: [personEntity(principal)],
    });
    if (answer.type === "failure") throw policyFault(words(answer.errors));
    const parts = { permit: [] as CaseVisibility[], forbid: [] as CaseVisibility[] };
    for (const [id, policy] of Object.entries(answer.response.residuals)) {
      const found = conditionOf(policy);
      if (found === undefined)
        throw policyFault(
          `\`${id}\` asks something of a case in \`seeCase\` that lists cannot be filtered by`,
        );
      parts[policy.effect].push(found);
    }
    // A policy that fails is no permission, and could have been a denial.
    if (answer.response.errored.length > 0) return none;
    return visibilityOf(parts.permit, parts.forbid);
  };
  const authorizer: Authorizer = {
    judge(principal, action, on, context = {}) {
      const answer = statefulIsAuthorized({
        principal: personUid,
        action: { type: "Remit::Action", id: action },
        resource: on === undefined ? installationUid : { type: "Remit::Case", id: on.id },
        context: context as Record<string, string | boolean | number | string[]>,
        preparsedSchemaName: name,
        preparsedPolicySetId: name,
        entities: [personEntity(principal), on === undefined ? installationEntity : caseEntity(on)],
      });
      if (answer.type === "failure") return { allowed: false, policies: [] };
      const { decision, diagnostics } = answer.response;
      // A denial that could not be worked out is not passed over.
      return decision === "allow" && diagnostics.errors.length === 0
        ? { allowed: true }
        : { allowed: false, policies: [...diagnostics.reason].sort() };
    },
    visibleTo(principal) {
      const key = JSON.stringify(principal);
      let found = remembered.get(key);
      if (found === undefined) {
        found = visible(principal);
        if (remembered.size >= mostRemembered) remembered.clear();
        remembered.set(key, found);
      }
      return found;
    },
  };
  for (const principal of probes) authorizer.visibleTo(principal);
  return authorizer;
}

/** By the name in `@id`, which refusals and the log show. */
function readPolicies(files: readonly PolicyText[]): Readonly<Record<string, PolicyJson>> {
  const found: Record<string, PolicyJson> = {};
  for (const { name, text } of files) {
    const parts = policySetTextToParts(text);
    if (parts.type === "failure") throw policyFault(`\`${name}\`: ${words(parts.errors)}`);
    if (parts.policy_templates.length > 0) throw policyFault(`\`${name}\`: templates are not taken`);
    for (const policy of parts.policies) {
      const read = policyToJson(policy);
      if (read.type === "failure") throw policyFault(`\`${name}\`: ${words(read.errors)}`);
      const id = read.json.annotations?.["id"];
      if (typeof id !== "string" || id === "")
        throw policyFault(`\`${name}\`: a policy has no name: write \`@id("…")\` before it`);
      if (found[id] !== undefined) throw policyFault(`\`${name}\`: two policies are named \`${id}\``);
      found[id] = read.json;
    }
  }
  return found;
}

function check(policies: Readonly<Record<string, PolicyJson>>, schema: string): void {
  const answer = validate({ schema, policies: { staticPolicies: { ...policies } } });
  if (answer.type === "failure") throw policyFault(words(answer.errors));
  const [first] = answer.validationErrors;
  if (first !== undefined) throw policyFault(`\`${first.policyId}\`: ${first.error.message}`);
}

const words = (errors: readonly DetailedError[]): string => errors.map(({ message }) => message).join("; ");

const personUid = { type: "Remit::Person", id: "caller" };
const installationUid = { type: "Remit::Installation", id: "this" };
const installationEntity: EntityJson = { uid: installationUid, attrs: {}, parents: [] };

const personEntity = (principal: Principal): EntityJson => ({
  uid: personUid,
  attrs: {
    keys: [...principal.keys],
    teams: [...principal.teams],
    roles: [...principal.roles],
    everywhere: [...principal.everywhere],
    scopes: [...principal.scopes],
    known: principal.known,
    operator: principal.operator,
    method: principal.method,
  },
  parents: [],
});

const caseEntity = ({ id, audience, ...rest }: CaseAttributes): EntityJson => ({
  uid: { type: "Remit::Case", id },
  attrs: { ...rest, audience: [...audience] },
  parents: [],
});

/** Two extremes: what cannot become a filter is told at the start, not to the first who asks. */
const probes: readonly Principal[] = [
  {
    keys: [],
    teams: [],
    roles: [],
    everywhere: [],
    scopes: [],
    known: false,
    operator: false,
    method: "token",
  },
  {
    keys: ["team/probe"],
    teams: ["probe"],
    roles: ["APP"],
    everywhere: ["APP"],
    scopes: ["read"],
    known: true,
    operator: false,
    method: "oidc",
  },
];

/** Whether a route is one that policies know. */
export const isKnownAction = (id: string): boolean => Object.hasOwn(routeActions, id);
