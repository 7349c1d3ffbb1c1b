import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadFindings } from "../src/readers/load-findings.js";
import { loadReferenceData } from "../src/readers/reference/index.js";

export interface FindingsBench {
  readonly name: string;
  readonly rows: number;
  readonly megabytes: number;
  /** Streaming read to exposures. */
  readonly seconds: number;
  readonly rowsPerSecond: number;
  /** Highest resident memory above that before the run. */
  readonly peakMb: number;
  /** `JSON.parse` of the whole file and nothing else: no translation, no merging. */
  readonly baseline: { readonly seconds: number; readonly rowsPerSecond: number; readonly peakMb: number };
  /** baseline seconds / seconds: 1 is as fast as only parsing. */
  readonly ratio: number;
  readonly exposures: number;
}

const bucketChecks = [
  "s3_bucket_public_access",
  "s3_bucket_default_encryption",
  "s3_bucket_object_versioning",
];

/** A row as Prowler 5 writes it, padded by its compliance map to the 8.2 KB of real rows. */
function row(index: number): string {
  const name = `acme-bucket-${Math.floor(index / 3)}`;
  const failing = index % 3 === 0;
  const compliance = Object.fromEntries(
    Array.from({ length: 44 }, (_, each) => [
      `Framework-${each}`,
      ["1.2.3", "4.5.6", `${each}.${index % 7}`],
    ]),
  );
  const record = {
    message: `S3 Bucket ${name} ${failing ? "is" : "is not"} public.`,
    metadata: {
      event_code: bucketChecks[index % 3],
      product: { name: "Prowler", uid: "prowler", vendor_name: "Prowler", version: "5.40.0" },
      profiles: ["cloud", "datetime"],
      version: "1.4.0",
    },
    severity_id: 4,
    severity: "High",
    status: "New",
    status_code: failing ? "FAIL" : "PASS",
    status_detail: `S3 Bucket ${name} ${failing ? "is" : "is not"} public.`,
    status_id: 1,
    unmapped: { related_url: "", categories: ["internet-exposed"], notes: "", compliance },
    finding_info: {
      title: "Buckets are not public",
      uid: `prowler-aws-${bucketChecks[index % 3] ?? ""}-222222222222-eu-west-1-${name}`,
      desc: "d".repeat(300),
    },
    resources: [
      {
        cloud_partition: "aws",
        region: "eu-west-1",
        data: {
          details: "",
          metadata: { arn: `arn:aws:s3:::${name}`, tags: [{ Key: "team", Value: "data" }] },
        },
        group: { name: "s3" },
        labels: ["team:data", "env:prod"],
        name,
        type: "AwsS3Bucket",
        uid: `arn:aws:s3:::${name}`,
      },
    ],
    class_uid: 2004,
    cloud: { account: { name: "prod", uid: "222222222222" }, provider: "aws", region: "eu-west-1" },
    remediation: { desc: "r".repeat(400), references: ["https://hub.prowler.com/check"] },
    risk_details: "k".repeat(900),
    time: 1763632800,
    time_dt: "2026-11-20T10:00:00.000000",
    type_uid: 200401,
  };
  return JSON.stringify(record, null, 4);
}

async function write(path: string, rows: number): Promise<void> {
  const file = await open(path, "w");
  await file.write("[\n");
  for (let index = 0; index < rows; index += 200) {
    const block = Array.from({ length: Math.min(200, rows - index) }, (_, each) => row(index + each));
    await file.write(`${index === 0 ? "" : ",\n"}${block.join(",\n")}`);
  }
  await file.write("\n]\n");
  await file.close();
}

/** Runs the work and watches resident memory while it does. */
async function measured(
  work: () => Promise<number> | number,
): Promise<{ seconds: number; peakMb: number; result: number }> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const look = (): void => void (peak = Math.max(peak, process.memoryUsage.rss()));
  const timer = setInterval(look, 10);
  const started = performance.now();
  const result = await work();
  const seconds = (performance.now() - started) / 1000;
  look();
  clearInterval(timer);
  return { seconds, peakMb: (peak - before) / 1e6, result };
}

/** Prowler output of `rows` rows of about 8 KB, read to exposures, against `JSON.parse` of the file alone. */
export async function findingsBench(rows = 20_000): Promise<FindingsBench> {
  const folder = mkdtempSync(join(tmpdir(), "remit-bench-"));
  try {
    const path = join(folder, "prowler.ocsf.json");
    await write(path, rows);
    const reference = loadReferenceData().checks;
    reference.prowler("aws", "s3_bucket_public_access");
    const streamed = await measured(async () => {
      const loaded = await loadFindings([path], { reference });
      if (loaded.counts.rows !== rows) throw new Error(`read ${loaded.counts.rows} of ${rows} rows`);
      return loaded.exposures.length;
    });
    const parsed = await measured(() => (JSON.parse(readFileSync(path, "utf8")) as unknown[]).length);
    const round = (value: number): number => Math.round(value * 100) / 100;
    return {
      name: "Prowler OCSF to exposures, streaming",
      rows,
      megabytes: round(statSync(path).size / 1e6),
      seconds: round(streamed.seconds),
      rowsPerSecond: Math.round(rows / streamed.seconds),
      peakMb: round(streamed.peakMb),
      baseline: {
        seconds: round(parsed.seconds),
        rowsPerSecond: Math.round(rows / parsed.seconds),
        peakMb: round(parsed.peakMb),
      },
      ratio: round(parsed.seconds / streamed.seconds),
      exposures: streamed.result,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
