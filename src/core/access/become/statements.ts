import {
  evidenceAt,
  type ConditionClause,
  type Estate,
  type Evidence,
  type PolicyUse,
  type Principal,
  type Statement,
  type Tri,
} from "../../estate/index.js";
import { globMatches } from "../glob.js";
import { managedUse } from "../managed-use.js";
import { matchesAction } from "./arn-pattern.js";

export interface StatementUse {
  readonly use: PolicyUse;
  readonly statement: Statement;
}

/** The identity policies that a principal or group carries itself: inline, and attached as far as their text is known. */
export function* usesOf(estate: Estate, principal: Principal): Generator<PolicyUse> {
  yield* principal.inline;
  for (const { arn, origin } of principal.attached) {
    const use = managedUse(estate.managedPolicy(arn), origin);
    if (use !== undefined) yield use;
  }
}

/** Those of a principal and of the groups it is in. */
export function* allUsesOf(estate: Estate, principal: Principal): Generator<PolicyUse> {
  yield* usesOf(estate, principal);
  for (const id of principal.groups) {
    const group = estate.principal(id);
    if (group !== undefined) yield* usesOf(estate, group);
  }
}

export function* statementsOf(uses: Iterable<PolicyUse>): Generator<StatementUse> {
  for (const use of uses) for (const statement of use.document.statements) yield { use, statement };
}

export const evidenceOf = ({ use, statement }: StatementUse): Evidence =>
  evidenceAt(
    use.origin,
    `${use.name}: ${statement.effect} ${statement.action.negated ? "everything but " : ""}${statement.action.patterns.slice(0, 6).join(", ")}`,
    statement.pointer,
  );

export const coversAction = (statement: Statement, action: string): boolean =>
  statement.action.patterns.some((pattern) => matchesAction(pattern, action)) !== statement.action.negated;

/** Policy variables are taken as open: they could stand for this resource. */
export const coversResource = (statement: Statement, resource: string): boolean =>
  statement.resource === undefined ||
  statement.resource.patterns.some((pattern) =>
    globMatches(pattern.replace(/\$\{[^}]*\}/g, "*"), resource),
  ) !== statement.resource.negated;

/**
 * What a set of identity policies says, read on its own: true when an Allow without conditions matches and no Deny
 * can, unknown when conditions decide. Used for rights that an identity does not hold yet (a group it could join, a
 * policy version that could be made the default), which the engine has not compiled.
 */
export function documentsAllow(uses: readonly PolicyUse[], action: string, resource: string): Tri {
  let result: Tri = false;
  for (const { statement } of statementsOf(uses)) {
    if (!coversAction(statement, action) || !coversResource(statement, resource)) continue;
    const open =
      statement.conditions.length > 0 ||
      statement.resource?.patterns.some((text) => text.includes("${")) === true;
    if (statement.effect === "Deny") {
      if (!open) return false;
      if (result === true) result = "unknown";
    } else if (!open && result === false) result = true;
    else if (result === false) result = "unknown";
  }
  return result;
}

const positive =
  /^(ForAnyValue:|ForAllValues:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like))(IfExists)?$/;

/** Whether `admits` decides the clause for every value; else it may hold or not. */
export const isDecided = ({ operator, values }: ConditionClause): boolean =>
  /^(ForAnyValue:)?(String|Arn)(Not)?(Equals|EqualsIgnoreCase|Like)(IfExists)?$/.test(operator) &&
  !values.some((value) => value.includes("${"));

/** The clauses of a statement about one condition key, key compared without regard to case. */
export const clausesOn = (statement: Statement, key: string): readonly ConditionClause[] =>
  statement.conditions.filter((clause) => clause.key.toLowerCase() === key.toLowerCase());

/** Whether a clause admits `value` for its key; operators that it does not know admit (the residual shows them). */
export function admits(clause: ConditionClause, value: string): boolean {
  const match = clause.values.some((pattern) => globMatches(pattern.toLowerCase(), value.toLowerCase()));
  if (positive.test(clause.operator)) return match;
  if (/^(ForAnyValue:|ForAllValues:)?(String|Arn)Not/.test(clause.operator)) return !match;
  return true;
}
