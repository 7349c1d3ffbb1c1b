import { intendedFor, isActive, type Role } from "../accountability/index.js";
import { accessPathKeyOf } from "./access-path-key.js";
import type { Case, Gap, Task } from "./analysis.js";
import type { CaseDecision, CaseInput, DecisionContext } from "./case-input.js";
import { caseLead, pickedRow } from "./case-lead.js";
import { viewCase, type CaseView } from "./case-view.js";
import { causesOf } from "./causes.js";
import { changesIf } from "./changes-if.js";
import { containSteps, containTask } from "./containment.js";
import { offspringOf } from "./containment-offspring.js";
import { containmentPlan, traceActions } from "./containment-plan.js";
import { decisionChain } from "./decision-chain.js";
import { deadlinesOf, needsLeadership } from "./deadlines/index.js";
import { fired, holds, type Settled } from "./decided-facts.js";
import { factsOf } from "./facts/fact-set.js";
import type { FactSet } from "./facts/fact.js";
import { accountableRoles, fixPlan, gapOf, ownersOf } from "./fix-items.js";
import { followUpsOf } from "./follow-ups.js";
import { frameworksOf } from "./frameworks.js";
import { jointAuthority } from "./joint-authority.js";
import { originOf } from "./origin.js";
import { ruleBecause, rules, type RuleId, type RuleInput } from "./rules.js";
import { containLead, traceLead } from "./task-leads.js";
import { thirdPartyOf } from "./third-party.js";
import { tierOf, type Tier } from "./tiers.js";

/**
 * Decides one case: facts, rules D1 to D14, owners of the three tasks, one item per cause, tier, clocks,
 * authorities. The same facts and rule version give the same decision (decision-rules.md).
 */
export function decide(input: CaseInput, context: DecisionContext): CaseDecision {
  const view = viewCase(input, context);
  const accessPathKey = accessPathKeyOf(input);
  const settled = withJointAuthority(settle(view, factsOf(view, accessPathKey)));
  const { facts } = settled;
  const origin = originOf(view);
  const lead = caseLead(settled, origin.kind);
  const deadlines = deadlinesOf(settled, context.catalogue?.policy, context.now);
  const dueOf = (task: string): string | null => deadlines.find((item) => item.task === task)?.due ?? null;
  const gaps: Gap[] = [];
  const offspring = offspringOf(settled);
  const steps = containSteps(settled, offspring);
  const contain = containTask(
    settled,
    containLead(settled),
    steps,
    dueOf("contain") ?? dueOf("decide"),
    gaps,
  );
  const traced = traceLead(settled, lead.row);
  const tracers = ownersOf(settled, traced.lead, undefined, gaps).slice(0, 2);
  const plan = fixPlan(settled, lead.row, dueOf("fix"));
  const trace: Task = {
    lead: traced.lead,
    also: traced.also,
    answerable: tracers,
    actions: [...traceActions(offspring, traced.because), ...askActions([...gaps, ...plan.gaps])],
    due: dueOf("fix"),
    because: traced.because,
  };
  const followUps = followUpsOf(settled);
  gaps.push(...plan.gaps);
  const third = thirdPartyOf(settled);
  if (third?.gap !== undefined) gaps.push(gapOf(settled, "third-party", third.gap));
  const commander = commanderOf(settled, gaps);
  const { tier, ifUnknown } = tierOf(facts, fired(settled, "D10"));
  return {
    tier,
    tierIfUnknown: ifUnknown,
    level: holds(settled, "repeat") ? 2 : 1,
    facts: facts,
    origin,
    decisionChain: decisionChain(settled, origin),
    accessPathKey,
    rules: rules
      .filter((rule) => settled.fired.has(rule.id))
      .map((rule) => ({ id: rule.id, because: ruleBecause(rule, facts, settled.tier) })),
    contain,
    trace,
    ...(offspring === undefined ? {} : { offspring }),
    containment: containmentPlan(settled, { steps, offspring, trace, fix: plan.items, followUps }),
    fix: plan.items,
    supports: supportsOf(settled, [
      contain.lead,
      ...contain.also,
      trace.lead,
      ...plan.items.map((item) => item.accountable),
    ]),
    lead: lead.lead,
    leadBecause: lead.because,
    commander,
    authorities: authoritiesOf(settled, tier, gaps),
    followUps,
    ...(third === undefined ? {} : { thirdParty: third }),
    deadlines,
    frameworks: frameworksOf(settled),
    gaps: uniqueGaps(gaps, settled),
    changesIf: changesIf(settled),
  };
}

/** A proposed owner is asked, and that is work of the trace (ownership.md 6b: 0.60 to 0.84, or two that are close). */
const askActions = (gaps: readonly Gap[]): Task["actions"] =>
  [...new Set(gaps.flatMap(({ hint }) => hint ?? []))].map((title) => ({
    title,
    kind: "ask",
    impact: "",
    command: "",
    requires: [],
  }));

/** R41 needs the owners, and D8 needs R41: the rules fire again only where the owners are proven unable. */
function withJointAuthority(settled: Settled): Settled {
  const facts = { ...settled.facts, owners_joint: jointAuthority(settled) };
  return facts.owners_joint.value === false ? settle(settled.view, facts) : { ...settled, facts };
}

/**
 * Fires the rules. D8 counts the roles that all others bring, so it is asked once they stand; D10 reads D8 and is last.
 * An override without a reason counts for nothing.
 */
function settle(view: CaseView, facts: FactSet): Settled {
  const causes = causesOf(view);
  const verdicts = view.input.recreations.map((item) => item.verdict);
  const verdict =
    (["possible", "unknown", "governed", "none"] as const).find((value) => verdicts.includes(value)) ??
    "unknown";
  const policy = view.context.catalogue?.policy;
  const disabled = disabledRules(view);
  const base: Settled = { view, facts, fired: new Set(), causes, tier: tierOf(facts, false).tier, verdict };
  const input: RuleInput = {
    value: (fact) => facts[fact].value,
    tier: base.tier,
    domains: 0,
    maxDomains: policy?.commanderMaxDomains ?? 4,
    patchOwnershipAlone: policy?.patchOwnershipAlone ?? true,
    onlyOpenSource: view.thirdParties.every((party) => party.kind === "open-source"),
    lowReach: facts.privileged.value === false && facts.crosses_owners.value === false,
  };
  const firing = (asked: RuleInput): Set<RuleId> =>
    new Set(rules.filter((rule) => !disabled.has(rule.id) && rule.holds(asked)).map((rule) => rule.id));
  const domains = domainsOf({ ...base, fired: firing({ ...input, patchOwnershipAlone: false }) });
  const holding = firing({ ...input, domains });
  if (holding.has("D10")) for (const id of ["D6", "D2", "D3", "D12"] as const) holding.delete(id);
  // Under D1 what was set wrongly is one setting, whichever part of the component holds it.
  const kept = holding.has("D1") ? causes.filter((cause) => cause.row === 6 || cause.row === 11) : causes;
  return { ...base, causes: kept, fired: holding, tier: tierOf(facts, holding.has("D10")).tier };
}

/** Rules that the catalogue switches off, each with its reason (R85). */
function disabledRules(view: CaseView): ReadonlyMap<string, string> {
  const lines = view.context.catalogue?.overrides.rules ?? [];
  return new Map(
    lines.flatMap((line) => (line.enabled || line.reason.trim() === "" ? [] : [[line.rule, line.reason]])),
  );
}

/** Distinct roles leading a task or accountable for an item, as D8 counts them (authority holders and VENDOR not). */
function domainsOf(settled: Settled): number {
  const roles = new Set<Role>([
    containLead(settled).lead,
    traceLead(settled, pickedRow(settled, originOf(settled.view).kind)?.row).lead,
    ...accountableRoles(settled),
  ]);
  for (const role of uncounted) roles.delete(role);
  return roles.size;
}

const uncounted: readonly Role[] = [
  "REVOKER",
  "VENDOR",
  "CC_APPROVER",
  "RISK_SIGNER",
  "PRIV_APPROVER",
  "EMERGENCY_APPROVER",
];

function commanderOf(settled: Settled, gaps: Gap[]): Case["commander"] {
  if (!fired(settled, "D8")) {
    return {
      required: false,
      because:
        settled.facts.owners_joint.value === "unknown"
          ? "whether these owners can act jointly is unknown"
          : "the owners can act",
    };
  }
  const { catalogue, now } = settled.view.context;
  const [active] = (catalogue?.commanders ?? [])
    .flatMap((item) => [item.person, ...(item.deputy === undefined ? [] : [item.deputy])])
    .filter((id) => catalogue?.people.some((person) => person.id === id && isActive(person, now)) === true);
  if (active === undefined)
    gaps.push(gapOf(settled, "commander", "a commander is required and nobody is named"));
  const rule = rules.find((item) => item.id === "D8");
  return {
    required: true,
    because: rule === undefined ? "D8" : ruleBecause(rule, settled.facts, settled.tier),
    ...(active === undefined ? {} : { person: active }),
  };
}

function supportsOf(
  settled: Settled,
  named: readonly Role[] | readonly (Role | "not decided yet")[],
): readonly Role[] {
  const roles: Role[] = [];
  if (fired(settled, "D1") || holds(settled, "cloud_setting")) roles.push("SEC_ENG");
  if (fired(settled, "D4")) roles.push("IDGOV");
  if (fired(settled, "D5") && !fired(settled, "D1")) roles.push("SECRETS");
  if (settled.verdict === "unknown") roles.push("IDGOV", "RUNTIME_OWNER");
  if (fired(settled, "D2")) roles.push("IDGOV", "CLOUD_OPS");
  return [...new Set(roles)].filter((role) => !named.includes(role));
}

/** D11, tier 2: named authorities with the right to say yes (R29, R58 to R64). */
function authoritiesOf(settled: Settled, tier: Tier, gaps: Gap[]): Case["authorities"] {
  const { catalogue, now } = settled.view.context;
  const leadership = needsLeadership(settled, catalogue?.policy, now);
  const needed = tier >= 2 || fired(settled, "D11", "D13", "D3");
  const find = (role: Role, wanted: boolean): Case["authorities"]["revoke"] =>
    wanted ? ownersOf(settled, role, undefined, gaps).slice(0, 2) : [];
  return {
    revoke: find("REVOKER", needed),
    compensatingControl: find("CC_APPROVER", tier >= 2 || fired(settled, "D11", "D13")),
    residualRisk: find("RISK_SIGNER", tier >= 2 || fired(settled, "D13") || leadership),
    privilegeChange: find("PRIV_APPROVER", tier >= 2 || fired(settled, "D11")),
    emergency: find("EMERGENCY_APPROVER", tier >= 2 || fired(settled, "D11")),
  };
}

function uniqueGaps(gaps: readonly Gap[], settled: Settled): readonly Gap[] {
  const all = [...gaps];
  if (settled.facts.owners_joint.value === "unknown" && !fired(settled, "D1", "D10")) {
    all.push(gapOf(settled, "owners-joint", "whether the owners can act jointly is not proven"));
  }
  const { owners_joint: joint } = settled.facts;
  if (joint.value === false)
    all.push(
      gapOf(settled, "owners-joint", `structurally broken: ${joint.note ?? "the owners cannot act jointly"}`),
    );
  for (const [rule, reason] of disabledRules(settled.view))
    all.push(gapOf(settled, "override", `rule ${rule} is switched off by the catalogue: ${reason}`));
  const { catalogue, now } = settled.view.context;
  for (const exposure of settled.view.input.exposures) {
    const intention = intendedFor(catalogue, exposure.resource, exposure.weakness, now);
    if (intention !== undefined && "expired" in intention)
      all.push(
        gapOf(
          settled,
          "expired-approval",
          `${exposure.resourceName} was wanted until ${intention.expired.until}: the approval has ended`,
        ),
      );
  }
  return [...new Map(all.map((gap) => [gap.id, gap])).values()];
}
