import type { Estate, MissingFact } from "../estate/index.js";
import { codeOwnersOf, type Catalogue } from "../accountability/index.js";
import {
  namedFacts,
  type Band,
  type Path,
  type PathCode,
  type Recreation,
  type Verdict,
} from "../access/index.js";
import type { CaseKind, CasePath, CaseRecreation } from "./analysis.js";
import { routesOf, type AnsweredExposure } from "./case-groups.js";
import { identityProof, requestPolicy } from "./path-proof.js";
import { compareText } from "./sorting.js";
import { becauseClause, comesBackWords, isCounted } from "./words.js";

const precedence: readonly Verdict[] = ["possible", "unknown", "governed", "none"];

/** Case ids and sizes of the populations that stand behind a case, by shared cause key. */
export type SharedCaseIds = ReadonlyMap<string, { readonly case: string; readonly members: number }>;

/**
 * What the case says of coming back: the worst answer of its exposures (possible, unknown, governed, none),
 * all their routes, and everything that was checked, each once.
 */
export function caseRecreation(
  kind: CaseKind,
  members: readonly AnsweredExposure[],
  sharedCases: SharedCaseIds,
  estate: Estate,
  catalogue: Catalogue | undefined,
): CaseRecreation {
  const answers = members.map((member) => member.recreation);
  const verdict = precedence.find((value) => answers.some((answer) => answer.verdict === value)) ?? "unknown";
  const decisive = answers.filter((answer) => answer.verdict === verdict);
  const routes = routesOf(members);
  const worst = verdict === "possible" ? routes.find(({ path }) => isCounted(path))?.path : routes[0]?.path;
  const band = worstBand(decisive, verdict);
  const basis = unique(decisive.flatMap((answer) => answer.basis));
  const shared = unique(answers.flatMap((answer) => answer.sharedCauses))
    .map((key) => sharedCases.get(key))
    .filter((item) => item !== undefined)
    .sort((a, b) => compareText(a.case, b.case));
  const missing = namedFacts(
    uniqueBy(
      answers.flatMap((answer) => answer.missing),
      (fact) => fact.key,
    ),
  );
  const together = togetherOf(decisive);
  const first = decisive[0] ?? answers[0];
  const findingReturns = answers.find((answer) => answer.findingReturns !== undefined)?.findingReturns;
  const certificate = verdict === "none" || verdict === "governed" ? first?.certificate : undefined;
  return {
    verdict,
    ...(band === undefined ? {} : { band }),
    words: comesBackWords(kind, verdict, band, basis, false),
    because: becauseClause(
      {
        verdict,
        basis,
        missing: namedFacts(decisive.flatMap((answer) => answer.missing)),
        ...(certificate === undefined ? {} : { certificate }),
      },
      worst,
      shared[0],
    ),
    basis,
    paths: routes.map(({ path, exposures }): CasePath => {
      return { ...plainPath(path, estate, catalogue), exposures };
    }),
    morePaths: answers.reduce((sum, answer) => sum + answer.morePaths, 0),
    missing: missing.map((fact) => fact.fact),
    missingFacts: missingWithEffect(answers, missing),
    ...(together === undefined ? {} : { togetherDecide: together }),
    floor: unique(answers.flatMap((answer) => answer.floor)),
    sharedCases: shared,
    elsewhere: unique(answers.flatMap((answer) => answer.elsewhere)),
    stopped: uniqueBy(
      answers.flatMap((answer) => answer.stopped),
      (item) => `${item.who}|${item.by}`,
    ),
    checked: unique(decisive.flatMap((answer) => answer.checked)),
    ...(certificate === undefined ? {} : { certificate }),
    ...(findingReturns === undefined ? {} : { findingReturns }),
    formula: first?.formula ?? "none",
    derived: answers.some((answer) => answer.derived),
  };
}

/** A path without what only the engine needs. */
export function plainPath(
  path: Path,
  estate: Estate,
  catalogue: Catalogue | undefined,
): Omit<CasePath, "exposures"> {
  const { colluding, code, repeatOf: _repeatOf, control: _control, startedBy: _startedBy, ...rest } = path;
  return {
    ...rest,
    ...(colluding === true ? { colluding } : {}),
    identityProof: identityProof(path, estate, catalogue),
    requestPolicy: requestPolicy(path),
    ...(code === undefined ? {} : { code: { ...code, owners: ownersOfCode(estate, code) } }),
  };
}

const ownersOfCode = (estate: Estate, { file, repository }: PathCode): readonly string[] =>
  file === undefined
    ? []
    : codeOwnersOf(estate, { file, ...(repository === undefined ? {} : { repository }) });

/** Where several answers are joined, the worst of them: one exposure that may come back is enough. */
function togetherOf(answers: readonly Recreation[]): Recreation["togetherDecide"] {
  const [first, ...others] = answers.flatMap((answer) => answer.togetherDecide ?? []);
  return others.every((other) => other.ifTrue === first?.ifTrue && other.ifFalse === first?.ifFalse)
    ? first
    : undefined;
}

function worstBand(answers: readonly Recreation[], verdict: Verdict): Band | undefined {
  if (verdict !== "possible" && verdict !== "governed") return undefined;
  let worst: Band | undefined;
  for (const { band } of answers)
    if (band !== undefined && (worst === undefined || band < worst)) worst = band;
  return worst;
}

function missingWithEffect(
  answers: readonly Recreation[],
  missing: readonly MissingFact[],
): CaseRecreation["missingFacts"] {
  return missing.map((fact) => {
    const effect = answers.flatMap((answer) => answer.wouldDecide).find((item) => item.fact.key === fact.key);
    return {
      ...fact,
      ifTrue: effect?.ifTrue ?? "confirms the answer",
      ifFalse: effect?.ifFalse ?? "confirms the answer",
    };
  });
}

const unique = <Item extends string>(items: readonly Item[]): readonly Item[] => [...new Set(items)];

function uniqueBy<Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] {
  const seen = new Map<string, Item>();
  for (const item of items) if (!seen.has(key(item))) seen.set(key(item), item);
  return [...seen.values()];
}
