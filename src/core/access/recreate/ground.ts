import { accountId, principalId, type MissingFact } from "../../estate/index.js";
import { missing as missingFacts } from "../aws/missing.js";
import { missingFact, type FormulaContext } from "./context.js";
import { rightsOf, standing, type Can, type Formula } from "./formula.js";
import type { WeaknessFormula } from "./weakness-formula.js";

/** The kind of thing that the question names, as the estate knows it; undefined: no document describes it. */
export function kindAsked({ estate, id, resource }: FormulaContext): string | undefined {
  if (resource !== undefined) return resource.kind;
  const principal = estate.principal(principalId(id));
  if (principal !== undefined) {
    if (principal.kind === "root") return "aws:account";
    return principal.provider === "aws" ? `iam:${principal.kind}` : principal.kind;
  }
  if (estate.account(accountId(id)) !== undefined) return "aws:account";
  if (estate.managedPolicy(id) !== undefined) return "iam:policy";
  if (estate.providers.some((item) => item.id === id)) return "iam:oidc-provider";
  if (estate.workloads.some((item) => item.id === id || `workload:${item.id}` === id)) return "workload";
  if (estate.pipelines.some((item) => item.id === id || `pipeline:${item.id}` === id)) return "pipeline";
  return undefined;
}

/**
 * What `none` stands on, beside the layers: the thing exists in the estate, it is of a kind that the formula speaks
 * about, and there is at least one right that somebody would need. Without any of these an empty answer says nothing
 * (interfaces.md, Verdicts: `none` carries a certificate; missing data is never read as "no").
 */
export function groundMissing(
  context: FormulaContext,
  formula: WeaknessFormula,
  restore: Formula,
): readonly MissingFact[] {
  const { id, name, question } = context;
  const kind = kindAsked(context);
  if (kind === undefined) {
    return [
      missingFact(
        "resource",
        id,
        `\`${name}\` and its settings: no document of the estate describes it`,
        "add the document that describes it, or write it into a remit.estate/1 document",
      ),
    ];
  }
  const wrongKind = formula.kinds !== undefined && !formula.kinds.includes(kind);
  if (wrongKind || rightsOf(restore).length === 0) {
    return [
      missingFact(
        "subject",
        `${question.weakness}|${id}`,
        `which part of \`${name}\` (${kind}) \`${question.weakness}\` is about`,
        formula.kinds === undefined
          ? "name the resource itself in the finding or in the estate"
          : `name the resource itself (${formula.kinds.join(", ")}) in the finding or in the estate`,
      ),
    ];
  }
  return [];
}

/**
 * Rights that still decide something: behind a guard that is off, or beside a conjunct that is false for everybody,
 * nobody's rights matter.
 */
export function decisiveRights(formula: Formula): readonly Can[] {
  switch (formula.kind) {
    case "can":
      return [formula];
    case "is":
      return [];
    case "open":
      return formula.guard.off.value === false ? decisiveRights(formula.guard.lift) : [];
    case "any":
      return formula.parts.flatMap(decisiveRights);
    case "all": {
      const parts = formula.parts.map((part) => ({ part, rights: decisiveRights(part) }));
      if (parts.some(({ part, rights }) => rights.length === 0 && standing(part) === false)) return [];
      return parts.flatMap(({ rights }) => rights);
    }
  }
}

/**
 * Accounts whose identities decide beside those of the resource's own account, and were not collected: the management
 * account of the organisation and its delegated administrators, wherever a policy of theirs is what stands in the way.
 */
export function otherIdentitiesMissing(context: FormulaContext, restore: Formula): readonly MissingFact[] {
  const accounts = new Set(
    decisiveRights(restore).flatMap((right) => (right.account === undefined ? [] : [right.account])),
  );
  return [...accounts]
    .sort()
    .filter((account) => account !== context.account && !context.estate.covers("iam", account))
    .map(missingFacts.identities);
}
