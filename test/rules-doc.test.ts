import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rules, rulesVersion } from "../src/core/decision/rules.js";
import { factWords } from "../src/core/decision/facts/fact-words.js";

/** The tables of facts and rules in docs/rules.md are those of the code; `REMIT_WRITE_DOCS=1` writes them. */
const file = join(import.meta.dirname, "../docs/rules.md");

const tables: Readonly<Record<string, string>> = {
  facts: [
    "| fact | true when |",
    "|---|---|",
    ...Object.entries(factWords).map(([name, words]) => `| \`${name}\` | ${words} |`),
  ].join("\n"),
  rules: [
    `Version \`${rulesVersion}\`.`,
    "",
    "| rule | when | adds |",
    "|---|---|---|",
    ...rules.map((rule) => `| ${rule.id} | ${rule.when} | ${rule.adds} |`),
  ].join("\n"),
};

const section = (name: string): RegExp =>
  new RegExp(`(<!-- ${name}: generated -->\\n)[^]*?(<!-- /${name} -->)`);

describe("docs/rules.md", () => {
  test.each(Object.keys(tables))("says what the code says: %s", (name) => {
    const text = readFileSync(file, "utf8");
    const wanted = text.replace(section(name), `$1\n${tables[name] ?? ""}\n\n$2`);
    if (process.env["REMIT_WRITE_DOCS"] === "1") writeFileSync(file, wanted);
    else expect(text).toBe(wanted);
    expect(section(name).test(text)).toBe(true);
  });

  test("every rule that a case can name is explained once", () => {
    const text = readFileSync(file, "utf8");
    for (const { id } of rules) expect(text.match(new RegExp(`^\\| ${id} \\|`, "gm"))).toHaveLength(1);
  });
});
