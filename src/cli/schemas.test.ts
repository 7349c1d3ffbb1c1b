import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { schemaNames, schemaText } from "./schemas.js";

const folder = new URL("../../schemas/", import.meta.url);

test("schemas/ holds every document's schema and nothing else", () => {
  expect(readdirSync(folder).sort()).toEqual(schemaNames.map((name) => `${name}.json`).sort());
});

test.each(schemaNames)(
  "schemas/%s.json is what validates at run time: else run node scripts/schemas.mjs",
  async (name) => {
    const shipped = readFileSync(new URL(`${name}.json`, folder), "utf8");
    expect(shipped === (await schemaText(name)), `schemas/${name}.json is out of date`).toBe(true);
  },
);
