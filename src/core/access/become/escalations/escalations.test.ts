import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { corpusPath } from "../../../../../test/corpus.js";
import { computeRules } from "./compute-rules.js";
import { pairRules, rewriteRules, takeoverRules } from "./identity-rules.js";

const published = (
  JSON.parse(readFileSync(corpusPath("escalations", "aws-paths.json"), "utf8")) as {
    paths: readonly { id: string; requires: readonly string[] }[];
  }
).paths;

/** id -> every action that the rule asks for. */
const rules = new Map<string, readonly string[]>([
  ...computeRules.map(
    (rule) =>
      [
        rule.id,
        [...(rule.passRole ? ["iam:PassRole"] : []), ...rule.actions.map(({ action }) => action)],
      ] as const,
  ),
  ...takeoverRules.map((rule) => [rule.id, rule.actions] as const),
  ...rewriteRules.map((rule) => [rule.id, [rule.action]] as const),
  ...pairRules.map((rule) => [rule.id, [rule.rewrite, rule.access]] as const),
  ["sts-001", ["sts:AssumeRole"]],
]);

/** Actions of a published path that a rule leaves out, with the reason. */
const left: Readonly<Record<string, string>> = {
  "ec2instanceconnect-003 ec2:DescribeInstances": "finds the address only",
};

describe("escalation table against the published paths (issue 2: the 65 paths)", () => {
  test("there are 65, and each has a rule", () => {
    expect(published).toHaveLength(65);
    expect(published.map(({ id }) => id).filter((id) => !rules.has(id))).toEqual([]);
  });

  test.each(published.map((path) => [path.id, path.requires] as const))(
    "%s asks for exactly its actions",
    (id, requires) => {
      const wanted = requires.filter((action) => !(`${id} ${action}` in left)).sort();
      expect([...(rules.get(id) ?? [])].sort()).toEqual(wanted);
    },
  );

  test("ids are unique, and ways of our own are marked", () => {
    const ids = [...computeRules, ...takeoverRules, ...rewriteRules, ...pairRules].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const known = new Set(published.map(({ id }) => id));
    expect(ids.filter((id) => !known.has(id) && !id.endsWith("+"))).toEqual([]);
  });
});
