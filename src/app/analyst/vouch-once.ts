import type { Path } from "../../core/access/index.js";
import type { Vouch, Vouched } from "../../core/decision/index.js";

/** Checks a path once for each question: paths of answers that are known come again as the same objects. */
export function vouchOnce(vouch: Vouch): Vouch {
  const known = new WeakMap<Path, Map<string, Vouched>>();
  return (question, path) => {
    const key = `${question.resource} ${question.weakness} ${question.account ?? ""}`;
    let checked = known.get(path);
    if (checked === undefined) known.set(path, (checked = new Map<string, Vouched>()));
    let found = checked.get(key);
    if (found === undefined) checked.set(key, (found = vouch(question, path)));
    return found;
  };
}
