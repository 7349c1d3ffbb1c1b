import type { Duty, Role } from "../accountability/index.js";
import type { FactRecord } from "./analysis.js";
import { containSteps } from "./containment.js";
import type { Settled } from "./decided-facts.js";
import { accountableRoles, fixDuties } from "./fix-items.js";
import { known } from "./facts/fact.js";
import { nameOf } from "./names.js";
import { containLead } from "./task-leads.js";

/** Calls looked at per case; they are few, and a case that needs more shows it. */
const mostDuties = 12;

/**
 * R41: whether the owners of a case together can make every call that it needs: change roles, secrets and settings.
 * False only where nobody among them can make one of them; what cannot be proven of anybody is unknown. Without a
 * catalogue nobody is named, and the answer stays open.
 */
export function jointAuthority(settled: Settled): FactRecord {
  const { context, scope } = settled.view;
  if (context.catalogue === undefined)
    return known("unknown", [], "whether these owners can act jointly is not proven");
  const all = distinct([
    ...containSteps(settled, undefined).flatMap(({ duty }) => duty ?? []),
    ...fixDuties(settled),
  ]);
  const led = containLead(settled);
  const roles: readonly Role[] = [
    ...new Set<Role>([led.lead, ...led.also, "REVOKER", ...accountableRoles(settled)]),
  ];
  const asked = all.slice(0, mostDuties);
  let open: Duty | undefined;
  for (const duty of asked) {
    const verdicts = roles.flatMap((role) =>
      context.owners.owners(role, scope, duty).answerables.map(({ authority }) => authority.verdict),
    );
    if (verdicts.includes("can")) continue;
    if (verdicts.length > 0 && verdicts.every((verdict) => verdict === "cannot"))
      return known(false, [], `none of the owners can ${duty.action} on ${nameOf(duty.resource)}`);
    open ??= duty;
  }
  if (open !== undefined)
    return known(
      "unknown",
      [],
      `who of the owners can ${open.action} on ${nameOf(open.resource)} is not proven`,
    );
  if (asked.length === 0 || asked.length < all.length)
    return known("unknown", [], "whether these owners can act jointly is not proven");
  return known(true, [], `together the owners can make all ${String(asked.length)} calls that it takes`);
}

const distinct = (duties: readonly Duty[]): readonly Duty[] => [
  ...new Map(duties.map((duty) => [`${duty.action} ${duty.resource}`, duty])).values(),
];
