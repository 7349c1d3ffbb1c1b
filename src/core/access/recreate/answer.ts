import type { MissingFact } from "../../estate/index.js";
import type { Entry } from "../become.js";
import { startersAfter } from "./after-containment.js";
import { everyone } from "../aws/actors.js";
import type { Path, Recreation, RecreationQuestion } from "../recreation.js";
import type { AccessPolicy } from "../sanction.js";
import { certificateOf, stoppedBy } from "./certificate.js";
import { otherCircumstances } from "./circumstances.js";
import { colludingPath } from "./collusion.js";
import { createContext, type FormulaContext } from "./context.js";
import { layersOf } from "./control-point.js";
import { withDeployIdentity } from "./deploy-identity.js";
import { definitionPath, otherDriftPath } from "./drift-path.js";
import type { EstateIndex } from "./estate-index.js";
import { findingReturns } from "./finding-returns.js";
import { floorOf } from "./floor.js";
import { unreadDelegation } from "./unread-delegation.js";
import { groundMissing, kindAsked, otherIdentitiesMissing } from "./ground.js";
import { rightsOf, standing, standingMissing, truthsOf, type Formula } from "./formula.js";
import { deployersMissing, layersMissing } from "./layers.js";
import { pathsOf } from "./leg.js";
import { intersect, isEmpty, membersOf, union, without, type Members } from "./members.js";
import { comparePaths, distinctFacts } from "./path.js";
import type { Population } from "./populations.js";
import { unchangeable } from "./settled-answer.js";
import { createSolver, type Solver } from "./solver.js";
import type { Solution } from "./solver.js";
import { rootUsersMissing } from "./root-user.js";
import { severalAtOnce } from "./several-at-once.js";
import { obtainingBehind, standingBehind } from "./standing-behind.js";
import { standingPath } from "./standing-path.js";
import type { Starter } from "./starters.js";
import { counts, decidedBy, decidedTogether, verdictOf, type VerdictParts } from "./verdict.js";
import type { Bypass, WeaknessFormula } from "./weakness-formula.js";
import type { World } from "./world.js";

/** What one answer needs beside its question. */
export interface AnswerSetting {
  /** Identities as they stand after containment. */
  readonly world: World;
  readonly index: EstateIndex;
  readonly policy: AccessPolicy;
  readonly formula: WeaknessFormula;
  readonly derived: boolean;
  readonly lifted: Members;
  readonly populations: readonly Population[];
  readonly startersOf: (
    solution: Solution,
    filter?: (entry: Starter["entry"]) => boolean,
  ) => readonly Starter[];
}

/** Answers one question: paths of all three legs, the verdict, and what stands behind it. */
export function answer(question: RecreationQuestion, given: AnswerSetting): Recreation {
  const { world, index, policy, formula, derived, lifted, populations } = given;
  const bare = createContext(world.engine, index, question);
  const overlay = formula.contain(bare);
  const context = createContext(world.engine, index, question, overlay);
  const setting = { ...given, startersOf: startersAfter(context, given.startersOf) };
  const base = { formula: formula.name, derived, floor: floorOf(world.engine.estate, context.account) };
  const kind = kindAsked(context);
  const ofKind = kind !== undefined && formula.kinds?.includes(kind) !== false;
  const immutable = ofKind ? formula.immutable?.(context) : undefined;
  const weak = ofKind ? formula.weak?.(bare, policy.now) : undefined;
  const now =
    weak === undefined ? {} : { now: { text: weak.label, value: weak.value, evidence: weak.evidence } };
  const hops = formula.exposurePath?.(bare) ?? [];
  const used = hops.length === 0 ? {} : { exposurePath: hops };
  if (immutable !== undefined) return { ...unchangeable(base, immutable), ...now, ...used };
  const touched = overlay.removedStatements !== undefined && formula.changesIdentities !== true;
  const engine = touched ? world.engine.withOverlay(overlay) : world.engine;
  const solver = createSolver(world, engine, lifted);
  const restore = withDeployIdentity(context, index, formula.restore(context), solver);
  const drift = driftPaths(context, formula);
  const written = restorePaths(setting, context, solver, restore, new Set(drift.map((path) => path.actor)));
  const around = formula.bypass(context);
  const bypass = around.map((item) => bypassPaths(setting, context, solver, item));
  const ways = (formula.ways?.(context) ?? []).map((way) => standingPath(context, way));
  const all = [...drift, ...ways, ...written.paths, ...bypass.flatMap((leg) => leg.paths)].sort(comparePaths);
  const colluding = all.some((path) => counts(path) && path.verdict === true)
    ? undefined
    : colludingPath(context, solver, restore, formula.verbs, setting.startersOf);
  const paths = distinctRoutes(colluding === undefined ? all : [...all, colluding]);
  const first: VerdictParts = {
    paths,
    layers: [
      ...layersMissing(context, restore),
      ...(formula.byDeployment === true ? deployersMissing(context, restore) : []),
      ...otherIdentitiesMissing(context, restore),
      ...written.open,
    ],
    ground: groundMissing(context, formula, restore),
    sharedCauses: standingBehind(populations, solver, restore),
    derived,
  };
  const counting = (entry: Entry): boolean => formula.excludes?.(entry, context) !== true;
  const parts = looked(first, [
    (verdict) =>
      verdict === "none"
        ? { sharedCauses: obtainingBehind(populations, solver, restore, context.account) }
        : {},
    (verdict) => (verdict === "none" ? { open: rootUsersMissing(solver, restore) } : {}),
    (verdict) => (verdict === "none" ? { open: unreadDelegation(context, solver, restore) } : {}),
    () => ({ open: severalAtOnce(solver, restore, counting) }),
    // Who gets a right by several steps is worked out for the estate as it stands: where containment took statements
    // away, their readers would be found again.
    ...(touched ? [] : around).map((bypass) => () => ({
      open: severalAtOnce(solver, bypass.formula, goesAround(formula, context, bypass)),
    })),
    (verdict) => ({
      open: otherCircumstances({
        context,
        solver,
        restore,
        policy,
        counts: counting,
        administrators: verdict === "none" ? membersIn(populations, context.account) : membersOf([]),
      }),
    }),
  ]);
  const answered = verdictOf(parts);
  const kept = paths.slice(0, policy.maxRoutes);
  const missing = distinctFacts([
    ...parts.layers,
    ...(answered.verdict === "unknown" ? parts.ground : []),
    ...paths.filter(counts).flatMap((path) => path.missing),
  ]);
  const together = decidedTogether(parts, missing);
  const effect =
    answered.verdict === "possible"
      ? undefined
      : findingReturns({ solver, restore, populations, startersOf: setting.startersOf });
  return {
    ...base,
    ...answered,
    ...now,
    ...used,
    paths: kept,
    morePaths: paths.length - kept.length + written.left + bypass.reduce((sum, leg) => sum + leg.left, 0),
    missing,
    wouldDecide: decidedBy(parts, missing),
    ...(together === undefined ? {} : { togetherDecide: together }),
    sharedCauses: parts.sharedCauses,
    stopped: stoppedBy(solver, restore, 3),
    checked: checkedLines(solver, restore, kept[0]),
    ...(answered.verdict === "none" || answered.verdict === "governed"
      ? { certificate: certificateOf(context, solver, restore) }
      : {}),
    elsewhere: elsewhereLines(context, solver, formula),
    ...(effect === undefined ? {} : { findingReturns: effect }),
  };
}

const membersIn = (populations: readonly Population[], account: FormulaContext["account"]): Members =>
  populations
    .filter((item) => item.account === account)
    .reduce((sum, item) => union(sum, item.members), membersOf([]));

/** What one further look found: populations behind it, or what leaves the answer open. */
interface Found {
  readonly sharedCauses?: readonly string[];
  readonly open?: readonly MissingFact[];
}

/** What the paths of one answer do not follow, asked in turn for as long as nothing leaves the answer open. */
function looked(
  first: VerdictParts,
  further: readonly ((verdict: "none" | "governed") => Found)[],
): VerdictParts {
  let parts = first;
  for (const look of further) {
    const { verdict } = verdictOf(parts);
    if (verdict !== "none" && verdict !== "governed") return parts;
    const { sharedCauses = [], open = [] } = look(verdict);
    parts = {
      ...parts,
      layers: [...parts.layers, ...open],
      sharedCauses: [...new Set([...parts.sharedCauses, ...sharedCauses])],
    };
  }
  return parts;
}

/** `applying`: identities that apply code which sets it; what they did is the code's deed, told once as drift. */
function restorePaths(
  setting: AnswerSetting,
  context: FormulaContext,
  solver: Solver,
  restore: Formula,
  applying: ReadonlySet<string>,
) {
  const { index, policy, formula } = setting;
  const solution = solver.solve(restore);
  const starters = setting.startersOf(solution, (entry) => formula.excludes?.(entry, context) !== true);
  const events = (index.events.get(context.id) ?? [])
    .filter((event) => event.actor === undefined || !applying.has(event.actor))
    .sort((left, right) => (left.at < right.at ? -1 : left.at > right.at ? 1 : 0));
  const leg = pathsOf({
    context,
    solver,
    formula: restore,
    leg: "restore",
    verbs: formula.verbs,
    starters,
    events,
    limit: policy.maxRoutes * 2,
  });
  const stands = standing(restore);
  if (stands === true) {
    const still = otherDriftPath(context, {
      starter: context.id,
      label: "the setting still stands after containment",
      because: "nothing needs to be done: the setting still stands",
      controlId: context.id,
      evidence: truthsOf(restore).flatMap((truth) => truth.evidence),
      verdict: true,
      missing: [],
    });
    return { ...leg, paths: [still, ...leg.paths], open: [] };
  }
  return { ...leg, open: standingMissing(restore) };
}

function bypassPaths(setting: AnswerSetting, context: FormulaContext, solver: Solver, bypass: Bypass) {
  const { formula } = setting;
  const own = ownSolver(setting, solver, bypass);
  const solution = own.solve(bypass.formula);
  const starters = setting.startersOf(solution, goesAround(formula, context, bypass));
  const verbs = Object.fromEntries(rightsOf(bypass.formula).map((right) => [right.action, bypass.verb]));
  return pathsOf({
    context,
    solver: own,
    formula: bypass.formula,
    leg: "bypass",
    verbs,
    starters,
    events: [],
    limit: setting.policy.maxRoutes,
  });
}

/** Which entries count as a way around containment. */
const goesAround =
  (formula: WeaknessFormula, context: FormulaContext, bypass: Bypass) =>
  (entry: Entry): boolean => {
    if (formula.excludes?.(entry, context) === true) return false;
    // Whoever comes in as everyone uses the exposure itself, not a way around its containment.
    if (entry.principal === everyone) return false;
    if (bypass.startsAs?.includes(entry.principal) === false) return false;
    if (bypass.counts === "all") return true;
    if (entry.band <= 1) return true;
    return (
      bypass.counts === "machines-too" && entry.band === 2 && entry.kind !== "human" && entry.kind !== "root"
    );
  };

/**
 * What the exposure hands out is its own way in, also where it stands among the administrators of the account: those
 * are lifted out of other people's exposures, not out of the one that opens them.
 */
function ownSolver({ world, lifted }: AnswerSetting, solver: Solver, { startsAs }: Bypass): Solver {
  const own = membersOf((startsAs ?? []).flatMap((id) => world.engine.indexOf(id) ?? []));
  return isEmpty(intersect(own, lifted)) ? solver : createSolver(world, solver.engine, without(lifted, own));
}

function driftPaths(context: FormulaContext, formula: WeaknessFormula): readonly Path[] {
  const places = [context.id, ...(formula.definedOn?.(context) ?? [])];
  const declared = places
    .flatMap((place) => context.definitions(place as typeof context.id))
    .filter((definition) => formula.declares(definition, context))
    .map((definition) => definitionPath(context, definition));
  return [...declared, ...(formula.drift?.(context) ?? []).map((drift) => otherDriftPath(context, drift))];
}

/** The same route may be found by several branches: one of each, in order. */
function distinctRoutes(paths: readonly Path[]): readonly Path[] {
  const seen = new Set<string>();
  return paths.filter((path) => {
    const key = `${path.starter} ${path.actor} ${path.leg} ${path.credential ?? ""} ${path.hops.map((hop) => `${hop.from}>${hop.to}`).join(" ")}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function checkedLines(solver: Solver, restore: Formula, worst: Path | undefined): readonly string[] {
  const right = rightsOf(restore)[0];
  if (right === undefined) return [];
  const actor =
    worst === undefined || worst.leg === "drift"
      ? [...solver.atom(right).ownPossible][0]
      : solver.engine.indexOf(worst.actor as never);
  if (actor === undefined) return [];
  const action = worst?.hops[worst.recurrenceHop]?.action ?? right.action;
  const asked = rightsOf(restore).find((item) => item.action === action) ?? right;
  const decision = solver.engine.decide(solver.world.name(actor), asked.action, asked.resource);
  const denies = `${decision.deniesChecked} Deny statement${decision.deniesChecked === 1 ? "" : "s"}${decision.blocks.some((block) => block.kind === "explicit-deny") ? "" : ", none match"}`;
  return [...layersOf(decision), denies];
}

function elsewhereLines(
  context: FormulaContext,
  solver: Solver,
  formula: WeaknessFormula,
): readonly string[] {
  return formula.elsewhere(context).flatMap(([action, pattern]) => {
    // A thing that does not exist yet, by a name that no document uses.
    const resource = pattern === "*" ? pattern : pattern.replaceAll("*", "remit-probe");
    const { account } = context;
    const { size } = solver.world.whoCan({
      kind: "can",
      action,
      resource,
      ...(account === undefined ? {} : { account }),
    }).allowed;
    return size === 0
      ? []
      : [`${size} ${size === 1 ? "identity" : "identities"} may ${action}: a new one, not this one`];
  });
}
