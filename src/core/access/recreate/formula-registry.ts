import { s3Public } from "./formulas/s3-public.js";
import type { WeaknessFormula } from "./weakness-formula.js";

/** Every hand-written formula. One more: one file in `formulas/` and one line here. */
export const formulas: readonly WeaknessFormula[] = [s3Public];

const byWeakness = new Map(
  formulas.flatMap((formula) => formula.weaknesses.map((weakness) => [weakness, formula])),
);

export const formulaOf = (weakness: string): WeaknessFormula | undefined => byWeakness.get(weakness);
