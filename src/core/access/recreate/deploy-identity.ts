import { evidenceAt, principalId } from "../../estate/index.js";
import type { EstateIndex } from "./estate-index.js";
import type { FormulaContext } from "./context.js";
import { all, any, can, fact, is, type Formula } from "./formula.js";
import type { Solver } from "./solver.js";

/**
 * Whoever may update the stack that owns the resource sets it with the rights of the stack's own service role; no
 * iam:PassRole is needed to reuse a role that the stack already has (AWS CloudFormation User Guide, "Service role").
 * A stack without a role acts with the rights of its caller, which the formula already counts.
 */
export function withDeployIdentity(
  context: FormulaContext,
  index: EstateIndex,
  restore: Formula,
  solver: Solver,
): Formula {
  const stacks = index.stacks.get(context.id) ?? index.stacks.get(context.name) ?? [];
  const branches = stacks.flatMap((stack) => {
    const role = stack.properties.get("serviceRole")?.value;
    if (typeof role !== "string") return [];
    const actor = solver.engine.indexOf(principalId(role));
    if (actor === undefined) return [];
    // The role may itself be an administrator, who is lifted out of the closure: ask for its own rights.
    const own = solver.alone(restore, actor);
    if (own === false) return [];
    const evidence = [evidenceAt(stack.origin, `stack ${stack.name} with service role ${role}`)];
    const truth = fact(own, `stack ${stack.name} runs as a role that may`, evidence);
    const change = any(
      can("cloudformation:UpdateStack", stack.id),
      all(can("cloudformation:CreateChangeSet", stack.id), can("cloudformation:ExecuteChangeSet", stack.id)),
    );
    return [all(change, is(truth))];
  });
  return branches.length === 0 ? restore : any(restore, ...branches);
}
