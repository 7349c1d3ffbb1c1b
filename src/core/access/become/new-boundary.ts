import type { MissingFact, Tri } from "../../estate/index.js";
import { globMatches } from "../glob.js";
import { isAdministratorPolicy } from "./gains.js";
import type { BecomeModel } from "./model.js";
import type { Ability, Power } from "./power.js";
import { clausesOn, coversAction, statementsOf } from "./statements.js";

/** A boundary that a newcomer would carry. Without `arn` it carries none, or one that limits nothing. */
export interface NewBoundary {
  readonly arn?: string;
  readonly verdict: true | "unknown";
  readonly asked: readonly { readonly action: string; readonly resource: string }[];
  readonly missing: readonly MissingFact[];
}

const free: NewBoundary = { verdict: true, asked: [], missing: [] };
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

/** `StringEquals iam:PermissionsBoundary a | b` -> operator and values, for that key only. */
function clauseOf(
  text: string,
): { readonly operator: string; readonly values: readonly string[] } | undefined {
  const match = /^(\S+) iam:permissionsboundary (.*)$/i.exec(text);
  return match === null ? undefined : { operator: match[1] ?? "", values: (match[2] ?? "").split(" | ") };
}

/** The values that each open condition demands of the boundary. A demand that any policy meets is none. */
const demandsOf = (abilities: readonly Ability[]): readonly (readonly string[])[] =>
  abilities.flatMap(({ residual }) =>
    residual.flatMap(({ text, kind }) => {
      const clause = clauseOf(text);
      if (clause === undefined || /^Null$/i.test(clause.operator)) return [];
      return (kind === "require") === /Not/.test(clause.operator) ? [] : [clause.values];
    }),
  );

/**
 * Which boundary the creator must give (`iam:PermissionsBoundary`, service authorization reference of IAM), from what
 * its rights leave open. Nothing demanded, a demand that any policy meets, or a boundary that it may take off or rewrite
 * afterwards: none.
 */
export function newBoundaries(
  model: BecomeModel,
  power: Power,
  kind: "role" | "user",
  name: string,
  abilities: readonly Ability[],
): readonly NewBoundary[] {
  const demands = demandsOf(abilities);
  if (demands.length === 0) return [free];
  const noun = kind === "role" ? "Role" : "User";
  for (const action of [`iam:Delete${noun}PermissionsBoundary`, `iam:Put${noun}PermissionsBoundary`]) {
    const lift = power.able(action, name);
    if (lift.verdict === true && !lift.residual.some(({ text }) => clauseOf(text) !== undefined))
      return [{ ...free, asked: [{ action, resource: name }] }];
  }
  const meets = (arn: string): boolean =>
    demands.every((values) => values.some((value) => globMatches(value, arn)));
  if (meets(administrator)) return [free];
  const fixed = demands.flat().filter((value) => !/[*?]/.test(value) && meets(value));
  const known = model.estate.managedPolicies.map(({ arn }) => arn).filter(meets);
  const found: NewBoundary[] = [];
  for (const arn of [...new Set([...fixed, ...known])].sort()) {
    if (isAdministratorPolicy(arn)) return [free];
    // The right to take it off may be tied to the boundary that is there: it is this one.
    const off = { action: `iam:Delete${noun}PermissionsBoundary`, resource: name };
    const ability = power.able(off.action, name);
    const tied = demandsOf([ability]).every((values) => values.some((value) => globMatches(value, arn)));
    if (ability.verdict !== false && tied) {
      found.push({ ...free, verdict: ability.verdict, asked: [off] });
      if (ability.verdict === true) continue;
    }
    const rewrite = arn.includes(":iam::aws:") ? false : power.may("iam:CreatePolicyVersion", arn);
    if (rewrite !== false)
      found.push({
        ...free,
        verdict: rewrite,
        asked: [{ action: "iam:CreatePolicyVersion", resource: arn }],
      });
    if (rewrite !== true) found.push({ ...free, arn });
  }
  // A pattern: a policy of that name may be made. Another alternative of the same right may demand less.
  const wild = demands.every((values) => values.some((value) => /[*?]/.test(value)));
  const others = otherValues(power, `iam:Create${noun}`).filter((value) => !demands.flat().includes(value));
  const made: Tri = wild ? "unknown" : false;
  if (made === "unknown" || others.length > 0)
    found.push({
      ...free,
      verdict: "unknown",
      missing: [
        {
          key: `new-boundary|${name}`,
          fact: `which boundary ${power.as.name} may give to a ${kind} that it creates: ${[...new Set([...demands.flat(), ...others])].sort().join(", ")}`,
          collect: "compare the `iam:PermissionsBoundary` conditions of its policies by hand",
        },
      ],
    });
  return found;
}

function otherValues(power: Power, action: string): readonly string[] {
  const found = new Set<string>();
  for (const { statement } of statementsOf(power.uses)) {
    if (statement.effect !== "Allow" || !coversAction(statement, action)) continue;
    for (const { values } of clausesOn(statement, "iam:PermissionsBoundary"))
      for (const value of values) found.add(value);
  }
  return [...found].sort();
}
