import { parsePolicyDocument, type Definition, type ResourceId, type Statement } from "../../estate/index.js";
import type { Overlay } from "../engine.js";
import { overlayOf, type FormulaContext, type PlacedStatement } from "./context.js";
import { admitsAnyToken, isPublic } from "./public-statement.js";

/** Anyone, or anyone with a token that everybody gets. */
const opens = (statement: Statement): boolean => isPublic(statement) || admitsAnyToken(statement);

/** What weaknesses that live in a resource policy share: find the public statements, take them away, spot them in code. */
export const publicStatementsOf = (
  context: FormulaContext,
  resource: ResourceId,
): readonly PlacedStatement[] => (context.statements(resource) ?? []).filter((item) => opens(item.statement));

export const withoutPublicStatements = (context: FormulaContext): Overlay =>
  overlayOf({ statements: publicStatementsOf(context, context.id).map((item) => item.key) });

/** Whether a policy as code declares it lets anyone in. */
export function declaresPublicPolicy(definition: Definition, name = "policy"): boolean {
  const value = definition.declares.get(name);
  if (value === undefined || value === null) return false;
  return parsePolicyDocument(value).document?.statements.some(opens) ?? false;
}

/** Whether code declares a setting with one value. */
export const declares = (definition: Definition, name: string, value: unknown): boolean =>
  definition.declares.get(name) === value;
