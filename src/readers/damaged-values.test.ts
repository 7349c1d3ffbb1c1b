import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { corpusPath } from "../../test/corpus.js";
import { runs } from "../../test/settings.js";
import { createEstate } from "../core/estate/index.js";
import { accessAnalyzerReader } from "./aws-access-analyzer/index.js";
import { accessKeysReader } from "./aws-access-keys/index.js";
import { authorizationDetailsReader } from "./aws-authorization-details/index.js";
import { credentialReportReader } from "./aws-credential-report/index.js";
import { identityCenterReader } from "./aws-identity-center/index.js";
import { identityProvidersReader } from "./aws-identity-providers/index.js";
import { organizationCoverage, organizationsReader } from "./aws-organizations/index.js";
import { rcpDocumentReader, scpDocumentReader } from "./aws-policy-documents/index.js";
import { identityListsReader, rolesReader } from "./aws-roles/index.js";
import { mergeFacts } from "./merge-facts.js";
import { readDocument } from "./read-document.js";

const readers = [
  accessKeysReader,
  authorizationDetailsReader,
  credentialReportReader,
  accessAnalyzerReader,
  identityCenterReader,
  identityProvidersReader,
  organizationsReader,
  rolesReader,
  identityListsReader,
  scpDocumentReader,
  rcpDocumentReader,
];

const folders = [
  "aws-access-analyzer",
  "aws-access-keys",
  "aws-credential-report",
  "aws-iam-account-authorization-details",
  "aws-iam-roles",
  "aws-identity-center",
  "aws-oidc-providers",
  "aws-organizations",
  "aws-rcp-documents",
  "aws-scp-documents",
];

const samples = folders.flatMap((folder) =>
  readdirSync(corpusPath("estates", "documents", folder))
    .filter((file) => file.endsWith(".json"))
    .map((file): unknown =>
      JSON.parse(readFileSync(corpusPath("estates", "documents", folder, file), "utf8")),
    ),
);

/** Replaces, at a place chosen by `choice`, one value of a document by another. */
function damage(value: unknown, choice: readonly number[], replacement: unknown): unknown {
  const [step, ...rest] = choice;
  if (step === undefined || typeof value !== "object" || value === null) return replacement;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(keys.length, 1)];
  if (key === undefined) return replacement;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? [...(value as unknown[])]
    : { ...value };
  (copy as Record<string, unknown>)[key] = damage((value as Record<string, unknown>)[key], rest, replacement);
  return copy;
}

describe("documents with one damaged value", () => {
  it("are read or refused, never an exception, and every refusal has a reason and a document", () => {
    const odd = fc.oneof(
      fc.constantFrom(
        null,
        0,
        "",
        "x",
        true,
        [],
        {},
        [null],
        [[]],
        { "": null },
        { toString: "" },
        "arn:aws:iam::1:role/x",
        "-1",
      ),
      fc.anything({ maxDepth: 2 }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(fc.nat(40), { minLength: 1, maxLength: 7 }),
        odd,
        (sample, choice, replacement) => {
          const text = JSON.stringify(damage(sample, choice, replacement), (_key, value: unknown) =>
            typeof value === "bigint" ? String(value) : value,
          );
          const result = readDocument({ path: "x/damaged.json", bytes: Buffer.from(text) });
          if (result.kind === "rejected") return;
          for (const reader of readers) {
            if (!reader.recognises(result.document)) continue;
            const reading = reader.read(result.document, {
              source: { ...result.document.source, kind: reader.kind },
              accountHint: "111122223333",
            });
            for (const rejection of reading.rejected) {
              expect(rejection.document).toBe("x/damaged.json");
              expect(rejection.reason.length).toBeGreaterThan(5);
            }
            const facts = mergeFacts([reading.facts]);
            createEstate(facts);
            organizationCoverage(facts.organizations, reading.listings ?? []);
          }
        },
      ),
      { numRuns: runs.property * 10 },
    );
  });
});
