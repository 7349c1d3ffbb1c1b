import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analyzeFiles } from "../../src/app/analyze-files.js";
import { caseRecordOf, type CaseRecord } from "../../src/app/cases/case-row.js";
import { installationOver, takeInDocuments, type Installation } from "../../src/app/index.js";
import { writeDocuments, type AnalyseDocuments } from "../../src/app/installation/analyse-documents.js";
import { reanalyse } from "../../src/app/installation/reanalyse.js";
import { openStore, type Store } from "../../src/store/index.js";
import { prowlerRow } from "../generators/landing-zone.js";

/** R36, R40: what is gone is proven by a list that does not have it, and by nothing less. */
const opened = "2026-11-22T12:00:00.000Z";
const later = "2026-11-24T12:00:00.000Z";

/** In this process: what is tested is what follows from an analysis. */
const analyse: AnalyseDocuments = async ({ estate, findings, now, watched = [] }) => {
  const folder = await mkdtemp(join(tmpdir(), "remit-gone-"));
  try {
    await writeDocuments(join(folder, "estate"), estate);
    await writeDocuments(join(folder, "findings"), findings);
    const analysis = await analyzeFiles({
      estate: [join(folder, "estate")],
      findings: findings.length === 0 ? [] : [join(folder, "findings")],
      now,
      watched,
      includeConfiguration: false,
    });
    return { analysis, bytes: Buffer.from(JSON.stringify(analysis)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const bucketOf = (account: string): string => `arn:aws:s3:::acme-${account}`;

const resource = (account: string, open: boolean) => ({
  id: bucketOf(account),
  account: `aws:${account}`,
  properties: {
    ...Object.fromEntries(
      ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"].map((name) => [
        `publicAccessBlock.${name}`,
        !open,
      ]),
    ),
    "acl.publicGrants": [],
    ownershipControls: "BucketOwnerEnforced",
  },
  policy: open
    ? {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${bucketOf(account)}/*` },
        ],
      }
    : "none",
});

interface Shown {
  readonly at?: string;
  /** The bucket of the account is there, closed or open. */
  readonly bucket?: "open" | "closed";
  /** Every bucket of the account is listed. */
  readonly whole: boolean;
  readonly definitions?: readonly object[];
}

const estateOf = (
  account: string,
  { at = "2026-11-24T09:00:00Z", bucket, whole, definitions = [] }: Shown,
) => ({
  path: `estate-${account}.json`,
  bytes: Buffer.from(
    JSON.stringify({
      schema: "remit.estate/1",
      source: "test",
      observedAt: at,
      accounts: [{ id: `aws:${account}`, name: `prod-${account}` }],
      coverage: [
        { topic: ["iam", "access-keys", "console"], scope: `aws:${account}` },
        ...(whole ? [{ topic: "inventory", scope: `aws:${account}/s3:bucket` }] : []),
      ],
      principals: [
        {
          id: `arn:aws:iam::${account}:user/svc`,
          policies: [
            {
              name: "own",
              document: {
                Version: "2012-10-17",
                Statement: [
                  {
                    Effect: "Allow",
                    Action: ["s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock"],
                    Resource: "*",
                  },
                ],
              },
            },
          ],
        },
      ],
      resources: bucket === undefined ? [] : [resource(account, bucket === "open")],
      definitions,
    }),
  ),
});

const reports = (accounts: readonly string[]) => ({
  path: "scan.ocsf.json",
  bytes: Buffer.from(
    JSON.stringify(
      accounts.map((account) =>
        prowlerRow(account, "s3_bucket_public_access", "s3", "FAIL", bucketOf(account), `acme-${account}`),
      ),
    ),
  ),
});

/** What the second documents show of each account. */
const shown = {
  "200000000001": { whole: true },
  "200000000002": { whole: false },
  "200000000003": { whole: true, at: "2026-11-22T08:00:00Z" },
  "200000000004": {
    whole: true,
    definitions: [
      {
        tool: "terraform",
        address: "aws_s3_bucket.reports",
        resourceType: "aws_s3_bucket",
        target: bucketOf("200000000004"),
        status: "applied",
        declares: {},
      },
    ],
  },
  "200000000005": { whole: true, bucket: "closed" },
} as const satisfies Readonly<Record<string, Shown>>;
const accounts = Object.keys(shown) as readonly (keyof typeof shown)[];

describe.each([
  ["reported by a scan", true],
  ["shown by the estate alone", false],
])("a resource that was exposed, %s", (_, withScan) => {
  let [store, time] = [{} as Store, opened];
  const records = new Map<string, CaseRecord>();
  const now = (): string => time;
  beforeAll(async () => {
    store = await openStore({
      place: { kind: "memory" },
      secret: "a secret of this test alone, long enough",
      now,
    });
    const installation: Installation = { ...installationOver(store, now, "unused"), analyse };
    const first = { at: "2026-11-22T09:00:00Z", bucket: "open", whole: true } as const;
    await takeInDocuments(
      installation,
      "estate",
      accounts.map((account) => estateOf(account, first)),
    );
    if (withScan) await takeInDocuments(installation, "findings", [reports(accounts)]);
    expect((await reanalyse(installation)).opened).toHaveLength(accounts.length);
    time = later;
    await takeInDocuments(
      installation,
      "estate",
      accounts.map((account) => estateOf(account, shown[account])),
    );
    expect((await reanalyse(installation)).refused).toEqual([]);
    for (const row of (await store.cases.list({}, { limit: 100 })).items) {
      const record = caseRecordOf(row);
      records.set(record.decided.exposures[0]?.account?.slice("aws:".length) ?? "", record);
    }
  }, 100_000);
  afterAll(() => store.close());
  const outcomeOf = (account: keyof typeof shown) => records.get(account)?.state.verified?.outcome;

  test("that a later list of every bucket does not have is gone: the case closes by verification", () => {
    expect(outcomeOf("200000000001")).toMatchObject({ contained: true, fixed: true });
    const decided = records.get("200000000001")?.decided;
    expect(decided?.exposures.map(({ state }) => state)).toEqual(["gone"]);
    expect(decided?.recreation).toMatchObject({ verdict: "none", basis: ["gone"] });
    expect(decided?.exposures[0]?.now?.text).toBe(
      "it is gone: the list of every s3:bucket of account prod-200000000001 of 2026-11-24T09:00:00.000Z does not have it",
    );
  });

  test.each([
    ["a list that is not of everything", "200000000002"],
    ["a list from before it was seen", "200000000003"],
    ["a list beside code that still declares it", "200000000004"],
  ] as const)("%s proves nothing: it stays unknown", (_what, account) => {
    expect(records.get(account)).toBeDefined();
    expect(outcomeOf(account)?.contained).not.toBe(true);
    expect(outcomeOf(account)?.fixed).not.toBe(true);
  });

  test("that is there and closed: only who shows it may say that it is fixed", () => {
    const contained = outcomeOf("200000000005")?.contained;
    // A scan says so itself, or it stays open.
    if (withScan) expect(contained).not.toBe(true);
    else expect(contained).toBe(true);
  });
});
