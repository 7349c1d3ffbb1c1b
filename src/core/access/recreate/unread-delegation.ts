import type { MissingFact } from "../../estate/index.js";
import type { FormulaContext } from "./context.js";
import { delegable, delegationMissing } from "./delegation.js";
import type { Formula } from "./formula.js";
import { decisiveRights } from "./ground.js";
import type { Solver } from "./solver.js";

/**
 * Where a policy of the organisation is what stands in the way, any member account may have been given the right to lift
 * it. Nobody read the delegation policy, and somebody beside the root users holds such a right: `none` lacks that fact.
 */
export function unreadDelegation(
  { estate, account }: FormulaContext,
  solver: Solver,
  restore: Formula,
): readonly MissingFact[] {
  const organization = account === undefined ? undefined : estate.organizationOf(account);
  if (organization === undefined) return [];
  if (!decisiveRights(restore).some(({ action }) => action.startsWith("organizations:"))) return [];
  const missing = delegationMissing(estate, organization);
  if (missing === undefined) return [];
  const { possible } = solver.byOwnRight(delegable());
  if (possible === "full") return [missing];
  for (const index of possible) {
    const principal = estate.principal(solver.world.name(index));
    if (principal === undefined || principal.kind === "root") continue;
    if (principal.account !== organization.managementAccount) return [missing];
  }
  return [];
}
