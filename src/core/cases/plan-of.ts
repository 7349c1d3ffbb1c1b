import type { Answerable, OwnershipScope, Role } from "../accountability/index.js";
import type { Case } from "../decision/index.js";
import { digestOf } from "./chain/digest.js";
import type { PersonId } from "./person.js";
import type { Plan, PlanClock, PlanFollowUp, PlanItem, PlanOwner, PlanStepRef } from "./plan.js";

/** Where a decision comes from, and what else is known of who answers. */
export interface PlanSource {
  /** Digests. */
  readonly analysis: string;
  readonly snapshot: string;
  /** ISO instant: `generatedAt` of the analysis. */
  readonly decidedAt: string;
  /** `policyVersion` of the analysis. */
  readonly rules: string;
  /** The pseudonym of a person of the catalogue. */
  readonly pseudonym: (person: string) => PersonId;
  /** Owners of roles that the decision does not name and the ladder needs, such as RUNTIME_OWNER. */
  readonly owners?: readonly Answerable[];
}

/** What the life of a case needs of its decision; people as pseudonyms. */
export function planOf(item: Case, source: PlanSource): Plan {
  const steps = stepsOf(item.containment);
  return {
    analysis: source.analysis,
    snapshot: source.snapshot,
    decidedAt: source.decidedAt,
    rules: source.rules,
    fired: item.rules.map(({ id }) => id),
    kind: item.kind,
    severity: item.severity,
    tier: item.tier,
    level: item.level,
    verdict: item.recreation.verdict,
    words: item.recreation.words,
    accessPathKey: item.accessPathKey,
    facts: Object.fromEntries(Object.entries(item.facts).map(([name, { value }]) => [name, value])),
    exposures: item.exposures.map(({ id, state }) => ({ id, state })),
    lead: item.lead,
    contain: { lead: item.contain.lead, also: item.contain.also },
    trace: { lead: item.trace.lead, also: item.trace.also },
    fix: itemsOf(item),
    steps,
    followUps: followUpsOf(item),
    commanderRequired: item.commander.required,
    clocks: clocksOf(item),
    owners: ownersOf(item, source),
  };
}

type PlanStep = Case["containment"][number];

const short = (text: string): string => digestOf(text).slice(0, 10);

/** Ids from what is said, so that the same item has the same id in every analysis; told apart where they collide. */
function named<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
): readonly (readonly [string, Item])[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const id = idOf(item);
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return [count === 1 ? id : `${id}.${String(count)}`, item] as const;
  });
}

const itemsOf = (item: Case): readonly PlanItem[] =>
  named(item.fix, (fix) => `${String(fix.row)}:${fix.accountable}:${short(fix.item)}`).map(([id, fix]) => ({
    id,
    item: fix.item,
    row: fix.row,
    accountable: fix.accountable,
    responsible: fix.responsible,
    interim: fix.interim,
  }));

function stepsOf(steps: readonly PlanStep[]): readonly PlanStepRef[] {
  const ids = new Map<number, string>();
  const all = named(steps, (step) => `${step.phase}:${step.role}:${short(step.title)}`);
  for (const [id, step] of all) ids.set(step.step, id);
  return all.map(([id, step]) => ({
    id,
    phase: step.phase,
    role: step.role,
    kind: step.kind,
    title: step.title,
    requires: step.requires,
    after: step.after.flatMap((number) => ids.get(number) ?? []),
  }));
}

const followUpsOf = ({ followUps }: Case): readonly PlanFollowUp[] =>
  (["accessReview", "secretRotation", "privilegeReduction"] as const).map((name) => {
    const { required, owner, notApplicable } = followUps[name];
    return { name, required, owner, ...(notApplicable === undefined ? {} : { notApplicable }) };
  });

/** The trace has no day of its own in any rule book; it ends before the fix that it explains. */
function clocksOf({ deadlines, trace }: Case): readonly PlanClock[] {
  const clocks = deadlines.map(({ task, due, rule, because }): PlanClock => ({ task, due, rule, because }));
  const fix = deadlines.find(({ task }) => task === "fix");
  return fix === undefined || trace.due === null
    ? clocks
    : [
        ...clocks,
        { task: "trace", due: trace.due, rule: fix.rule, because: "the trace ends before the fix" },
      ];
}

function ownersOf(item: Case, source: PlanSource): readonly PlanOwner[] {
  const found = [
    ...item.contain.answerable,
    ...item.trace.answerable,
    ...item.fix.flatMap(({ answerable }) => answerable),
    ...Object.values(item.authorities).flat(),
    ...(source.owners ?? []),
  ];
  const owners = new Map<Role, { people: Set<PersonId>; teams: Set<string> }>();
  const of = (role: Role) => {
    const known = owners.get(role) ?? { people: new Set<PersonId>(), teams: new Set<string>() };
    owners.set(role, known);
    return known;
  };
  for (const { role, person, team } of found) {
    if (person !== undefined) of(role).people.add(source.pseudonym(person));
    if (team !== undefined) of(role).teams.add(team);
  }
  if (item.commander.person !== undefined) of("IC").people.add(source.pseudonym(item.commander.person));
  return [...owners]
    .map(([role, { people, teams }]) => ({ role, people: [...people], teams: [...teams].sort() }))
    .sort((a, b) => (a.role < b.role ? -1 : a.role > b.role ? 1 : 0));
}

/** What a decision is about, in the terms of ownership; workloads that only an estate can match are handed in. */
export function scopeOfCase(item: Case, workloads: readonly string[] = []): OwnershipScope {
  const hops = item.recreation.paths.flatMap((path) => path.hops);
  const resources = item.exposures.map(({ resource }) => resource);
  const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
  return {
    accounts: unique(item.exposures.flatMap(({ account }) => account ?? [])),
    resources: unique(resources),
    principals: unique([
      ...item.recreation.paths.map(({ starter }) => starter),
      ...hops.map(({ from }) => from),
    ]),
    workloads: unique([
      ...resources.flatMap((id) => (id.startsWith("workload:") ? [id.slice("workload:".length)] : [])),
      ...workloads,
    ]),
    files: [],
    credentials: unique(item.recreation.paths.flatMap(({ credential }) => credential ?? [])),
  };
}
