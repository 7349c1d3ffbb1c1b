import type { Estate, ManagedPolicy, PolicyUse, Principal, Tri } from "../../estate/index.js";
import type { BecomeModel } from "./model.js";
import type { Gains, Power } from "./power.js";
import { admits, clausesOn, coversAction, coversResource, statementsOf, usesOf } from "./statements.js";

export type { Gains } from "./power.js";

const administratorPolicy = "arn:aws:iam::aws:policy/AdministratorAccess";
export const isAdministratorPolicy = (arn: string): boolean =>
  /^arn:[^:]+:iam::aws:policy\/AdministratorAccess$/.test(arn);

/** What belonging to a group gives. */
export const groupGains = (estate: Estate, group: Principal): Gains =>
  group.attached.some(({ arn }) => isAdministratorPolicy(arn))
    ? "full"
    : {
        uses: [...usesOf(estate, group)],
        open: group.attached.some(({ arn }) => estate.managedPolicy(arn) === undefined),
      };

/**
 * What an attach action gives: anything, unless `iam:PolicyARN` on every own grant of it limits what can be attached.
 * A policy that fits and that the actor can also write is as good as anything.
 */
export function attachableBy(model: BecomeModel, power: Power, action: string, resource: string): Gains {
  if (!/:Attach/.test(action) || power.everything) return "full";
  const gained: PolicyUse[] = [];
  let limited = false;
  let open = false;
  for (const { statement } of statementsOf(power.uses)) {
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
    for (const policy of fitting) {
      const written = writable(power, policy);
      if (written === "full") return "full";
      gained.push(...written.uses);
      if (written.open) open = true;
    }
    // A pattern, or a policy whose text nobody supplied, may stand for more than is known.
    const known = new Set(fitting.map(({ arn }) => arn));
    if (clauses.flatMap(({ values }) => values).some((value) => !known.has(value))) open = true;
  }
  return limited ? { uses: gained, open } : "full";
}

/** The text of a policy in force, the older ones that can be put in force, or any (iam:CreatePolicyVersion). */
function writable(power: Power, policy: ManagedPolicy): Gains {
  const may = (action: string): Tri => (policy.awsManaged ? false : power.may(action, policy.arn));
  const write = may("iam:CreatePolicyVersion");
  if (write === true) return "full";
  const all = policy.versions.length > 1 && may("iam:SetDefaultPolicyVersion") === true;
  const uses = policy.versions.filter(({ isDefault }) => all || isDefault).map(({ use }) => use);
  return { uses, open: write === "unknown" };
}
