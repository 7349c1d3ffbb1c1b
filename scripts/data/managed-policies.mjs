// Writes data/aws-managed-policies.json from the corpus. The form is described, and read back, in
// src/core/access/aws/managed-policies.ts.
import { join } from "node:path";
import { byCode, corpusFolder, interner, isCommand, linesOf, readJson, writeData } from "./shared.mjs";

/**
 * @typedef {string | string[]} Texts
 * @typedef {{ Effect: string, Action?: Texts, NotAction?: Texts, Resource?: Texts, NotResource?: Texts,
 *   Condition?: Record<string, Record<string, unknown>> }} Statement
 * @typedef {{ Version: string, Statement: Statement | Statement[] }} PolicyDocument
 * @typedef {{ source: string, policies: Record<string, PolicyDocument> }} Source
 */

const policyArn = /^arn:aws:iam::aws:policy\/(.+)$/;
const statementKeys = new Set([
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

/**
 * @template T
 * @param {T | T[] | undefined} value
 * @returns {T[]}
 */
const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** @param {Statement} statement */
const actionsOf = (statement) => list(statement.Action ?? statement.NotAction);

/**
 * The compact form of policies given as `{source, policies: {arn: document}}`. Sids are dropped, and actions are sorted.
 * @param {Source} input
 */
export function compactManagedPolicies({ source, policies }) {
  const named = Object.entries(policies)
    // The source holds two documents under "null" and "undefined": no policy can be attached by such a name.
    .flatMap(([arn, document]) => {
      const name = policyArn.exec(arn)?.[1];
      return name === undefined ? [] : [{ name, document }];
    })
    .sort((a, b) => byCode(a.name, b.name));

  const names = [
    ...new Set(named.flatMap(({ document }) => list(document.Statement).flatMap(actionsOf))),
  ].sort(byCode);
  const numbers = new Map(names.map((name, number) => [name, number]));
  /** @type {Record<string, string>} */
  const actions = {};
  for (const action of names) {
    const colon = action.indexOf(":");
    const service = action.slice(0, Math.max(colon, 0));
    const name = action.slice(colon + 1);
    actions[service] = actions[service] === undefined ? name : `${actions[service]},${name}`;
  }

  const resources = interner();
  const conditions = interner();
  /** @param {Statement} statement */
  const pack = (statement) => {
    const unknown = Object.keys(statement).filter((key) => !statementKeys.has(key));
    if (unknown.length > 0) throw new Error(`a statement has the unknown keys ${unknown.join(", ")}`);
    let before = 0;
    const steps = actionsOf(statement)
      .map((action) => numbers.get(action) ?? 0)
      .sort((a, b) => a - b)
      .map((number) => {
        const step = (number - before).toString(36);
        before = number;
        return step;
      });
    const targets = list(statement.Resource ?? statement.NotResource).map((arn) =>
      resources.number(arn).toString(36),
    );
    const tests = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, value]) =>
        conditions.number(JSON.stringify([operator, key, value])).toString(36),
      ),
    );
    return [
      (statement.Effect === "Allow" ? "+" : "-") +
        (statement.NotAction === undefined ? "" : "!") +
        steps.join(" "),
      (statement.NotResource === undefined ? "" : "!") + targets.join(" "),
      ...(tests.length > 0 ? [tests.join(" ")] : []),
    ].join("|");
  };

  const packed = Object.fromEntries(
    named.map(({ name, document }) => {
      if (document.Version !== "2012-10-17")
        throw new Error(`\`${name}\` has version \`${document.Version}\``);
      return [name, list(document.Statement).map(pack)];
    }),
  );
  return {
    source,
    version: /\d{4}-\d{2}-\d{2}/.exec(source)?.[0] ?? "unknown",
    actions,
    resources: resources.values(),
    conditions: conditions.values().map((text) => JSON.parse(text)),
    policies: packed,
  };
}

/**
 * The text of data/aws-managed-policies.json: one line for each service, resource, condition and policy.
 * @param {Source} input
 */
export function renderManagedPolicies(input) {
  return linesOf(compactManagedPolicies(input), ["actions", "resources", "conditions", "policies"]);
}

if (isCommand(import.meta.url)) {
  const folder = corpusFolder(process.argv.slice(2));
  const { source, policies } = readJson(join(folder, "roles/aws-managed-policies.json"));
  const extra = readJson(join(import.meta.dirname, "managed-policies-extra.json"));
  const input = { source: `${source}; ${extra.source}`, policies: { ...extra.policies, ...policies } };
  writeData("aws-managed-policies.json", renderManagedPolicies(input));
}
