import type { Analysis, Case } from "../core/decision/index.js";
import { fault } from "./errors.js";

/** One part of `--fail-on`, asked of one case. */
type Test = (item: Case, isNew: boolean) => boolean;

const severities = ["informational", "low", "medium", "high", "critical"] as const;
const verdicts = ["possible", "unknown", "governed", "none"] as const;

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  ">=": (a, b) => a >= b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  "<": (a, b) => a < b,
  "=": (a, b) => a === b,
};

export interface Condition {
  readonly usesNew: boolean;
  /** Cases for which it holds. */
  failing(analysis: Analysis, isNew: (item: Case) => boolean): readonly Case[];
}

/**
 * `possible`, `unknown`, `governed`, `none`: the verdict. `tier>=2`, `band<=1`, `severity>=high`: a comparison. `new`:
 * absent from the baseline. `&` demands both, `,` either. A wrong one is an error, never a gate that cannot close.
 */
export function parseCondition(text: string): Condition {
  const groups = text.split(",").map((group) => group.split("&").map((part) => parsePart(part.trim(), text)));
  return {
    usesNew: /(?:^|[,&])\s*new\s*(?:$|[,&])/.test(text),
    failing: (analysis, isNew) =>
      analysis.cases.filter((item) => groups.some((tests) => tests.every((test) => test(item, isNew(item))))),
  };
}

function parsePart(part: string, whole: string): Test {
  if (part === "new") return (_item, isNew) => isNew;
  const verdict = verdicts.find((name) => name === part);
  if (verdict !== undefined) return (item) => item.recreation.verdict === verdict;
  const [, name, operator = "", value = ""] =
    /^(tier|band|severity)\s*(>=|<=|>|<|=)\s*(\w+)$/.exec(part) ?? [];
  const compare = comparisons[operator];
  const wanted =
    name === "severity"
      ? severities.findIndex((level) => level === value)
      : /^\d$/.test(value)
        ? Number(value)
        : -1;
  if (compare === undefined || wanted < 0) throw fault("bad-condition", `\`${part === "" ? whole : part}\``);
  switch (name) {
    case "tier":
      return (item) => compare(item.tier, wanted);
    case "band":
      // Only a proven way back has a band to compare.
      return (item) => item.recreation.band !== undefined && compare(item.recreation.band, wanted);
    default:
      return (item) => {
        const level = severities.findIndex((known) => known === item.severity);
        return level >= 0 && compare(level, wanted);
      };
  }
}
