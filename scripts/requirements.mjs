/**
 * `node scripts/requirements.mjs` writes docs/requirements.md: every row of the requirements with the tests that name it,
 * or why it has none. A row is named where its id stands in a test file or a scenario.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

/** @typedef {{ id: string, data: string, text: string, without?: string }} Row */

const root = fileURLToPath(new URL("..", import.meta.url));
export const pagePath = "docs/requirements.md";

/** @returns {readonly Row[]} */
export const requirementRows = () => parse(readFileSync(join(root, "test/requirements/rows.yaml"), "utf8"));

/** @returns {ReadonlyMap<string, readonly string[]>} row → test files that name it, sorted */
export function namedBy() {
  const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "src", "test"], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\n")
    .filter(
      (file) => /\.test\.ts$|^test\/scenarios\/.*\.yaml$/.test(file) && !file.includes("requirements.test"),
    )
    .sort();
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const file of files) {
    for (const id of idsIn(readFileSync(join(root, file), "utf8"))) {
      const list = found.get(id) ?? [];
      list.push(file);
      found.set(id, list);
    }
  }
  return found;
}

/**
 * `R58`, and every row of `R43 to R51`.
 * @param {string} text
 */
function idsIn(text) {
  const ids = new Set([...text.matchAll(/\bR([1-9]\d?)\b/g)].map((match) => `R${match[1]}`));
  for (const match of text.matchAll(/\bR([1-9]\d?) to R([1-9]\d?)\b/g))
    for (let row = Number(match[1]); row <= Number(match[2]); row += 1) ids.add(`R${row}`);
  return ids;
}

export function page() {
  const named = namedBy();
  const rows = requirementRows();
  const cell = (/** @type {string} */ text) => text.replaceAll("|", "\\|");
  const shown = (/** @type {readonly string[]} */ files) =>
    files
      .slice(0, 4)
      .map((file) => `\`${file.replace(/^(src|test)\//, "")}\``)
      .join(", ") + (files.length > 4 ? ` and ${files.length - 4} more` : "");
  const rested = rows.filter(({ id }) => named.has(id)).length;
  return [
    "# Requirements",
    "",
    `What Remit has to do, row by row, and what each row rests on: ${rested} of ${rows.length} rows are named by a test. Made by \`node scripts/requirements.mjs\`.`,
    "",
    "Data: `C` computable from what is read, `H` needs a person, `CH` a computed draft that a person confirms.",
    "",
    "| row | statement | data | rests on |",
    "|---|---|---|---|",
    ...rows.map(
      ({ id, text, data, without }) =>
        `| ${id} | ${cell(text)} | ${data} | ${named.has(id) ? shown(named.get(id) ?? []) : `*not yet: ${cell(without ?? "no test names it")}*`} |`,
    ),
    "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(root, pagePath), page());
  process.stdout.write(`${pagePath}\n`);
}
