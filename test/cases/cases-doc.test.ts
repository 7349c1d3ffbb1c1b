import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  caseRules,
  commandKinds,
  commonRules,
  defaultCasePolicy,
  moves,
} from "../../src/core/cases/index.js";

/** The tables of docs/cases.md are those of the code; `REMIT_WRITE_DOCS=1` writes them. */
const file = join(import.meta.dirname, "../../docs/cases.md");

const names = (list: readonly string[]): string => list.map((name) => `\`${name}\``).join(", ") || "–";

const tables: Readonly<Record<string, string>> = {
  moves: [
    "| move | does | whose | writes | stopped by |",
    "|---|---|---|---|---|",
    ...commandKinds.map((kind) => {
      const { does, who, writes, stoppedBy } = moves[kind];
      return `| \`${kind}\` | ${does} | ${who} | ${names(writes)} | ${names(stoppedBy)} |`;
    }),
    "",
    `Any move can be stopped by ${names(commonRules)}.`,
  ].join("\n"),
  rules: [
    "| rule | says | from |",
    "|---|---|---|",
    ...Object.entries(caseRules).map(([name, { text, source }]) => `| \`${name}\` | ${text} | ${source} |`),
  ].join("\n"),
  clocks: [
    "| limit | default |",
    "|---|---|",
    ...Object.entries(defaultCasePolicy).map(
      ([name, value]) => `| \`${name}\` | ${[value].flat().join(", ")} |`,
    ),
  ].join("\n"),
};

const section = (name: string): RegExp =>
  new RegExp(`(<!-- ${name}: generated -->\\n)[^]*?(<!-- /${name} -->)`);

describe("docs/cases.md", () => {
  test.each(Object.keys(tables))("says what the code says: %s", (name) => {
    const text = readFileSync(file, "utf8");
    const wanted = text.replace(section(name), `$1\n${tables[name] ?? ""}\n\n$2`);
    if (process.env["REMIT_WRITE_DOCS"] === "1") writeFileSync(file, wanted);
    else expect(text).toBe(wanted);
    expect(section(name).test(text)).toBe(true);
  });
});
