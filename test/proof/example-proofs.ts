import { analyzeFiles } from "../../src/app/index.js";
import { openDocuments } from "../../src/app/proof-documents.js";
import { claimedCase, proofSetting } from "../../src/app/proof.js";
import type { Analysis } from "../../src/core/decision/index.js";
import { makeProof, type ClaimedCase, type Proof, type Setting } from "../../src/core/proof/index.js";

export interface ExampleProofs {
  readonly analysis: Analysis;
  readonly setting: Setting;
  readonly claims: readonly ClaimedCase[];
  readonly proofs: readonly Proof[];
}

/** The proofs of every case of the example, made once. */
export async function exampleProofs(): Promise<ExampleProofs> {
  const analysis = await analyzeFiles({
    estate: ["examples/estate"],
    findings: ["examples/findings"],
    catalogue: "examples/remit.yaml",
    now: "2026-11-22T12:00:00Z",
    includeConfiguration: false,
  });
  const paths = analysis.inputs.filter(({ role }) => role === "estate").map(({ document }) => document);
  const { documents } = await openDocuments(paths);
  const setting = await proofSetting(documents, analysis.generatedAt);
  const claims = analysis.cases.map(claimedCase);
  return {
    analysis,
    setting,
    claims,
    proofs: claims.map((claim) => makeProof(setting, claim, analysis.generatedAt)),
  };
}
