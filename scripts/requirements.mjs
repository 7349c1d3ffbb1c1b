/**
 * `node scripts/requirements.mjs` writes docs/requirements.md: every row of the requirements with the tests that name it
 * and the rules that they hold, or why it has none. A row is named where its id stands in the title of a test; the rules
 * are those of test/mutations/list.yaml, each of which is switched off by scripts/mutations.mjs.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

/**
 * @typedef {{ id: string, data: string, text: string, without?: string }} Row
 *
 * One rule switched off: `find` stands in `file` exactly once.
 * @typedef {{ rows: readonly string[], rule: string, file: string, find: string, replace: string }} Mutation
 */

const root = fileURLToPath(new URL("..", import.meta.url));
export const pagePath = "docs/requirements.md";
export const mutationsPath = "test/mutations/list.yaml";

/** @returns {readonly Row[]} */
export const requirementRows = () => parse(readFileSync(join(root, "test/requirements/rows.yaml"), "utf8"));

/** @returns {readonly Mutation[]} */
export const mutations = () => parse(readFileSync(join(root, mutationsPath), "utf8"));

/** @returns {ReadonlyMap<string, readonly string[]>} row → test files with a title that names it, sorted */
export function namedBy() {
  const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "src", "test"], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\n")
    .filter((file) => file.endsWith(".test.ts"))
    .sort();
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const file of files) {
    for (const id of rowsIn(titlesOf(readFileSync(join(root, file), "utf8")))) {
      const list = found.get(id) ?? [];
      list.push(file);
      found.set(id, list);
    }
  }
  return found;
}

/**
 * Texts of several words, which is what titles are: a row in a remark, or as a value, is held by nothing.
 * @param {string} text
 */
const titlesOf = (text) =>
  (text.replace(/^\s*(?:\/\*[^]*?\*\/|\/\/.*)$/gm, "").match(/"(?:[^"\\\n]|\\.)*"|`[^`]*`/g) ?? [])
    .filter((literal) => literal.includes(" "))
    .join("\n");

/**
 * `R58`, and every row of `R43 to R51`.
 * @param {string} text
 * @returns {ReadonlySet<string>}
 */
export function rowsIn(text) {
  const ids = new Set([...text.matchAll(/\bR([1-9]\d?)\b/g)].map((match) => `R${match[1]}`));
  for (const match of text.matchAll(/\bR([1-9]\d?) to R([1-9]\d?)\b/g))
    for (let row = Number(match[1]); row <= Number(match[2]); row += 1) ids.add(`R${row}`);
  return ids;
}

export function page() {
  const named = namedBy();
  const rows = requirementRows();
  const all = mutations();
  const cell = (/** @type {string} */ text) => text.replaceAll("|", "\\|");
  const short = (/** @type {string} */ file) => `\`${file.replace(/^(src|test)\//, "")}\``;
  const shown = (/** @type {readonly string[]} */ files) =>
    files.slice(0, 4).map(short).join(", ") + (files.length > 4 ? ` and ${files.length - 4} more` : "");
  const rulesOf = (/** @type {string} */ id) =>
    all
      .filter((mutation) => mutation.rows.includes(id))
      .map(({ rule, file }) => `${cell(rule)} (${short(file)})`)
      .join("; ");
  const rested = rows.filter(({ id }) => named.has(id)).length;
  const held = rows.filter(({ id }) => all.some((mutation) => mutation.rows.includes(id))).length;
  return [
    "# Requirements",
    "",
    `What Remit has to do, row by row, and what each row rests on. Tests name ${rested} of ${rows.length} rows; behind ${held} of them stands a rule that is switched off to see these tests fail: ${all.length} rules, one at a time, by \`npm run test:mutations\`, a part of \`npm run test:deep\`. Made by \`node scripts/requirements.mjs\`.`,
    "",
    "Data: `C` computable from what is read, `H` needs a person, `CH` a computed draft that a person confirms.",
    "",
    "| row | statement | data | tests that name it | rules without which they fail |",
    "|---|---|---|---|---|",
    ...rows.map(
      ({ id, text, data, without }) =>
        `| ${id} | ${cell(text)} | ${data} | ${named.has(id) ? shown(named.get(id) ?? []) : `*not yet: ${cell(without ?? "no test names it")}*`} | ${rulesOf(id)} |`,
    ),
    "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(root, pagePath), page());
  process.stdout.write(`${pagePath}\n`);
}
