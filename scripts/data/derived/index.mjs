// Improves what the sources derive: which actions bring a finding back (findings.md 3.2). Rules speak about families of
// checks, over the fields of the check table and the action dictionary; no rule names one check.
import { causeRules } from "./causes.mjs";
import { noiseRules } from "./noise.mjs";

/**
 * @typedef {{ id: string, provider: string, service: string, resourceType: string, classes: readonly string[],
 *   fixOperations: readonly string[], derivedActions: readonly string[], creationActions: readonly string[],
 *   derivation: readonly string[], confidence: string }} Check
 * @typedef {{ check: Check, actions: ReadonlySet<string>, own: ReadonlySet<string>,
 *   dictionary: import("./action-words.mjs").WriteActions }} RuleInput `own`: what the published fix itself names
 * @typedef {{ actions: readonly string[], added: readonly string[], dropped: readonly string[] }} Improved
 */

/** Layers that name the setting itself; the others look at the resource or at what the check reads. */
const strong = new Set(["cli", "family"]);

/**
 * @param {Check} check
 * @param {import("./action-words.mjs").WriteActions} dictionary
 * @returns {Improved} `actions` in the order of the source, additions behind; `added` and `dropped` as `rule action`
 */
export function improveActions(check, dictionary) {
  const actions = new Set(check.derivedActions);
  if (check.provider !== "aws") return { actions: [...actions], added: [], dropped: [] };
  const own = fixedBy(check);
  /** @type {string[]} */
  const added = [];
  /** @type {string[]} */
  const dropped = [];
  for (const rule of noiseRules) {
    for (const action of [...actions]) {
      if (!rule.drops(action, { check, actions, own, dictionary })) continue;
      actions.delete(action);
      dropped.push(`${rule.name} ${action}`);
    }
  }
  const guessed = check.derivation.every((layer) => !strong.has(layer)) ? [...actions] : [];
  for (const rule of causeRules) {
    for (const action of rule.adds({ check, actions, own, dictionary })) {
      if (actions.has(action) || dictionary.find(action) === undefined) continue;
      actions.add(action);
      added.push(`${rule.name} ${action}`);
      if (rule.outranks !== true) continue;
      for (const weak of guessed) if (actions.delete(weak)) dropped.push(`outranked ${weak}`);
    }
  }
  return { actions: [...actions], added, dropped };
}

/**
 * Derived actions with the noun of an operation of the fix, which are therefore about the setting that is asked.
 * @param {Check} check
 */
function fixedBy(check) {
  const nouns = new Set(check.fixOperations.map((fix) => nounOf(fix)));
  return new Set(check.derivedActions.filter((action) => nouns.has(nounOf(action))));
}

/** `VpcEndpoint` for `CreateVpcEndpoint` and `DeleteVpcEndpoints`. @param {string} operation */
const nounOf = (operation) => (operation.split(":")[1] ?? "").replace(/^[A-Z][a-z]+/, "").replace(/s$/, "");
