import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDocuments } from "../../src/app/proof-documents.js";
import {
  createAccessEngine,
  createBecome,
  createRecreation,
  type AccessPolicy,
  type Path,
} from "../../src/core/access/index.js";
import { createEstate, resourceId } from "../../src/core/estate/index.js";
import {
  checkPath,
  contained,
  rcpServices,
  readDirectory,
  type PathResult,
} from "../../src/core/proof/index.js";
import { loadEstate } from "../../src/readers/index.js";
import { names, world } from "../generators/policy-estate.js";
import type { EstateText } from "../policy-estate.js";
import { nativeDocument } from "./native-documents.js";

const policy: AccessPolicy = {
  now: "2026-11-22T00:00:00Z",
  sanctions: [],
  sharedCause: 0.6,
  jitMaxHours: 12,
  maxRoutes: 50,
};

const asked = [
  [world.bucket, "s3.public"],
  [world.key, "kms.open-key"],
  [names.etl, "iam.trust.broad"],
] as const;

export interface Checked {
  readonly weakness: string;
  readonly path: Path;
  readonly result: PathResult;
  /** Each hop with what the check says of it, for whoever reads a failure. */
  readonly told: string;
}

/** From the documents through readers, engine and recreation, and back to the documents without any of them. */
export async function checkedPaths(text: EstateText, blocked = false): Promise<readonly Checked[]> {
  const folder = mkdtempSync(join(tmpdir(), "remit-paths-"));
  const file = join(folder, "estate.json");
  try {
    writeFileSync(file, JSON.stringify(nativeDocument(withBlock(text, blocked))));
    const { estate } = await loadEstate([file]);
    const become = createBecome(createAccessEngine(createEstate(estate)), policy);
    const recreation = createRecreation(become, policy, { overrides: {}, actionsFor: () => undefined });
    const { documents } = await openDocuments([file]);
    const setting = { directory: readDirectory(documents, () => undefined), now: policy.now, rcpServices };
    return asked.flatMap(([resource, weakness]) => {
      const question = { resource, weakness, account: `aws:${world.a}` };
      const within = contained(setting, question).setting;
      const answer = recreation.recreate({ resource: resourceId(resource), weakness, subLocator: "" });
      return answer.paths.map((path) => {
        const result = checkPath(within, question, path);
        const hops = result.hops.map((hop, at) => `${path.hops[at]?.via ?? ""}: ${hop.outcome} ${hop.text}`);
        const head = `${weakness} ${String(path.verdict)} ${path.certainty} ${path.because}`;
        return { weakness, path, result, told: [head, ...hops, result.whole.text].join("\n") };
      });
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withBlock(text: EstateText, blocked: boolean): EstateText {
  const bucket = text.resources?.[world.bucket];
  const flag = {
    BlockPublicPolicy: blocked,
    RestrictPublicBuckets: false,
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
  };
  const properties = { publicAccessBlock: flag, ownershipControls: "BucketOwnerEnforced" };
  return {
    ...text,
    covered: [...(text.covered ?? []), `org-s3-policy|aws:${world.a}`],
    resources: { ...text.resources, [world.bucket]: { ...bucket, properties } },
  };
}
