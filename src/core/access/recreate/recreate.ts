import type { AccountId } from "../../estate/index.js";
import type { Become } from "../become.js";
import { createBecome } from "../become/become.js";
import type { Overlay } from "../engine.js";
import type { PropertyTruth, Recreation, RecreationQuestion, SharedCause } from "../recreation.js";
import type { AccessPolicy } from "../sanction.js";
import { answer, type AnswerSetting } from "./answer.js";
import { findBroadGrants } from "./broad-grant.js";
import { createContext } from "./context.js";
import { derivedFormula, type DerivedActions } from "./derived-formula.js";
import { indexEstate } from "./estate-index.js";
import { floorOf } from "./floor.js";
import { formulaOf } from "./formula-registry.js";
import { answerKey, questionsKey, type KnownAnswers } from "./known-answers.js";
import { membersOf, union, type Members } from "./members.js";
import { findPopulations, sharedCauseOf, type Population, type Populations } from "./populations.js";
import { unanswerable } from "./settled-answer.js";
import { createStarters } from "./starters.js";
import type { WeaknessFormula } from "./weakness-formula.js";
import { createWorld, type World } from "./world.js";

const noPopulations: readonly Population[] = [];

export interface RecreationAnalysis {
  /** One exposure. Broad grants are lifted out only where `analyse` or `sharedCauses` has seen all exposures. */
  recreate(question: RecreationQuestion): Recreation;
  /** Over all exposures of an analysis, before `recreate`: populations that stand behind many of them. */
  sharedCauses(questions: readonly RecreationQuestion[]): readonly SharedCause[];
  /**
   * Both at once; answers in the order of the questions. `known`: what was answered before over the same facts, the same
   * policy and the same moment (`momentsOf`); only the others are asked. `reference` takes the place of the first one.
   */
  analyse(
    questions: readonly RecreationQuestion[],
    known?: KnownAnswers,
    reference?: DerivedActions,
  ): {
    readonly shared: readonly SharedCause[];
    readonly answers: readonly Recreation[];
    /** All of these answers, to be known the next time. */
    readonly known: KnownAnswers;
    /** How many were not known. */
    readonly asked: number;
  };
  /** What containment of this exposure does to the estate, and nothing else. */
  containmentOverlay(question: RecreationQuestion): Overlay;
  /** Whether the setting is weak now, without asking who could bring it back; undefined where no formula knows. */
  settingNow(question: RecreationQuestion): PropertyTruth | undefined;
  /** Whether code that is in force declares the weak setting, however it stands now: the next run sets it again. */
  setByCode(question: RecreationQuestion): boolean;
}

/**
 * Who could bring an exposure back, by which way (recreation.md). Pure: `become` carries estate and engine, `policy`
 * the time and the limits, `reference` the derived actions of checks that have no formula of their own.
 */
export function createRecreation(
  become: Become,
  policy: AccessPolicy,
  given: DerivedActions,
): RecreationAnalysis {
  let reference = given;
  const world = createWorld(become, policy);
  const index = indexEstate(become.engine.estate);
  let found: Populations | undefined;
  const populations = (): Populations => (found ??= findPopulations(world));
  const startersOf = createStarters(world);
  let broad: readonly Population[] = [];

  const formulaFor = (
    question: RecreationQuestion,
  ): { formula: WeaknessFormula; derived: boolean } | undefined => {
    const own = formulaOf(question.weakness);
    if (own !== undefined) return { formula: own, derived: false };
    const derived = derivedFormula(question.weakness, question.resource, reference);
    return derived === undefined ? undefined : { formula: derived, derived: true };
  };
  const accountOf = (question: RecreationQuestion) => createContext(world.engine, index, question).account;
  // One and the same set for all questions of an account: what is remembered by it is found again.
  const liftedIn = new WeakMap<readonly Population[], Map<string | undefined, Members>>();
  const liftedFor = (question: RecreationQuestion, own: readonly Population[]): Members => {
    const account = accountOf(question);
    let byAccount = liftedIn.get(own);
    if (byAccount === undefined) liftedIn.set(own, (byAccount = new Map<string | undefined, Members>()));
    let found = byAccount.get(account);
    if (found === undefined) {
      found = own
        .filter((item) => item.account === account)
        .reduce((sum, item) => union(sum, item.members), populations().lifted);
      byAccount.set(account, found);
    }
    return found;
  };
  const settingFor = (
    question: RecreationQuestion,
    own: readonly Population[],
    asked: World,
  ): AnswerSetting | undefined => {
    const found = formulaFor(question);
    if (found === undefined) return undefined;
    const account = accountOf(question);
    return {
      ...found,
      world: asked,
      index,
      policy,
      lifted: liftedFor(question, own),
      populations: [...populations().administrators, ...own.filter((item) => item.account === account)],
      startersOf: asked === world ? startersOf : createStarters(asked),
    };
  };
  const overlayFor = (question: RecreationQuestion): Overlay =>
    formulaFor(question)?.formula.contain(createContext(world.engine, index, question)) ?? {};

  /** The world after containment, where containment changes who becomes whom; else the one that everybody shares. */
  const worldFor = (question: RecreationQuestion): World => {
    if (formulaFor(question)?.formula.changesIdentities !== true) return world;
    const overlay = overlayFor(question);
    if (overlay.removedStatements === undefined && overlay.disabledPrincipals === undefined) return world;
    return createWorld(createBecome(world.engine.withOverlay(overlay), policy), policy);
  };

  const recreate = (question: RecreationQuestion): Recreation => {
    const setting = settingFor(question, broad, worldFor(question));
    return setting === undefined
      ? unanswerable(question, floorOf(world.engine.estate, accountOf(question)))
      : answer(question, setting);
  };
  const broadOver = (questions: readonly RecreationQuestion[]): readonly Population[] =>
    findBroadGrants(questions, policy.sharedCause, accountOf, (question) =>
      settingFor(question, noPopulations, world),
    );
  const causeOf = (item: Population): SharedCause =>
    sharedCauseOf(world, item, populations().roots.get(item.account), policy.maxRoutes);
  const populationOf = ({ key, account, kind, members }: SharedCause): Population => ({
    key,
    account: account as AccountId,
    kind,
    members: membersOf(members.flatMap((member) => world.engine.indexOf(member) ?? [])),
  });
  return {
    recreate,
    sharedCauses(questions) {
      broad = broadOver(questions);
      return [...populations().administrators, ...broad].map(causeOf);
    },
    analyse(questions, known, other = given) {
      reference = other;
      // Account by account, so that what is remembered of one is not forgotten before its last question.
      const accounts = new Map<string, number[]>();
      for (const [at, question] of questions.entries()) {
        const account = accountOf(question) ?? "";
        const list = accounts.get(account);
        if (list === undefined) accounts.set(account, [at]);
        else list.push(at);
      }
      const inOrder = [...accounts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      const derivedOf = ({ weakness, resource }: RecreationQuestion): unknown =>
        formulaOf(weakness) === undefined
          ? [reference.overrides[weakness], reference.actionsFor(weakness, resource)]
          : undefined;
      // A share of an account's exposures changes with any of them; without change it is the same population.
      const grants: Record<string, KnownAnswers["broad"][string]> = {};
      for (const [account, list] of inOrder) {
        const asked = list.flatMap((at) => questions[at] ?? []);
        const key = questionsKey(asked, derivedOf);
        const before = known?.broad[account];
        const cause =
          before?.questions === key
            ? before.cause
            : account === ""
              ? undefined
              : broadOver(asked).map(causeOf)[0];
        grants[account] = { questions: key, ...(cause === undefined ? {} : { cause }) };
      }
      const causes = inOrder.flatMap(([account]) => grants[account]?.cause ?? []);
      broad = causes.map(populationOf);
      const administrators = known?.administrators ?? populations().administrators.map(causeOf);
      const kept: Record<string, Recreation> = {};
      const answers: Recreation[] = [];
      let asked = 0;
      for (const [account, list] of inOrder)
        for (const at of list) {
          const question = questions[at];
          if (question === undefined) continue;
          const key = answerKey(question, derivedOf(question), grants[account]?.cause?.members);
          let answered = kept[key] ?? known?.answers[key];
          if (answered === undefined) {
            answered = recreate(question);
            asked += 1;
          }
          answers[at] = kept[key] = answered;
        }
      const shared = [...administrators, ...causes];
      return { shared, answers, asked, known: { administrators, broad: grants, answers: kept } };
    },
    containmentOverlay: overlayFor,
    settingNow: (question) =>
      formulaFor(question)?.formula.weak?.(createContext(world.engine, index, question), policy.now),
    setByCode(question) {
      const formula = formulaFor(question)?.formula;
      if (formula === undefined) return false;
      const context = createContext(world.engine, index, question);
      return [context.id, ...(formula.definedOn?.(context) ?? [])].some((place) =>
        context
          .definitions(place as typeof context.id)
          .some((definition) => formula.declares(definition, context)),
      );
    },
  };
}
