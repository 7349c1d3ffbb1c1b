import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FindingsRun, FindingsRunKind } from "./findings-run.js";

export interface FindingsBench {
  readonly rows: number;
  readonly megabytes: number;
  /** Streaming read to exposures. */
  readonly streamed: FindingsRun;
  /** `JSON.parse` of the whole file and nothing else. */
  readonly whole?: FindingsRun;
  /** A general streaming parser that hands out the same rows and nothing else. */
  readonly general?: FindingsRun & { readonly name: string };
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

/** Prowler output of `rows` rows of about 9 KB. */
export async function writeFindings(path: string, rows: number): Promise<void> {
  const file = await open(path, "w");
  await file.write("[\n");
  for (let index = 0; index < rows; index += 200) {
    const block = Array.from({ length: Math.min(200, rows - index) }, (_, each) => row(index + each));
    await file.write(`${index === 0 ? "" : ",\n"}${block.join(",\n")}`);
  }
  await file.write("\n]\n");
  await file.close();
}

/** Each in a process of its own, so that one leaves no memory to the next. */
function run(kind: FindingsRunKind, path: string, rows: number, parser = ""): FindingsRun {
  const script = fileURLToPath(new URL("./findings-run.js", import.meta.url));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--expose-gc", script, kind, path, parser],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`the ${kind} run failed: ${stderr}`);
  const figures = JSON.parse(stdout) as FindingsRun;
  if (figures.rows !== rows) throw new Error(`${kind}: read ${figures.rows} of ${rows} rows`);
  return figures;
}

const peer = "stream-json";

/** Prowler output of `rows` rows of about 9 KB, read to exposures; with `against`, what only parsing it costs. */
export async function findingsBench(rows: number, against: boolean): Promise<FindingsBench> {
  const folder = mkdtempSync(join(tmpdir(), "remit-bench-"));
  try {
    const path = join(folder, "prowler.ocsf.json");
    await writeFindings(path, rows);
    const figures = { rows, megabytes: statSync(path).size / 1e6, streamed: run("streamed", path, rows) };
    if (!against) return figures;
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const installed = spawnSync(npm, ["install", "--prefix", folder, "--no-audit", "--no-fund", peer], {
      encoding: "utf8",
    });
    if (installed.status !== 0) throw new Error(`npm could not install ${peer}: ${installed.stderr}`);
    const whole = run("whole", path, rows);
    const general = run("general", path, rows, folder);
    return { ...figures, whole, general: { ...general, name: `${peer} ${general.version ?? ""}` } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
