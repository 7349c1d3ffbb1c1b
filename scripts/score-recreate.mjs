// Scores the actions of data/prowler-checks.json that bring a finding back against hand labels, and lists what is missed.
//   npm run score:recreate [-- LABELS.json]
// Labels: the argument, else `recreate-gold.json` in REMIT_CORPUS, in ../shared/corpus or in test/corpus.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isCommand, readJson } from "./data/shared.mjs";

/**
 * `core`: any one of these alone brings the finding back on the same resource. `ok`: acceptable besides. `birth`: makes
 * another failing resource.
 * @typedef {{ core: readonly string[], ok?: readonly string[], birth?: readonly string[] }} Label
 * @typedef {{ check: string, missed: readonly string[], foreign: readonly string[], hit: boolean }} Row
 * @typedef {{ checks: number, hit: number, recall: number, precision: number, rows: readonly Row[] }} Score
 */

/** What the table must reach. */
export const goals = { hit: 0.97, recall: 0.95, precision: 0.88 };

/**
 * Pooled over the checks that have core actions: a check with many actions weighs more. Creation actions are not
 * scored.
 * @param {Readonly<Record<string, Label>>} labels
 * @param {(check: string) => readonly string[]} derivedOf
 * @returns {Score} shares of 1
 */
export function scoreActions(labels, derivedOf) {
  const count = { derived: 0, right: 0, core: 0, found: 0, hit: 0 };
  /** @type {Row[]} */
  const rows = [];
  for (const [check, { core, ok = [], birth = [] }] of Object.entries(labels)) {
    if (core.length === 0) continue;
    const derived = derivedOf(check);
    const accepted = new Set([...core, ...ok, ...birth]);
    const missed = core.filter((action) => !derived.includes(action));
    const foreign = derived.filter((action) => !accepted.has(action));
    const hit = missed.length < core.length;
    rows.push({ check, missed, foreign, hit });
    count.derived += derived.length;
    count.right += derived.length - foreign.length;
    count.core += core.length;
    count.found += core.length - missed.length;
    if (hit) count.hit += 1;
  }
  return {
    checks: rows.length,
    hit: count.hit / rows.length,
    recall: count.found / count.core,
    precision: count.right / count.derived,
    rows,
  };
}

/**
 * The labels of a file; the keys are ids of Prowler's AWS checks.
 * @param {string} path
 * @returns {Record<string, Label>}
 */
export function readLabels(path) {
  return readJson(path).checks;
}

/**
 * @param {string} path data/prowler-checks.json
 * @returns {Map<string, readonly string[]>}
 */
export function readDerived(path) {
  const { columns, checks, aliases } = JSON.parse(readFileSync(path, "utf8"));
  const at = columns.split(" ").indexOf("derivedActions");
  /** @type {Map<string, readonly string[]>} */
  const derived = new Map();
  for (const row of checks)
    if (row[0] === "aws") derived.set(row[1], row[at] === "" ? [] : row[at].split(" "));
  for (const [former, id] of Object.entries(aliases.aws ?? {}))
    derived.set(former, derived.get(String(id)) ?? []);
  return derived;
}

/** @param {string | undefined} argument */
function labelsPath(argument) {
  if (argument !== undefined) return resolve(argument);
  const root = join(import.meta.dirname, "..");
  const folders = [process.env["REMIT_CORPUS"], join(root, "../shared/corpus"), join(root, "test/corpus")];
  return folders
    .filter((folder) => folder !== undefined && folder !== "")
    .map((folder) => join(String(folder), "recreate-gold.json"))
    .find((path) => existsSync(path));
}

/** @param {string[]} args */
function main(args) {
  const path = labelsPath(args[0]);
  if (path === undefined || !existsSync(path)) {
    process.stderr.write("no labels: name a file, `npm run score:recreate -- LABELS.json`\n");
    return 2;
  }
  const derived = readDerived(join(import.meta.dirname, "../data/prowler-checks.json"));
  const score = scoreActions(readLabels(path), (check) => derived.get(check) ?? []);
  for (const { check, missed, foreign, hit } of score.rows) {
    if (missed.length === 0 && foreign.length === 0) continue;
    process.stdout.write(`${hit ? "      " : "no hit"}  ${check}\n`);
    if (missed.length > 0) process.stdout.write(`          missed   ${missed.join(" ")}\n`);
    if (foreign.length > 0) process.stdout.write(`          foreign  ${foreign.join(" ")}\n`);
  }
  process.stdout.write(`${score.checks} checks with core actions\n`);
  let good = true;
  for (const name of /** @type {const} */ (["hit", "recall", "precision"])) {
    const reached = score[name] >= goals[name];
    good &&= reached;
    const line = `${name.padEnd(10)} ${score[name].toFixed(3)}  goal ${goals[name].toFixed(2)}`;
    process.stdout.write(`${line}  ${reached ? "reached" : "missed"}\n`);
  }
  return good ? 0 : 1;
}

if (isCommand(import.meta.url)) process.exitCode = main(process.argv.slice(2));
