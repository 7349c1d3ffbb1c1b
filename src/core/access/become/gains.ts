import type { PolicyUse } from "../../estate/index.js";
import type { BecomeModel } from "./model.js";
import { admits, clausesOn, coversAction, coversResource, statementsOf } from "./statements.js";

/** `open`: a policy among them whose text nobody supplied, so that a missing grant is unknown. */
export type Gains = "full" | { readonly uses: readonly PolicyUse[]; readonly open: boolean };

const administratorPolicy = "arn:aws:iam::aws:policy/AdministratorAccess";
export const isAdministratorPolicy = (arn: string): boolean =>
  /^arn:[^:]+:iam::aws:policy\/AdministratorAccess$/.test(arn);

/** `iam:PolicyARN` on every own grant of an attach action limits what can be attached. */
export function attachableBy(model: BecomeModel, actor: number, action: string, resource: string): Gains {
  if (!/:Attach/.test(action)) return "full";
  const gained: PolicyUse[] = [];
  let limited = false;
  let open = false;
  for (const { statement } of statementsOf(model.uses(actor))) {
    if (
      statement.effect !== "Allow" ||
      !coversAction(statement, action) ||
      !coversResource(statement, resource)
    )
      continue;
    const clauses = clausesOn(statement, "iam:PolicyARN");
    if (clauses.every((clause) => admits(clause, administratorPolicy))) return "full";
    limited = true;
    const fitting = model.estate.managedPolicies.filter(({ arn }) =>
      clauses.every((clause) => admits(clause, arn)),
    );
    for (const policy of fitting)
      for (const version of policy.versions) if (version.isDefault) gained.push(version.use);
    // A pattern, or a policy whose text nobody supplied, may stand for more than is known.
    const known = new Set(fitting.map(({ arn }) => arn));
    if (clauses.flatMap(({ values }) => values).some((value) => !known.has(value))) open = true;
  }
  return limited ? { uses: gained, open } : "full";
}
