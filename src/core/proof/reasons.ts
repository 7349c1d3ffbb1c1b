import type { Answer } from "./answer.js";
import { clauseAnswer, type Keys } from "./condition.js";
import { actionText, clauseText } from "./policy.js";
import type { Ruling, Taken } from "./ruling.js";

/** What was weighed for a ruling. */
export interface Weighed {
  readonly keys: Keys;
  readonly allows: readonly Taken[];
  readonly denies: readonly Taken[];
}

export function conditionsOf(bench: Weighed): readonly string[] {
  const texts = [...bench.allows, ...bench.denies]
    .filter(({ answer }) => answer === "if")
    .flatMap(({ statement }) =>
      statement.conditions
        .filter((clause) => clause.operator === "" || clauseAnswer(clause, bench.keys, true) === "if")
        .map((clause) => `${statement.deny ? "unless" : "only if"} ${clauseText(clause).trim()}`),
    );
  return [...new Set(texts)].sort();
}

/** What stands in the way, nearest to the answer first: only what is as decisive as the answer itself. */
export function blocksOf(
  bench: Weighed,
  answer: Answer,
  grant: Answer,
  layers: Ruling["layers"],
): Ruling["blocks"] {
  const decisive = (own: Answer): boolean => (answer === "no" ? own === "no" : own !== "yes");
  const denies = bench.denies
    .filter((taken) => (answer === "no" ? taken.answer === "yes" : true))
    .map(({ layer, statement }) => ({ layer, text: `Deny ${actionText(statement)}`, statement }));
  const ungranted = !decisive(grant)
    ? []
    : [
        {
          layer: "identity" as const,
          text:
            grant === "no"
              ? "nothing grants it"
              : grant === "unknown"
                ? "what grants it was not supplied"
                : "granted under a condition",
        },
      ];
  const limits = layers
    .filter(({ layer, answer: own }) => (layer === "scp" || layer === "rcp") && decisive(own))
    .map(({ layer, answer: own, text }) => ({
      layer,
      text: own === "unknown" ? `${text}: not all were supplied` : `${text} do not allow it`,
    }));
  return [...denies, ...ungranted, ...limits];
}
