import type { Case } from "../../src/core/decision/index.js";
import type { MustNot, Scenario } from "./scenario.js";

/** What the case shows of everything that the scenario names, in the scenario's own shape. */
export function shownOf(item: Case, expected: Scenario["expected"]): Scenario["expected"] {
  const sorted = (texts: readonly string[]): string[] => [...texts].sort();
  const followUp = (name: "accessReview" | "secretRotation" | "privilegeReduction") => {
    const { required, owner, notApplicable } = item.followUps[name];
    return {
      required,
      owner,
      ...(expected.followUps[name].notApplicable === undefined
        ? {}
        : { notApplicable: notApplicable ?? "(applies)" }),
    };
  };
  const actions = [...item.contain.actions, ...item.fix.flatMap((one) => one.actions)];
  return {
    ...(expected.kind === undefined ? {} : { kind: item.kind }),
    tier: item.tier,
    ...(expected.level === undefined ? {} : { level: item.level }),
    facts: Object.fromEntries(
      Object.keys(expected.facts).map((name) => [name, item.facts[name]?.value ?? "unknown"]),
    ),
    rules: item.rules.map((rule) => rule.id),
    recreation: {
      verdict: item.recreation.verdict,
      ...(expected.recreation.band === undefined ? {} : { band: item.recreation.band ?? -1 }),
      ...(expected.recreation.words === undefined ? {} : { words: item.recreation.words }),
    },
    contain: {
      lead: item.contain.lead,
      ...(expected.contain.also === undefined ? {} : { also: sorted(item.contain.also) }),
    },
    trace: {
      lead: item.trace.lead,
      ...(expected.trace.also === undefined ? {} : { also: sorted(item.trace.also) }),
    },
    lead: item.lead,
    fix: itemsOf(item, expected),
    ...(expected.supports === undefined ? {} : { supports: sorted(item.supports) }),
    commander: {
      required: item.commander.required,
      ...(expected.commander.person === undefined ? {} : { person: item.commander.person ?? "(nobody)" }),
    },
    followUps: {
      accessReview: followUp("accessReview"),
      secretRotation: followUp("secretRotation"),
      privilegeReduction: followUp("privilegeReduction"),
    },
    ...(expected.authorities === undefined
      ? {}
      : {
          authorities: Object.entries(item.authorities)
            .filter(([, people]) => people.some((person) => person.person !== undefined))
            .map(([name]) => name),
        }),
    ...(expected.thirdParty === undefined ? {} : { thirdParty: { ...item.thirdParty } }),
    frameworks: expected.frameworks.filter((id) => item.frameworks.some((ref) => ref.id === id)),
    ...(expected.actions === undefined
      ? {}
      : {
          actions: expected.actions.filter((wanted) =>
            actions.some(
              (action) =>
                (wanted.title === undefined || action.title.includes(wanted.title)) &&
                (wanted.kind === undefined || action.kind === wanted.kind) &&
                (wanted.requires ?? []).every((role) => action.requires.includes(role)),
            ),
          ),
        }),
  };
}

/** Items by row and accountable, each once however many hops share it; `responsible` where the scenario names it. */
function itemsOf(item: Case, expected: Scenario["expected"]): Scenario["expected"]["fix"] {
  const seen = new Map<string, Scenario["expected"]["fix"][number]>();
  for (const one of item.fix) {
    const wanted = expected.fix.find((each) => each.row === one.row && each.accountable === one.accountable);
    seen.set(`${String(one.row)}|${one.accountable}`, {
      row: one.row,
      accountable: one.accountable,
      ...(wanted?.responsible === undefined ? {} : { responsible: [...one.responsible] }),
    });
  }
  return [...seen.values()].sort((a, b) => a.row - b.row);
}

/** The same scenario with lists in the order in which `shownOf` gives them. */
export function wantedOf(expected: Scenario["expected"]): Scenario["expected"] {
  const sorted = (task: { lead: string; also?: string[] | undefined }) => ({
    lead: task.lead,
    ...(task.also === undefined ? {} : { also: [...task.also].sort() }),
  });
  return {
    ...expected,
    contain: sorted(expected.contain),
    trace: sorted(expected.trace),
    fix: [...expected.fix].sort((a, b) => a.row - b.row),
    ...(expected.supports === undefined ? {} : { supports: [...expected.supports].sort() }),
  };
}

/** The predicates of a mustNot that the case fulfils all the same, in words; empty is well. */
export function broken(item: Case, rule: MustNot): readonly string[] {
  const owners = [item.contain.lead, item.trace.lead, item.lead, ...item.fix.map((one) => one.accountable)];
  const found: Readonly<Record<keyof MustNot, boolean>> = {
    leadIs: item.lead === rule.leadIs,
    ownersOnly: owners.every((role) => role === rule.ownersOnly),
    ownerIs:
      owners.some((role) => role === rule.ownerIs) || item.contain.also.some((role) => role === rule.ownerIs),
    ruleFired: item.rules.some((one) => one.id === rule.ruleFired),
    frameworkId: item.frameworks.some((ref) => ref.id === rule.frameworkId),
    kindIs: item.kind === rule.kindIs,
    stateIs: item.exposures.some((one) => one.state === rule.stateIs),
    severityIs: item.severity === rule.severityIs,
    deadlineRule: item.deadlines.some((one) => one.rule === rule.deadlineRule),
    dueIsNull:
      rule.dueIsNull === "contain"
        ? item.contain.due === null
        : rule.dueIsNull === "trace"
          ? item.trace.due === null
          : item.fix.every((one) => one.due === null),
    fixItemsAtMost: item.fix.length <= (rule.fixItemsAtMost ?? -1),
    tierAtMost: item.tier <= (rule.tierAtMost ?? -1),
    textAnywhere: rule.textAnywhere !== undefined && JSON.stringify(item).includes(rule.textAnywhere),
  };
  return (Object.keys(rule) as (keyof MustNot)[])
    .filter((name) => rule[name] !== undefined && found[name])
    .map((name) => `${name}: ${String(rule[name])}`);
}
