import type { FormulaContext } from "./context.js";
import { any, can } from "./formula.js";
import type { WeaknessFormula } from "./weakness-formula.js";

/** Actions that set a weakness again, worked out by rule from what tools know of a check (findings.md 3.2). */
export interface DerivedActions {
  actionsFor(
    weakness: string,
    resource: string,
  ): { readonly actions: readonly string[]; readonly derivation: string } | undefined;
  /** Actions that the user states per weakness; they take the place of the derived ones. */
  readonly overrides: Readonly<Record<string, readonly string[]>>;
}

/**
 * The formula of a check that nobody wrote one for: whoever holds any of the actions that set it. It knows no guard
 * rail and no immutable property, and therefore never answers `none` (recreation.md 6.6).
 */
export function derivedFormula(
  weakness: string,
  resource: string,
  reference: DerivedActions,
): WeaknessFormula | undefined {
  const stated = Object.hasOwn(reference.overrides, weakness) ? reference.overrides[weakness] : undefined;
  const found =
    stated === undefined
      ? reference.actionsFor(weakness, resource)
      : { actions: stated, derivation: "stated by the policy" };
  if (found === undefined || found.actions.length === 0) return undefined;
  const actions = [...new Set(found.actions)].sort();
  return {
    name: `derived (${found.derivation}): ${actions.join(", ")}`,
    weaknesses: [weakness],
    contain: () => ({}),
    restore: (context) => any(...actions.map((action) => askedOn(action, context))),
    bypass: () => [],
    declares: () => false,
    elsewhere: () => [],
    verbs: {},
  };
}

/** Settings of an account are asked on `*`; everything else on the resource itself. */
function askedOn(action: string, context: FormulaContext): ReturnType<typeof can> {
  const whole = context.resource?.kind === "aws:account" || !context.id.startsWith("arn:");
  return whole && context.id.startsWith("aws:") ? can(action, "*", context.account) : can(action, context.id);
}
