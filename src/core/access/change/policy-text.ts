import type { PolicyDocument, PrincipalElement, Statement } from "../../estate/index.js";

type Json = Readonly<Record<string, unknown>>;

/** A policy document as AWS writes it; one value stands alone, several as a list. */
export const policyObject = ({ version, statements }: PolicyDocument): Json => ({
  Version: version,
  Statement: statements.map(statementObject),
});

function statementObject(statement: Statement): Json {
  const { sid, effect, action, resource, principal, conditions } = statement;
  const condition: Record<string, Record<string, unknown>> = {};
  for (const { operator, key, values } of conditions) (condition[operator] ??= {})[key] = short(values);
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect,
    ...(principal === undefined
      ? {}
      : { [principal.negated ? "NotPrincipal" : "Principal"]: principalObject(principal) }),
    [action.negated ? "NotAction" : "Action"]: short(action.patterns),
    ...(resource === undefined
      ? {}
      : { [resource.negated ? "NotResource" : "Resource"]: short(resource.patterns) }),
    ...(conditions.length === 0 ? {} : { Condition: condition }),
  };
}

const short = (values: readonly string[]): unknown => (values.length === 1 ? values[0] : values);

function principalObject({ any, aws, service, federated, canonicalUser }: PrincipalElement): unknown {
  if (any) return "*";
  return {
    ...(aws.length === 0 ? {} : { AWS: short(aws) }),
    ...(service.length === 0 ? {} : { Service: short(service) }),
    ...(federated.length === 0 ? {} : { Federated: short(federated) }),
    ...(canonicalUser.length === 0 ? {} : { CanonicalUser: short(canonicalUser) }),
  };
}

/** For people and diffs: two spaces. */
export const prettyPolicy = (document: PolicyDocument): string =>
  JSON.stringify(policyObject(document), null, 2);

/** For a command line: one argument in single quotes. */
export const quotedPolicy = (document: PolicyDocument): string =>
  quoted(JSON.stringify(policyObject(document)));

export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
