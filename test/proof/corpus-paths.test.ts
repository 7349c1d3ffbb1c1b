import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { analyzeFiles } from "../../src/app/index.js";
import { openDocuments } from "../../src/app/proof-documents.js";
import { proofSetting } from "../../src/app/proof.js";
import { edgeHop } from "../../src/core/access/recreate/hop.js";
import { checkHop } from "../../src/core/proof/check-hop.js";
import type { Rewrites } from "../../src/core/proof/rewriting.js";
import { corpusPath } from "../corpus.js";
import { becomeOf, documentsOf, labNames, loadLab, reachings } from "../labs/lab.js";

const now = "2026-11-22T00:00:00Z";

test("every step of every lab is worked out anew by its rule (issue 3: each hop is a rule that the check knows)", async () => {
  let steps = 0;
  const rules = new Set<string>();
  for (const name of labNames()) {
    const lab = await loadLab(name);
    const folder = corpusPath("estates", "labs", name);
    const { documents } = await openDocuments(readdirSync(folder).map((file) => `${folder}/${file}`));
    const base = await proofSetting(documents, now);
    // As in the lab's own test: its accounts stand alone.
    const setting = { ...base, directory: { ...base.directory, alone: base.directory.accounts } };
    for (const { walk } of reachings(becomeOf(lab.facts), lab.labels, documentsOf(name))) {
      const rewritten = new Map() as Rewrites;
      for (const edge of walk) {
        const path = {
          route: "",
          leg: "restore",
          verdict: edge.verdict,
          certainty: edge.certainty,
          starter: "",
          actor: "",
          hops: [],
          missing: [],
        } as const;
        const { outcome, text } = checkHop(setting, path, edgeHop(edge), rewritten);
        expect(outcome, `${name}: ${edge.via}: ${text}`).toBe("holds");
        rules.add(edge.via);
        steps += 1;
      }
    }
  }
  expect(steps).toBeGreaterThan(90);
  expect(rules.size).toBeGreaterThan(40);
});

test("every path that an analysis of the collected documents shows has passed the check", async () => {
  const analysis = await analyzeFiles({
    estate: [corpusPath("estates", "documents")],
    findings: [],
    now,
    includeConfiguration: false,
  });
  const paths = analysis.cases.flatMap((item) => item.recreation.paths);
  expect(paths.length).toBeGreaterThan(50);
  const told = paths.map(({ because, unchecked, missing }) => ({
    because,
    unchecked,
    fault: missing.find(({ key }) => key.startsWith("proof|"))?.fact,
  }));
  expect(told.filter(({ unchecked, fault }) => unchecked !== undefined || fault !== undefined)).toEqual([]);
});
