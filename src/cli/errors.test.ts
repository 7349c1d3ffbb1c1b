import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { errorKinds } from "./errors.js";

/** docs/errors.md as the registry has it. */
function table(): string {
  const rows = Object.entries(errorKinds).map(
    ([code, { exit, message, hint }]) => `| ${code} | ${exit} | ${cell(message)} | ${cell(hint)} |`,
  );
  return ["| code | exit | message | what to do |", "|---|---|---|---|", ...rows].join("\n");
}
const cell = (text: string): string => text.replaceAll("{}", "…").replaceAll("|", "\\|");

test("docs/errors.md is the registry of errors, row by row", () => {
  const document = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
  expect(document.slice(document.indexOf("| code |")).trim()).toBe(table());
});
