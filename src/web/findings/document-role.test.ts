import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { roleOf } from "./document-role.js";

const examples = join(import.meta.dirname, "../../../examples");

test("every document of the example is sent as what it is, whatever its name", () => {
  const files = readdirSync(examples, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    const path = join(file.parentPath, file.name).slice(examples.length + 1);
    const head = readFileSync(join(examples, path)).subarray(0, 65_536).toString("utf8");
    const wanted = path === "remit.yaml" ? "catalogue" : path.includes("findings") ? "findings" : "estate";
    expect(`${path}: ${roleOf(path, head)}`).toBe(`${path}: ${wanted}`);
  }
});

test("a name alone makes nothing a finding or a catalogue", () => {
  expect(roleOf("findings.json", '{"Roles":[]}')).toBe("estate");
  expect(roleOf("remit.yaml", "apiVersion: v1\nkind: Pod\n")).toBe("estate");
});
