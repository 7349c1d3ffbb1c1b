import type { Formula } from "./formulas.js";
import { formulaAnswer, liftingRights, type Case } from "./leaves.js";

export interface Right {
  readonly action: string;
  /** Undefined: any that the weakness names. */
  readonly resource: string | undefined;
}

export const rightKey = (action: string, resource: string | undefined): string =>
  `${action} ${resource ?? "~"}`;

/** Rights of one leaf, as it asks them. */
function rightsOfLeaf(leaf: string, resource: string): readonly Right[] {
  const [kind, action = "", on] = leaf.split(" ");
  if (kind === "lift-organization-policy")
    return liftingRights.map((name) => ({ action: `organizations:${name}`, resource: "*" }));
  if (kind !== "can") return [];
  return [
    {
      action,
      resource: on === "~" ? undefined : on === "*" ? "*" : on === "R/*" ? `${resource}/*` : resource,
    },
  ];
}

const partsOf = (formula: Exclude<Formula, string>): readonly Formula[] =>
  "all" in formula ? formula.all : formula.any;

/**
 * Rights that still decide something: behind a guard that is off, or beside a conjunct that is false for everybody,
 * nobody's rights matter. Each once, first mention first.
 */
export function decisiveRights(
  formula: Formula,
  asked: (right: "everybody" | "nobody") => Case,
): readonly Right[] {
  const { resource } = asked("nobody").question;
  const visit = (part: Formula): readonly Right[] => {
    if (typeof part === "string") return rightsOfLeaf(part, resource);
    if (formulaAnswer(part, asked("everybody"), []) === "no") return [];
    if (formulaAnswer(part, asked("nobody"), []) === "yes") return [];
    return partsOf(part).flatMap(visit);
  };
  const found = new Map<string, Right>();
  for (const right of visit(formula)) {
    const key = rightKey(right.action, right.resource);
    if (!found.has(key)) found.set(key, right);
  }
  return [...found.values()];
}

/** Leaves that are false whoever acts. */
export function shutLeaves(formula: Formula, everybody: Case): readonly string[] {
  if (typeof formula === "string") return formulaAnswer(formula, everybody, []) === "no" ? [formula] : [];
  return [...new Set(partsOf(formula).flatMap((part) => shutLeaves(part, everybody)))];
}
