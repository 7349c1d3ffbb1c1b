import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openDocuments } from "../../src/app/proof-documents.js";
import {
  createAccessEngine,
  createBecome,
  createRecreation,
  type AccessPolicy,
} from "../../src/core/access/index.js";
import { createEstate, resourceId } from "../../src/core/estate/index.js";
import { checkPath, contained, rcpServices, readDirectory } from "../../src/core/proof/index.js";
import { loadEstate } from "../../src/readers/index.js";
import { estates, names, world } from "../generators/policy-estate.js";
import { runs } from "../settings.js";
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

/** From the documents through readers, engine and recreation, and back to the documents without any of them. */
test("no path of a generated estate is refused by the independent check", async () => {
  const folder = mkdtempSync(join(tmpdir(), "remit-paths-"));
  const file = join(folder, "estate.json");
  let checked = 0;
  try {
    await fc.assert(
      fc.asyncProperty(estates, fc.boolean(), async (text, blocked) => {
        const flag = {
          BlockPublicPolicy: blocked,
          RestrictPublicBuckets: false,
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
        };
        const properties = { publicAccessBlock: flag, ownershipControls: "BucketOwnerEnforced" };
        const bucket = text.resources?.[world.bucket];
        const document = nativeDocument({
          ...text,
          covered: [...(text.covered ?? []), `org-s3-policy|aws:${world.a}`],
          resources: { ...text.resources, [world.bucket]: { ...bucket, properties: properties } },
        });
        writeFileSync(file, JSON.stringify(document));
        const { estate } = await loadEstate([file]);
        const become = createBecome(createAccessEngine(createEstate(estate)), policy);
        const recreation = createRecreation(become, policy, { overrides: {}, actionsFor: () => undefined });
        const { documents } = await openDocuments([file]);
        const setting = {
          directory: readDirectory(documents, () => undefined),
          now: policy.now,
          rcpServices,
        };
        for (const [resource, weakness] of asked) {
          const question = { resource, weakness, account: `aws:${world.a}` };
          const answer = recreation.recreate({ resource: resourceId(resource), weakness, subLocator: "" });
          for (const path of answer.paths) {
            checked += 1;
            const result = checkPath(contained(setting, question).setting, question, path);
            const told = result.hops.map(
              ({ outcome, text: why }, at) => `${path.hops[at]?.via ?? ""}: ${outcome} ${why}`,
            );
            expect(
              result.outcome,
              `${weakness} ${String(path.verdict)} ${path.because}\n${told.join("\n")}\n${result.whole.text}`,
            ).not.toBe("fails");
          }
        }
      }),
      { numRuns: runs.slowProperty },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  expect(checked).toBeGreaterThan(0);
}, 600_000);
