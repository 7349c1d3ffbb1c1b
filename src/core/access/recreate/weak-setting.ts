import type { JsonValue } from "../../estate/index.js";
import type { PropertyTruth } from "../recreation.js";
import { missingFact, type FormulaContext } from "./context.js";
import { fact } from "./formula.js";
import { publicStatementsOf } from "./policy-weakness.js";

/** Whether one property makes the resource weak as it stands. */
export const weakProperty = (
  context: FormulaContext,
  name: string,
  holds: (value: JsonValue) => boolean,
  label: string,
): PropertyTruth =>
  context.truth(
    context.id,
    name,
    holds,
    label,
    `${name} of ${context.name}`,
    "add the document that states it",
  );

/** Whether the resource policy lets anyone in as it stands. */
export function weakPolicy(context: FormulaContext, label: string): PropertyTruth {
  if (context.statements(context.id) === undefined) {
    const collect = "add the document that holds it";
    return fact(
      "unknown",
      label,
      [],
      [missingFact("resource-policy", context.id, `the policy of ${context.name}`, collect)],
    );
  }
  const found = publicStatementsOf(context, context.id);
  return fact(
    found.length > 0,
    label,
    found.map((item) => item.evidence),
  );
}
