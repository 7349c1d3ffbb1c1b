import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { corpusPath } from "../../test/corpus.js";
import { loadFindings, type LoadedFindings } from "./load-findings.js";
import { loadReferenceData } from "./reference/index.js";

const reference = loadReferenceData().checks;
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "remit-findings-"))));
afterAll(() => rmSync(folder, { recursive: true }));

const load = (...paths: string[]): Promise<LoadedFindings> => loadFindings(paths, { reference });
let files = 0;
function file(content: string | Buffer | object, name = `f${(files += 1)}.json`): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content),
  );
  return path;
}

interface OcsfParts {
  check?: string;
  code?: string;
  status?: string;
  uid?: string;
  resource?: object;
  account?: string;
  region?: string;
  at?: string;
  detail?: string;
  product?: string;
}
/** A Prowler 5 row about a bucket, by default. */
function ocsf(parts: OcsfParts = {}): object {
  const { account = "222222222222", region = "eu-west-1" } = parts;
  return {
    message: parts.detail ?? "it fails",
    metadata: {
      event_code: parts.check ?? "s3_bucket_public_access",
      product: { name: parts.product ?? "Prowler" },
      version: "1.4.0",
    },
    severity_id: 5,
    status: parts.status ?? "New",
    status_code: parts.code ?? "FAIL",
    status_detail: parts.detail ?? "it fails",
    finding_info: { title: "title", uid: parts.uid ?? "<finding_uid>" },
    resources: [
      {
        uid: "arn:aws:s3:::acme-exports",
        name: "acme-exports",
        type: "AwsS3Bucket",
        region,
        labels: [],
        ...parts.resource,
      },
    ],
    class_uid: 2004,
    cloud: { account: { uid: account, name: "prod" }, provider: "aws", region },
    time_dt: parts.at ?? "2026-11-20T10:00:00.000000",
  };
}

function asffRow(parts: Record<string, unknown> = {}): object {
  return {
    SchemaVersion: "2018-10-08",
    Id: "arn:aws:securityhub:eu-west-1:222222222222:security-control/S3.2/finding/1",
    ProductArn: "arn:aws:securityhub:eu-west-1::product/aws/securityhub",
    GeneratorId: "security-control/S3.2",
    AwsAccountId: "222222222222",
    UpdatedAt: "2026-11-20T11:00:00.000Z",
    Severity: { Label: "CRITICAL" },
    Title: "S3 general purpose buckets should block public read access",
    Description: "d",
    Resources: [{ Type: "AwsS3Bucket", Id: "arn:aws:s3:::acme-exports", Region: "eu-west-1" }],
    Compliance: { Status: "FAILED", SecurityControlId: "S3.2" },
    Workflow: { Status: "NEW" },
    RecordState: "ACTIVE",
    ...parts,
  };
}

/** `n` of test/corpus/findings/README.md: findings of each file, before one with several resources is split. */
function indexed(): readonly (readonly [string, string, number])[] {
  const text = readFileSync(corpusPath("findings", "README.md"), "utf8");
  let format = "";
  const found: [string, string, number][] = [];
  for (const line of text.split("\n")) {
    format = /^## (\S+)/.exec(line)?.[1] ?? format;
    const cells = line.split("|").map((cell) => cell.trim());
    if (!["asff", "prowler-ocsf"].includes(format)) continue;
    if (/\.json$/.test(cells[1] ?? "")) found.push([format, cells[1] ?? "", Number(cells[3])]);
  }
  return found;
}

describe("real files of the corpus", () => {
  it("the index lists the files that are there", () => expect(indexed()).toHaveLength(24));

  it.each(indexed())("%s/%s holds %d findings, none rejected", async (format, name, rows) => {
    const loaded = await load(corpusPath("findings", format, name));
    expect(loaded.rejected).toEqual([]);
    expect(loaded.counts.rows).toBe(rows);
    expect(loaded.inputs).toMatchObject([{ complete: true, kind: rows === 0 ? "empty-list" : format }]);
  });

  it("the large Prowler file: 731 rows, ids used twice, 4 rows it cannot judge (facts 1, pitfalls 3, 4, 17)", async () => {
    const { counts, exposures, passing } = await load(
      corpusPath("findings", "asff", "dd-prowler-output.asff.json"),
    );
    expect(counts).toMatchObject({ rows: 731, passed: 441, manual: 4, failing: 286 });
    expect(passing).toHaveLength(441);
    const failing = exposures.flatMap((exposure) => exposure.findings);
    expect(new Set(failing.map((finding) => finding.fingerprint)).size).toBe(286);
    // Two credentials of one user, one PASS and one FAIL under the same id, at the same time: still open.
    const key = exposures.find(
      (each) => each.resource.endsWith("user/dams") && each.weakness === "iam.key.stale",
    );
    expect(key).toMatchObject({ subLocator: "key-2", state: "open", class: "credential" });
    expect(key?.findings.map((finding) => finding.check)).toContain("iam_rotate_access_key_90_days");
    // A setting that exists once per Region is one exposure in each; an account-wide one is one.
    const analyzer = exposures.filter((each) => each.weakness === "aws.accessanalyzer_enabled");
    expect(analyzer).toHaveLength(16);
    expect(new Set(analyzer.map((each) => each.region)).size).toBe(16);
    expect(
      exposures.filter((each) => each.resourceKind === "aws:account" && each.weakness === "iam.root-key"),
    ).toHaveLength(1);
    expect(counts).toMatchObject({ exposureOrAccess: 27, plainSettings: 259 });
    // One exposure for the root user without MFA, whatever the number of checks that see it.
    expect(exposures.filter((each) => each.weakness === "iam.root-mfa")).toHaveLength(1);
  });

  it("one finding about three resources is one row and three exposures (pitfall 8)", async () => {
    const path = corpusPath("findings", "asff", "dd-awssecurityhub-config_multiple_resources.json");
    const { counts, exposures } = await load(path);
    expect(counts.rows).toBe(2);
    expect(exposures.map((each) => each.resourceKind)).toEqual([
      "ec2:security-group",
      "ec2:security-group",
      "ec2:vpc",
      "s3:bucket",
      "s3:bucket",
    ]);
    const evidence = exposures.flatMap((each) => each.findings.flatMap((finding) => finding.evidence));
    expect(evidence.map((each) => each.pointer).sort()).toEqual([
      "/findings/0",
      "/findings/0",
      "/findings/0",
      "/findings/1",
      "/findings/1",
    ]);
  });

  it("a missing account, a redacted one and a bare instance id are kept and flagged (pitfall 11)", async () => {
    const missing = await load(corpusPath("findings", "asff", "dd-awssecurityhub-missing_account_id.json"));
    expect(missing.exposures).toMatchObject([{ resource: "i-1234xxyy", resourceKind: "ec2:instance" }]);
    expect(missing.exposures[0]?.findings[0]?.quality).toEqual(["bare-resource-id", "no-account"]);
    expect(missing.exposures[0]).not.toHaveProperty("account");
    const redacted = await load(corpusPath("findings", "asff", "dd-awssecurityhub-inspector_ec2_cve.json"));
    expect(
      redacted.exposures.map((each) => [each.resource, each.account, each.findings[0]?.nativeIds.length]),
    ).toEqual([
      ["arn:aws:ec2:us-east-1:111111111111:instance/i-11111111111111111", "aws:111111111111", 1],
      ["arn:aws:ec2:us-east-1:XXXXXXXXXXXX:instance/i-11111111111111111", undefined, 4],
    ]);
  });

  it("GuardDuty is a threat, Inspector and Trivy are vulnerabilities, one per CVE", async () => {
    const duty = await load(corpusPath("findings", "asff", "dd-awssecurityhub-guardduty.json"));
    expect(duty.exposures.every((each) => each.threat === true)).toBe(true);
    const trivy = await load(corpusPath("findings", "asff", "trivy-testdata-alpine-310.asff.json"));
    expect(trivy.exposures.map((each) => [each.title, each.class, each.findings.length])).toEqual([
      ["CVE-2019-1549", "vulnerability", 2],
      ["CVE-2019-1551", "vulnerability", 2],
    ]);
  });

  it("`New` with status_id 3 is no mute, `Suppressed` is (Prowler 4; pitfall 4)", async () => {
    const { counts, exposures } = await load(
      corpusPath("findings", "prowler-ocsf", "dd-many_vuln.ocsf.json"),
    );
    expect(counts).toMatchObject({ rows: 3, muted: 1, exposureOrAccess: 2 });
    expect(
      exposures.filter((each) => each.state === "muted-external").map((each) => each.resourceName),
    ).toEqual(["CrossAccountResourceAccessRole"]);
    expect(exposures.find((each) => each.resourceName === "AuditRole")?.tags).toEqual({
      "some-label": "some value",
    });
  });

  it("OCSF 1.2 and 1.4 spell the same finding (pitfall 2)", async () => {
    const old = corpusPath("findings", "prowler-ocsf", "dd-one_vuln.ocsf.json");
    const now = corpusPath("findings", "prowler-ocsf", "dd-one_vuln_after_4_5_0.ocsf.json");
    const { exposures, counts } = await load(old, now);
    expect(counts.rows).toBe(2);
    expect(exposures).toHaveLength(1);
    expect(exposures[0]?.findings).toHaveLength(1);
    expect(exposures[0]?.lastSeen).toBe("2024-06-03T14:15:19.382Z");
  });

  it("placeholders instead of ids do not merge what is different (pitfall 1)", async () => {
    const { exposures, passing } = await load(
      corpusPath("findings", "prowler-ocsf", "prowler-example_output_gcp.ocsf.json"),
    );
    expect(passing).toHaveLength(3);
    // The rule that fails and the two that pass share uid, resource and time; nothing is called fixed.
    const rdp = exposures.find(
      (each) => each.weakness === "gcp.compute_firewall_rdp_access_from_the_internet_allowed",
    );
    expect(rdp).toMatchObject({ state: "open", class: "public-exposure" });
    expect(rdp?.findings[0]?.nativeIds).toEqual([]);
    expect(rdp?.findings[0]?.quality).toContain("placeholder-native-id");
  });

  it("Kubernetes rows have no `cloud` and are told by namespace and kind", async () => {
    const { exposures } = await load(
      corpusPath("findings", "prowler-ocsf", "prowler-example_output_kubernetes.ocsf.json"),
    );
    expect(new Set(exposures.map((each) => each.resourceKind))).toEqual(
      new Set(["kubernetes:kubernetes-apiserver"]),
    );
    expect(exposures.every((each) => each.resource.includes("<namespace>"))).toBe(true);
  });

  it("every count adds up, over all files at once, in any order", async () => {
    const paths = [corpusPath("findings", "asff"), corpusPath("findings", "prowler-ocsf")];
    const one = await load(...paths);
    const other = await load(...[...paths].reverse());
    expect(one.counts.rows).toBe(791);
    expect(other.exposures).toEqual(one.exposures);
    expect(other.summary).toEqual(one.summary);
    expect(one.summary.findings).toBe(one.counts.exposureOrAccess);
  });
});

describe("several tools, several scans", () => {
  it("Prowler and Security Hub on one bucket are one exposure (pitfall 9)", async () => {
    const { exposures, counts } = await load(file([ocsf()]), file([asffRow()]));
    expect(counts.failing).toBe(2);
    expect(exposures).toHaveLength(1);
    expect(exposures[0]).toMatchObject({
      weakness: "s3.public",
      account: "aws:222222222222",
      accountName: "prod",
    });
    expect(exposures[0]?.findings.map((finding) => finding.tool)).toEqual(["prowler", "security-hub"]);
  });

  it("a later PASS of the same tool fixes; an equal time, another tool or another bucket does not", async () => {
    const failing = file([ocsf()]);
    const later = { at: "2026-11-21T10:00:00.000000", code: "PASS" };
    const state = async (...paths: string[]): Promise<unknown> =>
      (await load(failing, ...paths)).exposures[0]?.state;
    expect(await state(file([ocsf(later)]))).toBe("fixed");
    expect(await state(file([ocsf({ code: "PASS" })]))).toBe("open");
    // A later scan that lists other buckets and not this one: gone, which is no fix.
    expect(await state(file([ocsf({ ...later, resource: { uid: "arn:aws:s3:::other" } })]))).toBe("gone");
    expect(await state(file([ocsf(later)]), file([asffRow()]))).toBe("open");
    const passedHub = asffRow({
      UpdatedAt: "2026-11-22T00:00:00Z",
      Compliance: { Status: "PASSED", SecurityControlId: "S3.2" },
    });
    expect(await state(file([passedHub]))).toBe("open");
    const { exposures } = await load(failing, file([ocsf(later)]));
    expect(exposures[0]?.findings[0]?.evidence).toHaveLength(2);
  });

  it("a PASS that names no key speaks for the keys of a user only from another scan", async () => {
    const check = "iam_rotate_access_key_90_days";
    const resource = { uid: "arn:aws:iam::222222222222:user/ana", type: "AwsIamUser" };
    const old = ocsf({ check, resource, detail: "User ana has not rotated access key 1 in over 90 days." });
    const none = ocsf({
      check,
      resource,
      code: "PASS",
      at: "2026-11-21T10:00:00",
      detail: "User ana does not have old keys.",
    });
    expect((await load(file([old, none]))).exposures[0]).toMatchObject({
      subLocator: "key-1",
      state: "open",
    });
    expect((await load(file([old]), file([none]))).exposures[0]).toMatchObject({
      subLocator: "key-1",
      state: "fixed",
    });
  });

  it("muted in one tool and failing in another is open", async () => {
    const muted = file([ocsf({ status: "Suppressed" })]);
    expect((await load(muted)).exposures[0]?.state).toBe("muted-external");
    expect((await load(muted, file([asffRow()]))).exposures[0]?.state).toBe("open");
    expect((await load(muted, file([asffRow({ RecordState: "ARCHIVED" })]))).exposures[0]?.state).toBe(
      "unknown",
    );
  });

  it("a renamed check is the same finding (pitfall 20)", async () => {
    const at = { uid: "arn:aws:eks:eu-west-1:222222222222:cluster/c", type: "AwsEksCluster" };
    const { exposures } = await load(
      file([ocsf({ check: "eks_endpoints_not_publicly_accessible", resource: at })]),
      file([ocsf({ check: "eks_cluster_not_publicly_accessible", resource: at })]),
    );
    expect(exposures).toHaveLength(1);
    expect(exposures[0]?.findings).toHaveLength(1);
    expect(exposures[0]?.weakness).toBe("eks.public-endpoint");
  });

  it("different ports stay apart, and a tool that names none joins only a single one", async () => {
    const group = {
      uid: "arn:aws:ec2:eu-west-1:222222222222:security-group/sg-1",
      type: "AwsEc2SecurityGroup",
    };
    const base = "ec2_securitygroup_allow_ingress_from_internet_to_";
    const rows = [22, 3389].map((port) => ocsf({ check: `${base}tcp_port_${port}`, resource: group }));
    const any = ocsf({ check: `${base}any_port`, resource: group });
    const titles = async (list: object[]): Promise<unknown> =>
      (await load(file(list))).exposures.map((each) => each.title);
    expect(await titles([...rows, any])).toEqual([
      "ports open to internet",
      "port 22 open",
      "port 3389 open",
    ]);
    expect(await titles([...rows.slice(0, 1), any])).toEqual(["port 22 open"]);
  });

  it("the same file twice counts once, and says so", async () => {
    const first = file([ocsf()]);
    const copy = file(readFileSync(first), "copy.json");
    const { counts, inputs } = await load(first, copy);
    expect(counts.rows).toBe(1);
    expect(inputs.filter((input) => input.sameAs !== undefined)).toHaveLength(1);
  });

  it("a control archived or resolved by hand is not fixed (pitfall 7)", async () => {
    const rows = [
      asffRow({ RecordState: "ARCHIVED" }),
      asffRow({
        Workflow: { Status: "RESOLVED" },
        Resources: [{ Type: "AwsS3Bucket", Id: "arn:aws:s3:::b" }],
      }),
      asffRow({
        Workflow: { Status: "SUPPRESSED" },
        Resources: [{ Type: "AwsS3Bucket", Id: "arn:aws:s3:::c" }],
      }),
      asffRow({ Compliance: { Status: "NOT_AVAILABLE" } }),
      asffRow({ Compliance: { Status: "INFOED" } }),
      asffRow({ Compliance: { Status: "SOMETHING" } }),
    ];
    const { exposures, counts } = await load(file({ Findings: rows }));
    expect(exposures.map((each) => [each.resourceName, each.state])).toEqual([
      ["acme-exports", "unknown"],
      ["b", "open"],
      ["c", "muted-external"],
    ]);
    expect(counts).toMatchObject({
      rows: 6,
      stale: 1,
      exposureOrAccess: 1,
      muted: 1,
      notApplicable: 1,
      manual: 2,
    });
  });
});

describe("what a file vouches for (pitfalls 5 and 6)", () => {
  const pass = (region: string, check = "ec2_ebs_public_snapshot"): object =>
    ocsf({
      code: "PASS",
      region,
      check,
      resource: { uid: `arn:aws:ec2:${region}:222222222222:snapshot/snap-1`, type: "Other" },
    });

  it("tuples of account, Region and check that occur, where something passed", async () => {
    const { scopes } = await load(file([pass("eu-west-1"), pass("us-east-1", "ec2_ami_public"), ocsf()]));
    expect(scopes.map((scope) => [scope.account, scope.region, scope.checks])).toEqual([
      ["aws:222222222222", "eu-west-1", ["ec2_ebs_public_snapshot"]],
      ["aws:222222222222", "global", ["s3_bucket_public_access"]],
      ["aws:222222222222", "us-east-1", ["ec2_ami_public"]],
    ]);
  });

  it("nothing where only failures were written, nothing in an account without a PASS, nothing in a cut file", async () => {
    expect((await load(file([ocsf()]))).scopes).toEqual([]);
    const other = ocsf({ account: "333333333333" });
    expect(
      new Set((await load(file([pass("eu-west-1"), other]))).scopes.map((scope) => scope.account)),
    ).toEqual(new Set(["aws:222222222222"]));
    const cut = JSON.stringify([pass("eu-west-1"), ocsf()]).slice(0, -20);
    const loaded = await load(file(cut));
    expect(loaded.scopes).toEqual([]);
    expect(loaded.counts.passed).toBe(1);
  });
});

describe("one page of several (pitfall 18: Security Hub gives a hundred at a time)", () => {
  const passed = asffRow({ Id: "passed", Compliance: { Status: "PASSED", SecurityControlId: "S3.2" } });

  it.each([
    ["behind the findings", { Findings: [asffRow(), passed], NextToken: "x" }, "NextToken"],
    ["before them", { NextToken: "x", Findings: [asffRow(), passed] }, "NextToken"],
    [
      "as EventBridge and OCSF would write it",
      { findings: [asffRow(), passed], nextToken: "x" },
      "nextToken",
    ],
  ])(
    "the token %s: what it holds is used, it is called incomplete, and vouches for nothing",
    async (_, page, name) => {
      const loaded = await load(file(page));
      expect(loaded.exposures).toHaveLength(1);
      expect(loaded.counts.passed).toBe(1);
      expect(loaded.scopes).toEqual([]);
      expect(loaded.inputs.map((each) => each.complete)).toEqual([false]);
      expect(loaded.rejected).toMatchObject([{ used: 2 }]);
      expect(loaded.rejected[0]?.reason).toContain(`one page of several: \`${name}\``);
    },
  );

  it("without a token it is whole; with a tail that is too long to be looked at it vouches for nothing", async () => {
    const whole = await load(file({ Findings: [asffRow(), passed], NextToken: null }));
    expect(whole.scopes).toHaveLength(1);
    expect(whole.rejected).toEqual([]);
    const long = await load(file({ Findings: [asffRow(), passed], Padding: "x".repeat(300_000) }));
    expect(long.exposures).toHaveLength(1);
    expect(long.scopes).toEqual([]);
  });
});

describe("files as they come (pitfall 13)", () => {
  it("envelopes, JSON lines, gzip, BOM, UTF-16 and single objects hold the same finding", async () => {
    const row = asffRow();
    const text = JSON.stringify([row]);
    const forms: (string | Buffer)[] = [
      text,
      JSON.stringify({ Findings: [row], NextToken: null }),
      JSON.stringify({ findings: [row] }),
      JSON.stringify({
        version: "0",
        "detail-type": "Security Hub Findings - Imported",
        detail: { findings: [row] },
      }),
      JSON.stringify(row),
      `${JSON.stringify(row)}\n`,
      `\ufeff${text}`,
      Buffer.from(`\ufeff${text}`, "utf16le"),
      Buffer.from(text, "utf16le"),
      Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
      gzipSync(text),
      gzipSync(Buffer.from(`\ufeff${text}`, "utf16le")),
    ];
    for (const form of forms) {
      const loaded = await load(file(form));
      expect(loaded.rejected).toEqual([]);
      expect(loaded.exposures).toHaveLength(1);
      expect(loaded.exposures[0]?.id).toBe((await load(file(text))).exposures[0]?.id);
    }
  });

  it.each([
    ["", /file is empty/],
    ["null", /only `null`/],
    ["  \n", /holds no JSON/],
    ["{}", /none of its 1 records is a finding/],
    ['{"a":1}\n{"b":2}', /none of its 2 records/],
    ["once upon a time", /not JSON/],
    ["[{]", /does not match|stands/],
    [gzipSync("[{}]").subarray(0, 15), /damaged or incomplete gzip/],
  ])("%j is rejected with the true reason", async (content, reason) => {
    const { rejected, counts, exposures } = await load(file(content));
    expect(rejected.map((each) => each.reason).join("; ")).toMatch(reason);
    expect(exposures).toEqual([]);
    expect(counts.failing).toBe(0);
  });

  it("an empty list is a result and no rejection", async () => {
    const loaded = await load(file("[\n  \n]"), file({ Findings: [] }));
    expect(loaded.rejected).toEqual([]);
    expect(loaded.inputs.map((input) => input.kind)).toEqual(["empty-list", "empty-list"]);
    expect(loaded.scopes).toEqual([]);
  });

  it("a path that does not exist is named", async () => {
    const { rejected } = await load(join(folder, "nowhere.json"));
    expect(rejected[0]?.reason).toContain("does not exist");
  });

  it("a cut file gives its whole rows, and says line and offset of the break", async () => {
    const text = JSON.stringify([ocsf(), ocsf({ check: "ec2_ami_public" }), ocsf()], null, 4);
    const cut = text.slice(0, text.lastIndexOf('"message"') + 5);
    const { rejected, counts, inputs } = await load(file(cut));
    expect(counts.rows).toBe(2);
    expect(inputs[0]?.complete).toBe(false);
    expect(rejected).toMatchObject([{ reason: expect.stringContaining("middle of a record"), used: 2 }]);
    const [fault] = rejected;
    expect(text.split("\n")[(fault?.line ?? 0) - 1]?.trim()).toBe("{");
    expect(cut[fault?.offset ?? -1]).toBe("{");
  });

  it("rows that cannot be used are named with their place, and counted", async () => {
    const noCheck = { ...ocsf(), metadata: { product: { name: "Prowler" } } };
    const noResource = asffRow({ Resources: [] });
    const alien = { hello: "world" };
    const { rejected, counts } = await load(file([ocsf(), noCheck, noResource, alien, 7]));
    expect(counts).toMatchObject({ rows: 5, rejected: 4, failing: 1 });
    expect(rejected.map((each) => [each.pointer, each.reason])).toEqual([
      ["/1", "`metadata.event_code` is missing: the finding names no check"],
      ["/2", "`Resources` is empty: the finding names no resource"],
      ["/3", "the record is not a finding of a known format"],
      ["/4", "a member of the list is not an object"],
    ]);
  });

  it("many faulty rows are not many lines", async () => {
    const { rejected, counts } = await load(file([ocsf(), ...Array.from({ length: 500 }, () => ({}))]));
    expect(counts.rejected).toBe(500);
    expect(rejected).toHaveLength(21);
    expect(rejected.at(-1)?.reason).toBe("480 more records could not be used");
  });

  it("names of prototypes are plain names", async () => {
    const text = JSON.stringify([ocsf({ resource: { labels: ["__proto__:x", "constructor:y"] } })]).replace(
      '"message"',
      '"__proto__":{"metadata":{}},"constructor":{"prototype":{"polluted":true}},"message"',
    );
    const { exposures } = await load(file(text));
    expect(Object.entries(exposures[0]?.tags ?? {})).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("secrets in the tool's words are masked before anything keeps them (pitfall 16)", async () => {
    const secret = `ghp_${"a1B2".repeat(9)}`;
    const loaded = await load(file([ocsf({ detail: `token ${secret} in env, password=hunter2hunter2` })]));
    expect(JSON.stringify(loaded)).not.toContain(secret);
    expect(JSON.stringify(loaded)).not.toContain("hunter2hunter2");
    expect(loaded.exposures[0]?.findings[0]?.detail).toContain("in env");
  });
});

describe("findings by hand (remit.findings/1)", () => {
  it("merge with those of the tools and carry what no scanner reports", async () => {
    const path = file({
      schema: "remit.findings/1",
      findings: [
        {
          weakness: "s3.public",
          resource: "arn:aws:s3:::acme-exports",
          account: "aws:222222222222",
          severity: "high",
        },
        { weakness: "edge.ssrf", resource: "workload:waf", observedAt: "2026-11-20T00:00:00Z" },
        { weakness: "s3.pubic", resource: "arn:aws:s3:::x" },
        { weakness: "s3.public", resource: "arn:aws:s3:::x", result: "maybe" },
      ],
    });
    const { exposures, rejected, counts } = await load(path, file([ocsf()]));
    expect(
      exposures.map((each) => [each.resource, each.resourceKind, each.weakness, each.findings.length]),
    ).toEqual([
      ["arn:aws:s3:::acme-exports", "s3:bucket", "s3.public", 2],
      ["workload:waf", "workload", "edge.ssrf", 1],
    ]);
    expect(exposures[1]).toMatchObject({ formula: "edge.ssrf", title: "fetches internal addresses" });
    expect(counts).toMatchObject({ rows: 5, rejected: 2 });
    expect(rejected.map((each) => each.reason)).toEqual([
      "`s3.pubic` is no weakness: `remit schema weakness` lists them",
      "`result` is `maybe`, not one of fail, pass, manual, muted, stale, not-applicable",
    ]);
  });
});
