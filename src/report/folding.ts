import type { Case } from "../core/decision/index.js";
import { withoutArns } from "./short-name.js";

/** Cases that are not shown as rows, of one word. */
export interface Fold {
  readonly words: string;
  readonly cases: readonly Case[];
  /** What ends or explains them, in a few words. */
  readonly note: string;
}

export interface Folded {
  readonly shown: readonly Case[];
  readonly folds: readonly Fold[];
}

/** Words that ask for nothing today: folded before any other row is. */
const quiet = new Set(["only admins", "governed", "cannot"]);

/** Also of populations that only expected people are in: they are links of other rows. */
const isQuiet = ({ recreation }: Case): boolean =>
  quiet.has(recreation.words) || (recreation.words === "shared cause" && recreation.verdict === "governed");

/** Words of which one row is always shown: a first look must see each kind of answer (first-minute.md, the five things). */
const kinds = ["shared cause", "unknown", "only admins"];

/**
 * Which cases are rows and which are `+N`. Up to `limit` cases: all are rows. Above: one of each kind of answer, then
 * those that can come back or may, in their order; every other one is in exactly one fold.
 */
export function foldCases(cases: readonly Case[], limit: number): Folded {
  if (cases.length <= limit) return { shown: cases, folds: [] };
  const examples = kinds.flatMap((words) => {
    const alike = cases.filter((item) => item.recreation.words === words);
    // Where administrators are the answer, the row that says so is the example.
    const first = alike.find((item) => words !== "shared cause" || !isQuiet(item));
    return first ?? [];
  });
  const loud = cases.filter((item) => !isQuiet(item));
  const taken = new Set([...examples, ...loud].slice(0, Math.max(limit, examples.length)));
  for (const item of loud) if (taken.size < limit) taken.add(item);
  const folds = new Map<string, Case[]>();
  for (const item of cases) {
    if (taken.has(item)) continue;
    const { words } = item.recreation;
    folds.set(words, [...(folds.get(words) ?? []), item]);
  }
  return {
    shown: cases.filter((item) => taken.has(item)),
    folds: [...folds].map(([words, folded]) => ({ words, cases: folded, note: noteOf(words, folded) })),
  };
}

function noteOf(words: string, cases: readonly Case[]): string {
  switch (words) {
    case "only admins": {
      const shared = [
        ...new Set(cases.flatMap((item) => item.recreation.sharedCases.map((link) => link.case))),
      ].sort();
      if (shared.length === 0) return "close the setting";
      const more = shared.length > 2 ? ` +${shared.length - 2}` : "";
      return `close the setting; ${shared.slice(0, 2).join(", ")}${more} ${shared.length === 1 ? "fixes" : "fix"} the rest`;
    }
    case "shared cause":
      return cases.every(isQuiet) ? "only expected people; behind rows that say only admins" : "";
    case "governed": {
      const because = [...new Set(cases.map((item) => withoutArns(item.recreation.because)))];
      return `${because[0] ?? ""}${because.length > 1 ? ` +${because.length - 1}` : ""}`;
    }
    default:
      return "";
  }
}
