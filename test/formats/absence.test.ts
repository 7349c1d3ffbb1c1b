import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { load } from "./load.js";

const folder = mkdtempSync(join(tmpdir(), "remit-absence-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
function file(...rows: readonly object[]): string {
  const path = join(folder, `${String((files += 1))}.json`);
  writeFileSync(path, JSON.stringify(rows));
  return path;
}

/** A row of Prowler, which stamps a scan with one time. */
const row = (at: string, bucket: string, code: string) => ({
  metadata: { event_code: "s3_bucket_public_access", product: { name: "Prowler" } },
  class_uid: 2004,
  status_code: code,
  finding_info: { title: "public", uid: `u-${bucket}` },
  resources: [{ uid: `arn:aws:s3:::${bucket}`, name: bucket, type: "AwsS3Bucket", region: "eu-west-1" }],
  cloud: { provider: "aws", account: { uid: "222222222222" }, region: "eu-west-1" },
  time_dt: at,
});
/** A row of Security Hub, which lists findings in pages. */
const control = (at: string, bucket: string, status: string) => ({
  Id: `id-${bucket}`,
  ProductArn: "arn:aws:securityhub:eu-west-1::product/aws/securityhub",
  GeneratorId: "security-control/S3.2",
  AwsAccountId: "222222222222",
  Resources: [{ Type: "AwsS3Bucket", Id: `arn:aws:s3:::${bucket}`, Region: "eu-west-1" }],
  Compliance: { Status: status, SecurityControlId: "S3.2" },
  UpdatedAt: at,
});
const [monday, tuesday] = ["2026-11-16T10:00:00Z", "2026-11-17T10:00:00Z"] as const;
const states = async (...paths: readonly string[]) =>
  (await load(...paths)).exposures.map((each) => `${each.resourceName} ${each.state}`);

describe("what a later file does not list (pitfalls 5 and 6)", () => {
  const first = file(row(monday, "a", "FAIL"), row(monday, "b", "FAIL"));

  it("is gone, not fixed, where a later scan ran the check in the account, in any order of files", async () => {
    const second = file(row(tuesday, "b", "FAIL"), row(tuesday, "c", "PASS"));
    expect(await states(first, second)).toEqual(["a gone", "b open"]);
    expect(await states(second, first)).toEqual(["a gone", "b open"]);
  });

  it.each([
    ["listed only failures", [row(tuesday, "b", "FAIL")]],
    ["ran before", [row("2026-11-15T10:00:00Z", "c", "PASS")]],
    ["holds two scans", [row(tuesday, "c", "PASS"), row("2026-11-18T10:00:00Z", "d", "PASS")]],
    ["cannot tell about it", [row(tuesday, "a", "MANUAL"), row(tuesday, "c", "PASS")]],
    ["is of another tool, that comes in pages", [control(tuesday, "c", "PASSED")]],
  ])("is as it was where the other file %s", async (_, rows) => {
    expect(await states(first, file(...rows))).toContain("a open");
  });

  it("a page of Security Hub that does not list a finding says nothing of it", async () => {
    const pages = [file(control(monday, "a", "FAILED")), file(control(tuesday, "b", "PASSED"))];
    expect(await states(...pages)).toEqual(["a open"]);
    expect((await load(...pages)).scopes).toHaveLength(1);
  });

  it("one tool that still sees it outweighs another for which it is gone", async () => {
    const second = file(row(tuesday, "c", "PASS"));
    expect(await states(first, second, file(control(monday, "a", "FAILED")))).toEqual(["a open", "b gone"]);
  });
});
