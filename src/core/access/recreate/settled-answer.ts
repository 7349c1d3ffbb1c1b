import type { Recreation, RecreationQuestion } from "../recreation.js";
import { missingFact } from "./context.js";
import type { WeaknessFormula } from "./weakness-formula.js";

/** The property can never be weak again, or the thing is gone: nobody has to be asked. */
export function unchangeable(
  base: Pick<Recreation, "formula" | "derived" | "floor">,
  immutable: NonNullable<ReturnType<NonNullable<WeaknessFormula["immutable"]>>>,
): Recreation {
  return {
    ...base,
    verdict: "none",
    basis: [immutable.basis],
    paths: [],
    morePaths: 0,
    missing: [],
    wouldDecide: [],
    sharedCauses: [],
    stopped: [],
    checked: [immutable.text],
    certificate: {
      atoms: [
        { atom: immutable.text, candidates: 0, blockedBy: immutable.evidence.map((item) => item.excerpt) },
      ],
      layers: [immutable.text],
    },
    elsewhere: [],
  };
}

/** No formula and no derived action: nobody can say, and the answer says so. */
export function unanswerable(question: RecreationQuestion, floor: readonly string[]): Recreation {
  const fact = missingFact(
    "formula",
    question.weakness,
    `which actions bring \`${question.weakness}\` back`,
    `state them in the policy: overrides for \`${question.weakness}\``,
  );
  return {
    verdict: "unknown",
    basis: [],
    paths: [],
    morePaths: 0,
    missing: [fact],
    wouldDecide: [],
    sharedCauses: [],
    floor,
    stopped: [],
    checked: [],
    elsewhere: [],
    formula: "none",
    derived: true,
  };
}
