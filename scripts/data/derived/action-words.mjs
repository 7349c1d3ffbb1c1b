// The action dictionary as the rules ask it: verb, noun and resource types of the actions that write.
import { readFileSync } from "node:fs";

/**
 * @typedef {{ name: string, verb: string, noun: string, types: readonly string[] }} WriteAction `types` sorted
 * @typedef {{ find: (name: string) => WriteAction | undefined, of: (service: string) => readonly WriteAction[] }} WriteActions
 */

/**
 * Reads back the form of data/aws-actions.json (src/core/access/aws/action-dictionary.ts), without its conditions.
 * @param {string} path
 * @returns {WriteActions}
 */
export function readWriteActions(path) {
  /** @type {{ services: Record<string, { actions: string, types?: string[][] }> }} */
  const raw = JSON.parse(readFileSync(path, "utf8"));
  /** @type {Map<string, WriteAction[]>} */
  const services = new Map();
  for (const [service, { actions, types = [] }] of Object.entries(raw.services)) {
    const writes = actions.split(" ").flatMap((entry) => {
      const [name = "", level = "", numbers = ""] = entry.split(",");
      if (level !== "w" && level !== "p") return [];
      const named = numbers === "" ? [] : numbers.split(".");
      const own = named.map((number) => types[parseInt(number.replace("?", ""), 36)]?.[0] ?? "");
      return [{ name: `${service}:${name}`, ...verbAndNoun(name), types: own.sort() }];
    });
    services.set(service, writes);
  }
  return {
    find: (name) => services.get(name.split(":")[0] ?? "")?.find((action) => action.name === name),
    of: (service) => services.get(service) ?? [],
  };
}

/**
 * `UpdateFunctionUrlConfig` is `Update` on `FunctionUrlConfig`.
 * @param {string} name without the service
 */
export function verbAndNoun(name) {
  const [, verb = name, noun = ""] = /^([A-Z][a-z]+)(.*)$/.exec(name) ?? [];
  return { verb, noun };
}

/** Words of a noun that name the form of a setting, not the setting. */
const formWords = new Set([
  "configuration", "config", "settings", "setting", "options", "option", "attribute", "attributes", "policy",
  "policies", "default", "user", "by", "for", "with", "the", "of", "in",
]); // prettier-ignore

/**
 * `PutReplicationConfiguration` speaks of `replication`.
 * @param {string} noun
 * @returns {string[]} lower case, without words of form
 */
export function subjectWords(noun) {
  return (noun.match(/[A-Z]+(?![a-z])|[A-Z][a-z]+|\d+/g) ?? [])
    .map((word) => stem(word.toLowerCase()))
    .filter((word) => !formWords.has(word));
}

/**
 * The words of a check id, in the same form.
 * @param {string} id
 * @returns {string[]}
 */
export const checkWords = (id) => id.split("_").map(stem);

/**
 * Near enough to tell `scan`, `scanning` and `scans` to be one word.
 * @param {string} word
 */
function stem(word) {
  return word.length <= 4
    ? word.replace(/s$/, "")
    : word.replace(/(?:ies)$/, "y").replace(/(?:ning|ing|ed|es|s)$/, "");
}
