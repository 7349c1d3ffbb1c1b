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
import { union, type Members } from "./members.js";
import { findPopulations, sharedCauseOf, type Population } from "./populations.js";
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
  /** Both at once; answers in the order of the questions. */
  analyse(questions: readonly RecreationQuestion[]): {
    readonly shared: readonly SharedCause[];
    readonly answers: readonly Recreation[];
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
  reference: DerivedActions,
): RecreationAnalysis {
  const world = createWorld(become, policy);
  const index = indexEstate(become.engine.estate);
  const populations = findPopulations(world);
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
        .reduce((sum, item) => union(sum, item.members), populations.lifted);
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
      populations: [...populations.administrators, ...own.filter((item) => item.account === account)],
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
  const sharedCauses = (questions: readonly RecreationQuestion[]): readonly SharedCause[] => {
    broad = findBroadGrants(questions, policy.sharedCause, accountOf, (question) =>
      settingFor(question, noPopulations, world),
    );
    return [...populations.administrators, ...broad].map((item) =>
      sharedCauseOf(world, item, populations.roots.get(item.account), policy.maxRoutes),
    );
  };
  return {
    recreate,
    sharedCauses,
    analyse(questions) {
      const shared = sharedCauses(questions);
      // Account by account, so that what is remembered of one is not forgotten before its last question.
      const accounts = new Map<string, number[]>();
      for (const [at, question] of questions.entries()) {
        const account = accountOf(question) ?? "";
        const list = accounts.get(account);
        if (list === undefined) accounts.set(account, [at]);
        else list.push(at);
      }
      const answers: Recreation[] = [];
      for (const account of [...accounts.keys()].sort())
        for (const at of accounts.get(account) ?? []) {
          const question = questions[at];
          if (question !== undefined) answers[at] = recreate(question);
        }
      return { shared, answers };
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
