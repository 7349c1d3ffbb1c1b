import { describe, expect, it, test } from "vitest";
import { misconfigurationId } from "../../src/readers/trivy/index.js";
import { corpusPath } from "../corpus.js";
import { load, loadContent } from "./load.js";

const sarif = (results: readonly object[], more: object = {}, driver: object = {}) => ({
  version: "2.1.0",
  $schema: "https://json.schemastore.org/sarif-2.1.0.json",
  runs: [{ tool: { driver: { name: "CodeScanner", ...driver } }, results, ...more }],
});
const at = (uri: string, startLine?: number) => ({
  physicalLocation: {
    artifactLocation: { uri },
    ...(startLine === undefined ? {} : { region: { startLine } }),
  },
});
const states = (loaded: Awaited<ReturnType<typeof loadContent>>) =>
  Object.fromEntries(loaded.exposures.map((each) => [each.findings[0]?.title, each.state]));

describe("SARIF", () => {
  test.each([
    [[], "open"],
    [[{ kind: "external" }], "muted-external"],
    [[{ kind: "inSource", status: "accepted", justification: "test data" }], "muted-external"],
    [[{ kind: "external", status: "rejected" }], "open"],
    [
      [
        { kind: "external", status: "accepted" },
        { kind: "external", status: "underReview" },
      ],
      "open",
    ],
  ])("suppressions %j make it %s (3.27.23)", async (suppressions, state) => {
    const { exposures } = await loadContent(
      sarif([{ ruleId: "A1", message: { text: "m" }, suppressions, locations: [at("a.c", 1)] }]),
    );
    expect(exposures.map((each) => each.state)).toEqual([state]);
  });

  it("keeps the justification of a suppression as the reason", async () => {
    const suppressions = [{ kind: "inSource", justification: "test data" }];
    const { exposures } = await loadContent(sarif([{ ruleId: "A1", message: { text: "m" }, suppressions }]));
    expect(exposures[0]?.findings[0]?.muting).toEqual({ source: "tool", reason: "test data" });
  });

  it("finds the rule by id, by index, by reference and in an extension, and fills its message in (3.52)", async () => {
    const rule = {
      id: "R1",
      shortDescription: { text: "first rule" },
      messageStrings: { default: { text: "`{0}` is used" } },
      properties: { "security-severity": "9.1" },
    };
    const driver = { rules: [rule], extensions: [] };
    const tool = {
      driver: { name: "CodeScanner", ...driver },
      extensions: [{ name: "x", rules: [{ id: "E1", shortDescription: { text: "of an extension" } }] }],
    };
    const results = [
      { ruleId: "R1", message: { id: "default", arguments: ["x"] }, locations: [at("a.c", 1)] },
      { ruleIndex: 0, message: { text: "by index" }, locations: [at("a.c", 2)] },
      {
        rule: { id: "E1", index: 0, toolComponent: { index: 0 } },
        message: { text: "e" },
        locations: [at("a.c", 3)],
      },
    ];
    const { exposures } = await loadContent({ version: "2.1.0", runs: [{ tool, results }] });
    const found = exposures
      .flatMap((each) => each.findings)
      .map((each) => [each.check, each.title, each.severity]);
    expect(found.sort()).toEqual([
      ["E1", "of an extension", "medium"],
      ["R1", "first rule", "critical"],
      ["R1", "first rule", "critical"],
    ]);
    expect(exposures[0]?.findings[0]?.detail).toBe(
      "of an extension at a.c:3".replace("of an extension", "e"),
    );
    expect(exposures.flatMap((each) => each.findings).map((each) => each.detail)).toContain(
      "`x` is used at a.c:1",
    );
  });

  it("keeps a result that moved, by its fingerprint; nested values too (Black Duck)", async () => {
    const result = (line: number, print: unknown) => ({
      ruleId: "A1",
      message: { text: "m" },
      locations: [at("a.c", line)],
      partialFingerprints: { primaryLocationLineHash: print },
    });
    const print = async (line: number, value: unknown) =>
      (await loadContent(sarif([result(line, value)]))).exposures[0]?.findings[0]?.fingerprint;
    expect(await print(10, "abc:1")).toBe(await print(12, "abc:1"));
    expect(await print(10, { value: "abc" })).toBe(await print(12, { value: "abc" }));
    expect(await print(10, "abc:1")).not.toBe(await print(10, "abc:2"));
  });

  it("does not merge results that a tool gives one fingerprint, nor results without any place", async () => {
    const prints = { partialFingerprints: { hash: "of the file" } };
    const lines = [1, 2, 3].map((line) => ({
      ruleId: "A1",
      message: { text: "m" },
      locations: [at("a.c", line)],
      ...prints,
    }));
    expect((await loadContent(sarif(lines))).exposures).toHaveLength(3);
    const plain = [1, 2, 3].map((n) => ({ ruleId: "A1", message: { text: `m${n}` } }));
    expect((await loadContent(sarif(plain))).exposures).toHaveLength(3);
  });

  it("merges results that a tool repeats word by word: 27 rows of a real file are 12", async () => {
    const { counts, exposures } = await load(corpusPath("findings", "sarif", "dd-bash-report.sarif"));
    expect(counts.rows).toBe(27);
    expect(exposures.flatMap((each) => each.findings)).toHaveLength(12);
  });

  it("a result that is absent now, or of another kind, is no failure and no proof of a fix", async () => {
    const results = ["absent", "new"].map((baselineState) => ({
      ruleId: baselineState,
      message: { text: "m" },
      baselineState,
      locations: [at("a.c", 1)],
    }));
    const kinds = ["pass", "open", "notApplicable"].map((kind) => ({
      ruleId: kind,
      kind,
      message: { text: "m" },
      locations: [at("a.c", 1)],
    }));
    const { counts } = await loadContent(sarif([...results, ...kinds]));
    expect(counts).toMatchObject({ rows: 5, stale: 1, failing: 1, passed: 1, manual: 1, notApplicable: 1 });
  });

  it("a run without results did not run, one with none found nothing, and neither is a fault", async () => {
    for (const content of [
      sarif([]),
      { version: "2.1.0", runs: [] },
      { version: "2.1.0", runs: [{ tool: { driver: { name: "x" } } }] },
    ]) {
      const { rejected, counts } = await loadContent(content);
      expect(rejected).toEqual([]);
      expect(counts.rows).toBe(0);
    }
  });

  it("of a scanner of flaws is its flaw, and joins its own report of the same image", async () => {
    const { exposures } = await load(corpusPath("findings", "sarif", "trivy-alpine-310.sarif"));
    expect(exposures.map((each) => [each.weakness, each.subLocator])).toEqual([
      ["vulnerability.component", "CVE-2019-1549"],
      ["vulnerability.component", "CVE-2019-1551"],
    ]);
    expect(exposures[0]?.findings.map((each) => each.vulnerability?.package).sort()).toEqual([
      "libcrypto1.1",
      "libssl1.1",
    ]);
  });
});

describe("checks of code", () => {
  const checkov = (list: string, more: object = {}) => ({
    check_type: "terraform",
    results: {
      [list]: [
        {
          check_id: "CKV_AWS_20",
          check_name: "S3 Bucket has an ACL defined which allows public READ access.",
          check_result: { result: "FAILED" },
          file_path: "/main.tf",
          file_line_range: [1, 8],
          resource: "aws_s3_bucket.data",
          severity: null,
          ...more,
        },
      ],
    },
  });

  it("stay the same when their lines move, by the address of the block (Checkov)", async () => {
    const print = async (range: readonly number[]) =>
      (await loadContent(checkov("failed_checks", { file_line_range: range }))).exposures[0];
    const [before, after] = [await print([1, 8]), await print([11, 18])];
    expect(before?.id).toBe(after?.id);
    expect(before).toMatchObject({
      resource: "file:main.tf",
      subLocator: "aws_s3_bucket.data",
      class: "public-exposure",
    });
  });

  it("that are skipped in code are muted with the comment; that passed are the proof", async () => {
    const skipped = await loadContent(
      checkov("skipped_checks", { check_result: { result: "SKIPPED", suppress_comment: "public website" } }),
    );
    expect(skipped.exposures[0]?.findings[0]?.muting?.reason).toBe("public website");
    const passed = await loadContent(checkov("passed_checks", { check_result: { result: "PASSED" } }));
    expect(passed.exposures).toEqual([]);
    expect(passed.passing).toMatchObject([
      { tool: "checkov", resource: "file:main.tf", subLocator: "aws_s3_bucket.data" },
    ]);
  });

  it("of packages are flaws", async () => {
    const details = {
      id: "CVE-2019-19844",
      package_name: "django",
      package_version: "1.2",
      lowest_fixed_version: "1.11.27",
      cvss: 9.8,
      severity: "critical",
    };
    const { exposures } = await loadContent(
      checkov("failed_checks", { check_id: "CKV_CVE_2019_19844", vulnerability_details: details }),
    );
    expect(exposures[0]).toMatchObject({
      weakness: "vulnerability.component",
      subLocator: "CVE-2019-19844",
      severity: "critical",
    });
  });

  it("are one per framework in a list", async () => {
    const { counts } = await loadContent([
      checkov("failed_checks"),
      { ...checkov("failed_checks"), check_type: "helm" },
    ]);
    expect(counts.rows).toBe(2);
  });

  it("with three spellings of one id are one check (pitfall 20)", () => {
    const spellings = [
      "AVD-AWS-0086",
      "AWS-0086",
      "KSV001",
      "KSV-0001",
      "AVD-KSV-0001",
      "AVD-AZU-0012",
      "N/A",
    ];
    expect(spellings.map(misconfigurationId)).toEqual([
      "AWS-0086", "AWS-0086", "KSV-0001", "KSV-0001", "KSV-0001", "AZU-0012", "N/A",
    ]); // prettier-ignore
  });
});

describe("a report of a run that found nothing", () => {
  it.each([
    ["tfsec or OSV-Scanner", { results: [] }],
    ["OSV-Scanner", { results: null, experimental_config: {} }],
    ["kube-bench", { Controls: null, Totals: {} }],
    ["Kubescape", { summaryDetails: {}, results: null }],
    ["KICS", { queries: null, files_scanned: 3 }],
    ["Trivy", { SchemaVersion: 2, ArtifactName: "a", Results: null }],
    ["Grype", { matches: [], descriptor: { name: "grype" } }],
    ["Checkov", { passed: 0, failed: 0, checkov_version: "3.2" }],
    [
      "the Trivy operator, of a bill of material",
      { apiVersion: "aquasecurity.github.io/v1alpha1", kind: "SbomReport", report: {} },
    ],
  ])("of %s is no fault and vouches for nothing", async (_, content) => {
    const { rejected, counts, scopes } = await loadContent(content);
    expect(rejected).toEqual([]);
    expect(counts.rows).toBe(0);
    expect(scopes).toEqual([]);
  });
});

describe("checks of clusters", () => {
  it.each([
    ["Process can elevate its own privileges", "configuration"],
    ["Privileged container", "configuration"],
    ["Runs as root user", "configuration"],
    ["Manage Kubernetes RBAC resources with privilege escalation", "identity-privilege"],
    ["Cluster-admin binding", "identity-privilege"],
    ["List Kubernetes secrets", "credential"],
    ["Exposed sensitive interfaces to the internet", "public-exposure"],
  ])("%s is %s: how a container is confined is a setting, who may do what is not", async (name, expected) => {
    const controls = [{ controlID: "C-0001", name, status: { status: "failed" } }];
    const results = [{ resourceID: "path=1/api=apps/v1/shop/Deployment/web", controls }];
    const { exposures } = await loadContent({ summaryDetails: {}, results });
    expect(exposures[0]?.class).toBe(expected);
  });

  it("by hand are not failures, and controls that concern nothing are not passed (kube-bench, Kubescape)", async () => {
    const bench = await load(corpusPath("findings", "kube-bench", "dd-kube-bench-controls.json"));
    expect(bench.counts).toMatchObject({ failing: 36, manual: 49, passed: 37 });
    const controls = [
      { controlID: "C-0001", name: "a", status: { status: "failed" } },
      { controlID: "C-0002", name: "b", status: { status: "passed", subStatus: "irrelevant" } },
      { controlID: "C-0003", name: "c", status: { status: "passed", subStatus: "w/exceptions" } },
      { controlID: "C-0004", name: "d", status: { status: "skipped", subStatus: "manual review" } },
      { controlID: "C-0005", name: "e", status: { status: "passed" } },
    ];
    const scan = await loadContent({
      clusterName: "prod",
      generationTime: "2026-11-01T00:00:00Z",
      summaryDetails: { controls: { "C-0001": { scoreFactor: 9 } } },
      resources: [],
      results: [{ resourceID: "path=1/api=apps/v1/shop/Deployment/web", controls }],
    });
    expect(scan.counts).toMatchObject({ failing: 1, notApplicable: 1, muted: 1, manual: 1, passed: 1 });
    expect(scan.exposures.map((each) => [each.resource, each.severity, each.state])).toEqual([
      ["kubernetes:prod/shop/deployment/web", "critical", "open"],
      ["kubernetes:prod/shop/deployment/web", "unknown", "muted-external"],
    ]);
    // It may have looked at one namespace only: what it does not list is nothing (pitfall 5).
    expect(scan.scopes).toEqual([]);
    expect(scan.passing).toMatchObject([
      { check: "C-0005", resource: "kubernetes:prod/shop/deployment/web" },
    ]);
    expect(states(scan)).toEqual({ a: "open", c: "muted-external" });
  });
});
