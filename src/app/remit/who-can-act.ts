import { emptyCatalogue } from "../../core/accountability/index.js";
import type { CaseState } from "../../core/cases/index.js";
import { casePlaybook, type Case, type Playbook } from "../../core/decision/index.js";
import type { OnCall } from "../asking/question.js";
import { caseRecordOf } from "../cases/case-row.js";
import { currentCatalogue } from "../installation/catalogue.js";
import type { Installation } from "../installation/installation.js";
import { readyAnswer } from "./ready-answer.js";

type Verdict = "can" | "cannot" | "unknown";

interface Able {
  readonly person: string;
  readonly name?: string;
  readonly team?: string;
  readonly role: string;
  readonly inferred: boolean;
  readonly verdict: Verdict;
  readonly proof: string[];
  readonly onCall: boolean;
}

export interface DomainAbility {
  readonly domain: "cloud" | "identity" | "secrets";
  readonly roles: string[];
  readonly state: "nothing to do" | "nobody found" | "open" | "in work" | "said" | "contained";
  readonly stateAt?: string;
  readonly steps: {
    readonly step: string;
    readonly title: string;
    readonly phase: string;
    readonly role: string;
    readonly asks?: { readonly action: string; readonly resource: string };
    readonly said: boolean;
  }[];
  readonly onCall: {
    readonly person: string;
    readonly name: string;
    readonly team: string;
    readonly until: string;
    readonly level: number;
  }[];
  readonly can: { readonly verdict: Verdict; readonly person?: string; readonly proof: string[] };
  readonly others: Able[];
}

export interface CaseAbility {
  readonly case: string;
  readonly at: string;
  readonly domains: DomainAbility[];
}

const domains = ["cloud", "identity", "secrets"] as const;
const rank: Readonly<Record<Verdict, number>> = { can: 0, unknown: 1, cannot: 2 };
const mostOthers = 20;

/** Per domain who is on call now, whether they can do what is to be done, and who else can. Undefined: no such case. */
export async function whoCanActIn(installation: Installation, id: string): Promise<CaseAbility | undefined> {
  const { store, now } = installation;
  const row = await store.cases.find(id);
  if (row === undefined) return undefined;
  const { state, decided } = caseRecordOf(row);
  const at = now();
  const catalogue = (await currentCatalogue(store, at))?.catalogue ?? emptyCatalogue;
  const names = new Map(catalogue.people.map(({ id: person, name }) => [person, name]));
  const shifts =
    (await readyAnswer<readonly OnCall[]>(installation, {
      kind: "on-call",
      at: `${at.slice(0, 16)}:00.000Z`,
    })) ?? [];
  const playbook = casePlaybook(decided, state.plan.decidedAt);
  return {
    case: id,
    at: state.plan.decidedAt,
    domains: domains.map((domain) => abilityOf(domain, { state, decided, playbook, shifts, names })),
  };
}

interface Setting {
  readonly state: CaseState;
  readonly decided: Case;
  readonly playbook: Playbook;
  readonly shifts: readonly OnCall[];
  readonly names: ReadonlyMap<string, string>;
}

function abilityOf(domain: DomainAbility["domain"], setting: Setting): DomainAbility {
  const { state, decided, playbook, shifts, names } = setting;
  const roles = playbook.split.find((share) => share.domain === domain)?.roles ?? [];
  // The plan was made of the decision: its steps stand in the same order.
  const own = decided.containment.flatMap((step, index) => {
    const plan = state.plan.steps[index];
    return plan === undefined || !roles.includes(step.role) ? [] : [{ step, plan }];
  });
  const steps = own.map(({ step, plan }) => ({
    step: plan.id,
    title: step.title,
    phase: step.phase,
    role: step.role,
    ...(step.asks === undefined ? {} : { asks: step.asks }),
    said: state.steps.some((done) => done.step === plan.id),
  }));
  const next = own.find(({ plan }) => !state.steps.some((done) => done.step === plan.id)) ?? own[0];
  const others = ablesOf(setting, roles);
  const teams = new Set([
    ...others.flatMap(({ team }) => team ?? []),
    ...state.plan.owners.flatMap((owner) => (roles.includes(owner.role) ? owner.teams : [])),
  ]);
  const called = shifts
    .filter(({ team }) => teams.has(team))
    .map(({ person, name, team, until, level }) => ({ person, name, team, until, level }));
  const canNow = next?.step.canNow;
  const first = canNow?.who ?? others[0]?.person;
  return {
    domain,
    roles: [...roles],
    ...stateOf(state, steps, others.length > 0 || called.length > 0, domain),
    steps,
    onCall: called,
    can: {
      verdict: canNow?.verdict ?? others[0]?.verdict ?? "unknown",
      ...(first === undefined ? {} : { person: first }),
      proof: [...(canNow?.proof ?? others[0]?.proof ?? [])],
    },
    others: others
      .map((able) => ({
        ...able,
        onCall: called.some(({ person }) => person === able.person),
        ...(names.has(able.person) ? { name: names.get(able.person) ?? "" } : {}),
      }))
      .sort(
        (a, b) =>
          rank[a.verdict] - rank[b.verdict] ||
          Number(b.onCall) - Number(a.onCall) ||
          (a.person < b.person ? -1 : a.person > b.person ? 1 : 0),
      )
      .slice(0, mostOthers),
  };
}

/** Everybody whom the decision names for these roles, each once with the best that is proven of them. */
function ablesOf({ decided }: Setting, roles: readonly string[]): readonly Able[] {
  const { contain, trace, fix, authorities } = decided;
  const found = new Map<string, Able>();
  for (const { role, person, team, inferred, authority } of [
    ...contain.answerable,
    ...trace.answerable,
    ...fix.flatMap(({ answerable }) => answerable),
    ...Object.values(authorities).flat(),
  ]) {
    const who = person ?? team;
    if (who === undefined || !roles.includes(role)) continue;
    const before = found.get(who);
    if (before !== undefined && rank[before.verdict] <= rank[authority.verdict]) continue;
    found.set(who, {
      person: who,
      ...(team === undefined ? {} : { team }),
      role,
      inferred,
      verdict: authority.verdict,
      proof: [...authority.proof],
      onCall: false,
    });
  }
  return [...found.values()];
}

function stateOf(
  state: CaseState,
  steps: DomainAbility["steps"],
  anybody: boolean,
  domain: DomainAbility["domain"],
): Pick<DomainAbility, "state" | "stateAt"> {
  if (steps.length === 0) return { state: "nothing to do" };
  const proven = domain === "cloud" ? state.proven.contained : state.proven.revoked;
  if (proven !== undefined) return { state: "contained", stateAt: proven };
  const said = state.steps.filter(({ step }) => steps.some((own) => own.step === step)).map(({ at }) => at);
  const last = [...said].sort().at(-1);
  if (steps.every((step) => step.said))
    return { state: "said", ...(last === undefined ? {} : { stateAt: last }) };
  if (last !== undefined) return { state: "in work", stateAt: last };
  const contain = state.work.find(({ track }) => track === "contain");
  if (domain === "cloud" && contain?.startedAt !== undefined)
    return { state: "in work", stateAt: contain.startedAt };
  return { state: anybody ? "open" : "nobody found" };
}
