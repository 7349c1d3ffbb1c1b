import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { corpusPath } from "../corpus.js";
import { fixture, load, loadContent, seen } from "./load.js";

const prowlerHeader =
  "TIMESTAMP;ACCOUNT_UID;PROVIDER;CHECK_ID;STATUS;STATUS_EXTENDED;MUTED;SERVICE_NAME;SEVERITY;RESOURCE_TYPE;RESOURCE_UID;RESOURCE_NAME;RESOURCE_TAGS;PARTITION;REGION;FINDING_UID";
const prowlerRow = (status: string, muted = "False", at = "2026-11-20 10:00:00.000000"): string =>
  `${at};222222222222;aws;s3_bucket_public_access;${status};it is public;${muted};s3;critical;AwsS3Bucket;arn:aws:s3:::acme-exports;acme-exports;team=data | env=prod;aws;eu-west-1;prowler-1`;
const prowlerCsv = (...rows: readonly string[]): string => [prowlerHeader, ...rows, ""].join("\r\n");

describe("Prowler in its own formats", () => {
  it("a row of the table is the same finding as the OCSF record of the same scan (findings.md 1.4)", async () => {
    const csv = await loadContent(prowlerCsv(prowlerRow("FAIL")), "p.csv");
    const record = {
      metadata: { event_code: "s3_bucket_public_access", product: { name: "Prowler" } },
      class_uid: 2004,
      status_code: "FAIL",
      finding_info: { title: "t", uid: "prowler-1" },
      resources: [
        { uid: "arn:aws:s3:::acme-exports", name: "acme-exports", type: "AwsS3Bucket", region: "eu-west-1" },
      ],
      cloud: { provider: "aws", account: { uid: "222222222222" }, region: "eu-west-1" },
      time_dt: "2026-11-20T10:00:00.000000",
    };
    const ocsf = await loadContent([record]);
    expect(csv.exposures[0]?.findings[0]?.fingerprint).toBe(ocsf.exposures[0]?.findings[0]?.fingerprint);
    expect(csv.exposures[0]?.tags).toEqual({ env: "prod", team: "data" });
    expect(csv.exposures[0]?.findings[0]?.evidence[0]?.line).toBe(2);
  });

  it("a muted FAIL is muted, MANUAL is no failure, a PASS proves (pitfalls 3 and 4)", async () => {
    const rows = [prowlerRow("FAIL", "True"), prowlerRow("MANUAL"), prowlerRow("PASS")];
    const { counts, passing, scopes } = await loadContent(prowlerCsv(...rows), "p.csv");
    expect(counts).toMatchObject({ rows: 3, muted: 1, manual: 1, passed: 1 });
    expect(passing).toHaveLength(1);
    expect(scopes).toHaveLength(1);
  });

  it("a table without its last line break was cut: rows are used, nothing is vouched for (pitfall 5)", async () => {
    const text = prowlerCsv(prowlerRow("PASS"), prowlerRow("FAIL"));
    expect((await loadContent(text, "p.csv")).scopes).toHaveLength(1);
    const cut = await loadContent(text.slice(0, -2), "p.csv");
    expect(cut.counts.rows).toBe(2);
    expect(cut.scopes).toEqual([]);
  });

  it("version 2 names checks by number and resources by name: both become those of today", async () => {
    const { exposures, passing } = await load(
      corpusPath("findings", "prowler-legacy", "dd-aws_prowler-many_vuln.json"),
    );
    const cluster = exposures.find((each) => each.weakness === "eks.public-endpoint");
    expect(cluster?.resource).toBe("arn:aws:eks:eu-central-1:012345678912:cluster/prod-eksc");
    expect(passing.map((each) => [each.check, each.resource])).toEqual([
      ["iam_avoid_root_usage", "aws:012345678912"],
    ]);
  });

  it("version 3 without an ARN is about the account", async () => {
    const { exposures } = await load(
      corpusPath("findings", "prowler-legacy", "dd-aws_prowler_v3plus-many_vuln.json"),
    );
    expect(exposures.map((each) => each.resource)).toContain("aws:999999999999");
  });
});

describe("OCSF of any product", () => {
  it("a control of Security Hub in OCSF merges with the same in ASFF, and makes a row per resource (pitfall 8)", async () => {
    const v2 = await load(fixture("security-hub-ocsf.json"));
    expect(v2.counts.rows).toBe(1);
    expect(seen(v2)).toEqual([
      ["arn:aws:s3:::acme-archive", "s3.public", "public-exposure", "open"],
      ["arn:aws:s3:::acme-exports", "s3.public", "public-exposure", "open"],
    ]);
    const asff = await loadContent([
      {
        Id: "x",
        ProductArn: "arn:aws:securityhub:eu-west-1::product/aws/securityhub",
        GeneratorId: "security-control/S3.2",
        AwsAccountId: "222222222222",
        Resources: [{ Type: "AwsS3Bucket", Id: "arn:aws:s3:::acme-exports", Region: "eu-west-1" }],
        Compliance: { Status: "FAILED", SecurityControlId: "S3.2" },
        UpdatedAt: "2026-11-20T10:00:00Z",
      },
    ]);
    const exports = v2.exposures.find((each) => each.resource.endsWith("exports"));
    expect(exports?.findings[0]?.fingerprint).toBe(asff.exposures[0]?.findings[0]?.fingerprint);
    expect(exports?.tags).toEqual({ team: "data-platform" });
    expect(exports?.findings[0]?.ownerHints).toEqual([
      { kind: "contact", who: "data@example.com", about: "owner of the resource" },
    ]);
  });

  const record = JSON.parse(readFileSync(fixture("security-hub-ocsf.json"), "utf8")) as {
    detail: { findings: Record<string, unknown>[] };
  };
  it.each([
    [{ compliance: { control: "S3.2", status_id: 1 } }, "passed"],
    [{ compliance: { control: "S3.2", status_id: 2 } }, "manual"],
    [{ status_id: 3, status: "Suppressed" }, "muted"],
    [{ status_id: 4, status: "Resolved" }, "failing"],
    [
      {
        status_id: 4,
        status: "Resolved",
        compliance: undefined,
        metadata: { event_code: "x", product: { name: "p" } },
      },
      "muted",
    ],
    [{ status_id: 5, status: "Archived" }, "stale"],
    [{ activity_id: 3, activity_name: "Close" }, "stale"],
  ])("%j is %s: only a check that passes proves a fix", async (change, bucket) => {
    const { counts } = await loadContent([{ ...record.detail.findings[0], ...change }]);
    expect(counts).toMatchObject({ rows: 1, [bucket]: 1 });
  });

  it("flaws of an application are rows of one record, by package and place", async () => {
    const { counts, exposures } = await load(fixture("ocsf-application-posture.json"));
    expect(counts.rows).toBe(1);
    expect(exposures.map((each) => [each.title, each.resourceName, each.findings.length])).toEqual([
      ["CVE-2021-44228", "checkout", 2],
      ["CWE-89", "checkout", 1],
    ]);
    expect(exposures[0]?.findings.map((each) => each.vulnerability?.fixed)).toContainEqual(["2.17.1"]);
    expect(exposures[0]?.findings[0]?.vulnerability).toMatchObject({ cvss: 10, exploited: true });
  });
});

describe("Security Command Center", () => {
  it("v2: classes by category, project by id, CVE as vulnerability, INACTIVE is no fix, contacts are hints", async () => {
    const loaded = await load(fixture("scc-v2.json"));
    expect(loaded.counts).toMatchObject({ rows: 4, exposureOrAccess: 2, muted: 1, stale: 1 });
    expect(loaded.scopes).toEqual([]);
    const instance = "//compute.googleapis.com/projects/acme-prod/zones/europe-west1-b/instances/700";
    expect(seen(loaded)).toEqual([
      [
        "//cloudresourcemanager.googleapis.com/projects/acme-prod",
        "gcp-scc.non-org-iam-member",
        "trust",
        "muted-external",
      ],
      [instance, "gcp.compute_instance_public_ip", "public-exposure", "unknown"],
      [instance, "vulnerability.component", "vulnerability", "open"],
      ["//storage.googleapis.com/acme-exports", "gcp.public-bucket", "public-exposure", "open"],
    ]);
    const [bucket] = loaded.exposures.slice(-1);
    expect(bucket?.account).toBe("gcp:acme-prod");
    expect(bucket?.findings[0]?.nativeIds).toHaveLength(2);
    expect(bucket?.findings[0]?.ownerHints?.map((each) => [each.who, each.about])).toEqual([
      ["data@example.com", "technical"],
      ["security@example.com", "security"],
    ]);
  });

  it("a message of Pub/Sub holds the notification as base64", async () => {
    const text = readFileSync(corpusPath("findings", "gcp-scc", "gcp-public_bucket_acl.json"), "utf8");
    const plain = await loadContent(text);
    const message = { message: { data: Buffer.from(text).toString("base64"), messageId: "1" } };
    expect(seen(await loadContent(message))).toEqual(seen(plain));
    expect(seen(plain)).toEqual([
      ["//storage.googleapis.com/this-is-public-on-purpose", "gcp.public-bucket", "public-exposure", "open"],
    ]);
  });

  it("a threat is a threat, in a notification and in a log", async () => {
    const paths = ["gcp-bad_ip_scc.json", "gcp-bad_ip.json", "gcp-iam_anomalous_grant-remediated.json"];
    const loaded = await load(...paths.map((name) => corpusPath("findings", "gcp-scc", name)));
    expect(loaded.exposures.map((each) => each.threat)).toEqual([true, true, true]);
    expect(loaded.exposures.map((each) => each.class).sort()).toEqual([
      "credential",
      "vulnerability",
      "vulnerability",
    ]);
  });
});

describe("Defender", () => {
  it("governance assignments name an owner for their assessment, ids in any case; exempt is muted; connected clouds keep their own ids", async () => {
    const loaded = await load(fixture("defender-resource-graph.json"));
    expect(loaded.counts).toMatchObject({ rows: 2, exposureOrAccess: 1, muted: 1 });
    expect(seen(loaded)).toEqual([
      [
        "/subscriptions/00000000-0000-4000-8000-000000000001/resourcegroups/data/providers/microsoft.storage/storageaccounts/acmeexports",
        "azure.public-blob",
        "public-exposure",
        "open",
      ],
      [
        "arn:aws:iam::222222222222:role/old",
        "defender.11111111-1111-4111-8111-111111111111",
        "identity-privilege",
        "muted-external",
      ],
    ]);
    expect(loaded.exposures[0]?.findings[0]?.ownerHints).toEqual([
      { kind: "governance", who: "data@example.com", about: "due 2026-12-01T00:00:00Z" },
    ]);
  });

  it("the portal's table: Healthy proves, Unhealthy fails, the byte-order mark is no part of a column", async () => {
    const { counts, passing, scopes } = await load(corpusPath("findings", "defender", "dd-many_vulns.csv"));
    expect(counts).toMatchObject({ rows: 4, passed: 1, failing: 3 });
    expect(passing[0]?.observedAt).toBe("2021-09-28T16:01:10.373Z");
    expect(scopes).toHaveLength(1);
  });

  it("rows of continuous export", async () => {
    const loaded = await load(fixture("defender-log-analytics.jsonl"));
    expect(loaded.counts).toMatchObject({ rows: 2, passed: 1, exposureOrAccess: 1 });
    expect(loaded.exposures[0]).toMatchObject({
      threat: true,
      class: "credential",
      resourceKind: "azure:key-vault",
    });
  });

  it("an alert names what it is about once per Azure resource; workspaces are none", async () => {
    const { exposures } = await load(corpusPath("findings", "defender", "az-alerts-list-first.json"));
    expect(exposures.map((each) => [each.resourceName, each.threat])).toEqual([["vm1", true]]);
    expect(exposures[0]?.findings[0]?.evidence[0]?.pointer).toBe("/responses/200/body/value/0");
  });

  it("flaws of a machine, in both forms of the API", async () => {
    const { exposures } = await load(fixture("defender-endpoint-by-machine.json"));
    expect(exposures).toMatchObject([{ title: "CVE-2026-0001", resourceName: "d1", severity: "high" }]);
    expect(exposures[0]?.findings[0]?.vulnerability).toEqual({
      ids: ["CVE-2026-0001"],
      package: "vendor/tools",
      installed: "1.2.3",
      fixed: ["KB1"],
      exploited: true,
    });
  });
});

describe("Wiz", () => {
  it("nodes of the API: own ids of the provider, owners as hints, ISSUE_FIXED proves but vouches for nothing", async () => {
    const loaded = await load(fixture("wiz-graphql.json"));
    expect(loaded.counts).toMatchObject({ rows: 3, exposureOrAccess: 1, passed: 1, muted: 1 });
    expect(loaded.scopes).toEqual([]);
    expect(loaded.passing[0]?.resource).toBe(
      "//compute.googleapis.com/projects/acme-prod/zones/europe-west1-b/instances/web-1",
    );
    const bucket = loaded.exposures.find((each) => each.resource === "arn:aws:s3:::acme-exports");
    expect(bucket).toMatchObject({
      class: "public-exposure",
      account: "aws:222222222222",
      tags: { team: "data-platform" },
    });
    expect(bucket?.findings[0]?.ownerHints?.map((each) => [each.kind, each.who])).toEqual([
      ["project", "sandbox"],
      ["project-owner", "ana.ruiz@example.com"],
      ["security-champion", "t.berg@example.com"],
    ]);
    expect(loaded.exposures.find((each) => each.threat)?.state).toBe("muted-external");
  });

  it("the portal's table: 98 issues, 2 ignored, one resolved without a reason, objects of Kubernetes by path", async () => {
    const { counts, exposures } = await load(
      corpusPath("findings", "wiz-issues", "dd-multiple_findings.csv"),
    );
    expect(counts).toMatchObject({ rows: 98, muted: 2, stale: 1, failing: 95, passed: 0 });
    // Two clusters have a user of that name: two resources.
    const users = exposures.filter((each) => each.resourceName === "clusteradmin");
    expect(new Set(users.map((each) => each.resource)).size).toBe(2);
    const [user] = users;
    expect(user?.account).toMatch(/^kubernetes:[0-9a-f]{64}$/);
    // Created is not seen: an issue of the table is never older than a PASS.
    expect(user?.lastSeen).toBeUndefined();
    expect(user?.firstSeen).toBeDefined();
  });

  it("a webhook's event is a threat, times with nine digits and no zone are read (pitfall 14)", async () => {
    const { exposures } = await load(corpusPath("findings", "wiz-issues", "panther-webhook_open_alert.json"));
    expect(exposures).toMatchObject([
      { threat: true, resourceName: "jenkins-aws", firstSeen: "2025-07-25T13:09:25.306Z", severity: "high" },
    ]);
  });

  it("vulnerability findings carry component, versions and place", async () => {
    const { exposures } = await load(corpusPath("findings", "wiz-issues", "dd-sca_format.csv"));
    const detail = exposures.find((each) => each.title === "CVE-2024-39474")?.findings[0]?.vulnerability;
    expect(detail).toEqual({
      ids: ["CVE-2024-39474"],
      package: "github.com/containerd/containerd",
      installed: "1.4.0",
      fixed: ["1.5.11"],
      exploited: false,
      places: ["/home/kubernetes/bin/containerd-gcfs-grpc"],
    });
  });

  it("the command line's scan: a row per flaw, match and secret, each with its place", async () => {
    const { counts, exposures } = await load(
      corpusPath("findings", "wiz-cli", "dd-wizcli_dir_many_vul.json"),
    );
    expect(counts.rows).toBe(7);
    // CVE-2023-44487 in two components of one file: one exposure, two findings.
    const shared = exposures.find((each) => each.title === "CVE-2023-44487");
    expect(shared?.findings.map((each) => each.vulnerability?.package).sort()).toEqual([
      "golang.org/x/net",
      "google.golang.org/grpc",
    ]);
    expect(shared?.findings[0]?.evidence[0]?.pointer).toMatch(
      /^\/result\/libraries\/\d\/vulnerabilities\/\d$/,
    );
  });
});

describe("pages", () => {
  const scc = JSON.parse(readFileSync(fixture("scc-v2.json"), "utf8")) as object;
  const graph = JSON.parse(readFileSync(fixture("defender-resource-graph.json"), "utf8")) as object;
  const wiz = JSON.parse(
    readFileSync(fixture("wiz-graphql.json"), "utf8").replace('"hasNextPage": false', '"hasNextPage": true'),
  ) as object;

  it.each([
    [{ ...scc, nextPageToken: "x" }, /`nextPageToken` says that there is more/],
    [{ ...graph, $skipToken: "x" }, /`\$skipToken` says that there is more/],
    [wiz, /`pageInfo.hasNextPage` says that there is more/],
  ])("one of several is used, told, and vouches for nothing", async (page, reason) => {
    const loaded = await loadContent(page);
    expect(loaded.counts.failing).toBeGreaterThan(0);
    expect(loaded.rejected.map((each) => each.reason).join()).toMatch(reason);
    expect(loaded.inputs).toMatchObject([{ complete: false }]);
    expect(loaded.scopes).toEqual([]);
  });
});

describe("CloudSploit and Orca", () => {
  it("a plugin that asks what Prowler asks merges with it; `N/A` is nothing to judge", async () => {
    const sploit = {
      plugin: "bucketAllUsersPolicy",
      category: "S3",
      title: "S3 Bucket All Users Policy",
      resource: "arn:aws:s3:::acme-exports",
      region: "global",
      status: "FAIL",
      message: "policy allows everyone",
    };
    const none = { ...sploit, resource: "N/A", status: "OK" };
    const { exposures, counts } = await loadContent([sploit, none]);
    expect(exposures.map((each) => each.weakness)).toEqual(["s3.public"]);
    expect(counts).toMatchObject({ notApplicable: 1, passed: 0 });
  });

  it("alerts in JSON and as a table are the same alerts; closed is no fix", async () => {
    const json = await load(corpusPath("findings", "orca", "dd-many_vulns.json"));
    const table = await load(corpusPath("findings", "orca", "dd-many_vulns.csv"));
    expect(seen(table)).toEqual(seen(json));
    expect(json.counts).toMatchObject({ rows: 5, stale: 1, failing: 4 });
    expect(json.exposures.map((each) => each.severity)).toEqual([
      "informational",
      "low",
      "high",
      "critical",
      "medium",
    ]);
  });
});
