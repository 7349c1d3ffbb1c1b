import {
  applicable,
  changeText,
  closes,
  coverageSteps,
  cut,
  fixOptions,
  interimBecause,
  recreationProblem,
  type BecomeQuestions,
  type Candidate,
  type CoverageStep,
  type Cut,
  type DerivedActions,
  type RecreationQuestion,
} from "../core/access/index.js";
import { createOwnerFinder } from "../core/accountability/index.js";
import { analyse, type Analysis, type Case } from "../core/decision/index.js";
import { withStatedExposures, type Exposure } from "../core/findings/index.js";
import { cutOwners, type CutOwner } from "./cut-owners.js";
import { estateExposures } from "./estate-exposures.js";
import { loadInputs, type InputOptions, type LoadedInputs } from "./load-inputs.js";
import { becomeOf, policyOf, type QuestionSetting } from "./questions.js";

/** Most ways written out per exposure each time it is asked. */
const mostWays = 2_000;
/** Changes of a list after each of which the question is asked again, to see what ends with it. */
const mostAsked = 25;
/** Options shown of each kind of fix. */
const perKind = 3;

export interface CutOptions extends InputOptions {
  /** Finds the cases to end among those of the analysis; throws the fault of the door where there is none. */
  readonly pick: (analysis: Analysis) => readonly Case[];
}

/** Of most cases: those that come back as far as is proven, without those that a document calls intended. */
export const casesToCut = (analysis: Analysis): readonly Case[] =>
  analysis.cases.filter(
    ({ recreation, exposures }) =>
      recreation.verdict === "possible" && !exposures.every(({ intended }) => intended !== undefined),
  );

/** What the changes are that end one case, or most of them, and who makes each (remit.cut/1). */
export async function cutFiles(options: CutOptions) {
  const loaded = await loadInputs(options);
  if (loaded.inputs.length === 0) return { kind: "nothing-readable", rejected: loaded.rejected } as const;
  const setting: QuestionSetting = {
    engine: { actions: loaded.reference.actions, managedPolicies: loaded.reference.managedPolicies },
    catalogue: loaded.catalogue,
    now: options.now,
  };
  const exposures = options.findings.length > 0 ? loaded.exposures : estateExposures(loaded.estate, setting);
  const analysis = analysisOf(loaded, exposures, setting, options);
  const become = becomeOf(loaded.estate, setting);
  const decided: DecidedEstate = { loaded, setting, become, exposures };
  return {
    kind: "answer",
    document: cutIn(decided, options.pick(analysis), options.onProgress),
  } as const;
}

/** An estate of which everything was asked once. */
export interface DecidedEstate {
  readonly loaded: LoadedInputs;
  readonly setting: QuestionSetting;
  readonly become: BecomeQuestions;
  /** As the analysis had them. */
  readonly exposures: readonly Exposure[];
}

/** The cut of cases of an analysis over the same estate. */
export function cutIn(
  { loaded, setting, become, exposures }: DecidedEstate,
  cases: readonly Case[],
  onProgress?: (text: string) => void,
) {
  const judged = withStatedExposures(exposures, loaded.estate).filter(
    ({ state, class: of }) => state !== "muted-external" && of !== "configuration",
  );
  const asked = cases.flatMap((item) =>
    item.exposures.flatMap(({ id }) => {
      const exposure = judged.find((other) => other.id === id);
      return exposure === undefined ? [] : [{ of: item.id, question: questionOf(exposure) }];
    }),
  );
  const populations = cases.flatMap((item) =>
    item.exposures.flatMap(({ id }) =>
      id.startsWith("identity|") ? [{ of: item.id, key: id.slice("identity|".length) }] : [],
    ),
  );
  onProgress?.(`looking for the cheapest changes that end ${String(cases.length)} cases`);
  const problem = recreationProblem({
    become,
    policy: policyOf(setting),
    derived: derivedOf(loaded, judged),
    questions: asked.map(({ question }) => question),
    all: judged.map(questionOf),
    sharedCauses: populations.map(({ key }) => key),
    maxWays: mostWays,
  });
  const finder = createOwnerFinder({
    estate: loaded.estate,
    catalogue: loaded.catalogue,
    engine: become.engine,
    now: setting.now,
  });
  const owners = cutOwners(loaded.estate, finder);
  const found = cut(problem, { ownerOf: (candidate) => owners(candidate).team });
  const caseOf = (of: number | string): string | undefined =>
    typeof of === "number" ? asked[of]?.of : populations.find(({ key }) => key === of)?.of;
  const coverage = cases.length < 2 ? undefined : coverageSteps(problem, found, mostAsked);
  const order = {
    steps: coverage === undefined ? [] : orderOf(coverage.steps, found, caseOf),
    reckoned: coverage?.reckoned ?? false,
  };
  return documentOf(loaded, setting.now, cases, found, owners, order);
}

function analysisOf(
  loaded: LoadedInputs,
  exposures: readonly Exposure[],
  { engine, catalogue, now }: QuestionSetting,
  options: CutOptions,
): Analysis {
  const { estate } = loaded;
  return analyse({
    estate,
    exposures,
    counts: loaded.counts,
    findingFiles: loaded.findingFiles,
    catalogue,
    engine,
    checks: loaded.reference.checks,
    owners: (become) => createOwnerFinder({ estate, catalogue, engine: become.engine, now }),
    now,
    inputs: loaded.inputs,
    rejected: loaded.rejected,
    includeConfiguration: false,
    ...(options.onProgress === undefined ? {} : { onStep: options.onProgress }),
  });
}

const questionOf = ({ resource, weakness, subLocator, account }: Exposure): RecreationQuestion => ({
  resource,
  weakness,
  subLocator,
  ...(account === undefined ? {} : { account }),
});

/** The same derived actions as the analysis uses: a cut that asked another question would end something else. */
function derivedOf(loaded: LoadedInputs, exposures: readonly Exposure[]): DerivedActions {
  const checks = new Map(
    exposures.flatMap(({ weakness, derivedFrom }) =>
      derivedFrom === undefined ? [] : [[weakness, derivedFrom] as const],
    ),
  );
  return {
    overrides: loaded.catalogue?.overrides.weaknessActions ?? {},
    actionsFor: (weakness) => {
      const check = checks.get(weakness);
      const info =
        check === undefined ? undefined : loaded.reference.checks.prowler(check.provider, check.check);
      if (info === undefined) return undefined;
      return {
        actions: info.derivedActions,
        derivation: `${info.derivation.join(", ")}; confidence ${info.confidence}`,
      };
    },
  };
}

function documentOf(
  loaded: LoadedInputs,
  now: string,
  cases: readonly Case[],
  found: Cut,
  owners: (candidate: Candidate) => CutOwner,
  order: {
    readonly steps: readonly { change: number; ends: string[]; total: number }[];
    readonly reckoned: boolean;
  },
) {
  const texts = applicable(
    loaded.estate,
    found.parts.map(({ changes }) => changes),
  );
  const changes = found.parts.map((part, index) => {
    const [candidate] = part.candidates;
    const { role, names, inferred, authority } = owners(candidate as Candidate);
    const because = interimBecause(found, part);
    const text = texts[index];
    return {
      title: part.candidates.map(({ title }) => title).join("; "),
      owner: { role, names: [...names], inferred, authority },
      ...(candidate?.fix === undefined ? {} : { fix: candidate.fix }),
      use: worstUse(part.candidates),
      interim: because !== undefined,
      ...(because === undefined ? {} : { interimBecause: because }),
      closes: closes(found, part),
      breaks: part.breaks.map((item) => ({ ...item })),
      diff: text?.diff ?? "",
      commands: [...(text?.commands ?? [])],
      terraform: text?.terraform ?? "",
      changes: part.changes.map(changeText),
    };
  });
  const teams = new Map<string, { role: CutOwner["role"]; names: string[]; changes: number[] }>();
  changes.forEach(({ owner }, index) => {
    const key = `${owner.role} ${owner.names[0] ?? ""}`;
    const team = teams.get(key);
    if (team === undefined) teams.set(key, { role: owner.role, names: owner.names, changes: [index] });
    else team.changes.push(index);
  });
  return {
    schema: "remit.cut/1" as const,
    generatedAt: now,
    inputs: loaded.inputs.map((input) => ({ ...input, entities: { ...input.entities } })),
    rejected: loaded.rejected.map((item) => ({ ...item })),
    cases: cases.map(({ id, title }) => ({ id, title })),
    before: found.before,
    after: found.after,
    basis: [...found.basis],
    changes,
    owners: [...teams.values()],
    exact: found.exact,
    cost: found.cost,
    bound: found.bound,
    inexact: [...found.inexact],
    derivations: found.derivations,
    considered: found.considered.length,
    rounds: found.rounds,
    breaks: found.breaks.map((item) => ({ ...item })),
    options: fixOptions(found, perKind).map(({ fix, candidate, chosen }) => ({
      fix,
      title: candidate.title,
      owner: owners(candidate).role,
      use: candidate.use,
      interim: candidate.interim,
      chosen,
    })),
    uncut: found.uncut.map(({ because }) => ({ because })),
    left: found.left.map(({ because, missing }) => ({ because, missing: missing.map(({ fact }) => fact) })),
    cannotPromise: found.missing.map((item) => ({ ...item })),
    order: [...order.steps],
    orderReckoned: order.reckoned,
    changeDocument: {
      schema: "remit.change/1" as const,
      version: 1 as const,
      changes: found.parts.flatMap((part) => part.changes.map(changeText)),
    },
  };
}

const worstUse = (candidates: readonly Candidate[]): Candidate["use"] =>
  (["used", "unknown"] as const).find((use) => candidates.some((item) => item.use === use)) ?? "unused";

/** A case ends once all its exposures and populations have. */
function orderOf(
  steps: readonly CoverageStep[],
  found: Cut,
  caseOf: (of: number | string) => string | undefined,
) {
  const targets = new Map<string, Set<number | string>>();
  for (const { way } of found.ways) {
    const id = caseOf(way.of);
    if (id !== undefined) targets.set(id, (targets.get(id) ?? new Set()).add(way.of));
  }
  const ended = new Set<string>();
  const closed = new Set<number | string>();
  return steps.map(({ part, closes: targetsClosed }) => {
    for (const of of targetsClosed) closed.add(of);
    const ends = [...targets]
      .filter(([id, parts]) => !ended.has(id) && [...parts].every((of) => closed.has(of)))
      .map(([id]) => id)
      .sort();
    for (const id of ends) ended.add(id);
    return { change: part, ends, total: ended.size };
  });
}
