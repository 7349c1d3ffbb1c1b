import { describe, expect, it } from "vitest";
import type { Analysis } from "../../src/core/decision/index.js";
import { corpusPath } from "../corpus.js";
import { remit } from "../first-minute/run.js";
import { code } from "./code.js";
import { posture } from "./posture.js";
import { vulnerability } from "./vulnerability.js";

describe("all files of the corpus at once (Done-when 2 of issue 4)", () => {
  it("`analyze` ends with 3, names every file that cannot be used, and takes less than 30 s", async () => {
    const root = corpusPath("findings");
    const started = Date.now();
    const { exit, out } = await remit("analyze", "--findings", root, "--format", "json");
    expect(Date.now() - started).toBeLessThan(30_000);
    expect(exit).toBe(3);
    const { inputs, rejected } = JSON.parse(out) as Analysis;
    const all = [...posture, ...vulnerability, ...code];
    expect(inputs).toHaveLength(all.length);
    const faulty = all.filter((each) => each.refused ?? each.rejectedRows ?? each.partial);
    const named = new Set(rejected.map((each) => each.document));
    expect([...named].sort()).toEqual(faulty.map((each) => `${root}/${each.file}`).sort());
  });
});
