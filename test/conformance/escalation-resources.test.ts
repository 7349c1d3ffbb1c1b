import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { buildActionDictionary, type RawActions } from "../../src/core/access/aws/action-dictionary.js";
import { computeShapes } from "../../src/core/access/become/escalations/compute.js";
import { computeRules } from "../../src/core/access/become/escalations/compute-rules.js";
import { rewriteRules, takeoverRules } from "../../src/core/access/become/escalations/identity-rules.js";

const dictionary = buildActionDictionary(
  JSON.parse(readFileSync(new URL("../../data/aws-actions.json", import.meta.url), "utf8")) as RawActions,
);

/** Types of the sixth part of an ARN: `function` of `function:x`, `code-interpreter-custom` of `…/x`. */
const typeOf = (arn: string): string => arn.split(":").slice(5).join(":").split(/[/:]/)[0] ?? "";
const typesOf = (action: string): readonly string[] =>
  (dictionary.lookup(action)?.resources ?? []).map(typeOf);

/** Actions that only `*` can allow: a grant on `*` covers the compute that the rule names, too. */
const onlyStar = new Set([
  "bedrock-agentcore:CreateCodeInterpreter",
  "cloudformation:CreateStackSet",
  "datapipeline:CreatePipeline",
  "glue:CreateDevEndpoint",
]);

describe("escalation rules ask for each right on a resource that the action knows (service authorization reference)", () => {
  const asked = computeRules.flatMap((rule) =>
    rule.actions.flatMap(({ action, on }) =>
      on === "*" ? [] : [[rule.id, action, typeOf(computeShapes[on].arn)] as const],
    ),
  );
  test.each(asked)("%s: %s on %s", (_, action, type) => {
    expect(dictionary.lookup(action)).toBeDefined();
    if (onlyStar.has(action)) expect(typesOf(action)).toEqual([]);
    else expect(typesOf(action)).toContain(type);
  });

  test("actions asked on `*` exist", () => {
    const names = computeRules.flatMap((rule) => rule.actions.map(({ action }) => action));
    expect(names.filter((action) => dictionary.lookup(action) === undefined)).toEqual([]);
  });

  test.each(
    takeoverRules.flatMap((rule) => rule.actions.map((action) => [rule.id, action, rule.target] as const)),
  )("%s: %s on the %s taken over", (_, action, target) => expect(typesOf(action)).toContain(target));

  const kinds = {
    user: "user",
    role: "role",
    "group-of-user": "group",
    "any-group": "group",
    "attached-policy": "policy",
  } as const;
  test.each(rewriteRules.map((rule) => [rule.id, rule.action, kinds[rule.on]] as const))(
    "%s: %s on the %s",
    (_, action, type) => expect(typesOf(action)).toContain(type),
  );
});
