import { describe, expect, it } from "vitest";
import { corpusPath } from "../corpus.js";
import { load, loadContent } from "./load.js";
import { loadFiles } from "./load-files.js";

const grype = (version: string, path = "/app/lib/log4j-core-2.14.1.jar") => ({
  matches: [
    {
      vulnerability: {
        id: "GHSA-jfh8-c2jp-5v3q",
        severity: "Critical",
        fix: { state: "fixed", versions: ["2.15.0"] },
        cvss: [{ version: "3.1", vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H" }],
        knownExploited: [{ cve: "CVE-2021-44228" }],
      },
      relatedVulnerabilities: [{ id: "CVE-2021-44228" }],
      artifact: {
        name: "log4j-core",
        version,
        type: "java-archive",
        purl: `pkg:maven/org.apache.logging.log4j/log4j-core@${version}`,
        locations: [{ path }],
      },
    },
  ],
  source: {
    type: "image",
    target: { userInput: `registry.example/shop:${version}`, imageID: `sha256:${"a".repeat(64)}` },
  },
  descriptor: { name: "grype", version: "0.94.0", timestamp: "2026-11-01T00:00:00Z" },
});

const trivy = (image: string) => ({
  SchemaVersion: 2,
  CreatedAt: "2026-11-02T00:00:00Z",
  ArtifactName: image,
  ArtifactType: "container_image",
  Results: [
    {
      Target: "Java",
      Class: "lang-pkgs",
      Type: "jar",
      Vulnerabilities: [
        {
          VulnerabilityID: "CVE-2021-44228",
          PkgName: "org.apache.logging.log4j:log4j-core",
          PkgPath: "app/lib/log4j-core-2.14.1.jar",
          PkgIdentifier: { PURL: "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1" },
          InstalledVersion: "2.14.1",
          FixedVersion: "2.15.0, 2.12.2",
          Severity: "CRITICAL",
          Status: "fixed",
        },
      ],
    },
  ],
});

describe("a flaw of a component", () => {
  it("is one exposure over scanners, by CVE and image, with both sources listed", async () => {
    const { exposures } = await loadFiles(grype("2.14.1"), trivy("registry.example/shop:2.14.1"));
    expect(exposures).toHaveLength(1);
    expect(exposures[0]).toMatchObject({
      resource: "image:registry.example/shop",
      weakness: "vulnerability.component",
      subLocator: "CVE-2021-44228",
      severity: "critical",
    });
    expect(exposures[0]?.findings.map((each) => each.tool)).toEqual(["grype", "trivy"]);
    expect(exposures[0]?.findings[0]?.vulnerability).toEqual({
      ids: ["CVE-2021-44228", "GHSA-jfh8-c2jp-5v3q"],
      purl: "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1",
      package: "log4j-core",
      installed: "2.14.1",
      fixed: ["2.15.0"],
      cvss: 10,
      exploited: true,
      places: ["/app/lib/log4j-core-2.14.1.jar"],
      artifact: { name: "registry.example/shop:2.14.1", digests: [`sha256:${"a".repeat(64)}`] },
    });
    expect(exposures[0]?.findings[1]?.vulnerability?.fixed).toEqual(["2.15.0", "2.12.2"]);
  });

  it("stays the same finding over builds and versions (DefectDojo #12907)", async () => {
    const prints = await Promise.all(
      [grype("2.14.1"), grype("2.14.2", "/app/lib/log4j-core-2.14.2.jar")].map(
        async (content) => (await loadContent(content)).exposures[0]?.findings[0]?.fingerprint,
      ),
    );
    expect(prints[1]).toBe(prints[0]);
  });

  it("in two files of an image is two findings (DefectDojo #13682)", async () => {
    const twice = grype("2.14.1");
    const [match] = twice.matches;
    const other = {
      ...match!,
      artifact: { ...match!.artifact, locations: [{ path: "/opt/x/log4j-core-2.14.1.jar" }] },
    };
    const { exposures } = await loadContent({ ...twice, matches: [match, other] });
    expect(exposures[0]?.findings).toHaveLength(2);
  });

  it("that the scanner hides is muted with the rule's reason (Grype `ignoredMatches`, Trivy modified findings)", async () => {
    const hidden = {
      ...grype("2.14.1"),
      matches: [],
      ignoredMatches: [
        {
          ...grype("2.14.1").matches[0],
          appliedIgnoreRules: [
            { "vex-status": "not_affected", "vex-justification": "component_not_present" },
          ],
        },
      ],
    };
    const { exposures } = await loadContent(hidden);
    expect(exposures[0]).toMatchObject({ state: "muted-external" });
    expect(exposures[0]?.findings[0]?.muting).toEqual({
      source: "vex",
      reason: "not_affected: component_not_present",
    });
    const report = trivy("shop:1");
    const [result] = report.Results;
    const modified = {
      ...report,
      Results: [
        {
          Target: "Java",
          Class: "lang-pkgs",
          Type: "jar",
          ExperimentalModifiedFindings: [
            {
              Type: "vulnerability",
              Status: "not_affected",
              Statement: "no JNDI",
              Source: "vex.json",
              Finding: result?.Vulnerabilities[0],
            },
          ],
        },
      ],
    };
    expect((await loadContent(modified)).exposures[0]?.findings[0]?.muting).toEqual({
      source: "vex",
      reason: "not_affected: no JNDI",
      by: "vex.json",
    });
  });

  it("of an image in a cloud's registry stands in the account of the registry", async () => {
    const found = async (image: string) => {
      const [exposure] = (await loadContent(trivy(image))).exposures;
      return [exposure?.resource, exposure?.resourceKind, exposure?.account];
    };
    expect(await found("222222222222.dkr.ecr.eu-west-1.amazonaws.com/team/shop:1.2")).toEqual([
      "arn:aws:ecr:eu-west-1:222222222222:repository/team/shop",
      "ecr:repository",
      "aws:222222222222",
    ]);
    expect((await found("222222222222.dkr.ecr.cn-north-1.amazonaws.com.cn/shop"))[0]).toMatch(
      /^arn:aws-cn:ecr:/,
    );
    expect(await found("europe-west1-docker.pkg.dev/acme-prod/apps/shop@sha256:0123")).toEqual([
      "//artifactregistry.googleapis.com/projects/acme-prod/locations/europe-west1/repositories/apps/dockerImages/shop",
      "gcp:image",
      "gcp:acme-prod",
    ]);
  });

  it("of two builds in ECR is one exposure and two findings: what is closed of one is open of the other", async () => {
    const finding = (digest: string, status: string, at: string) => ({
      findingArn: `arn:aws:inspector2:eu-west-1:222222222222:finding/${digest}`,
      awsAccountId: "222222222222",
      type: "PACKAGE_VULNERABILITY",
      severity: "HIGH",
      status,
      lastObservedAt: at,
      resources: [
        {
          id: `arn:aws:ecr:eu-west-1:222222222222:repository/team/shop/sha256:${digest.repeat(64)}`,
          type: "AWS_ECR_CONTAINER_IMAGE",
          region: "eu-west-1",
        },
      ],
      packageVulnerabilityDetails: {
        vulnerabilityId: "CVE-2021-44228",
        vulnerablePackages: [{ name: "log4j" }],
      },
    });
    const { exposures } = await loadContent({
      findings: [
        finding("a", "ACTIVE", "2026-11-01T00:00:00Z"),
        finding("b", "CLOSED", "2026-11-02T00:00:00Z"),
      ],
    });
    expect(exposures.map((each) => [each.resource, each.state, each.findings.length])).toEqual([
      ["arn:aws:ecr:eu-west-1:222222222222:repository/team/shop", "open", 2],
    ]);
  });

  it("of an operator's report belongs to the Deployment, whatever the hash of its ReplicaSet", async () => {
    const path = corpusPath("findings", "trivy-operator", "dd-vulnerabilityreport_single_vuln.json");
    const { exposures } = await load(path);
    expect(exposures[0]?.resource).toBe("kubernetes:unknown/default/deployment/nginx-deployment");
    expect(exposures[0]?.findings[0]?.vulnerability?.artifact?.name).toBe(
      "index.docker.io/library/nginx:alpine",
    );
  });

  it("is reachable where OSV-Scanner saw the call, and not where it looked in vain", async () => {
    const report = (called: boolean) => ({
      results: [
        {
          source: { path: "/src/go.mod", type: "lockfile" },
          packages: [
            {
              package: { name: "golang.org/x/text", version: "0.3.6", ecosystem: "Go" },
              vulnerabilities: [
                {
                  id: "GO-2021-0113",
                  aliases: ["CVE-2021-38561"],
                  affected: [
                    {
                      package: { name: "golang.org/x/text", ecosystem: "Go" },
                      ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed: "0.3.7" }] }],
                    },
                  ],
                },
              ],
              groups: [{ ids: ["GO-2021-0113"], experimentalAnalysis: { "GO-2021-0113": { called } } }],
            },
          ],
        },
      ],
    });
    for (const called of [true, false])
      expect((await loadContent(report(called))).exposures[0]?.findings[0]?.vulnerability).toMatchObject({
        ids: ["CVE-2021-38561", "GO-2021-0113"],
        purl: "pkg:golang/golang.org/x/text@0.3.6",
        fixed: ["0.3.7"],
        reachable: called,
      });
  });

  it("that Inspector closed is not fixed: a resource that is gone is closed too", async () => {
    const { exposures, counts } = await load(
      corpusPath("findings", "aws-inspector2", "dd-aws_inspector2_many_vul.json"),
    );
    expect(counts).toMatchObject({ rows: 8, stale: 1, passed: 0 });
    expect(exposures.filter((each) => each.state === "fixed")).toEqual([]);
  });

  it("that Dependency-Track suppresses is muted with its analysis", async () => {
    const finding = {
      component: { uuid: "c", name: "log4j-core", group: "org.apache", version: "2.14.1", project: "p" },
      vulnerability: { uuid: "v", source: "NVD", vulnId: "CVE-2021-44228", severity: "CRITICAL" },
      analysis: { isSuppressed: true, state: "FALSE_POSITIVE", detail: "jar is not loaded" },
      matrix: "p:c:v",
    };
    const { exposures } = await loadContent({
      meta: { application: "Dependency-Track" },
      findings: [finding],
    });
    expect(exposures[0]?.findings[0]?.muting?.reason).toBe("false positive: jar is not loaded");
  });
});

describe("a document of flaws", () => {
  it("is refused by its version, not guessed at", async () => {
    const csaf = { document: { csaf_version: "1.2" }, vulnerabilities: [{ cve: "CVE-2026-10099" }] };
    const spdx = { spdxVersion: "SPDX-3.0", packages: [] };
    for (const content of [csaf, spdx]) expect((await loadContent(content)).rejected).toHaveLength(1);
  });

  it.each([
    [
      "a flaw without an id",
      { ...trivy("a"), Results: [{ Target: "x", Vulnerabilities: [{ PkgName: "a" }] }] },
      "/Results/0/Vulnerabilities/0",
    ],
    [
      "a statement without a product",
      {
        "@context": "https://openvex.dev/ns/v0.2.0",
        statements: [{ vulnerability: "CVE-2024-1", status: "affected" }],
      },
      "/statements/0",
    ],
    [
      "a status that is none",
      {
        "@context": "https://openvex.dev/ns/v0.2.0",
        statements: [{ vulnerability: "CVE-2024-1", products: ["pkg:npm/a"], status: "fine" }],
      },
      "/statements/0",
    ],
    [
      "an advisory about no product",
      { document: { csaf_version: "2.0" }, vulnerabilities: [{ cve: "CVE-2024-1" }] },
      "/vulnerabilities/0",
    ],
  ])("names %s with its place", async (_, content, pointer) => {
    const { rejected, exposures } = await loadContent(content);
    expect(exposures).toEqual([]);
    expect(rejected).toEqual([expect.objectContaining({ pointer })]);
  });

  it("in XML is the same as in JSON (CycloneDX 1.4)", async () => {
    const xml = `<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.4" version="1">
  <metadata><timestamp>2026-11-01T00:00:00Z</timestamp><component type="container" bom-ref="root"><name>registry.example/shop</name></component></metadata>
  <components><component type="library" bom-ref="l"><group>org.x</group><name>log</name><version>1.0</version><purl>pkg:maven/org.x/log@1.0</purl></component></components>
  <vulnerabilities><vulnerability><id>CVE-2021-44228</id>
    <ratings><rating><score>9.8</score><severity>critical</severity><method>CVSSv31</method></rating></ratings>
    <analysis><state>not_affected</state><justification>code_not_reachable</justification></analysis>
    <affects><target><ref>l</ref></target></affects></vulnerability></vulnerabilities>
</bom>`;
    const json = {
      bomFormat: "CycloneDX",
      specVersion: "1.4",
      metadata: {
        timestamp: "2026-11-01T00:00:00Z",
        component: { type: "container", "bom-ref": "root", name: "registry.example/shop" },
      },
      components: [
        {
          type: "library",
          "bom-ref": "l",
          group: "org.x",
          name: "log",
          version: "1.0",
          purl: "pkg:maven/org.x/log@1.0",
        },
      ],
      vulnerabilities: [
        {
          id: "CVE-2021-44228",
          ratings: [{ score: 9.8, severity: "critical", method: "CVSSv31" }],
          analysis: { state: "not_affected", justification: "code_not_reachable" },
          affects: [{ ref: "l" }],
        },
      ],
    };
    const [fromXml, fromJson] = await Promise.all([loadContent(xml, "bom.xml"), loadContent(json)]);
    const plain = ({ exposures }: typeof fromXml) =>
      exposures.map(({ findings, ...rest }) => [
        rest,
        findings.map(({ evidence, ...row }) => [row, evidence.length]),
      ]);
    expect(plain(fromXml)).toEqual(plain(fromJson));
    expect(fromXml.exposures[0]).toMatchObject({
      resource: "image:registry.example/shop",
      state: "muted-external",
    });
  });

  it("in XML with a document type is refused as a whole", async () => {
    const { rejected, exposures } = await loadContent(
      `<!DOCTYPE bom [<!ENTITY a "b">]><bom xmlns="http://cyclonedx.org/schema/bom/1.4"></bom>`,
      "bom.xml",
    );
    expect(exposures).toEqual([]);
    expect(rejected[0]?.reason).toMatch(/document type/);
  });
});

describe("Inspector through Security Hub", () => {
  it("is the same finding as Inspector's own, by whatever name of the flaw", async () => {
    const resource = "arn:aws:ec2:eu-west-1:222222222222:instance/i-0b22a22eec53b9321";
    const own = {
      findingArn: "arn:aws:inspector2:eu-west-1:222222222222:finding/1",
      awsAccountId: "222222222222",
      type: "PACKAGE_VULNERABILITY",
      severity: "HIGH",
      status: "ACTIVE",
      resources: [{ id: resource, type: "AWS_EC2_INSTANCE", region: "eu-west-1" }],
      packageVulnerabilityDetails: {
        vulnerabilityId: "GHSA-p98r-538v-jgw5",
        relatedVulnerabilities: ["CVE-2023-34256"],
        vulnerablePackages: [{ name: "kernel", version: "5.15", fixedInVersion: "5.16" }],
      },
    };
    const imported = {
      SchemaVersion: "2018-10-08",
      Id: own.findingArn,
      ProductArn: "arn:aws:securityhub:eu-west-1::product/aws/inspector",
      GeneratorId: "AWSInspector",
      AwsAccountId: "222222222222",
      Region: "eu-west-1",
      Resources: [{ Type: "AwsEc2Instance", Id: resource, Region: "eu-west-1" }],
      Vulnerabilities: [
        {
          Id: "GHSA-p98r-538v-jgw5",
          RelatedVulnerabilities: ["GHSA-p98r-538v-jgw5", "CVE-2023-34256"],
          VulnerablePackages: [{ Name: "kernel", Version: "5.15", FixedInVersion: "5.16" }],
        },
      ],
    };
    const { exposures } = await loadFiles({ findings: [own] }, { Findings: [imported] });
    expect(exposures).toHaveLength(1);
    expect(exposures[0]?.subLocator).toBe("CVE-2023-34256");
    expect(exposures[0]?.findings).toHaveLength(1);
    expect(exposures[0]?.findings[0]?.vulnerability).toMatchObject({
      ids: ["CVE-2023-34256", "GHSA-p98r-538v-jgw5"],
      package: "kernel",
      installed: "5.15",
      fixed: ["5.16"],
    });
  });
});
