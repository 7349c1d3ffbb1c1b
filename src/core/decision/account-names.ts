import type { MissingFact } from "../estate/index.js";
import type { Recreation } from "../access/index.js";

/** The name of an account of twelve digits, where anybody gave it one. */
export type AccountNames = (digits: string) => string | undefined;

/** `account 222222222222` → `account prod`: twelve digits are never the only label where a name is known. */
export function nameAccounts(text: string, names: AccountNames): string {
  return text.replace(/\baccount `?(?:aws:)?(\d{12})`?/g, (whole, digits: string) => {
    const name = names(digits);
    return name === undefined ? `account ${digits}` : `account ${name}`;
  });
}

/** The same answer with accounts named in every missing fact; keys stay, so equal facts stay equal. */
export function nameFacts(answer: Recreation, names: AccountNames): Recreation {
  const named = (fact: MissingFact): MissingFact => ({ ...fact, fact: nameAccounts(fact.fact, names) });
  return {
    ...answer,
    missing: answer.missing.map(named),
    wouldDecide: answer.wouldDecide.map((item) => ({ ...item, fact: named(item.fact) })),
    paths: answer.paths.map((path) =>
      path.missing.length === 0 ? path : { ...path, missing: path.missing.map(named) },
    ),
  };
}
