import type { Analysis, Case } from "../core/decision/index.js";
import {
  makeProof,
  policyAt,
  readDirectory,
  rcpServices,
  type Policy,
  type Proof,
  type RawDocument,
  type Setting,
} from "../core/proof/index.js";
import { openDocuments, type Unopened } from "./proof-documents.js";

export interface MadeProof {
  readonly proof: Proof;
  /** Documents of the analysis that could not be opened again. */
  readonly unopened: readonly Unopened[];
}

/** The proof of one case of an analysis, from the documents that it read. */
export async function proveCase(analysis: Analysis, item: Case): Promise<MadeProof> {
  const paths = analysis.inputs.filter(({ role }) => role === "estate").map(({ document }) => document);
  const { documents, unopened } = await openDocuments(paths);
  const setting = await proofSetting(documents, analysis.generatedAt);
  return { proof: makeProof(setting, claimedCase(item), analysis.generatedAt), unopened };
}

/** What the independent check works with. The policies that AWS publishes come with the product, as data. */
export async function proofSetting(documents: readonly RawDocument[], now: string): Promise<Setting> {
  const { loadReferenceData } = await import("../readers/index.js");
  const { managedPolicies } = loadReferenceData();
  const known = new Map<string, Policy | undefined>();
  const published = (arn: string): Policy | undefined => {
    if (!known.has(arn)) {
      const document = managedPolicies.document(arn);
      const at = {
        document: "data/aws-managed-policies.json",
        digest: managedPolicies.digest ?? "",
        pointer: arn,
      };
      known.set(arn, document === undefined ? undefined : policyAt(document, at));
    }
    return known.get(arn);
  };
  return { directory: readDirectory(documents, published), now, rcpServices };
}

export function claimedCase(item: Case): Parameters<typeof makeProof>[1] {
  const { recreation } = item;
  return {
    id: item.id,
    title: item.title,
    verdict: recreation.verdict,
    words: recreation.words,
    exposures: item.exposures,
    paths: recreation.paths,
    morePaths: recreation.morePaths,
    missing: recreation.missingFacts.map(({ key, fact, collect }) => ({ key, fact, collect })),
  };
}
