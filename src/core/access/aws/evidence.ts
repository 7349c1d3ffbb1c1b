import { evidenceAt } from "../../estate/index.js";
import type { Evidence, PolicyUse, Statement } from "../../estate/index.js";

/** `DIGEST#POINTER[#INNER]`: names a statement where it stands, for overlays and proofs. */
export function evidenceKey(use: PolicyUse, statement: Statement): string {
  const { source, pointer = "", inner } = use.origin;
  return inner === undefined
    ? `${source.digest}#${pointer}${statement.pointer}`
    : `${source.digest}#${pointer}#${inner}${statement.pointer}`;
}

/** The statement as evidence, with its text written out again in the order AWS documents use. */
export function statementEvidence(use: PolicyUse, statement: Statement): Evidence {
  return evidenceAt(use.origin, `${use.name}: ${statementText(statement)}`, statement.pointer);
}

export function statementText({ sid, effect, action, resource, principal, conditions }: Statement): string {
  const named =
    principal === undefined
      ? {}
      : { [principal.negated ? "NotPrincipal" : "Principal"]: principalText(principal) };
  const condition: Record<string, Record<string, readonly string[]>> = {};
  for (const { operator, key, values } of conditions) (condition[operator] ??= {})[key] = values;
  return JSON.stringify({
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect,
    ...named,
    [action.negated ? "NotAction" : "Action"]: short(action.patterns),
    ...(resource === undefined
      ? {}
      : { [resource.negated ? "NotResource" : "Resource"]: short(resource.patterns) }),
    ...(conditions.length === 0 ? {} : { Condition: condition }),
  });
}

const short = (patterns: readonly string[]): string | readonly string[] =>
  patterns.length === 1 ? (patterns[0] ?? "") : patterns;

function principalText({
  any,
  aws,
  service,
  federated,
  canonicalUser,
}: NonNullable<Statement["principal"]>): unknown {
  if (any) return "*";
  return {
    ...(aws.length === 0 ? {} : { AWS: short(aws) }),
    ...(service.length === 0 ? {} : { Service: short(service) }),
    ...(federated.length === 0 ? {} : { Federated: short(federated) }),
    ...(canonicalUser.length === 0 ? {} : { CanonicalUser: short(canonicalUser) }),
  };
}
