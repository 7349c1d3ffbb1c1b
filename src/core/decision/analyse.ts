import type { Estate, MissingFact, Rejection } from "../estate/index.js";
import {
  createAccessEngine,
  createBecome,
  createRecreation,
  type AccessPolicy,
  type Become,
  type DerivedActions,
  type EngineOptions,
  type KnownAnswers,
  type RecreationAnalysis,
  type RecreationQuestion,
  type SharedCause,
} from "../access/index.js";
import {
  withRuntimeConstraints,
  withStatedExposures,
  type CheckReference,
  type Exposure,
  type FindingCounts,
} from "../findings/index.js";
import type { Catalogue, OwnerFinder } from "../accountability/index.js";
import type { Analysis, Case, Input } from "./analysis.js";
import { caseRecreation, type SharedCaseIds } from "./case-recreation.js";
import { caseTitle, sharedTitle } from "./case-title.js";
import { groupByRootCause, routesOf, type AnsweredExposure, type CaseGroup } from "./case-groups.js";
import { caseIdsOf } from "./case-id.js";
import type { DecisionContext } from "./case-input.js";
import { nameFacts } from "./account-names.js";
import { accountNameOf, caseExposure, caseKindOf } from "./case-exposure.js";
import { decide } from "./decide.js";
import { goneAnswer, goneBy, goneExposure } from "./gone.js";
import { identityCaseInput, identityRecreation } from "./identity-case.js";
import { ageLimit } from "./estate-age.js";
import { rulesVersion } from "./rules.js";
import { combinationOf } from "./combination.js";
import { caseSeverity } from "./case-severity.js";
import { compareText, inOrder } from "./sorting.js";
import { statsOf } from "./stats.js";
import { unknownsOf } from "./unknowns.js";
import { vouchedAnswer, vouchedCause, type Vouch } from "./vouched.js";

/** Everything an analysis rests on. No clock, no files: the same input gives a byte-identical document. */
export interface AnalyseInput {
  readonly estate: Estate;
  /** Exposures of all tools, configuration included; from the estate itself where no finding was given. */
  readonly exposures: readonly Exposure[];
  readonly counts: FindingCounts;
  readonly findingFiles: number;
  readonly catalogue: Catalogue | undefined;
  readonly engine: EngineOptions;
  readonly checks: CheckReference;
  /** Makes the owner finder once the engine stands: catalogue first, else inferred. */
  readonly owners: (become: Become) => OwnerFinder;
  /** ISO instant. */
  readonly now: string;
  readonly inputs: readonly Input[];
  readonly rejected: readonly Rejection[];
  /** What nobody supplied and no case asks for, but whoever reads the document should know. */
  readonly missing?: readonly MissingFact[];
  /** Plain settings become cases too (`--class configuration`). */
  readonly includeConfiguration: boolean;
  /** Checks every path before it is shown, without the engine. */
  readonly vouch?: Vouch;
  /** Called before long steps, with what is about to be done; effects are the caller's. */
  readonly onStep?: (step: string) => void;
  /** The estate compiled before, by `compileAccess` over the same facts, the same policy and the same moment. */
  readonly access?: CompiledAccess;
  /** Answers of an earlier analysis over the same; what it did not answer is asked. */
  readonly known?: KnownAnswers;
  /** Told what may be known the next time, and how many exposures were asked for it. */
  readonly onAnswered?: (known: KnownAnswers, asked: number) => void;
}

/** An estate ready to be asked. Remembers what it worked out. */
export interface CompiledAccess {
  readonly become: Become;
  readonly recreation: RecreationAnalysis;
}

/** Compiles what the questions of an analysis are put to. */
export function compileAccess(
  input: Pick<AnalyseInput, "estate" | "catalogue" | "engine" | "now" | "exposures" | "checks">,
): CompiledAccess {
  const policy = accessPolicy(input.catalogue, input.now);
  const become = createBecome(createAccessEngine(input.estate, { ...input.engine, now: input.now }), policy);
  return { become, recreation: createRecreation(become, policy, derivedActions(input)) };
}

/** The main job: who answers for each exposure, and will it come back (interfaces.md, remit.analysis/1). */
export function analyse(input: AnalyseInput): Analysis {
  const { estate, catalogue, now } = input;
  const step = input.onStep ?? (() => undefined);
  if (input.access === undefined) step(`compiling ${String(estate.principals.length)} identities`);
  const { become, recreation } = input.access ?? compileAccess(input);
  const exposures = withRuntimeConstraints(withStatedExposures(input.exposures, estate), estate);
  const judged = exposures.filter((exposure) => isJudged(exposure, input.includeConfiguration));
  step(`asking who could bring back ${String(judged.length)} exposures`);
  const asked = recreation.analyse(judged.map(questionOf), input.known, derivedActions(input));
  input.onAnswered?.(asked.known, asked.asked);
  const { vouch } = input;
  const shared = vouch === undefined ? asked.shared : asked.shared.map((cause) => vouchedCause(cause, vouch));
  const answers = asked.answers.map((answer, index) => {
    const exposure = judged[index];
    return vouch === undefined || exposure === undefined
      ? answer
      : vouchedAnswer(answer, questionOf(exposure), vouch);
  });
  const limit = ageLimit(input, catalogue);
  const names = (digits: string): string | undefined =>
    accountNameOf(`aws:${digits}`, undefined, catalogue, estate);
  const goneOf = goneBy(estate);
  const answered = judged.flatMap((exposure, index): readonly AnsweredExposure[] => {
    const answer = answers[index];
    if (answer === undefined) return [];
    const gone = goneOf(exposure);
    const [shown, settled] =
      gone === undefined
        ? [exposure, limit(exposure, answer)]
        : [goneExposure(exposure), goneAnswer(answer, gone)];
    return [
      {
        exposure: caseExposure(shown, settled, catalogue, estate, now),
        kind: caseKindOf(shown),
        recreation: nameFacts(settled, names),
      },
    ];
  });
  const groups = groupByRootCause(answered);
  const linked = new Set(answers.flatMap((answer) => answer.sharedCauses));
  const populations = shared.filter((cause) => linked.has(cause.key) || cause.band <= 2);
  const ids = caseIdsOf([...groups.map((group) => group.rootCause), ...populations.map(rootCauseOf)]);
  const sharedCases = sharedCaseIds(populations, ids);
  const owners = input.owners(become);
  const context: DecisionContext = {
    estate,
    catalogue,
    become,
    owners,
    now,
    ...(input.engine.actions === undefined ? {} : { actions: input.engine.actions }),
  };
  step(`deciding ${String(groups.length + populations.length)} cases`);
  const made: Case[] = groups.map((group) => {
    const recreated = caseRecreation(group.kind, group.members, sharedCases, estate, catalogue);
    return caseOf(group, recreated, ids, decide(caseInputOf(group), context));
  });
  for (const cause of populations) {
    const own = identityCaseInput(cause, estate);
    const behind = groups.filter((group) =>
      group.members.some((member) => member.recreation.sharedCauses.includes(cause.key)),
    ).length;
    made.push({
      id: ids(rootCauseOf(cause)),
      title: sharedTitle(own, behind),
      kind: "identity",
      severity: cause.band <= 1 ? "critical" : cause.band === 2 ? "high" : "medium",
      exposures: own.exposures,
      recreation: identityRecreation(cause, own.recreations[0], behind, estate, catalogue),
      controlPoint: { kind: "grant", id: cause.key, label: own.weaknessTitle },
      ...decide(own, context),
    });
  }
  const cases = inOrder(made);
  const plain = exposures.filter((exposure) => exposure.class === "configuration");
  return {
    schema: "remit.analysis/1",
    generatedAt: now,
    inputs: [...input.inputs].sort((a, b) =>
      compareText(`${a.role} ${a.document}`, `${b.role} ${b.document}`),
    ),
    policyVersion: rulesVersion,
    cases,
    configuration: {
      exposures: plain.length,
      findings: plain.reduce((sum, exposure) => sum + exposure.findings.length, 0),
    },
    readiness: [],
    rejected: input.rejected,
    unknowns: unknownsOf(cases, [...estate.conflicts, ...(input.missing ?? [])]),
    floor: [...new Set(cases.flatMap((item) => item.recreation.floor))].sort(compareText),
    stats: statsOf({ ...input, exposures }, cases, become.engine.stats.statements),
  };
}

/** Fixed ones stay, for the row that proves it; muted and plain settings are not judged unless asked for. */
function isJudged(exposure: Exposure, includeConfiguration: boolean): boolean {
  if (exposure.state === "muted-external") return false;
  return includeConfiguration || exposure.class !== "configuration";
}

const questionOf = (exposure: Exposure): RecreationQuestion => ({
  resource: exposure.resource,
  weakness: exposure.weakness,
  subLocator: exposure.subLocator,
  ...(exposure.account === undefined ? {} : { account: exposure.account }),
});

/** Everything of the catalogue and of the time that answers about access depend on. */
export function accessPolicy(catalogue: Catalogue | undefined, now: string): AccessPolicy {
  return {
    now,
    sanctions: catalogue?.sanctioned ?? [],
    sharedCause: catalogue?.policy.sharedCause ?? 0.6,
    jitMaxHours: catalogue?.policy.jitMaxHours ?? 12,
    maxRoutes: 50,
  };
}

/** What tools know of checks that have no formula of their own (findings.md 3.2); users may override per weakness. */
function derivedActions(input: Pick<AnalyseInput, "exposures" | "catalogue" | "checks">): DerivedActions {
  const checkOf = new Map<string, { provider: string; check: string }>();
  for (const exposure of input.exposures) {
    if (exposure.derivedFrom !== undefined) checkOf.set(exposure.weakness, exposure.derivedFrom);
  }
  return {
    overrides: input.catalogue?.overrides.weaknessActions ?? {},
    actionsFor: (weakness) => {
      const check = checkOf.get(weakness);
      const info = check === undefined ? undefined : input.checks.prowler(check.provider, check.check);
      if (info === undefined) return undefined;
      return {
        actions: info.derivedActions,
        derivation: `${info.derivation.join(", ")}; confidence ${info.confidence}`,
      };
    },
  };
}

const rootCauseOf = ({ key }: SharedCause): string => `identity|${key}`;

const sharedCaseIds = (
  populations: readonly SharedCause[],
  ids: (rootCause: string) => string,
): SharedCaseIds =>
  new Map(
    populations.map((cause) => [cause.key, { case: ids(rootCauseOf(cause)), members: cause.members.length }]),
  );

function caseInputOf(group: CaseGroup) {
  const [first] = group.members;
  return {
    kind: group.kind,
    weakness: first?.exposure.weakness ?? "",
    weaknessClass: first?.exposure.class ?? "",
    weaknessTitle: first?.exposure.weaknessTitle ?? "",
    exposures: group.members.map((member) => member.exposure),
    recreations: group.members.map((member) => member.recreation),
    paths: routesOf(group.members).map(({ path }) => path),
    controlPoint: group.controlPoint,
  };
}

function caseOf(
  group: CaseGroup,
  recreation: Case["recreation"],
  ids: (rootCause: string) => string,
  decision: ReturnType<typeof decide>,
): Case {
  const exposures = group.members.map((member) => member.exposure);
  const [first] = exposures;
  const combination = combinationOf(exposures, decision);
  return {
    id: ids(group.rootCause),
    title: caseTitle(exposures, recreation, routesOf(group.members)),
    kind: group.kind,
    severity: caseSeverity(exposures, decision),
    ...(combination === undefined ? {} : { combination }),
    exposures,
    recreation,
    controlPoint: group.controlPoint ?? {
      kind: "resource",
      id: first?.resource ?? ids(group.rootCause),
      label: first?.resourceName ?? ids(group.rootCause),
    },
    ...decision,
  };
}
